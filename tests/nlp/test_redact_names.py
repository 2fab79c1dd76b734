"""A name told once is hidden wherever it stands alone: in another piece of a long story, and in what is told later."""

from __future__ import annotations

from nlp.redact import redact, redact_whole

TOLD = "Tôi tên là Lò Thị Sen, con trai tôi là Hà Gia Bảo. "
LATER = "Hôm sau Bảo bị cán bộ mắng trước mặt mọi người, Sen xin mãi mới được."
WAITING = "Chúng tôi ngồi đợi ở ghế mà không ai gọi đến số, ngoài trời thì mưa to.\n"
HIDDEN = "Hôm sau [tên người] bị cán bộ mắng trước mặt mọi người, [tên người] xin mãi mới được."


def test_in_a_later_piece() -> None:
    assert redact_whole(f"{TOLD}\n{WAITING * 90}{LATER}").endswith(HIDDEN)


def test_in_an_earlier_piece() -> None:
    assert redact_whole(f"{LATER}\n{WAITING * 90}{TOLD}").startswith(HIDDEN)


def test_in_what_is_told_later() -> None:
    names: set[str] = set()
    redact_whole(TOLD, names=names)
    assert names == {"Sen", "Bảo"}
    assert redact_whole(LATER) == LATER, "without them nobody could know"
    assert redact_whole(LATER, names=names) == HIDDEN
    assert redact_whole(redact_whole(LATER, names=names), names=names) == HIDDEN


def test_however_the_name_was_written_first() -> None:
    for told in ("TÔI TÊN LÀ LÒ THỊ SEN, Ở BẢN NÀ PÁN.", "em tên là lò thị sen ạ"):
        assert redact(told).names == {"Sen"}


def test_an_official_of_the_same_name_stays() -> None:
    about = "Cán bộ Sen ở quầy 2 quát to, chủ tịch xã Trần Văn Bảo đứng nhìn."
    assert redact_whole(about, names={"Sen", "Bảo"}) == about
    assert redact_whole("Chị Sen bảo tôi về.", names={"Sen"}) == "Chị [tên người] bảo tôi về."


def test_a_place_of_the_same_name_stays() -> None:
    about = "Ở xã Bảo Hà, huyện Sen Hồ cũ, ai cũng biết."
    assert redact_whole(about, names={"Sen", "Bảo"}) == about
