"""The parts of an office document, one by one: what names somebody is blanked, and the names are remembered to look for them elsewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from office.cleaning.pictures import blank_jpeg, without_words

_ANYBODY = "Author"
"""What the office programs themselves write when told to remove personal data."""

_CORE = re.compile(r"<(?:\w+:)?coreProperties\b")
_EXTENDED = re.compile(
    r'<(?:\w+:)?Properties\b[^>]*"http://schemas\.openxmlformats\.org/officeDocument/2006/(?:extended|custom)-properties"'
)
_THUMBNAIL = re.compile(r"(?:^|/)thumbnails?[./]", re.IGNORECASE)
_THUMBNAIL_LINK = re.compile(r"<(?:Relationship|manifest:file-entry)\b[^>]*thumbnail[^>]*/>", re.IGNORECASE)
_PEOPLE = re.compile(r"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator|meta:printed-by|Manager|Company)\b[^<>]*>([^<>]+)<")
_BY = re.compile(r"""(\b(?:\w+:)?(?:author|initials|userId|providerId|lastModifiedBy|userName|lastEditedBy)\s*=\s*)("[^"]*"|'[^']*')""")
_PERSON = re.compile(r"""(\b(?:displayName|userId|providerId|name)\s*=\s*)("[^"]*"|'[^']*')""")
_ELEMENT = re.compile(
    r"(<((?:dc:creator|meta:initial-creator|meta:creator-initials|text:initial-creator|loext:sender-initials|text:author-name|text:author-initials|(?:\w+:)?author))"
    r"(?:\s[^<>]*)?>)([^<>]+)(</\2>)"
)
_PATH = re.compile(r"""(\b(?:Target|url|href|xlink:href)\s*=\s*)("|')(?:file:|[A-Za-z]:[\\/]|\\\\)[^"'<>]*\2""")
_SETTING = re.compile(r'(<config:config-item\b[^>]*config:name="Printer(?:Name|Setup)"[^>]*>)[^<]*(<)')
_SHORTEST, _MOST = 4, 50
"""Letters of a name worth looking for elsewhere (`A` is everywhere), and of how many we do."""


@dataclass
class Names:
    """Who was named in the parts that were blanked."""

    found: set[str] = field(default_factory=set)

    def note(self, value: str) -> None:
        name = html.unescape(value.strip().strip("\"'"))
        if len(name) >= _SHORTEST and name != _ANYBODY and len(self.found) <= _MOST:
            self.found.add(name)

    def stand_in(self, parts: Iterable[bytes]) -> bool:
        """Whether one of them still stands in a part: in a field of the text, in a device's data."""
        if len(self.found) > _MOST:
            return True
        looked_for = [form for name in self.found for form in (name.encode(), html.escape(name).encode(), name.encode("utf-16-le"))]
        return any(form in part for part in parts for form in looked_for)


@dataclass(frozen=True)
class Part:
    """A part as it is packed; None if it is left out."""

    content: bytes | None
    sure: bool = True


def blanked(name: str, data: bytes, names: Names) -> Part:
    """The part without what names somebody."""
    if name.endswith("/"):
        return Part(data)
    if _THUMBNAIL.search(name):
        return Part(None)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(bytearray(data))
    if data.startswith(b"\x89PNG"):
        png = without_words(data)
        return Part(data, sure=False) if png is None else Part(png)
    if name.lower().endswith((".xml", ".rels", ".rdf", ".vml", ".psmdcp", ".svg")):
        return _words(name, data, names)
    return Part(data)


def _jpeg(picture: bytearray) -> Part:
    sure = blank_jpeg(picture, 0, len(picture))
    return Part(bytes(picture), sure)


def _words(name: str, data: bytes, names: Names) -> Part:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Part(data, sure=False)
    if name == "meta.xml" or name.endswith("/meta.xml") or _CORE.search(text[:2000]) or _EXTENDED.search(text[:2000]):
        return _emptied(text, names)
    text = _THUMBNAIL_LINK.sub("", text)
    text = _ELEMENT.sub(lambda found: _without(found[3], names, f"{found[1]}{found[4]}"), text)
    text = _BY.sub(lambda found: _without(found[2], names, f'{found[1]}"{_ANYBODY}"'), text)
    if name.startswith("xl/persons/") or name.endswith("revisions/userNames.xml"):
        text = _PERSON.sub(lambda found: _without(found[2], names, f'{found[1]}"{_ANYBODY}"'), text)
    text = _PATH.sub(r'\1"file:///"', text)
    return Part(_SETTING.sub(r"\1\2", text).encode())


def _without(value: str, names: Names, instead: str) -> str:
    names.note(value)
    return instead


def _emptied(text: str, names: Names) -> Part:
    """The outermost element with nothing in it, which is a valid part of its kind."""
    root = re.search(r"<((?!\?|!)[\w:.-]+)([^<>]*?)/?>", text)
    if root is None:
        return Part(text.encode(), sure=False)
    for value in _PEOPLE.findall(text):
        names.note(value)
    head = text[: root.start()] if "<!" not in text[: root.start()] else ""
    return Part(f"{head}<{root[1]}{root[2]}></{root[1]}>".encode())
