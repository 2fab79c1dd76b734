"""Loads aiogram without building its 444 models at once: each is built when it is first used, and most never are.

Measured: 1.5 s and 42 MB instead of 5.3 s and 138 MB (docs/decisions/0008-what-a-tap-costs.md). Importing this module is enough; if aiogram
was imported before, nothing happens. `tests/bot/test_lean_aiogram.py` holds the contract.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

from pydantic import BaseModel

_NAMES: dict[str, Any] = {}
"""What aiogram's models are called in each other's annotations; it hands this over with each rebuild that we put off."""


def _load() -> None:
    eager = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(_put_off)  # type: ignore[assignment]
    try:
        import aiogram
    finally:
        BaseModel.model_rebuild = eager  # type: ignore[method-assign]
    assert aiogram is not None
    from aiogram.methods.base import Response, TelegramMethod
    from aiogram.types import TelegramObject

    def rebuild(cls: type[BaseModel], /, *, _parent_namespace_depth: int = 2, **how: Any) -> bool | None:
        if how.get("_types_namespace") is None:
            how["_types_namespace"] = _NAMES | vars(sys.modules[cls.__module__])
        return eager.__func__(cls, **how)  # type: ignore[no-any-return]

    for base in (TelegramObject, TelegramMethod, Response):
        base.model_rebuild = classmethod(rebuild)  # type: ignore[assignment]
    Response.__class_getitem__ = cache(Response.__class_getitem__)  # type: ignore[assignment]  # pydantic lets go of it after each answer


def _put_off(cls: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **_how: Any) -> None:
    _NAMES.update(_types_namespace or {})


if "aiogram" not in sys.modules:
    _load()
