"""Advises on which track a message belongs: feedback, khiếu nại, tố cáo, praise, a question, or out of scope; and sees danger before all else.

Advice with its reason, never a decision: a chat message is no legal complaint or denunciation (Law on Complaints 2011, Law on Denunciation
2018, art. 25), and whoever reads it decides. The words are in `data/track.json`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from nlp.entities.phrases import patterns
from nlp.entities.reading import Reading, read, shown
from nlp.entities.spoken import spoken_of
from nlp.labels import Flag, Label
from nlp.word_lists import written

GRAVE_FLAGS = frozenset({Flag.THREAT_OR_VIOLENCE, Flag.SEXUAL_HARASSMENT, Flag.RETALIATION})
EMERGENCIES = ("114", "111", "115", "113")
"""Fire and rescue, the children's line, the ambulance, the police; in the order in which one number goes before another."""

_GAP = re.compile(r" ~(\d+)")
_NEAR = 90
"""Letters before and after a rule's first part within which its other parts must stand."""

_BREACHES = frozenset({Label.BRIBERY, Label.ETHICS, Label.COMMUNICATION})


class Kind(StrEnum):
    """The tracks of what a citizen says."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PRAISE = "praise"
    QUESTION = "question"
    OUT_OF_SCOPE = "out_of_scope"


_BY_LABEL = {Label.PRAISE: Kind.PRAISE, Label.INQUIRY: Kind.QUESTION, Label.OTHER: Kind.OUT_OF_SCOPE}


@dataclass(frozen=True, slots=True)
class Track:
    """Where a message belongs, and why."""

    kind: Kind
    reason: str
    """The words of the message that decided, as typed; empty where the category alone did. They may hold a name."""
    grave: bool
    """Bribery, threats, violence, sexual harassment, retaliation: to be sealed and handled above the body complained of."""
    emergency: str | None
    """The number to call first where somebody is in danger now: 113, 114, 115, or 111 for a child."""


def advise(text: str, label: Label, flags: Collection[Flag] = ()) -> Track:
    """Advise the track of a message judged as `label` with `flags`; any text gives an answer."""
    reading = read(shown(text))
    kind, reason = _kind(reading, label)
    grave = label is Label.BRIBERY or not GRAVE_FLAGS.isdisjoint(flags) or _first(reading, "grave") is not None
    return Track(kind, reason, grave and kind not in _BY_LABEL.values(), _emergency(reading))


def _kind(reading: Reading, label: Label) -> tuple[Kind, str]:
    asks = _first(_without(reading, "not_asked"), "asks") is not None
    if label in (Label.PRAISE, Label.INQUIRY) and _says_so(reading, label) and not _tells_of_wrong(reading, label, asks):
        return (Kind.OUT_OF_SCOPE if label is Label.INQUIRY and _is_private(reading, "private_suit") else _BY_LABEL[label]), ""
    denounced = _first(_without(reading, "not_a_denunciation"), "said_denunciation")
    if denounced and not asks:
        return Kind.DENUNCIATION, _as_typed(reading, denounced)
    complained = _first(_without(reading, "not_a_complaint"), "complaint")
    if complained and not asks:
        return Kind.COMPLAINT, _as_typed(reading, complained)
    breach = _first(reading, "plain_breach") or (_first(reading, "breach") if label in _BREACHES else None)
    if breach and not asks:
        return Kind.DENUNCIATION, _as_typed(reading, breach)
    if label is Label.OTHER and not _tells_of_wrong(reading, label, asks):
        return Kind.OUT_OF_SCOPE, ""
    return (Kind.OUT_OF_SCOPE if _is_private(reading, "private_matter") else Kind.FEEDBACK), ""


def _says_so(reading: Reading, label: Label) -> bool:
    """Whether a message judged thanks or a question has any word of thanks, or of asking."""
    return _first(reading, "praises" if label is Label.PRAISE else "questions") is not None


def _is_private(reading: Reading, rules: str) -> bool:
    """Whether it is a matter between private persons, in which no body and nobody in office has a part."""
    if _first(reading, rules) is None or (rules == "private_matter" and _first(reading, "official_matter") is not None):
        return False
    spoken = spoken_of(reading.text)
    return not spoken.bodies and not any(each.post for each in spoken.persons)


def _tells_of_wrong(reading: Reading, label: Label, asks: bool) -> bool:
    """Whether a message judged a question, thanks or nothing of ours tells all the same what somebody in office did wrong."""
    blotted = _without(reading, "not_wronged")
    if label is Label.OTHER:
        spoken = spoken_of(reading.text)
        return bool(spoken.bodies or any(each.post for each in spoken.persons)) and _first(blotted, "wronged") is not None
    if label is Label.PRAISE:
        return _first(blotted, "wronged_though_praised") is not None or _first(blotted, "wronged") is not None
    said = _first(_without(reading, "not_a_complaint"), "complaint") or _first(_without(reading, "not_a_denunciation"), "said_denunciation")
    return not asks and (said is not None or _first(blotted, "wronged") is not None)


def _emergency(reading: Reading) -> str | None:
    if _first(reading, "past") is not None:
        return None
    return next((number for number in EMERGENCIES if _first(reading, number) is not None), None)


# --- patterns -----------------------------------------------------------------------------------------------------------------------


Rule = tuple[re.Pattern[str], ...]
"""Patterns that must stand near each other; the first is what the rule finds."""


@cache
def _rules(bare: bool) -> Mapping[str, Sequence[Rule]]:
    known = written("track", folder="")
    lines = {**known["danger"], **{name: lines for name, lines in known.items() if isinstance(lines, list)}}
    return {
        name: tuple(_rule(line, known["lists"], bare) for line in rules if not (bare and line[0] == "=")) for name, rules in lines.items()
    }


def _rule(line: str, lists: Mapping[str, Sequence[str]], bare: bool) -> Rule:
    return tuple(_pattern(part, lists, bare) for part in line.removeprefix("= ").split(" & "))


def _pattern(line: str, lists: Mapping[str, Sequence[str]], bare: bool) -> re.Pattern[str]:
    with_gaps = _GAP.sub(r"(?: (?![.!?;] )\\S+){0,\1}", line)
    return patterns(rf" (?:{with_gaps})(?!\S)", lists)[bare]


def _first(reading: Reading, rules: str) -> re.Match[str] | None:
    for first, *others in _rules(reading.bare)[rules]:
        found = first.search(reading.line)
        if found and all(other.search(_around(reading.line, found)) for other in others):
            return found
    return None


def _around(line: str, found: re.Match[str]) -> str:
    return line[max(0, found.start() - _NEAR) : found.end() + _NEAR]


def _without(reading: Reading, rules: str) -> Reading:
    """The message with what only looks like it blotted out, letter for letter."""
    line = reading.line
    for rule, *_ in _rules(reading.bare)[rules]:
        line = rule.sub(lambda found: "·" * len(found[0]), line)
    return reading._replace(line=line)


def _as_typed(reading: Reading, found: re.Match[str]) -> str:
    start, end = reading.span(*reading.found(found))
    return reading.text[start:end]
