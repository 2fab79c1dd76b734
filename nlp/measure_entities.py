"""Measures how well units, persons, times, redaction and tracks are found, on a file of marked messages.

    python -m nlp.measure_entities nlp/data/entities/dev.jsonl

A line is {"id", "text", "units": [[start, end]], "people": [[start, end]], "times": [[start, end, "2026-11-17" or null]],
"redact": [[start, end, "phone"]], "today", "track"}; places are those of the `readable` text.

A file may begin with {"tree": [{"code", "names", "parent"}]}; a mark of a unit may then end with the code of the unit meant, or with null
where it is none of the tree: [start, end, "tan-mai"]. Of such marks it is counted how often the very unit is matched.

A mark is found if something found overlaps it, a time if the date is right too.
A time found without a date claims nothing, so it never counts against precision. Of what should be hidden no word may be left,
titles aside; of a number no digit.
"""

import argparse
import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from nlp.clean import readable
from nlp.entities import Entities, UnitName, find
from nlp.labels import Flag, Label
from nlp.redact import Redacted, redact
from nlp.track import advise
from nlp.word_lists import forms

Judge = Callable[[str], tuple[Label, Sequence[Flag]]]
Places = set[int]

_WORD = re.compile(r"\w+")
_TITLES = forms("people", "titles", bare=True) | forms("people", "titles", bare=False)
NAMES = "person"
_PLACES = 2


class Marked(NamedTuple):
    """A message with what a person marked in it."""

    id: str
    text: str
    today: dt.date
    track: str | None
    units: list[tuple[int, int]]
    meant: list[tuple[int, int, str | None]]
    """Of the units marked those of which it is said which of the tree is meant."""
    people: list[tuple[int, int]]
    times: list[tuple[int, int, str | None]]
    redact: list[tuple[int, int, str]]


class Tree(NamedTuple):
    """The units that a file gives, and the code of each by its id."""

    units: tuple[UnitName, ...] = ()
    codes: Mapping[int, str] = MappingProxyType({})


@dataclass
class Count:
    """Marks found and missed, and finds that are none."""

    found: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


@dataclass
class Figures:
    """All counts of a file, and what went wrong, in words."""

    texts: int = 0
    units: Count = field(default_factory=Count)
    matches: Count = field(default_factory=Count)
    people: Count = field(default_factory=Count)
    times: Count = field(default_factory=Count)
    numbers: Count = field(default_factory=Count)
    names: Count = field(default_factory=Count)
    tracks: Count = field(default_factory=Count)
    mistakes: list[str] = field(default_factory=list)


def read_marked(file: Path) -> list[Marked]:
    """The marked messages of a file. Raises ValueError if a mark lies outside its text."""
    return [_marked(row) for row in _rows(file) if "tree" not in row]


def read_tree(file: Path) -> Tree:
    """The tree of units with which a file begins; empty without one. Raises KeyError if a unit's parent is not in it."""
    rows = [unit for row in _rows(file) for unit in row.get("tree", ())]
    ids = {row["code"]: place for place, row in enumerate(rows, start=1)}
    units = (UnitName(ids[row["code"]], tuple(row["names"]), ids[row["parent"]] if row.get("parent") else None) for row in rows)
    return Tree(tuple(units), {place: code for code, place in ids.items()})


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def measure(messages: Iterable[Marked], judge: Judge, tree: Tree = Tree()) -> Figures:
    """Count what is found in the messages; `judge` gives the label and flags by which the track is advised."""
    figures = Figures()
    for message in messages:
        figures.texts += 1
        entities = find(message.text, message.today, tree.units)
        _spans(figures, message, "units", message.units, [(each.start, each.end) for each in entities.units])
        _matches(figures, message, entities, tree)
        _spans(figures, message, "people", message.people, [(each.start, each.end) for each in entities.people])
        _times(figures, message, entities)
        _hidden(figures, message, redact(message.text))
        _track(figures, message, judge)
    return figures


def table(figures: Figures) -> str:
    """The figures as text."""
    lines = [f"{figures.texts} texts", f"{'':<22}{'marked':>8}{'precision':>11}{'recall':>8}{'F1':>7}"]
    for name, count in (("unit", figures.units), ("person", figures.people), ("time", figures.times)):
        lines.append(f"{name:<22}{count.found + count.missed:>8}{count.precision:>11.3f}{count.recall:>8.3f}{count.f1:>7.3f}")
    matches = figures.matches
    if matches.found + matches.missed:
        lines.append(f"{'unit of the tree':<22}{matches.found + matches.missed:>8}{matches.precision:>11.3f}{matches.recall:>8.3f}{'':>7}")
    for name, count in (("redaction of numbers", figures.numbers), ("redaction of names", figures.names)):
        lines.append(f"{name:<22}{count.found + count.missed:>8}{count.precision:>11.3f}{count.recall:>8.3f}{'':>7}")
    lines.append(f"{'track':<22}{figures.texts:>8}{'accuracy':>11}{figures.tracks.recall:>8.3f}{'':>7}")
    return "\n".join(lines)


def _marked(row: Any) -> Marked:
    text = readable(row["text"])
    spans = [*row.get("units", ()), *row.get("people", ()), *row.get("times", ()), *row.get("redact", ())]
    if any(not 0 <= span[0] < span[1] <= len(text) for span in spans):
        raise ValueError(f"{row['id']}: a mark lies outside the text")
    return Marked(
        row["id"],
        text,
        dt.date.fromisoformat(row["today"]),
        row.get("track"),
        [(mark[0], mark[1]) for mark in row.get("units", ())],
        [(start, end, code) for start, end, code in (mark for mark in row.get("units", ()) if len(mark) > _PLACES)],
        [(start, end) for start, end in row.get("people", ())],
        [(start, end, day or None) for start, end, day in row.get("times", ())],
        [(start, end, kind) for start, end, kind in row.get("redact", ())],
    )


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _spans(figures: Figures, message: Marked, what: str, marks: Sequence[tuple[int, int]], finds: Sequence[tuple[int, int]]) -> None:
    count: Count = getattr(figures, what)
    for mark in marks:
        hit = any(_overlap(mark, each) for each in finds)
        count.found += hit
        count.missed += not hit
        _note(figures, hit, f"{message.id} {what} missed: {message.text[slice(*mark)]}")
    for each in finds:
        hit = any(_overlap(mark, each) for mark in marks)
        count.right += hit
        count.wrong += not hit
        _note(figures, hit, f"{message.id} {what} too much: {message.text[slice(*each)]}")


def _matches(figures: Figures, message: Marked, entities: Entities, tree: Tree) -> None:
    """Whether of the units marked the very one of the tree is matched; matching none is no mistake of precision."""
    count = figures.matches
    for start, end, code in message.meant:
        near = [each for each in entities.units if _overlap((start, end), (each.start, each.end))]
        read = {tree.codes[each.unit_id] if each.unit_id else None for each in near} or {None}
        hit = read == {code}
        count.found += hit
        count.missed += not hit
        count.right += hit
        count.wrong += not hit and read != {None}
        _note(figures, hit, f"{message.id} unit of the tree: {message.text[start:end]} = {code}, matched {', '.join(map(str, read))}")


def _times(figures: Figures, message: Marked, entities: Entities) -> None:
    count = figures.times
    for start, end, day in message.times:
        near = [each for each in entities.times if _overlap((start, end), (each.start, each.end))]
        hit = any((each.date.isoformat() if each.date else None) == day for each in near)
        count.found += hit
        count.missed += not hit
        read = ", ".join(f"{each.words} = {each.date}" for each in near) or "nothing"
        _note(figures, hit, f"{message.id} times missed: {message.text[start:end]} = {day}, read {read}")
    for each in entities.times:
        near_marks = [day for start, end, day in message.times if _overlap((start, end), (each.start, each.end))]
        hit = (each.date.isoformat() if each.date else None) in near_marks
        count.right += hit
        count.wrong += not hit and each.date is not None
        _note(figures, hit or each.date is None, f"{message.id} times too much: {each.words} = {each.date}")


def _hidden(figures: Figures, message: Marked, redacted: Redacted) -> None:
    covered = {place for start, end, _ in redacted.spans for place in range(start, end)}
    for start, end, kind in message.redact:
        count = figures.names if kind == NAMES else figures.numbers
        left = list(_left(message.text, start, end, kind, covered))
        count.found += not left
        count.missed += bool(left)
        _note(figures, not left, f"{message.id} {kind} leaks: {' '.join(left)} of {message.text[start:end]}")
    for start, end, kind in redacted.spans:
        count = figures.names if kind == NAMES else figures.numbers
        hit = any(_overlap((start, end), (mark[0], mark[1])) for mark in message.redact)
        count.right += hit
        count.wrong += not hit
        _note(figures, hit, f"{message.id} {kind} hidden too much: {message.text[start:end]}")


def _left(text: str, start: int, end: int, kind: str, covered: Places) -> Iterator[str]:
    """The words of what should be hidden that are still there and tell something."""
    for word in _WORD.finditer(text, start, end):
        telling = word[0].lower() not in _TITLES if kind == NAMES else any(map(str.isdigit, word[0]))
        if telling and not covered.issuperset(range(*word.span())):
            yield word[0]


def _track(figures: Figures, message: Marked, judge: Judge) -> None:
    if message.track is None:
        return
    label, flags = judge(message.text)
    track = advise(message.text, label, flags)
    hit = track.kind == message.track
    figures.tracks.found += hit
    figures.tracks.missed += not hit
    _note(figures, hit, f"{message.id} track: {track.kind} for {message.track}, judged {label}")


def _note(figures: Figures, hit: bool, words: str) -> None:
    if not hit:
        figures.mistakes.append(words)


def main() -> None:
    """The command: one file, a table; `--mistakes` lists what went wrong (it quotes the messages)."""
    parser = argparse.ArgumentParser(description="Figures of units, persons, times, redaction and tracks on a file of marked messages.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--mistakes", action="store_true")
    asked = parser.parse_args()
    figures = measure(read_marked(asked.file), _classifier(), read_tree(asked.file))
    print("\n".join([table(figures), *(figures.mistakes if asked.mistakes else ())]))


def _classifier() -> Judge:
    from nlp.classify import open_classifier

    classifier = open_classifier()

    def judge(text: str) -> tuple[Label, Sequence[Flag]]:
        judgement = classifier.judge(text)
        return judgement.label, judgement.flags

    return judge


if __name__ == "__main__":
    main()
