"""Telegram's small HTML, read as strictly as Telegram reads it: an unknown tag or one left open is an error, not a guess."""

from __future__ import annotations

import re
from typing import Any

from .refused import Refused, breach

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>|(?P<stray><)|&(?P<name>#?\w+);")
ATTRIBUTE = re.compile(r"""\s+([a-z-]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities of Telegram HTML. Raises `Refused` as the real server does."""
    reader = _Reader()
    end = 0
    for token in TOKEN.finditer(source):
        reader.write(source[end : token.start()])
        reader.take(token, len(source[: token.start()].encode()))
        end = token.end()
    reader.write(source[end:])
    return reader.finish()


class _Reader:
    def __init__(self) -> None:
        self.plain = ""
        self.length = 0
        self.open: list[tuple[str, int, dict[str, Any]]] = []
        self.entities: list[dict[str, Any]] = []

    def write(self, text: str) -> None:
        self.plain += text
        self.length += len(text.encode("utf-16-le")) // 2

    def take(self, token: re.Match[str], byte: int) -> None:
        if token["stray"]:
            raise _cannot(f'Unsupported start tag "" at byte offset {byte}')
        if token["name"]:
            self.write(_character(token))
        elif token["close"]:
            self._close(token["tag"].lower(), byte)
        else:
            self._open(token["tag"].lower(), token["rest"], byte)

    def finish(self) -> tuple[str, list[dict[str, Any]]]:
        if self.open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return self.plain, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _open(self, tag: str, rest: str, byte: int) -> None:
        if tag not in TAGS:
            raise _cannot(f'Unsupported start tag "{tag}" at byte offset {byte}')
        found = {name: a or b or c for name, a, b, c in ATTRIBUTE.findall(rest)}
        entity: dict[str, Any] = {"type": TAGS[tag]}
        if tag == "a":
            entity["url"] = _character_references(found.get("href", ""))
        if tag == "span" and found.get("class") != "tg-spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {byte}')
        if tag == "blockquote" and "expandable" in found:
            entity["type"] = "expandable_blockquote"
        self.open.append((tag, self.length, entity))

    def _close(self, tag: str, byte: int) -> None:
        if not self.open:
            raise _cannot(f"Unexpected end tag at byte offset {byte}")
        opened, start, entity = self.open.pop()
        if opened != tag:
            raise _cannot(f'Unmatched end tag at byte offset {byte}, expected "</{opened}>", found "</{tag}>"')
        if self.length > start and entity.get("url") != "":
            self.entities.append({**entity, "offset": start, "length": self.length - start})


def _cannot(reason: str) -> Refused:
    return breach(f"can't parse entities: {reason}")


def _character_references(text: str) -> str:
    return re.sub(r"&(?P<name>#?\w+);", _character, text)


def _character(reference: re.Match[str]) -> str:
    name = reference["name"]
    if name.startswith("#"):
        digits, base = (name[2:], 16) if name[1:2] in "xX" else (name[1:], 10)
        try:
            return chr(int(digits, base))
        except ValueError:
            return reference[0]
    return NAMED.get(name, reference[0])
