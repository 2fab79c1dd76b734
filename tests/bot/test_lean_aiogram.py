"""The contract with aiogram and pydantic on which the lean loading stands: every model, built late, is what it would have been."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import Any

LEAN = "import bot.lean_aiogram"
EAGER = ""


@cache
def _told(first: str, program: str) -> Any:
    """What a fresh Python says, with aiogram loaded in this way."""
    done = subprocess.run([sys.executable, "-c", f"{first}\n{program}"], capture_output=True, text=True, check=True, timeout=120)
    return json.loads(done.stdout)


ALL_OF_IT = """
import json, re
import aiogram.methods, aiogram.types
from aiogram.types import Update
from pydantic import BaseModel
kinds = {f"{room.__name__}.{name}": kind for room in (aiogram.types, aiogram.methods) for name, kind in vars(room).items()
         if isinstance(kind, type) and issubclass(kind, BaseModel) and not getattr(kind, "__parameters__", ())}
built = sum(kind.__pydantic_complete__ for kind in kinds.values())
chat = {"id": 5, "type": "private"}
size = {"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}
before = {"message_id": 6, "date": 0, "chat": chat, "photo": [size]}
sender = {"id": 5, "is_bot": False, "first_name": "A"}
message = {"message_id": 7, "date": 0, "chat": chat, "text": "a", "from": sender, "reply_to_message": before}
update = Update.model_validate({"update_id": 1, "message": message}).model_dump(mode="json", exclude_none=True)
models = {}
for name, kind in kinds.items():
    kind.model_rebuild()
    fields = {field: re.sub("0x[0-9a-f]+", "", repr(info.annotation)) for field, info in kind.model_fields.items()}
    models[name] = [kind.__pydantic_complete__, fields]
print(json.dumps({"built": built, "update": update, "models": models}, sort_keys=True))
"""


def test_every_model_built_late_has_the_same_fields() -> None:
    lean, eager = _told(LEAN, ALL_OF_IT)["models"], _told(EAGER, ALL_OF_IT)["models"]
    assert len(lean) > 400
    assert lean == eager
    assert all(complete for complete, _ in lean.values())


def test_an_update_reads_the_same() -> None:
    assert _told(LEAN, ALL_OF_IT)["update"] == _told(EAGER, ALL_OF_IT)["update"]


def test_few_models_are_built_before_they_are_used() -> None:
    assert _told(LEAN, ALL_OF_IT)["built"] < _told(EAGER, ALL_OF_IT)["built"] / 4


def test_the_model_of_an_answer_is_built_once() -> None:
    """pydantic keeps such a model only while somebody holds it, and aiogram holds none: most answers built theirs anew."""
    program = """
import gc, json, weakref
from aiogram.methods.base import Response
from aiogram.types import Update
def take():
    answer = Response[list[Update]].model_validate({"ok": True, "result": [{"update_id": 1}]})
    return weakref.ref(type(answer)), answer.result[0].update_id
model, number = take()
gc.collect()
gc.collect()
print(json.dumps([model() is Response[list[Update]], Response[list[Update]].__name__, number]))
"""
    assert _told(LEAN, program) == [True, "Response[list[Update]]", 1]


def test_the_command_line_loads_without_aiogram() -> None:
    """Else it would be loaded whole before `congvu run` can load it lean, and every command would wait for it."""
    assert _told(EAGER, "import json, sys\nimport bot.cli.commands\nprint(json.dumps('aiogram' in sys.modules))") is False
