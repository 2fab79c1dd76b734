"""The digest in words and as a picture: what a head reads in a minute on a phone."""

from __future__ import annotations

import datetime as dt

from handlers import categories
from handlers.when import deadline, weekday
from office.digest import Need
from office.digest_chart import Bar, Chart, Day, Tile
from office.digest_figures import CategoryCount, Figures
from talk.reply import Choice
from talk.texts import say

_SHOWN_CATEGORIES = 4
_BARS = 6


def headline(figures: Figures) -> str:
    """Which week and which unit; half a week says until when it was counted, one before days off that these are in it."""
    return say("digest-headline", title=_title(figures), unit=figures.unit_name)


def _title(figures: Figures) -> str:
    if not figures.is_whole:
        return say("digest-title-so-far", until=deadline(figures.until), **_week(figures))
    return say("digest-title-days-off" if figures.off_until else "digest-title", **_week(figures))


def _week(figures: Figures) -> dict[str, str]:
    return {"first": _day(figures.week_start), "last": _day(figures.last_day), "to": _day(figures.off_until or figures.last_day)}


def text_of(figures: Figures, needs: list[Need]) -> str:
    """The whole digest; two lines when nothing happened."""
    if figures.is_quiet and not needs:
        return "\n".join(_nothing(figures))
    lines = [headline(figures)] if figures.is_quiet else [headline(figures), "", *_work(figures), *_cases(figures)]
    if needs:
        lines += ["", say("digest-needs"), *(f"{number}. {_need(need, figures)}" for number, need in enumerate(needs, 1))]
    return "\n".join(lines)


def _nothing(figures: Figures) -> tuple[str, str]:
    words = say("digest-quiet" if figures.is_whole else "digest-quiet-so-far")
    return say("digest-headline-quiet", title=_title(figures), unit=figures.unit_name), words


def _work(figures: Figures) -> list[str]:
    work, before = figures.work, figures.work_before
    if not work.expected:
        return [say("digest-no-work")]
    lines = [
        say("digest-present", percent=work.present_percent, change=_change(work.present_percent, before.present_percent), late=work.late)
    ]
    if work.corrected:
        lines.append(say("digest-corrected", count=work.corrected))
    if work.days:
        lines.append(say("digest-checked", percent=work.checked_percent, change=_change(work.checked_percent, before.checked_percent)))
    return lines


def _cases(figures: Figures) -> list[str]:
    lines = [say("digest-new", count=len(figures.new), before=figures.before.new)]
    named = [count for count in figures.categories if count.cases][:_SHOWN_CATEGORIES]
    lines += [say("digest-category", name=categories.name(each.code), count=len(each.cases), before=each.before) for each in named]
    if figures.answered:
        lines.append(say("digest-answered", count=len(figures.answered), percent=figures.on_time_percent))
    else:
        lines.append(say("digest-answered-none"))
    lines.append(say("digest-overdue", count=len(figures.overdue)))
    if figures.praise:
        lines.append(say("digest-praise", count=len(figures.praise)))
    return lines


def _change(now: int | None, before: int | None) -> str:
    if now is None or before is None:
        return ""
    if now == before:
        return say("digest-same")
    return say("digest-up" if now > before else "digest-down", points=abs(now - before))


def _need(need: Need, figures: Figures) -> str:
    if need.kind == "empty":
        first = figures.empty_sessions[0]
        when = say("digest-session", session=say(f"check_in-{first.session}"), day=f"{weekday(first.day)} {_day(first.day)}")
        return say("digest-need-empty", unit=first.unit_name, when=when)
    given = {"count": len(need.cases), "name": categories.name(need.category), "number": need.cases[0]}
    return say(f"digest-need-{need.kind}", due=deadline(need.due) if need.due else "", **given)


def buttons_of(figures: Figures, needs: list[Need], digest_id: int | None) -> tuple[tuple[Choice, ...], ...]:
    """What each number counts can be opened; and "đã xem" for a digest that was sent."""
    week = f"{figures.unit_id}:{figures.week_start}"
    rows: list[tuple[Choice, ...]] = []
    urgent = next((need for need in needs if need.cases and need.handled_by == figures.unit_id), None)
    if urgent is not None:
        rows.append((_any("digest-first-button", f"case:{urgent.cases[0]}", number=urgent.cases[0]),))
    counts = (("new", figures.new), ("answered", figures.answered), ("overdue", figures.overdue), ("praise", figures.praise))
    opened = [_any(f"digest-{kind}-button", f"week_cases:{kind}:{week}", count=len(found)) for kind, found in counts if found]
    rows += [tuple(opened[at : at + 2]) for at in range(0, len(opened), 2)]
    if not figures.is_quiet:
        rows.append((_any("digest-attendance-button", f"week_work:{week}"), _any("start-board-button", "board")))
    if digest_id is not None:
        rows.append((_any("digest-seen-button", f"digest_seen:{digest_id}"),))
    return tuple(rows)


def _any(key: str, data: str, **given: object) -> Choice:
    return Choice.anytime(say(key, **given), data)


# --- the picture --------------------------------------------------------------------------------------------------------------------


def chart_of(figures: Figures) -> Chart:
    """What the picture shows, in the head's words."""
    shown = [each for each in figures.categories if each.cases or each.before][:_BARS]
    return Chart(
        title=say("digest-chart-title", first=_day(figures.week_start), last=_day(figures.last_day)),
        subtitle=figures.unit_name,
        tiles=tuple(_tiles(figures)),
        days_title=say("digest-chart-days"),
        days_legend=(say("digest-chart-on-time"), say("digest-chart-late"), say("digest-chart-missing")),
        days=tuple(
            Day(
                name=say(f"digest-chart-day-{each.day.weekday()}"),
                total=f"{each.present}/{each.expected}",
                on_time=(each.present - each.late) / each.expected,
                late=each.late / each.expected,
            )
            for each in figures.by_day
        ),
        bars_title=say("digest-chart-categories"),
        bars_legend=(say("digest-chart-this-week"), say("digest-chart-last-week")),
        bars=tuple(_bar(each) for each in shown),
        footnote=_footnote(figures),
    )


def _footnote(figures: Figures) -> str:
    if figures.off_until:
        return say("digest-chart-footnote-days-off", to=_day(figures.off_until))
    return say("digest-chart-footnote", at=deadline(figures.until))


def _tiles(figures: Figures) -> list[Tile]:
    tiles = []
    if figures.work.present_percent is not None:
        tiles.append(_percent_tile("present", figures.work.present_percent, figures.work_before.present_percent))
    if figures.work.checked_percent is not None:
        tiles.append(_percent_tile("checked", figures.work.checked_percent, figures.work_before.checked_percent))
    note = say("digest-tile-before", value=figures.before.new)
    return [*tiles, Tile(str(len(figures.new)), say("digest-tile-new"), note)]


def _percent_tile(kind: str, now: int, before: int | None) -> Tile:
    note = say("digest-tile-before", value=f"{before}%") if before is not None else ""
    return Tile(f"{now}%", say(f"digest-tile-{kind}"), note)


def _bar(count: CategoryCount) -> Bar:
    return Bar(categories.name(count.code), len(count.cases), count.before)


def _day(day: dt.date) -> str:
    return f"{day.day}/{day.month}"
