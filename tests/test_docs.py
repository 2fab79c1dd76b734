"""The documents cannot drift: settings, folders and the channels on which features are shown are what the documents say."""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import Settings
from tests.channel_table import table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def settings_table() -> str:
    """The table as it must stand in the README."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None or field.default == "" else f"`{field.default}`"
        lines.append(f"| `{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)


def test_the_readme_lists_every_setting() -> None:
    written = README.partition("<!-- settings -->\n")[2].partition("\n<!-- /settings -->")[0]
    assert written == settings_table()


def test_what_the_readme_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_the_table_of_channels_is_what_collecting_the_dialogues_gives() -> None:
    lines = (ROOT / "docs/channels.md").read_text().splitlines()
    assert [line for line in lines if line.startswith("|")] == table().splitlines()
