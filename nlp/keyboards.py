"""The same message as other hands would type it: with no Vietnamese keyboard, or in the shorthand of somebody in a hurry.

Used to teach the classifier and to measure it; never on what a person wrote.
"""

import random
import re
from collections.abc import Callable, Mapping
from functools import cache

from nlp.clean import plain, without_accents
from nlp.words import readings

SHORT_WORDS = 0.6
BARE_WORDS = 0.3
CLIPPED_WORDS = 0.3

_WORD = re.compile(r"[^\W\d_]+")
# How the young clip a syllable, beyond any list of short words.
_CLIPS = (
    (re.compile(r"^gi(?=[aăâeêoôơuưàáảãạ])"), "j"),
    (re.compile(r"^qu"), "q"),
    (re.compile(r"^ph"), "f"),
    (re.compile(r"^kh"), "k"),
    (re.compile(r"^c(?=[aouôơưăâ])"), "k"),
    (re.compile(r"ng$"), "g"),
    (re.compile(r"nh$"), "h"),
    (re.compile(r"ch$"), "k"),
    (re.compile(r"^đ"), "d"),
)


def bare(text: str) -> str:
    """The text without any accent."""
    return without_accents(text)


def hurried(text: str, seed: str) -> str:
    """The text in shorthand: short forms, clipped syllables and lost accents, the same for the same seed."""
    chance = random.Random(seed)
    shortened = _shorten_pairs(text.lower(), chance)
    return _WORD.sub(lambda word: _hurry(word[0], chance), shortened)


def _shorten_pairs(text: str, chance: random.Random) -> str:
    def shorten(pair: re.Match[str]) -> str:
        shorts = short_forms().get(plain(pair[0]), ())
        return chance.choice(shorts) if shorts and chance.random() < SHORT_WORDS else pair[0]

    return re.sub(r"[^\W\d_]+ [^\W\d_]+", shorten, text)


def _hurry(word: str, chance: random.Random) -> str:
    shorts = short_forms().get(plain(word), ())
    if shorts and chance.random() < SHORT_WORDS:
        return chance.choice(shorts)
    steps: tuple[tuple[float, Callable[[str], str]], ...] = ((CLIPPED_WORDS, _clip), (BARE_WORDS, without_accents))
    for share, step in steps:
        if chance.random() < share:
            word = step(word)
    return word


def _clip(word: str) -> str:
    for end, short in _CLIPS:
        word = end.sub(short, word)
    return word


@cache
def short_forms() -> Mapping[str, tuple[str, ...]]:
    """For each written-out form its short ones; regional words are left out, they are no shorthand."""
    found: dict[str, tuple[str, ...]] = {}
    for short, long in readings().shorthand.items():
        found[" ".join(long)] = (*found.get(" ".join(long), ()), short)
    return found
