"""The head's digest on request, what each of its numbers counts, and "đã xem"."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from handlers import categories
from handlers.digest_words import buttons_of, headline, text_of
from handlers.menus import official_menu
from handlers.pages import Part, skipped
from handlers.when import weekday
from office import Session
from office.cases import handles
from office.digest import digest_by_id, figures_in, kept_digest, mark_seen, needs_of, week_figures, week_of
from office.digest_cases import still_shown
from office.digest_figures import Figures, figures_of
from office.people import Who
from office.records import Digest
from office.units import fold
from office.worked_weeks import last_worked_weeks
from office.workforce import work_of
from talk.filters import Command, IsHead, Picked
from talk.reply import Choice, Drawing, Enclosure, Reply
from talk.router import Router
from talk.texts import say

router = Router(name="digest")
router.turn.filter(IsHead())
_MOST = 12
"""Cases shown as buttons at once."""


@router.turn(Command("bantin", "digest", words=("ban tin", "ban tin tuan", "ban tin tuan nay")))
@router.turn(Picked("digest"))
async def digest_asked(db: Session, who: Who, now: dt.datetime, rest: str = "", picked: str = "") -> list[Reply]:
    """This week so far, or the last one before it in which the unit worked."""
    last_week = picked == "last" or fold(rest).startswith("tuan truoc")
    weeks = await last_worked_weeks(db, who.oversees, week_of(now)) if last_week else {}
    other = Choice.anytime(
        say("digest-this-week-button" if last_week else "digest-last-week-button"), "digest" if last_week else "digest:last"
    )
    replies: list[Reply] = []
    for unit in who.oversees:
        week = weeks.get(unit, week_of(now))
        kept = await kept_digest(db, unit, week) if last_week else None
        figures = figures_in(kept) if kept else await figures_of(db, unit, week, now)
        replies += await say_digest(db, figures, kept, now)
    last = replies[-1]
    return [*replies[:-1], last.model_copy(update={"rows": (*last.rows, (other,))})]


async def say_digest(db: Session, figures: Figures, kept: Digest | None, now: dt.datetime) -> list[Reply]:
    """The picture, then the words with the buttons."""
    needs = await needs_of(db, figures, now)
    words = Reply(text=text_of(figures, needs), rows=buttons_of(figures, needs, kept.id if kept else None))
    if figures.is_quiet:
        return [words]
    return [_picture(figures), words]


def _picture(figures: Figures) -> Reply:
    """The chart that was kept with the figures; of others it is drawn when it is sent."""
    name, alt = f"{figures.week_start}.png", text_of(figures, [])
    if figures.chart_file is None:
        return Reply(text="", drawing=Drawing(kind="digest", of=figures.model_dump(mode="json"), name=name, alt=alt))
    return Reply(text="", enclosure=Enclosure(file_id=figures.chart_file, kind="picture", name=name, mime="image/png", alt=alt))


@router.turn(Picked("digest_seen"))
async def seen(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """The head has read it."""
    digest = await digest_by_id(db, int(picked)) if picked.isdecimal() and len(picked) < 12 else None
    if digest is None or who.person_id is None or not _may_see(who, digest.unit_id):
        return _not_yours(who)
    first = await mark_seen(db, digest.id, who.person_id, now)
    return Reply(text=say("digest-seen" if first else "digest-seen-before"), rows=official_menu(who))


# --- what a number counts -----------------------------------------------------------------------------------------------------------


@router.turn(Picked("week_cases"))
async def cases_of_week(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """The cases behind a number, page by page, each with its button."""
    kind, unit, day, skip, *_ = [*picked.split(":"), "", "", ""]
    figures = await _figures(db, who, f"{unit}:{day}", now)
    if figures is None or kind not in ("new", "answered", "overdue", "praise"):
        return _not_yours(who)
    found = await still_shown(db, figures.unit_id, getattr(figures, kind), now)
    part = Part.of(found, skipped(skip), _MOST)
    names = {number: categories.name(count.code) for count in figures.categories for number in count.cases}
    lines, rows = [say(f"digest-list-{kind}", count=len(found), title=headline(figures), part=part.said())], []
    for number in found[part.skipped : part.skipped + _MOST]:
        if await handles(db, number, who, now):
            rows.append((Choice.anytime(_line(number, names), f"case:{number}"),))
        else:
            lines.append(say("digest-case-elsewhere", line=_line(number, names)))
    return Reply(text="\n".join(lines), rows=(*rows, *part.rows(f"week_cases:{kind}:{unit}:{day}")))


def _line(number: int, names: dict[int, str]) -> str:
    return say("digest-case-line-named", number=number, name=names[number]) if number in names else say("digest-case-line", number=number)


@router.turn(Picked("week_work"))
async def work_of_week(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """Attendance behind the percentages: day by day, then person by person, those with something to ask about first."""
    figures = await _figures(db, who, picked, now)
    if figures is None:
        return _not_yours(who)
    work = await work_of(db, figures.unit_id, figures.week_start, figures.last_day, figures.until)
    lines = [headline(figures), say("digest-by-day")]
    for each in figures.by_day:
        day = f"{weekday(each.day)} {each.day.day}/{each.day.month}"
        line = say("digest-day-line", day=day, present=each.present, expected=each.expected, late=each.late)
        lines.append(line + (say("digest-day-corrected", count=each.corrected) if each.corrected else ""))
    people: list[tuple[int, int, str]] = []
    for person, name in work.names.items():
        slots = [slot for slot in work.slots if slot.person_id == person]
        missed, late = sum(not slot.came for slot in slots), sum(slot.late for slot in slots)
        if missed or late:
            people.append((missed, late, name))
    if people:
        lines.append(say("digest-by-person"))
        lines += [say("digest-person-line", name=name, missed=missed, late=late) for missed, late, name in sorted(people, reverse=True)]
    added = Counter(slot.person_id for slot in work.slots if slot.corrected)
    if added:
        named = (say("digest-corrected-person", name=work.names[person], count=count) for person, count in added.most_common())
        lines.append(say("digest-corrected-people", names=", ".join(named)))
    return Reply(text="\n".join(lines))


async def _figures(db: Session, who: Who, week: str, now: dt.datetime) -> Figures | None:
    """The figures that a button names, if this person may see them."""
    unit, _, day = week.partition(":")
    try:
        monday = dt.date.fromisoformat(day)
    except ValueError:
        return None
    if not (unit.isdecimal() and len(unit) < 12) or monday.weekday() or monday > week_of(now) or not _may_see(who, int(unit)):
        return None
    return await week_figures(db, int(unit), monday, now)


def _may_see(who: Who, unit_id: int) -> bool:
    """Only the figures of one's own unit, which hold all under it; those of a unit below might hold a case routed past the reader."""
    return unit_id in who.oversees


def _not_yours(who: Who) -> Reply:
    return Reply(text=say("digest-not-yours"), rows=official_menu(who))
