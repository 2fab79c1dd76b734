"""Holds every request against aiogram's models of the Bot API methods: names, types, what is required, and nothing unknown.

Requests sent by another library are so judged by an independent source.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

import aiogram.methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import (
    ForceReply,
    InlineKeyboardMarkup,
    InputFile,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from pydantic import BaseModel, ValidationError

from .refused import breach
from .wire import RawCall, Upload

MODELS: dict[str, type[TelegramMethod[Any]]] = {
    model.__api_method__.lower(): model
    for model in vars(aiogram.methods).values()
    if isinstance(model, type) and issubclass(model, TelegramMethod) and model is not TelegramMethod
}
MARKUPS: dict[str, type[BaseModel]] = {
    "inline_keyboard": InlineKeyboardMarkup,
    "keyboard": ReplyKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
    "force_reply": ForceReply,
}
M = TypeVar("M", bound=TelegramMethod[Any])


@dataclass
class Call:
    """A request that has passed: the typed method, its plain parameters, the uploaded files."""

    method: TelegramMethod[Any]
    params: dict[str, Any]
    files: dict[str, Upload]

    def of(self, kind: type[M]) -> M:
        """The method as its own type."""
        if not isinstance(self.method, kind):
            raise TypeError(f"{type(self.method).__name__} is not {kind.__name__}")
        return self.method

    @property
    def chat_id(self) -> int | str | None:
        """The chat the request is about, if it names one."""
        found = self.params.get("chat_id")
        return found if isinstance(found, int | str) else None


def understand(model: type[TelegramMethod[Any]], raw: RawCall) -> Call:
    """The request as a method of aiogram's. Raises `Refused` (a breach) for anything the model does not allow."""
    unknown = sorted(set(raw.params) - set(model.model_fields))
    if unknown:
        raise breach(f"unknown parameter {', '.join(unknown)}")
    params = {name: _decoded(model, name, value) for name, value in raw.params.items()}
    _refer_to_files(model, params, raw.files)
    _no_surrogates(params)
    _check_markup(params.get("reply_markup"))
    try:
        method = model.model_validate_json(json.dumps(params), strict=True)
    except ValidationError as error:
        raise breach(_first_reason(error)) from error
    _no_extras(method, model.__api_method__)
    return Call(method, params, raw.files)


def _accepts(model: type[TelegramMethod[Any]], name: str, kind: type) -> bool:
    annotation = model.model_fields[name].annotation
    return annotation is kind or kind in get_args(annotation)


def _decoded(model: type[TelegramMethod[Any]], name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if _accepts(model, name, str):
        whole = value.removeprefix("-").isdecimal() and value.isascii()
        return int(value) if whole and _accepts(model, name, int) else value
    try:
        return json.loads(value)
    except ValueError as error:
        raise breach(f'can\'t parse parameter "{name}": JSON expected, got {value[:60]!r}') from error


def _refer_to_files(model: type[TelegramMethod[Any]], params: dict[str, Any], files: dict[str, Upload]) -> None:
    for name in files:
        if name in model.model_fields and name not in params and _accepts(model, name, InputFile):
            params[name] = f"attach://{name}"
    referred = json.dumps(params)
    for name in files:
        if f"attach://{name}" not in referred:
            raise breach(f'uploaded file "{name}" is not referred to')


def _no_surrogates(params: dict[str, Any]) -> None:
    try:
        json.dumps(params, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise breach("strings must be encoded in UTF-8") from error


def _check_markup(markup: Any) -> None:
    """The union of markups is chosen by its key, as the real server does: aiogram's own union would take anything."""
    if markup is None:
        return
    keys = [key for key in MARKUPS if isinstance(markup, dict) and key in markup]
    if len(keys) != 1:
        raise breach("object expected as reply markup")
    try:
        parsed = MARKUPS[keys[0]].model_validate_json(json.dumps(markup), strict=True)
    except ValidationError as error:
        raise breach(f"can't parse reply keyboard markup: {_first_reason(error)}") from error
    _no_extras(parsed, "reply_markup")


def _first_reason(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    return f'parameter "{place}": {first["msg"]}'


def _no_extras(value: Any, place: str) -> None:
    if isinstance(value, BaseModel):
        extra = {key for key, content in (value.model_extra or {}).items() if content is not None}
        if extra:
            raise breach(f"unknown field {', '.join(sorted(extra))} in {place}")
        for name in type(value).model_fields:
            _no_extras(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, list | tuple):
        for item in value:
            _no_extras(item, place)
