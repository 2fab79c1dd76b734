"""A number, the words of a button, the words without accents: all are the same tap."""

from __future__ import annotations

import pytest

from talk.menus import bind, notice_said, offered_by, offered_now, understand
from talk.reply import Choice, Reply
from talk.turn import Turn

OFFERED = [["✔️ Đúng rồi", "category:DELAY~3"], ["Loại khác", "other~3"], ["📨 Gửi", "send~2"]]


@pytest.mark.parametrize("said", ["1", "1.", "đúng rồi", "DUNG ROI", "Đúng rồi!", "✔️ Đúng rồi"])
def test_said_in_many_ways(said: str) -> None:
    heard = understand(Turn(channel="c", address="a", update_key="1", text=said), OFFERED, 3)
    assert (heard.choice, heard.stale) == ("category:DELAY", False)


@pytest.mark.parametrize("said", ["4", "0", "²", "một chuyện khác", "", "1 2"])
def test_other_words_stay_words(said: str) -> None:
    assert understand(Turn(channel="c", address="a", update_key="1", text=said), OFFERED, 3).choice is None


def offer(*labels: str) -> Reply:
    return Reply(text="?", rows=tuple((Choice.anytime(label, f"d:{label}"),) for label in labels))


def now(reply: Reply, before: list[list[str]], *, numbered: bool = True) -> list[list[str]]:
    return offered_now(offered_by([reply], numbered=numbered), before, numbered=numbered)


def said(words: str, offered: list[list[str]]) -> str | None:
    return understand(Turn(channel="c", address="a", update_key="1", text=words), offered, 3).choice


def test_where_menus_are_numbers_the_words_of_earlier_choices_still_count_and_their_numbers_do_not() -> None:
    first = now(offer("Đã xem", "Mới (1)"), [])
    second = now(offer("Số 1"), first)
    assert [said("1", second), said("2", second)] == ["d:Số 1", None]
    assert [said("da xem", second), said("Mới 1", second), said("số 1", second)] == ["d:Đã xem", "d:Mới (1)", "d:Số 1"]
    assert now(Reply(text="không có nút"), second) == second
    assert now(offer("Số 1"), first, numbered=False) == [["Số 1", "d:Số 1"]], "who has buttons can scroll up to them"


def test_what_belongs_to_a_conversation_does_not_outlive_its_menu() -> None:
    bound = bind(Reply(text="?", rows=((Choice(label="Hôm nay", data="day:0"), Choice.anytime("Tra cứu", "track")),)), 3)
    later = now(offer("Gửi"), now(bound, []))
    assert (said("hôm nay", later), said("tra cuu", later)) == (None, "track")


def test_earlier_choices_are_kept_once_the_newest_wins_and_they_do_not_grow_without_end() -> None:
    offered: list[list[str]] = []
    for number in range(90):
        page = Reply(text="?", rows=((Choice.anytime("Xem tiếp", f"n:{number}"), Choice.anytime(f"A{number}", "x")),))
        offered = now(page, offered)
    assert said("xem tiep", offered) == "n:89"
    assert sum(label == "Xem tiếp" for label, *_ in offered) == 1
    assert len(offered) == 42


def test_a_button_of_an_earlier_conversation_is_old() -> None:
    assert understand(Turn(channel="c", address="a", update_key="1", choice="send~2"), [], 3).stale
    assert not understand(Turn(channel="c", address="a", update_key="1", choice="case:17"), [], 3).stale


def test_the_words_of_an_earlier_numbered_menu_still_count_but_not_its_numbers() -> None:
    older, newest = [["Mưa bão", "why:RAIN"], ["Hỏng xe", "why:CAR"]], [["Nghỉ phép", "kind:LEAVE"]]
    offered = offered_now(newest, older, numbered=True)

    def heard(text: str) -> str | None:
        return understand(Turn(channel="c", address="a", update_key="1", text=text), offered, 1).choice

    assert [heard(text) for text in ("1", "2", "mua bao", "hỏng xe")] == ["kind:LEAVE", None, "why:RAIN", "why:CAR"]
    assert offered_now(older, offered, numbered=True) == [*older, ["Nghỉ phép", "kind:LEAVE", "earlier"]]
    assert offered_now([], offered, numbered=True) == offered
    assert offered_now(newest, older) == newest


def beside(reply: Reply, before: list[list[str]], *, alone: bool = False, most_buttons: int = 0) -> tuple[Reply, list[list[str]]]:
    [one], offered = notice_said([reply], before, alone=alone, most_buttons=most_buttons)
    return one, offered


def test_a_notice_beside_a_question_leaves_its_numbers_alone() -> None:
    question = now(offer("Hôm nay", "Ngày mai"), [])
    notice, offered = beside(offer("Mở xem"), question)
    assert notice.by_words
    assert [said(words, offered) for words in ("1", "2", "3", "hom nay", "mo xem")] == [
        "d:Hôm nay", "d:Ngày mai", None, "d:Hôm nay", "d:Mở xem",
    ]  # fmt: skip


def test_words_that_are_taken_are_said_with_a_number() -> None:
    def case(number: int) -> Reply:
        return Reply(text="?", rows=((Choice.anytime("Mở xem", f"case:{number}"),),))

    _, offered = beside(case(1), now(offer("Hôm nay"), []))
    second, offered = beside(case(27), offered)
    again, offered = beside(case(1), offered)
    last, offered = beside(case(30), offered, alone=True)
    assert [each.choices[0].label for each in (second, again, last)] == ["Mở xem 27", "Mở xem", "Mở xem 30"], (
        "that of the case, as it is told"
    )
    assert [said(words, offered) for words in ("1", "mở xem", "mở xem 27", "mở xem 30")] == ["case:30", "case:1", "case:27", "case:30"]
    over = now(case(4), offered)
    assert [said(words, over) for words in ("1", "mở xem", "mở xem 27")] == ["case:4", "case:4", "case:27"], (
        "as it is with any older button"
    )


def test_words_of_what_has_no_number_are_counted() -> None:
    offered: list[list[str]] = []
    labels = []
    for code in ("481302775916", "481302775917", "481302775918"):
        notice, offered = beside(Reply(text="?", rows=((Choice.anytime("Trả lời", f"add:{code}"),),)), offered)
        labels.append(notice.choices[0].label)
    assert labels == ["Trả lời", "Trả lời 2", "Trả lời 3"]


def test_real_buttons_stay_as_they_are() -> None:
    question = now(offer(*"ABCDEFG"), [])
    notice, offered = beside(offer("A"), question, most_buttons=5)
    assert notice.rows == offer("A").rows
    assert said("7", offered) == "d:G"


def test_what_was_offered_beside_questions_does_not_grow_without_end() -> None:
    offered = now(offer("Hôm nay"), [])
    for number in range(90):
        _, offered = beside(Reply(text="?", rows=((Choice.anytime("Mở xem", f"case:{number}"),),)), offered)
    assert len(offered) == 41
    assert said("1", offered) == "d:Hôm nay"
