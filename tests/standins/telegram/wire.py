"""Reads one HTTP request the way the Bot API does: query string, urlencoded form, multipart form or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from .refused import breach


@dataclass(frozen=True)
class Upload:
    """A file that came along in a multipart form."""

    part: str
    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass
class RawCall:
    """Parameters as they came (strings, except in a JSON body) and uploaded files by their field name."""

    params: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def put(self, name: str, value: Any) -> None:
        """Add a parameter. An empty string counts as absent, as on the real server; the same name twice is refused."""
        if name in self.params:
            raise breach(f'parameter "{name}" is given twice')
        if value != "" and value is not None:
            self.params[name] = value


async def read_call(request: web.Request) -> RawCall:
    """Everything the client said in one request. Raises `Refused` for what cannot be read."""
    raw = RawCall()
    _read_pairs(raw, request.rel_url.raw_query_string.encode())
    if request.method == "GET":
        return raw
    kind = request.content_type
    if kind == "multipart/form-data":
        await _read_multipart(raw, request)
    elif kind == "application/json":
        _read_json(raw, await request.read())
    elif kind == "application/x-www-form-urlencoded":
        _read_pairs(raw, await request.read())
    elif await request.read():
        raise breach(f"content type {kind} is not understood")
    return raw


def _read_pairs(raw: RawCall, body: bytes) -> None:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict")
    except ValueError as error:
        raise breach("strings must be encoded in UTF-8") from error
    for name, value in pairs:
        raw.put(name, value)


def _read_json(raw: RawCall, body: bytes) -> None:
    try:
        values = json.loads(body)
    except ValueError as error:
        raise breach("can't parse the request: JSON object expected") from error
    if not isinstance(values, dict):
        raise breach("can't parse the request: JSON object expected")
    for name, value in values.items():
        raw.put(name, value)


async def _read_multipart(raw: RawCall, request: web.Request) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            raise breach("a part of the form has no name")
        data = bytes(await part.read())
        if part.filename is None:
            raw.put(part.name, _text(data))
        elif part.name in raw.files:
            raise breach(f'file "{part.name}" is given twice')
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            raw.files[part.name] = Upload(part.name, part.filename, mime, data)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise breach("strings must be encoded in UTF-8") from error
