"""A number, the words of a button, the words without accents: all are the same tap."""

from __future__ import annotations

import pytest

from talk.menus import understand
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
