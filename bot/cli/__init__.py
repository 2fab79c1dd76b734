"""The command line: what the people who run the office's bot type."""

from bot.cli.entry import main

__all__ = ["main"]
