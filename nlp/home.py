"""The folder in which an office keeps what its own classifier learned (DATA_DIR/nlp), open to its owner alone."""

import os
from pathlib import Path


def home_of(data_dir: Path) -> Path:
    """Where the office's corrections and models lie."""
    return data_dir / "nlp"


def make_home(home: Path) -> None:
    """Make the folder, if it is not there, for its owner alone."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_whole(file: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    part = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
