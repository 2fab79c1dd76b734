"""The words that names are made of, with accents and without."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from nlp.clean import plain, without_accents
from nlp.entities.phrases import written


class NameWords(NamedTuple):
    """The syllables that names are made of, in one way of typing."""

    family: frozenset[str]
    family_in_small: frozenset[str]
    middle: frozenset[str]
    given: frozenset[str]
    common_words: frozenset[str]
    not_before: Mapping[str, frozenset[str]]
    not_after: Mapping[str, frozenset[str]]
    """What reads as a name and, with the word before it, is something else: "gia đình", "biểu dương"."""
    after: frozenset[str]
    sure_middle: frozenset[str]
    given_unaccented: frozenset[str]
    """All given names without accents, common words too, for names that stand beside others."""
    sure_family: frozenset[str]
    """Families' names that are hardly anything else in small letters."""
    given_in_full: frozenset[str]
    """All given names, those too that are common words and stand for a name only after the family's."""
    never_with_middle: frozenset[str]
    """What reads as a family's name before "văn" and "thị" and is something else: "đoàn văn nghệ"; without accents "mà", "vì"."""
    never_loose: frozenset[str]


@cache
def name_words(bare: bool) -> NameWords:
    """The words of names.json, with accents or without."""
    known = written("names")

    def forms(listed: Iterable[str]) -> frozenset[str]:
        return frozenset(without_accents(plain(word)) if bare else plain(word) for word in listed)

    given, common = forms(known["given"]), forms(known["common_words"])
    unaccented = frozenset(map(without_accents, given | forms(known["only_in_full"])))
    if bare:
        given -= frozenset(known["never_bare"])
        common |= frozenset(known["common_bare"])
    return NameWords(
        family=forms(known["family"]),
        family_in_small=forms(known["family_in_small"]),
        middle=forms(known["middle"]),
        given=given,
        common_words=common,
        not_before=_told_by(known["not_before"], forms),
        not_after=_told_by(known["not_after"], forms),
        after=forms(known["after"]),
        sure_middle=forms(("văn", "thị")),
        given_unaccented=unaccented,
        sure_family=forms(known["families_sure"]),
        given_in_full=forms(known["given"]) | forms(known["only_in_full"]),
        never_with_middle=frozenset(known["never_in_bare_full"]) if bare else forms(known["never_in_small_full"]),
        never_loose=frozenset(known["never_named_bare"]) if bare else forms(known["never_named"]),
    )


def _told_by(listed: Mapping[str, Iterable[str]], forms: Callable[[Iterable[str]], frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Words by the names they tell of; names that are one without accents share theirs."""
    told: dict[str, frozenset[str]] = {}
    for name, words in listed.items():
        for form in forms([name]):
            told[form] = told.get(form, frozenset()) | forms(words)
    return told


@cache
def known_words(bare: bool) -> frozenset[str]:
    """All syllables that names are made of, those too that are common words."""
    words = name_words(bare)
    return words.given_in_full | words.middle | words.sure_family | (words.given_unaccented if bare else frozenset())


@cache
def by_birth(bare: bool) -> frozenset[str]:
    """The first of two names as the south calls people, by order of birth: "Út Khờ", "Tư Đành"."""
    known = written("standing")["nicknames"]
    return frozenset(map(without_accents, known)) if bare else frozenset(known)
