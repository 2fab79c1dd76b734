"""Says what an import did or would do, and what is wrong in which row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.cli.terminal import Stop, err, note, out, table, tell
from office.importing import Change, Detail, Outcome, Problem
from office.spreadsheets import Refused
from talk.texts import say

Moment = dt.datetime
_SHOWN = 200
"""Changes listed at a terminal; a program that reads us gets them all."""

_STYLES = {"added": "green", "changed": "yellow", "ended": "red"}


def report(what: str, outcome: Outcome, *, dry_run: bool) -> None:
    """Say it. Raises Stop when there are problems."""
    if outcome.ignored_columns:
        note("cli-import-ignored", columns="; ".join(outcome.ignored_columns))
    if outcome.problems:
        _problems(outcome.problems)
        rows = len({problem.row for problem in outcome.problems})
        raise Stop(say("cli-import-nothing-changed", rows=rows, problems=len(outcome.problems)))
    _changes(what, outcome.changes)
    counts = {action: outcome.count(action) for action in ("added", "changed", "ended")}
    key = "cli-import-would" if dry_run else "cli-import-did"
    tell(key, style="bold", rows=outcome.rows, unchanged=outcome.unchanged, **counts)
    if outcome.untouched:
        tell(f"cli-import-untouched-{what}", style="dim", count=outcome.untouched)


def _problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        err.print(say("cli-import-problem", row=problem.row, words=_wrong(problem)), markup=False)


def _wrong(problem: Problem) -> str:
    column = column_name(problem.column) if problem.column else ""
    return say(f"cli-wrong-{problem.why.replace('_', '-')}", column=column, value=problem.value, other=problem.other)


def column_name(field: str) -> str:
    """The heading of a column as people see it."""
    return say(f"cli-column-{field.replace('_', '-')}")


def _changes(what: str, changes: Sequence[Change]) -> None:
    shown = changes[:_SHOWN] if out.is_terminal else changes
    if not shown:
        return
    headings = [say(f"cli-import-heading-{name}") for name in ("action", "code", "name", "details")]
    rows = [[say(f"cli-import-{each.action}"), each.code, each.name, "\n".join(map(_detail, each.details))] for each in shown]
    table(headings, rows, [_STYLES[each.action] for each in shown])
    if len(changes) > len(shown):
        tell("cli-import-more", count=len(changes) - len(shown))


def _detail(detail: Detail) -> str:
    role = say(f"cli-role-{detail.role.replace('_', '-')}") if detail.role else ""
    old, new = (_kind(detail.old), _kind(detail.new)) if detail.what == "kind" else (detail.old, detail.new)
    key = f"cli-change-{detail.what.replace('_', '-')}" + ("-first" if detail.what in _HAVE_FIRST and not detail.old else "")
    return say(key, old=old, new=new, role=role)


_HAVE_FIRST = frozenset({"morning", "afternoon", "title"})


def _kind(kind: str) -> str:
    return say(f"cli-kind-{kind}") if kind else ""


def refusal(refused: Refused) -> str:
    """Why the file as a whole cannot be read, with the columns by the names that people see."""
    details = dict(refused.details)
    if "missing" in details:
        details["missing"] = ", ".join(f"«{column_name(name)}»" for name in details["missing"].split())
    return say(f"cli-refused-{refused.why.replace('_', '-')}", **details)
