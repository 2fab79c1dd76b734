"""Makes any text that arrives safe to keep and to show: no control characters, no lone surrogates, a bounded length."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """The text as it may be kept: NFC, `\\n` for new lines, without characters that hide, reorder or break.

    Zero-width joiners stay (emoji of several people need them); a lone surrogate becomes the replacement character.
    """
    text = _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    return _BLANK_LINES.sub("\n\n", unicodedata.normalize("NFC", _INVISIBLE.sub("", text))).strip()
