"""A number, the words of a button, the words without accents: all are the same tap."""

from __future__ import annotations

import pytest

from talk.menus import offered_now, understand
from talk.turn import Turn

OFFERED = [["✔️ Đúng rồi", "category:DELAY~3"], ["Loại khác", "other~3"], ["📨 Gửi", "send~2"]]


@pytest.mark.parametrize("said", ["1", "1.", "đúng rồi", "DUNG ROI", "Đúng rồi!", "✔️ Đúng rồi"])
def test_said_in_many_ways(said: str) -> None:
    heard = understand(Turn(channel="c", address="a", update_key="1", text=said), OFFERED, 3)
    assert (heard.choice, heard.stale) == ("category:DELAY", False)


@pytest.mark.parametrize("said", ["4", "0", "²", "một chuyện khác", "", "1 2"])
def test_other_words_stay_words(said: str) -> None:
    assert understand(Turn(channel="c", address="a", update_key="1", text=said), OFFERED, 3).choice is None


def test_a_button_of_an_earlier_conversation_is_old() -> None:
    assert understand(Turn(channel="c", address="a", update_key="1", choice="send~2"), [], 3).stale
    assert not understand(Turn(channel="c", address="a", update_key="1", choice="case:17"), [], 3).stale


def test_the_words_of_an_earlier_numbered_menu_still_count_but_not_its_numbers() -> None:
    older, newest = [["Mưa bão", "why:RAIN"], ["Hỏng xe", "why:CAR"]], [["Nghỉ phép", "kind:LEAVE"]]
    offered = offered_now(newest, older, numbered=True)

    def heard(text: str) -> str | None:
        return understand(Turn(channel="c", address="a", update_key="1", text=text), offered, 1).choice

    assert [heard(text) for text in ("1", "2", "mua bao", "hỏng xe")] == ["kind:LEAVE", None, "why:RAIN", "why:CAR"]
    assert offered_now(older, offered, numbered=True) == [*older, ["Nghỉ phép", "kind:LEAVE", "older"]]
    assert offered_now([], offered, numbered=True) == offered
    assert offered_now(newest, older) == newest
