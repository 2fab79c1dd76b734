"""Who of the records is meant, and who is not: full names anywhere, posts of other bodies, kin of officials; fast among thousands."""

import datetime as dt
import time

import pytest

from nlp.entities import PersonMention, PersonName, UnitName, find

TODAY = dt.date(2026, 11, 23)
UNITS = (
    UnitName(1, ("Ủy ban nhân dân phường Tân Mai", "UBND phường")),
    UnitName(2, ("Bộ phận một cửa phường Tân Mai",), 1),
    UnitName(3, ("Công an phường Tân Mai",), 1),
    UnitName(4, ("Trường Tiểu học Tân Mai",), 1),
    UnitName(5, ("Trường THCS Tân Mai",), 1),
)
PEOPLE = (
    PersonName(10, "Mẫu Văn Nam", ("Chủ tịch UBND phường",), 1, is_head=True),
    PersonName(11, "Mẫu Thị Hoa", ("Công chức tư pháp",), 2),
    PersonName(12, "Mẫu Thị An", ("Hiệu trưởng",), 4, is_head=True),
)
MOST_SECONDS = 0.5
"""For a message as long as may be, on a machine that has other work."""


def people(text: str) -> tuple[PersonMention, ...]:
    return find(text, TODAY, UNITS, PEOPLE).people


@pytest.mark.parametrize(
    "text",
    [
        "Mẫu Văn Nam quát tôi",
        "Mẫu Văn Nam nhận phong bì của tôi",
        "tôi tố cáo Mẫu Văn Nam đòi tiền",
        "mau van nam quat toi",
        "mẫu văn nam quát tôi",
        "ông Mẫu Văn Nam lấn đất nhà tôi",
        "Tôi muốn nói về ông Mẫu Văn Nam.",
        "HÔM QUA ÔNG MẪU VĂN NAM QUÁT TÔI",
    ],
)
def test_who_is_in_the_records_under_the_full_name_is_official_whatever_stands_around(text: str):
    assert [(person.person_id, person.is_head) for person in people(text)] == [(10, True)]


@pytest.mark.parametrize("text", ["tôi là Mẫu Văn Nam, dân phường", "Mẫu Văn Nám quát tôi", "tôi tên Mẫu Văn Nam"])
def test_the_writers_own_name_and_other_names_are_not(text: str):
    assert 10 not in [person.person_id for person in people(text)]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("hom qua anh hau quat toi giua phong", True),
        ("ong hau doi them giay", True),
        ("con trai ong hau quat toi", None),
        ("nguoi quat la anh hau", True),
        ("toi la anh hau o thon 3", None),
        ("em ten la anh hau", None),
        ("anh the hau qua ra sao", None),
        ("gia dinh hau het da nop", None),
        ("hôm qua anh hấu quát tôi", None),
    ],
)
def test_a_given_name_typed_without_accents_is_that_of_the_records(text: str, head: bool | None):
    found = find(text, TODAY, UNITS, (*PEOPLE, PersonName(13, "Mẫu Quốc Hậu", ("Trạm trưởng",), 1, is_head=True))).people
    assert [person.is_head for person in found if person.person_id == 13] == ([True] if head else [])


def test_without_records_a_name_alone_stays_private():
    assert find("Mẫu Văn Nam lấn đất nhà tôi", TODAY).people == ()


@pytest.mark.parametrize(
    "text",
    ["chủ tịch công đoàn quát tôi", "chủ tịch nước", "bí thư đoàn", "giám đốc sở", "chủ tịch hội nông dân", "chu tich hoi phu nu xa"],
)
def test_the_head_of_another_body_is_not_ours(text: str):
    assert [(person.person_id, person.is_head) for person in people(text)] == [(None, False)]


@pytest.mark.parametrize("text", ["con trai ông chủ tịch đánh tôi", "vợ ông chủ tịch phường quát", "thư ký của chủ tịch hẹn"])
def test_who_is_near_to_a_head_is_not_the_head(text: str):
    assert {(person.person_id, person.is_head) for person in people(text)} == {(None, False)}


@pytest.mark.parametrize(
    ("text", "person"),
    [("hiệu trưởng trường tiểu học", 12), ("hiệu trưởng trường THCS thu tiền", None), ("hiệu trưởng thu tiền", 12)],
)
def test_the_body_told_beside_a_post_must_agree(text: str, person: int | None):
    assert [mention.person_id for mention in people(text)] == [person]


def test_a_neighbour_who_shares_a_given_name_is_nobody_of_the_records():
    assert people("bà Hoa bán cá quát tôi") == ()
    assert [person.person_id for person in people("chị Hoa tư pháp quát tôi")] == [11]


@pytest.mark.parametrize(
    "text",
    [
        "Tôi tên là Lê Thị Mơ, giáo viên, nộp hồ sơ từ tuần trước",
        "Sân trường ngập nước. Bà Nhạn.",
        "ai là người phụ trách vậy",
        "toi se dung ten khi duoc bao ve",
    ],
)
def test_writers_and_words_alike_are_no_officials(text: str):
    assert people(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O ngồi bàn hướng dẫn cắm cúi", "O ngồi bàn hướng dẫn"),
        ("A trực bảo e về", "A trực"),
        ("Bác trưởng khóm nói vậy", "Bác trưởng khóm"),
        ("cô văn phòng nói hết chỗ", "cô văn phòng"),
        ("ông trưởng là bà con", "ông trưởng"),
        ("co chu tich hoi phu nu xa ten Man giup toi", "co chu tich hoi phu nu xa ten Man"),
    ],
)
def test_regional_and_short_ways_to_speak_of_somebody(text: str, words: str):
    assert [person.words for person in people(text)] == [words]


SYLLABLES = [chr(letter) + rest for letter in range(ord("B"), ord("B") + 5) for rest in ("an", "inh", "ung", "oan")]
MANY_UNITS = tuple(
    UnitName(place, (f"Trạm Y tế xã {SYLLABLES[place % 20]} {SYLLABLES[place // 20 % 20]} {SYLLABLES[place // 400]}",))
    for place in range(3_000)
)
MANY_PEOPLE = tuple(
    PersonName(place, f"Mẫu {SYLLABLES[place // 20 % 20]} {SYLLABLES[place % 20]}", (f"Công chức {SYLLABLES[place // 400]}",), place)
    for place in range(2_000)
)


@pytest.mark.parametrize(
    "text",
    [
        "thứ ba " * 15_000,
        "ông phó chủ tịch xã. " * 5_000,
        " ".join(f"trạm y tế xã {first} {second} Khang." for first in SYLLABLES for second in SYLLABLES),
        " ".join(f"anh {first} địa chính, Mẫu {first} {second} quát." for first in SYLLABLES for second in SYLLABLES),
    ],
)
def test_no_message_takes_long_among_thousands_of_units_and_people(text: str):
    find("trạm y tế", TODAY, MANY_UNITS, MANY_PEOPLE)
    began = time.perf_counter()
    find(text, TODAY, MANY_UNITS, MANY_PEOPLE)
    assert time.perf_counter() - began < MOST_SECONDS
