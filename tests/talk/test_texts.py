"""Every text that the code asks for exists, and every text that exists is asked for; none stands in Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from talk.texts import TextMissing, bundle, keys, say

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "talk", "office")


def sources() -> list[tuple[Path, str]]:
    return [(path, path.read_text()) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def asked_for() -> tuple[set[str], set[str]]:
    """Keys named whole, and the beginnings (before `{`) of those put together; both as they stand in string literals."""
    whole: set[str] = set()
    pieces: set[str] = set()
    for _, source in sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                pieces.add(str(node.values[0].value))
    return whole, {piece for piece in pieces if re.fullmatch(r"[a-z_]+-[a-z0-9_-]*", piece)}


def test_every_text_is_asked_for() -> None:
    whole, pieces = asked_for()
    unused = [key for key in sorted(keys()) if key not in whole and not any(key.startswith(piece) for piece in pieces)]
    assert not unused


def test_every_key_asked_for_exists() -> None:
    missing = []
    for path, source in sources():
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args):
                continue
            key = node.args[0]
            if isinstance(key, ast.Constant) and not bundle().has_message(str(key.value)):
                missing.append(f"{path.name}: {key.value}")
    assert not missing


def test_a_missing_text_or_argument_is_an_error() -> None:
    with pytest.raises(TextMissing):
        say("no-such-text")
    with pytest.raises(TextMissing):
        say("fault")


@pytest.mark.parametrize("room", ["bot", "handlers", "talk"])
def test_no_vietnamese_in_python(room: str) -> None:
    """Docstrings and comments may quote it; string literals may not."""
    marks = re.compile("[ăâđêôơưạảãáàặẳẵắằậẩẫấầẹẻẽéèệểễếềịỉĩíìọỏõóòộổỗốồợởỡớờụủũúùựửữứừỵỷỹýỳ]", re.IGNORECASE)
    found = []
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text())
        docs = {id(node.body[0].value) for node in ast.walk(tree) if hasattr(node, "body") and isinstance(node.body, list) and node.body
                and isinstance(node.body[0], ast.Expr)}  # fmt: skip
        loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | loose and marks.search(node.value):
                found.append(f"{path.name}:{node.lineno}: {node.value[:40]}")
    assert not found


def test_a_whole_story_is_said() -> None:
    """The library alone refuses arguments of more than 2,500 characters."""
    story = "Tôi chờ. " * 2_500
    assert story in say("desk-story", story=story)
