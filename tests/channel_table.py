"""Which dialogue shows which feature on which channel, as pytest collects them: `python -m tests.channel_table` prints the table of
docs/channels.md. It has no counts, so that it changes only when a feature is shown elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.play import CHANNELS

DIALOGUES = Path(__file__).parent / "dialogues"
FEATURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "T1": ("one conversation on every channel", ("",)),
    "T3": ("links, help, cancel, typed menus, never a dead end", ("complaint_edges", "complaint_misuse", "desk_named", "no_dead_end")),
    "T4": (
        "half-finished talks survive, each message counts once",
        (
            "complaint_edges::cancelled",
            "complaint_edges::after",
            "complaint_edges::start",
            "complaint_edges::a_second",
            "firewall::a_head_and",
        ),
    ),
    "T5": ("notice and consent", ("complaint_misuse::who_simply", "learning_consent")),
    "T6": ("one person on many channels", ("join",)),
    "T7": ("Zalo's window and budget", ("budget", "nudges")),
    "C1": ("complaint in free words", ("complaint::a_complaint", "told")),
    "C2": (
        "unit, person, time and evidence",
        ("told", "whom_and_where", "desk_named", "complaint_edges::a_photo", "complaint_edges::files", "evidence_addresses"),
    ),
    "C3": (
        "who reports is kept apart",
        (
            "secrecy",
            "firewall",
            "may_name",
            "may_name_added",
            "names_hidden",
            "no_order::no",
            "no_order::of",
            "no_order::the",
            "contact_form",
            "texts_sent",
            "told::what_is_hidden",
            "whom_and_where::the_reporter",
        ),
    ),
    "C4": ("receipt code and two-way talk", ("complaint::status", "complaint_misuse", "firewall::words_days", "join::a_receipt")),
    "C5": ("told at each step", ("complaint::a_complaint", "budget::steps", "join::news")),
    "C8": ("grave matters go above", ("told::the_gravest", "secrecy::a_grave", "firewall::grave")),
    "H2": ("routing and conflict firewall", ("firewall", "secrecy::a_grave", "secrecy::nobody", "told::a_head", "whom_and_where::a_head")),
    "H3": ("handling in chat", ("complaint::a_complaint", "case_desk")),
    "H8": ("unsealing with a reason, audit", ("told::what_is_hidden", "told::a_head", "secrecy::what_an_open")),
    "O1": (
        "officials linked by invitation",
        ("case_desk::who_is_linked", "join::an_official", "join::two_officials", "join::an_invitation"),
    ),
    "O2": ("check-in and its corrections", ("check_in", "attendance_correction")),
    "O4": ("leave", ("leave",)),
    "O5": ("daily self-check", ("self_check",)),
    "O10": ("my record", ("check_in::the_month", "check_in::the_picture", "attendance_correction::from_the_own")),
    "D1": ("weekly digest", ("digest", "drawing")),
    "D2": ("reminders", ("digest::a_reminder", "digest::silent", "nudges::a_head_is_asked", "nudges::nobody_is_asked")),
    "D3": ("today's board", ("digest::the_board",)),
}
"""Feature: what it is, and the tests that show it, as `file` or `file::beginning of the name`, without `test_`."""


def collected() -> list[tuple[str, str, str]]:
    """File, test and channel of each run (`zalo_oa+browser` where it has several); the channel is empty where the test sets its own stage."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", str(DIALOGUES), "--database", "sqlite"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^\S*dialogues/test_(\w+)\.py::test_(\w+)(?:\[(.*)\])?$", listed, re.MULTILINE)
    return [(file, name, next((part for part in marks.split("-") if {*part.split("+")} <= {*CHANNELS}), "")) for file, name, marks in found]


def stages_of(file: str) -> list[str]:
    """The channels of each stage that a file sets for itself, as written in it."""
    source = (DIALOGUES / f"test_{file}.py").read_text()
    return re.findall(r'open_play\(\s*"([\w+]+)"', source) or ["none"]


def shows(wanted: str, file: str, name: str) -> bool:
    """Whether the test is one of those meant."""
    in_file, _, beginning = wanted.partition("::")
    return in_file in ("", file) and name.startswith(beginning)


def table() -> str:
    """The table; a pattern that fits no test is an error."""
    runs = collected()
    lines = [f"| feature | {' | '.join(CHANNELS)} | other stages | dialogues |", f"|---|{'---|' * (len(CHANNELS) + 2)}"]
    for feature, (what, patterns) in FEATURES.items():
        for pattern in patterns:
            assert any(shows(pattern, file, name) for file, name, _ in runs), f"{feature}: no test is {pattern!r}"
        mine = [run for run in runs if any(shows(pattern, *run[:2]) for pattern in patterns)]
        stages = {stage for file, _, channel in mine for stage in ([channel] if channel else stages_of(file))}
        cells = " | ".join("✓" if channel in stages else "–" for channel in CHANNELS)
        others = "; ".join(sorted(stages - {*CHANNELS}))
        files = "all" if patterns == ("",) else ", ".join(sorted({file for file, _, _ in mine}))
        lines.append(f"| {feature} {what} | {cells} | {others or '–'} | {files} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
