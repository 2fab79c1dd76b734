"""Of whom a message speaks: officials by title, post, name, desk or look; whether they head the body; and who of the records that is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.clean import readable
from nlp.entities import PersonMention, PersonName, UnitName, find

TODAY = dt.date(2026, 11, 23)
UNITS = (
    UnitName(1, ("UBND xã Hạ Ví Dụ", "Xã Hạ Ví Dụ")),
    UnitName(2, ("Bộ phận một cửa xã Hạ Ví Dụ",), 1),
    UnitName(3, ("Trạm Y tế xã Hạ Ví Dụ",), 1),
)
PEOPLE = (
    PersonName(10, "Mẫu Văn Tùng", ("Chủ tịch UBND xã",), 1, is_head=True),
    PersonName(11, "Mẫu Thị Lan", ("Phó Chủ tịch UBND xã",), 1),
    PersonName(12, "Mẫu Thị Hoa", ("Công chức tư pháp - hộ tịch",), 2),
    PersonName(13, "Mẫu Thị Lệ Hoa", ("Y sĩ",), 3),
    PersonName(14, "Mẫu Thị Hồng", ("Trạm trưởng",), 3, is_head=True),
)


def people(text: str) -> tuple[PersonMention, ...]:
    return find(text, TODAY, UNITS, PEOPLE).people


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("o nớ ngồi bàn số 2 đuổi mệ", "o nớ ngồi bàn số 2"),
        ("chị Hoa ở quầy số 3 quát tôi", "chị Hoa ở quầy số 3"),
        ("ông chủ tịch hứa rồi quên", "ông chủ tịch"),
        ("cô mặc áo tím bấm điện thoại", "cô mặc áo"),
        ("anh công an khu vực vào nhà", "anh công an khu vực"),
        ("chị ngồi quầy số 4 dựng biển", "chị ngồi quầy số 4"),
        ("cán bộ tư pháp xã bảo về", "cán bộ tư pháp xã"),
        ("gặp Phạm Văn Thìn, trưởng phòng kinh tế", "Phạm Văn Thìn, trưởng phòng kinh tế"),
        ("c Hạnh văn thư k đóng dấu", "c Hạnh văn thư"),
        ("chi hoa o quay so 3 noi chuyen tho lo", "chi hoa o quay so 3"),
        ("một cán bộ tên Đức nhận phong bì", "cán bộ tên Đức"),
    ],
)
def test_the_person_spoken_of_is_found(text: str, words: str):
    assert [person.words for person in people(text)] == [words]


def test_title_name_and_desk_are_told_apart():
    (person,) = people("Anh Nam ở quầy số 3 hẹn tôi")
    assert (person.title, person.name, person.place) == ("Anh", "Nam", "quầy số 3")


@pytest.mark.parametrize(
    "text",
    [
        "ông chủ tịch xã ký sai",
        "hiệu trưởng thu tiền",
        "trưởng công an xã doạ tôi",
        "trưởng trạm y tế nghỉ",
        "giám đốc trung tâm cười",
        "chu tich phuong im lang",
    ],
)
def test_who_heads_the_body_is_known(text: str):
    assert [person.is_head for person in people(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "phó chủ tịch xã đi muộn",
        "hiệu phó mắng tôi",
        "anh công an quát",
        "nguyên chủ tịch xã",
        "bác bảo vệ hách dịch",
        "ông trưởng thôn giữ sổ",
    ],
)
def test_deputies_and_others_are_no_heads(text: str):
    assert [person.is_head for person in people(text)] == [False]


def test_a_name_alone_does_not_say_who_heads():
    assert people("chị Dịu mắng tôi")[0].is_head is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("ông chủ tịch xã quát tôi", 10),
        ("phó chủ tịch hứa suông", 11),
        ("chị Lan phó chủ tịch hứa suông", 11),
        ("chị Hoa ở bộ phận một cửa", 12),
        ("chị Hoa ở trạm y tế", 13),
        ("chị Hoa bảo về", None),
        ("trạm trưởng tắt máy", 14),
        ("anh Quân hách dịch", None),
    ],
)
def test_the_one_meant_is_found_among_the_units_people(text: str, person: int | None):
    assert [mention.person_id for mention in people(text)] == [person]


def test_the_matched_head_is_a_head():
    assert people("chị Hồng trạm trưởng")[0].is_head is True


def test_who_is_only_addressed_is_marked():
    assert [person.asked for person in people("Kính gửi ông Chủ tịch UBND xã. Chị Hạnh quát tôi.")] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "con tôi tên Nguyễn Văn An bị ốm",
        "bà con đi nộp hồ sơ",
        "tôi là giáo viên",
        "chị ơi cho em hỏi",
        "nhà ông Bảy hàng xóm",
        "đường Lê Lợi hỏng",
        "anh ấy không nói gì",
        "nộp hồ sơ trực tuyến",
    ],
)
def test_private_persons_and_common_words_are_none(text: str):
    assert people(text) == ()


SPOKEN = [
    "chị Hoa ",
    "ông ",
    "Nguyễn Văn An ",
    "ở quầy số 3 ",
    "chủ tịch xã ",
    "một cửa ",
    "hôm qua ",
    "14h30 ",
    "ngày 5/11 ",
    "mùng 2 tết ",
    ",",
    ".",
    "\n",
    "a ",
]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(SPOKEN), max_size=30).map("".join)))
def test_any_text_gives_places_inside_it(text: str):
    shown = readable(text)
    entities = find(text, TODAY, UNITS, PEOPLE)
    for mention in (*entities.units, *entities.people, *entities.times):
        assert 0 <= mention.start < mention.end <= len(shown)
        assert shown[mention.start : mention.end] == mention.words


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("con trai ông chủ tịch chen hàng", [True]),
        ("lái xe của ông chủ tịch quát dân", [True]),
        ("ông chủ tịch quát dân", [False]),
        ("chị Hoa ở quầy số 3 quát tôi", [False]),
    ],
)
def test_who_is_told_only_to_say_whose_somebody_is(text: str, beside: list[bool]):
    assert [person.beside for person in people(text)] == beside
