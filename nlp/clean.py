"""Takes out of a message what no eye sees and writes its letters in one way, so that it is judged by what it says and not by its keyboard.

`readable` is what a person may be shown again; `plain` and `without_accents` are for judging only.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

MAX_CHARACTERS = 4_000
"""Characters of a message that are judged; underthesea is quadratic on some inputs, and a complaint is clear long before."""

ACCENTED_SHARE = 0.3
"""Least share of accented syllables in a message that was typed with accents."""

_RAW_LIMIT = 4 * MAX_CHARACTERS
"""Raw characters looked at: composed letters may take up to three code points."""

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_PILED_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")
_SPACES = re.compile(r"[^\S\n]+")
_EVERYDAY = r"\n -~ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ–—‘’“”…"
_ONLY_EVERYDAY = re.compile(f"[{_EVERYDAY}]*")
_STRANGE = re.compile(f"[^{_EVERYDAY}]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_ETH = str.maketrans({"ð": "đ", "Ð": "Đ"})

# Old placement of the tone (hoà, khoẻ, thuý) to the new one (hòa, khỏe, thúy), at the end of a syllable only.
_TONE_MOVES = {
    old: new
    for olds, news in (
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
}
_OLD_TONE = re.compile("(?<!q)(" + "|".join(_TONE_MOVES) + r")(?!\w)")


def readable(text: str) -> str:
    """The message as typed, in composed letters, without hidden characters, at most `MAX_CHARACTERS` long."""
    head = text[:_RAW_LIMIT]
    if is_everyday(head):
        return (_SPACES.sub(" ", head) if "  " in head else head).strip()[:MAX_CHARACTERS]
    seen = _STRANGE.sub(_as_seen, _PILED_MARKS.sub(r"\1", head))
    composed = unicodedata.normalize("NFC", seen).translate(_ETH)
    return _SPACES.sub(" ", composed).strip()[:MAX_CHARACTERS]


def is_everyday(text: str) -> bool:
    """Whether it holds nothing but composed Vietnamese letters and what a keyboard has, so that only blanks are left to be put in order."""
    return _ONLY_EVERYDAY.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """One form for all ways to type a word: small letters, new tone placement, no drawn-out letters ("quááá" is "quá")."""
    small = unicodedata.normalize("NFKC", word).lower().translate(_ETH)
    once = _DRAWN_OUT.sub(r"\1", small)
    return _OLD_TONE.sub(lambda found: _TONE_MOVES[found[1]], once)


def without_accents(text: str) -> str:
    """The text as somebody without a Vietnamese keyboard types it: "quầy đóng" is "quay dong"."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.replace("đ", "d").replace("Đ", "D")


@lru_cache(maxsize=20_000)
def bare_syllable(form: str) -> str:
    """The same for one syllable; syllables come again and again."""
    return without_accents(form)


def typed_without_accents(syllables: Sequence[str]) -> bool:
    """Whether a message was typed on a keyboard without Vietnamese letters; of proper text three syllables in four have an accent."""
    letters = [syllable for syllable in syllables if syllable.isalpha()]
    return len(letters) - sum(map(str.isascii, letters)) < ACCENTED_SHARE * len(letters)


def _as_seen(found: re.Match[str]) -> str:
    letter = found[0]
    if letter in "\n\r\t\v\f\x85\u2028\u2029":
        return "\n" if letter != "\t" else " "
    return "" if unicodedata.category(letter) in _UNSEEN_CATEGORIES else letter
