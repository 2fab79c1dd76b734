"""Long texts are cut at sentences, nothing of them is lost, and the buttons stay under the last piece."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from talk.clean import clean
from talk.fit import Limits, fit, fit_all, split, width
from talk.menus import offered_by, understand
from talk.reply import Choice, Enclosure, Reply
from talk.turn import Turn


@given(st.text(max_size=400), st.integers(5, 120))
def test_nothing_but_spaces_is_lost_and_no_piece_is_too_wide(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(width(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_cut_at_the_end_of_a_sentence() -> None:
    assert split("Một câu ngắn. Câu thứ hai dài hơn một chút. Hết.", 30) == ["Một câu ngắn.", "Câu thứ hai dài hơn một chút.", "Hết."]


def test_buttons_stay_under_the_last_piece_and_long_captions_follow_the_picture() -> None:
    button = Choice(label="Gửi", data="send")
    picture = Enclosure(file_id=1, kind="picture", name="a.png", mime="image/png")
    parts = fit(Reply(text="Một câu. " * 40, rows=((button,),), enclosure=picture), Limits(text=200, caption=50))
    assert parts[0].enclosure == picture
    assert not parts[0].text
    assert [bool(part.rows) for part in parts] == [False] * (len(parts) - 1) + [True]


@given(st.text(max_size=300))
def test_clean_leaves_nothing_that_hides_or_breaks(text: str) -> None:
    made = clean(text)
    made.encode("utf-8")
    assert not any(c in made for c in "\u202e\u200e\u200b\x00\x07\ufeff")
    assert clean(made) == made


def test_lone_surrogates_and_family_emoji() -> None:
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("👩‍👩‍👧 chào") == "👩‍👩‍👧 chào"


FIVE = Limits(text=2_000, caption=2_000, buttons=5, numbered=True, captioned=frozenset({"picture"}), file_buttons=False)
NONE = Limits(text=2_000, caption=2_000, buttons=0, numbered=True)


def menu(*labels: str, text: str = "Chọn gì?", enclosure: Enclosure | None = None) -> Reply:
    return Reply(text=text, rows=tuple((Choice(label=label, data=f"d{label}"),) for label in labels), enclosure=enclosure)


def test_a_menu_that_has_too_many_buttons_is_said_in_numbers() -> None:
    (said,) = fit(menu("Một", "Hai"), NONE)
    assert said.text == "Chọn gì?\n\n1. Một\n2. Hai\nTrả lời bằng số của mục anh/chị chọn."
    assert not said.rows
    five = menu("A", "B", "C", "D", "E")
    assert fit(five, FIVE) == [five]
    (six,) = fit(menu("A", "B", "C", "D", "E", "F"), FIVE)
    assert "6. F" in six.text
    assert not six.rows


def test_links_are_lines_without_numbers_and_numbers_count_only_what_can_be_chosen() -> None:
    reply = Reply(text="Xem.", rows=((Choice.link("Trang", "https://xa.vn/a"), Choice(label="Thôi", data="no")),))
    (said,) = fit(reply, NONE)
    assert said.text == "Xem.\n\n1. Thôi\nTrang: https://xa.vn/a\nTrả lời bằng số của mục anh/chị chọn."
    assert offered_by([reply], numbered=True) == [["Thôi", "no"]]
    (only_link,) = fit(Reply(text="Xem.", rows=((Choice.link("Trang", "https://xa.vn/a"),),)), NONE)
    assert only_link.text == "Xem.\n\nTrang: https://xa.vn/a"


def test_numbers_run_on_over_the_replies_of_one_answer() -> None:
    replies = [menu("A", "B"), Reply(text="Còn nữa."), menu("C", "D")]
    said = [part.text for part in fit_all(replies, NONE)]
    assert "2. B" in said[0]
    assert "3. C\n4. D" in said[2]
    offered = offered_by(replies, numbered=True)
    for number, label in enumerate("ABCD", 1):
        assert understand(Turn(channel="c", address="a", update_key="1", text=str(number)), offered, 1).choice == f"d{label}"


@given(st.text(max_size=600), st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=40), st.booleans())
def test_a_numbered_menu_loses_nothing_and_no_message_is_too_long(text: str, labels: list[str], pictured: bool) -> None:
    limits = Limits(text=200, caption=100, buttons=0, numbered=True)
    picture = Enclosure(file_id=1, kind="picture", name="a.png", mime="image/png") if pictured else None
    reply = menu(*labels, text=clean(text), enclosure=picture)
    parts = fit(reply, limits)
    assert all(width(part.text) <= (100 if part.enclosure else 200) and not part.rows for part in parts)
    assert [part.enclosure for part in parts if part.enclosure] == ([picture] if picture else [])
    said = "".join("".join(part.text for part in parts).split())
    assert all("".join(nfc(f"{number}. {label}").split()) in said for number, label in enumerate(labels, 1))
    assert said.startswith("".join(nfc(reply.text).split()))


def test_a_long_text_is_cut_before_its_menu_and_the_menu_stays_whole() -> None:
    parts = fit(menu("A", "B", text="Một câu ngắn thôi. " * 130), NONE)
    assert len(parts) == 2
    assert parts[0].text.endswith(".")
    assert parts[1].text.endswith("1. A\n2. B\nTrả lời bằng số của mục anh/chị chọn.")


def test_what_a_file_cannot_carry_follows_it() -> None:
    document = Enclosure(file_id=1, kind="document", name="a.pdf", mime="application/pdf")
    picture = Enclosure(file_id=2, kind="picture", name="a.png", mime="image/png")
    file, words = fit(menu("A", enclosure=document), FIVE)
    assert (file.enclosure, file.text, file.rows) == (document, "", ())
    assert (words.text, len(words.choices)) == ("Chọn gì?", 1)
    bare, words = fit(menu("A", enclosure=picture), FIVE)
    assert (bare.enclosure, bare.text, words.enclosure, len(words.choices)) == (picture, "", None, 1)
    (captioned,) = fit(menu("A", text="", enclosure=picture), FIVE)
    assert (captioned.enclosure, captioned.rows, captioned.text[:4]) == (picture, (), "1. A")
    (together,) = fit(Reply(text="Biểu đồ", enclosure=picture), FIVE)
    assert (together.enclosure, together.text) == (picture, "Biểu đồ")


def test_characters_are_counted_after_nfc() -> None:
    loose = nfd("Đề nghị ") * 249 + "hết."
    assert width(loose) > 2_000
    (said,) = fit(Reply(text=loose), NONE)
    assert said.text == nfc(loose)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)
