"""Reading of a method's parameters: JSON, the right types, nothing missing and nothing left over."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from aiohttp import web

from .refused import breach


async def read_params(http: web.Request) -> dict[str, Any]:
    """The JSON object of a POST; an empty body counts as no parameters."""
    if http.method != "POST":
        raise breach("a method is called by POST")
    if http.query_string:
        raise breach("parameters go into the body")
    body = await http.read()
    if not body:
        return {}
    if http.content_type != "application/json":
        raise breach(f"content type {http.content_type} is not application/json")
    try:
        found = json.loads(body)
    except ValueError as error:
        raise breach("the body is not JSON") from error
    if not isinstance(found, dict):
        raise breach("the body is not an object")
    return found


def only(params: dict[str, Any], *needs: str, may: tuple[str, ...] = ()) -> None:
    """Raises for a parameter that is missing or unknown."""
    missing, unknown = set(needs) - set(params), set(params) - {*needs, *may}
    if missing or unknown:
        raise breach(f"missing parameters {sorted(missing)}, unknown parameters {sorted(unknown)}")


def text(params: dict[str, Any], name: str, shortest: int, longest: int) -> str:
    """A parameter that is a string of so many characters, counted after NFC."""
    value = params[name]
    if not isinstance(value, str):
        raise breach(f"{name} must be a string")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise breach(f"{name} is not UTF-8")
    length = len(unicodedata.normalize("NFC", value))
    if not shortest <= length <= longest or (shortest and not value.strip()):
        raise breach(f"{name} has {length} characters, not {shortest} to {longest}")
    return value
