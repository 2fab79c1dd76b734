"""Since when citizens are told that corrected messages may teach the classifier: what was filed before that is never learned from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from nlp.home import home_of, make_home, write_whole

_SINCE = "told_since"


def note_consent(data_dir: Path, told: bool, now: dt.datetime) -> None:
    """At each start: remember since when the notice says it without a break; forget that when it no longer does."""
    file = home_of(data_dir) / _SINCE
    if not told:
        file.unlink(missing_ok=True)
    elif not file.exists():
        make_home(file.parent)
        write_whole(file, now.isoformat() + "\n")


def told_since(data_dir: Path) -> dt.datetime | None:
    """Since when citizens are told; None if they are not."""
    try:
        return dt.datetime.fromisoformat((home_of(data_dir) / _SINCE).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None
