"""Runs one command and turns whatever happens into words and an exit code.

0: done. 1: refused, or something must be mended. 2: wrong use. 70: a fault of ours. 130: interrupted.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from typer.exceptions import TyperException

from bot.cli.terminal import Stop, err
from bot.lean_memory import keep_together
from talk.texts import say

_INTERRUPTED, _FAULT, _USAGE = 130, 70, 2


def main() -> None:
    """What `congvu` runs."""
    keep_together()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command that the arguments name; returns the exit code. Never raises for what a command may do."""
    from bot.cli.commands import app

    try:
        ended = app(args=arguments, prog_name="congvu", standalone_mode=False)
    except Stop as refusal:
        return _refuse(refusal.words, refusal.code)
    except TyperException as wrong:
        return _wrong_use(wrong)
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED
    except BrokenPipeError:
        _forget_standard_output()
        return 1
    except Exception as fault:
        known = _known(fault)
        return _refuse(known, 1) if known else _surprised(fault)
    return ended if isinstance(ended, int) else 0


def _refuse(words: str, code: int) -> int:
    err.print(words, markup=False, style="red")
    return code


def _wrong_use(wrong: Any) -> int:
    """The parser's complaint in our words; of its classes only the base is public, so they are told apart by what they carry."""
    parameter = getattr(wrong, "param", None)
    if parameter is not None and type(wrong).__name__ == "MissingParameter":
        words = say("cli-wrong-use-missing", name=parameter.get_error_hint())
    elif parameter is not None:
        words = say("cli-wrong-use-value", name=parameter.get_error_hint())
    elif getattr(wrong, "option_name", None):
        words = say("cli-wrong-use-option", name=wrong.option_name)
    elif type(wrong).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(wrong.format_message() + "\n")
        return _USAGE
    else:
        words = say("cli-wrong-use")
    context = getattr(wrong, "ctx", None)
    command = context.command_path if context is not None else "congvu"
    return _refuse(f"{words}\n{say('cli-wrong-use-help', command=command)}", _USAGE)


def _known(fault: Exception) -> str | None:
    """Words for what the machine or the settings did; None for a fault of the program."""
    if isinstance(fault, ValidationError) and fault.title == "Settings":
        names = ", ".join(sorted({str(each["loc"][0]).upper() for each in fault.errors() if each["loc"]}))
        return say("cli-settings-wrong", names=names)
    if words := _known_of_database(fault):
        return words
    if isinstance(fault, PermissionError):
        return say("cli-not-permitted", path=fault.filename or "")
    if isinstance(fault, FileNotFoundError):
        return say("cli-no-such-file", path=fault.filename or "")
    if isinstance(fault, OSError) and fault.errno == 28:
        return say("cli-disk-full")
    return None


def _known_of_database(fault: Exception) -> str | None:
    from bot.database_faults import explain

    key = explain(fault)
    return say(key) if key else None


def _surprised(fault: Exception) -> int:
    """Something that nobody foresaw: a short reference for the person, the rest for whoever mends it. No citizen's words go into it."""
    from talk.talk import without_words

    reference = secrets.token_hex(3).upper()
    line = json.dumps({"reference": reference} | without_words(fault), ensure_ascii=False)
    path = _data_dir() / "errors.log"
    written = False
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        written = True
    if not written:
        sys.stderr.write(line + "\n")
    return _refuse(say("cli-fault", reference=reference, path=str(path) if written else "stderr"), _FAULT)


def _data_dir() -> Path:
    from bot.settings import Settings

    try:
        return Settings().data_dir  # type: ignore[call-arg,unused-ignore]
    except ValidationError:
        return Path("var")


def _forget_standard_output() -> None:
    """Whoever read us has gone (`| head`); Python must not complain when it flushes at the end."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
