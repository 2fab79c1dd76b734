"""The menus: what a citizen, an official and a unit head can do from here."""

from __future__ import annotations

from office.people import Who
from talk.reply import Choice
from talk.texts import say


def own_menu(who: Who) -> tuple[tuple[Choice, ...], ...]:
    """What this person can do from here; for an answer that ends something and would otherwise lead nowhere."""
    return official_menu(who) if who.is_official else citizen_menu()


def citizen_menu() -> tuple[tuple[Choice, ...], ...]:
    """What a citizen can do."""
    return (
        (Choice.anytime(say("start-complain-button"), "complain"),),
        (Choice.anytime(say("start-look-up-button"), "look_up"), Choice.anytime(say("start-help-button"), "help")),
    )


def official_menu(who: Who) -> tuple[tuple[Choice, ...], ...]:
    """What an official can do; heads have their desk besides."""
    rows: list[tuple[Choice, ...]] = [
        (Choice.anytime(say("start-check-in-button"), "check_in"), Choice.anytime(say("start-self-check-button"), "self_check")),
        (Choice.anytime(say("start-my-record-button"), "my_record"), Choice.anytime(say("start-help-button"), "help")),
    ]
    if who.oversees:
        rows.insert(0, (Choice.anytime(say("start-cases-button"), "cases:open"), Choice.anytime(say("start-digest-button"), "digest")))
        rows.insert(1, (Choice.anytime(say("start-board-button"), "board"),))
    return tuple(rows)
