"""What is hidden leaves the rest of a text as it was written: a table keeps its columns, a letter its paragraphs."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.redact import redact_whole, redacted_pieces, settled


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Dòng một\r\n\r\n\tDòng  hai\n\nGọi 0912 345 678\n", "Dòng một\r\n\r\n\tDòng  hai\n\nGọi [số điện thoại]\n"),
        ("  a \n\n\n b  0912 345 678 \x0b c", "  a \n\n\n b  [số điện thoại] \x0b c"),
        ("Họ tên;Số\r\nLò Thị Sen;0912345678\r\n", "Họ tên;Số\r\n[tên người];[số điện thoại]\r\n"),
        ("Tôi  tên\tlà Lò Thị Sen,\u200b 0912\u200b 345 678!\n  Hết. ", "Tôi  tên\tlà [tên người],\u200b [số điện thoại]!\n  Hết. "),
        (unicodedata.normalize("NFD", "Tôi tên Lò Thị Sến  ạ"), unicodedata.normalize("NFD", "Tôi tên |  ạ").replace("|", "[tên người]")),
        ("Stt\tViệc\n1\tNộp giấy  tờ\n2\tGọi\t0912345678\tsáng\n", "Stt\tViệc\n1\tNộp giấy  tờ\n2\tGọi\t[số điện thoại]\tsáng\n"),
    ],
)
def test_what_is_not_hidden_stays_as_it_was(text: str, hidden: str):
    assert redact_whole(text) == hidden


def test_in_a_long_text_too():
    lines = "".join(f"{number}.\tTôi  ngồi đợi ở ghế, gọi 0912 345 {number:03}\r\n" for number in range(400))
    hidden = redact_whole(lines)
    assert hidden == "".join(f"{number}.\tTôi  ngồi đợi ở ghế, gọi [số điện thoại]\r\n" for number in range(400))


def test_where_letters_are_joined_in_other_ways_the_tidied_text_is_given():
    korean = "\u1112\u1161\u11ab"  # one letter, written as its three parts
    assert redact_whole(f"{korean}  gọi 0912 345 678") == "한 gọi [số điện thoại]"


def letters_of(text: str) -> str:
    """The text without blanks and without marks, which go with their letter if that is hidden."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Mn", "Me"))


PIECES = [
    "tôi là ", "Lê Thị Mơ", "chị Hoa ", "0912 345 678", "số 12 ngõ 45", "\t", "\r\n", "\n\n", "  ", " ", ", ", ".", "e\u0301", "\u200b", "\xa0",
    "tên Bảo", "[tên người]", "\x0c", "\u2028", "b\u0316\u200b\u0316\u0316\u0316", "한", "\u1112\u1161", "\x01",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@example("Lê A Aơ0Lê A Aơ")
@example("000000000TÊN AaԱ Aa")
@example("Lê Aơ:HO A A Aơ")
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=16).map("".join)))
def test_the_same_is_hidden_as_in_the_tidied_text(text: str):
    found = [each for each, _ in redacted_pieces(text)]
    hidden = redact_whole(text)
    if not any(each.spans for each in found) and not any(len(unicodedata.normalize("NFC", letter)) > 1 for letter in text):
        assert hidden == text
    else:
        assert letters_of(settled(hidden)) == letters_of("".join(each.text for each in found))
