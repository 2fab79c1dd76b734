"""What a story tells by itself: the unit, the day, the person it is about. What is told need not be asked; and who reports is kept out of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from handlers.draft import Draft, Shown
from handlers.texts_sent import Texts, handed_on
from handlers.when import weekday
from nlp.classify import Judgement
from nlp.entities import Entities, PersonMention, PersonName, TimeMention, UnitName
from nlp.track import Track
from office import Session
from office.cases import Filing
from office.moments import today
from office.people import Holder, holders_along
from office.routing import GRAVE_CATEGORIES, NAMES_THE_HEAD
from office.units import Called, fold, lineage, what_units_are_called
from talk.texts import say

SURE_OF_UNIT = 0.8
"""How well a name in the story must fit a unit for it to be offered at once."""

_OFFERED = 3

_LISTED = 3
"""Persons or desks of a story that stand on a line of the summary."""

_OF_A_PLACE = 1
"""Words beside a desk that may say more of it ("quầy thu tiền phạt"). Beside a person one can accuse ("người thu tiền lậu")."""

_LONG_AGO = dt.timedelta(days=366)
"""A day further back is rather a date of a paper or of a law than the day on which it happened."""


class Judge(Protocol):
    """Understands words: what they are about, which names and times they hold, on which track they belong; and hides what leads to a citizen."""

    async def __call__(self, text: str) -> Judgement: ...

    async def track(self, text: str, judgement: Judgement) -> Track: ...

    async def find(self, text: str, today: dt.date, units: Sequence[UnitName] = (), people: Sequence[PersonName] = ()) -> Entities: ...

    async def redact(self, text: str, keep_people: Sequence[str] = (), names: set[str] | None = None) -> str: ...


async def read_story(draft: Draft, judge: Judge, db: Session, now: dt.datetime) -> None:
    """Take from the story the units that may be meant, and the day if it tells one and nothing else was said of it."""
    units = await what_units_are_called(db, today(now))
    found = await judge.find(draft.story, today(now), [_unit(each) for each in units])
    names = {each.unit_id: each.names[0] for each in units}
    told = sorted((unit for unit in found.units if unit.unit_id is not None and unit.score >= SURE_OF_UNIT), key=lambda unit: -unit.score)
    draft.units_told = [(number, names[number]) for number in dict.fromkeys(unit.unit_id for unit in told) if number in names][:_OFFERED]
    if draft.happened is None:  # and stays then: read again another day, «sáng nay» would be another morning
        draft.happened = draft.happened_told = next(filter(None, (_when(time, now) for time in found.times)), None)


async def read_whom_and_where(draft: Draft, judge: Judge, db: Session, now: dt.datetime) -> None:
    """Take from the story of whom it speaks, and at which desk or in which room; what is only addressed or asked to act is not meant."""
    assert draft.unit_id is not None
    people = [_person(each) for each in await _holders(draft.unit_id, db, now)]
    found = await judge.find(draft.story, today(now), (), people)
    draft.people_told = _listed(each.words for each in found.people if not (each.asked or each.beside))
    draft.desks_told = _listed(each.words for each in found.units if each.desk)


def _listed(told: Iterable[str]) -> list[str]:
    """The first few, each once, without line breaks."""
    first: dict[str, str] = {}
    for words in map(_on_one_line, told):
        first.setdefault(words.casefold(), words)
    return [*first.values()][:_LISTED]


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _not_hidden(told: Iterable[str], story: str, hidden: str) -> str:
    """Those of the words of a story, on one line, of which nothing is hidden in it: a line read from it must not say what it hides."""
    before, after = _on_one_line(story), _on_one_line(hidden)

    def stands(words: str) -> bool:
        whole_words = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        return len(whole_words.findall(after)) == len(whole_words.findall(before)) > 0

    return ", ".join(filter(stands, told))


async def names_a_head(words: str, unit_id: int, judge: Judge, db: Session, now: dt.datetime) -> bool:
    """Whether the words complain of somebody who heads the unit they are about, or one above it, by the records."""
    holders = await _holders(unit_id, db, now)
    found = await judge.find(words, today(now), (), [_person(each) for each in holders])
    heads = {each.person_id for each in holders if each.heads}
    return any(person.person_id in heads and not person.asked for person in found.people)


async def is_a_head(person: str, unit_id: int, judge: Judge, db: Session, now: dt.datetime) -> bool:
    """Whether who was asked of whom they speak, and answered this, speaks of a head.

    An answer is short and may be a given name alone, which in a story says little: so it is read as it stands and, for names, as it would be told.
    """
    holders = await _holders(unit_id, db, now)
    heads, people = {each.person_id for each in holders if each.heads}, [_person(each) for each in holders]

    async def read(words: str) -> Sequence[PersonMention]:
        return (await judge.find(words, today(now), (), people)).people

    if any(each.person_id in heads or (each.person_id is None and each.is_head) for each in await read(person)):
        return True
    if person.isascii() and any(_may_be(person, each.full_name) for each in holders if each.heads):
        return True
    ways = [say(f"told-{way}", person=person) for way in ("official", "mister")]
    named = [each for words in ways for each in await read(fold(words) if person.isascii() else words) if each.name]
    return any(each.person_id in heads for each in named)


def _may_be(typed: str, full_name: str) -> bool:
    """Whether what was typed without accents is the end of that name, at most with a title before it: "anh hau", "quoc hau"."""
    told, name = fold(typed).split(), fold(full_name).split()
    return any(told[-length:] == name[-length:] and len(told) - length <= 1 for length in range(1, len(name) + 1))


async def flags_of(words: str, unit_id: int, judge: Judge, db: Session, now: dt.datetime) -> list[str]:
    """What must be seen at once: by the words, and that a head is accused if the records say so."""
    flags: list[str] = list((await judge(words)).flags)
    if NAMES_THE_HEAD not in flags and await names_a_head(words, unit_id, judge, db, now):
        flags.append(NAMES_THE_HEAD)
    return flags


async def hide_reporter(words: str, unit_id: int, identity: str, judge: Judge, db: Session, now: dt.datetime, names: set[str]) -> str:
    """The words as those may read them who must not know the reporter. An open reporter hides nothing.

    `names` are those hidden elsewhere in the case; those told here are added to them.
    """
    if identity == "open" or not words:
        return words
    return await judge.redact(words, [each.full_name for each in await _holders(unit_id, db, now)], names)


async def hide_in_all(
    told: Sequence[str], unit_id: int, identity: str, judge: Judge, db: Session, now: dt.datetime, names: set[str]
) -> list[str]:
    """The same for all that is told in one breath: a name told in one of them is hidden in each, also where it stood before that."""
    hidden, known = [], []
    for words in told:
        hidden.append(await hide_reporter(words, unit_id, identity, judge, db, now, names))
        known.append(len(names))
    return [
        words if count == len(names) else await hide_reporter(words, unit_id, identity, judge, db, now, names)
        for words, count in zip(hidden, known, strict=True)
    ]


async def hide_in_texts(
    file_ids: Sequence[int], unit_id: int, identity: str, judge: Judge, db: Session, now: dt.datetime, names: set[str]
) -> Texts:
    """Text files go along as the story does: with what leads to the reporter hidden."""

    async def hide(texts: Sequence[str]) -> list[str]:
        return await hide_in_all(texts, unit_id, identity, judge, db, now, names)

    return await handed_on(file_ids, None if identity == "open" else hide, db, now)


async def hide_in_words_and_texts(
    told: Sequence[str],
    file_ids: Sequence[int],
    unit_id: int,
    identity: str,
    judge: Judge,
    db: Session,
    now: dt.datetime,
    names: set[str],
) -> tuple[list[str], Texts]:
    """Words, and the text files sent with them: a name told in one of these is hidden in all."""
    hidden = await hide_in_all(told, unit_id, identity, judge, db, now, names)
    texts = await hide_in_texts(file_ids, unit_id, identity, judge, db, now, names)
    return await hide_in_all(hidden, unit_id, identity, judge, db, now, names) if texts.read else hidden, texts


async def grave_in(told: Sequence[str], judge: Judge) -> list[str]:
    """What these words are about, each by itself, of that which never goes to the unit accused."""
    found: list[str] = []
    for words in filter(str.strip, told):
        judged = await judge(words)
        found += [*([judged.label] if judged.sure else []), *judged.also]
    return [label for label in dict.fromkeys(found) if label in GRAVE_CATEGORIES]


async def to_file(draft: Draft, judge: Judge, db: Session, now: dt.datetime, *, may_learn: bool) -> Filing:
    """The draft as it is sent. All of it is judged once more; handlers get it without what leads to the reporter, unless that is open.

    What the whole is about was confirmed by the citizen, or set right; but of what was told after that the grave counts as if told at once.
    """
    assert draft.unit_id is not None
    assert draft.identity is not None
    names: set[str] = set()
    told = [draft.happened or "", draft.person or "", draft.place or ""]
    read = [draft.story, told[0], _of_an_official(told[1]), told[2]]
    (story, *hidden), texts = await hide_in_words_and_texts(read, draft.files, draft.unit_id, draft.identity, judge, db, now, names)
    whole = "\n".join([draft.story, *texts.read])
    typed = ((draft.person, 0), (draft.place, _OF_A_PLACE))
    answers = [words for words, beside in typed if words and not await only_names(words, judge, now, beside=beside)]
    flags = [*await flags_of(whole, draft.unit_id, judge, db, now), *await _flags_of_answers(draft, judge, db, now)]
    draft.flags = list(dict.fromkeys([*draft.flags, *flags]))
    if later := [*filter(str.strip, [draft.story[draft.understood :]]), *texts.read, *answers]:
        grave = await grave_in([whole, *later], judge)
        draft.also = list(dict.fromkeys([*(label for label in grave if label != draft.category), *draft.also]))
    hidden[1] = hidden[1].removeprefix(say("told-official", person=""))
    words = [draft.story, *(before for before, after in zip(told, hidden, strict=True) if after != before)]
    shown = _with_lines_read(draft, Shown(story, *hidden))
    return draft.filing(shown, texts.files, texts.sealed, words, names=frozenset(names), may_learn=may_learn)


def _with_lines_read(draft: Draft, shown: Shown) -> Shown:
    """With the two lines as the story tells them, where nothing else was said."""
    person = _not_hidden(draft.people_told, draft.story, shown.story) if draft.person is None else shown.person
    place = _not_hidden(draft.desks_told, draft.story, shown.story) if draft.place is None else shown.place
    return shown._replace(person=person, place=place)


async def _flags_of_answers(draft: Draft, judge: Judge, db: Session, now: dt.datetime) -> list[str]:
    """Of what was typed for whom and where. Who is typed there counts as if the story had told it; a room of a head accuses nobody."""
    assert draft.unit_id is not None
    flags: list[str] = []
    if draft.place and not await only_names(draft.place, judge, now, beside=_OF_A_PLACE):
        flags += [flag for flag in (await judge(draft.place)).flags if flag != NAMES_THE_HEAD]
    if draft.person:
        if not await only_names(draft.person, judge, now):
            flags += await flags_of(draft.person, draft.unit_id, judge, db, now)
        flags += [NAMES_THE_HEAD] if await is_a_head(draft.person, draft.unit_id, judge, db, now) else []
    return flags


async def only_names(answer: str, judge: Judge, now: dt.datetime, *, beside: int = 0) -> bool:
    """Whether an answer says who or where and no more words `beside`: «chị Hoa kế toán thu tiền» accuses nobody of taking money."""
    found = await judge.find(answer, today(now))
    left = answer
    named = [*(person.words for person in found.people), *(unit.words for unit in found.units)]
    for words in sorted(named, key=len, reverse=True):
        left = left.replace(words, " ")
    return left != answer and len(re.findall(r"\w+", left)) <= beside


def _of_an_official(person: str) -> str:
    """A name that answers of whom one speaks is an official's: read so, it is not hidden as a citizen's."""
    return say("told-official", person=person) if person else ""


async def _holders(unit_id: int, db: Session, now: dt.datetime) -> list[Holder]:
    return await holders_along(db, await lineage(db, unit_id, today(now)), today(now))


def _unit(each: Called) -> UnitName:
    return UnitName(each.unit_id, each.names, each.parent_id)


def _person(each: Holder) -> PersonName:
    return PersonName(each.person_id, each.full_name, each.titles, each.unit_id, each.heads)


def _when(time: TimeMention, now: dt.datetime) -> str | None:
    """«chiều thứ Ba 17/11», if the day is known and may be the one on which it happened."""
    if time.date is None or not today(now) - _LONG_AGO < time.date <= today(now):
        return None
    date = (
        f"{time.date.day}/{time.date.month}" if time.date.year == today(now).year else f"{time.date.day}/{time.date.month}/{time.date.year}"
    )
    day = say("when-day", weekday=weekday(time.date), date=date)
    if time.clock is not None:
        return say("when-moment", hour=f"{time.clock:%H:%M}", day=day)
    return say(f"told-{time.part}", day=day) if time.part else day
