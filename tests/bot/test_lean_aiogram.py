"""The contract with aiogram and pydantic on which the lean loading stands: every model, built late, is what it would have been."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

LEAN = "import bot.lean_aiogram"
EAGER = ""


def _told(first: str, program: str) -> Any:
    """What a fresh Python says, with aiogram loaded in this way."""
    done = subprocess.run([sys.executable, "-c", f"{first}\n{program}"], capture_output=True, text=True, check=True, timeout=120)
    return json.loads(done.stdout)


SCHEMAS = """
import json, re
import aiogram.methods, aiogram.types
from pydantic import BaseModel
models = {}
for room in (aiogram.types, aiogram.methods):
    for name, kind in vars(room).items():
        if isinstance(kind, type) and issubclass(kind, BaseModel) and not getattr(kind, "__parameters__", ()):
            kind.model_rebuild()
            fields = {field: re.sub("0x[0-9a-f]+", "", repr(info.annotation)) for field, info in kind.model_fields.items()}
            models[f"{room.__name__}.{name}"] = [kind.__pydantic_complete__, fields]
print(json.dumps(models, sort_keys=True))
"""

UPDATE = """
import json, sys
from aiogram.types import Update
update = Update.model_validate({"update_id": 1, "message": {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "a",
    "from": {"id": 5, "is_bot": False, "first_name": "A"}, "reply_to_message": {"message_id": 6, "date": 0, "chat": {"id": 5, "type": "private"},
    "photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]}}})
print(json.dumps([update.message.reply_to_message.photo[0].file_id, update.model_dump(mode="json", exclude_none=True)], sort_keys=True))
"""

HOW_MANY = """
import json
from pydantic import BaseModel
import aiogram.types
built = [kind for kind in vars(aiogram.types).values() if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__pydantic_complete__]
print(json.dumps(len(built)))
"""


def test_every_model_built_late_has_the_same_fields() -> None:
    lean, eager = _told(LEAN, SCHEMAS), _told(EAGER, SCHEMAS)
    assert len(lean) > 400
    assert lean == eager
    assert all(complete for complete, _ in lean.values())


def test_an_update_reads_the_same() -> None:
    assert _told(LEAN, UPDATE) == _told(EAGER, UPDATE)


def test_few_models_are_built_before_they_are_used() -> None:
    assert _told(LEAN, HOW_MANY) < _told(EAGER, HOW_MANY) / 4


def test_the_command_line_loads_without_aiogram() -> None:
    """Else it would be loaded whole before `congvu run` can load it lean, and every command would wait for it."""
    assert _told(EAGER, "import json, sys\nimport bot.cli.commands\nprint(json.dumps('aiogram' in sys.modules))") is False
