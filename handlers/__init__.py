"""The table of contents: every conversation, in the order in which it may answer."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from handlers import fallback, leads_on
from talk.router import Router

CONVERSATIONS = (
    "check_in", "contact_shared", "start", "erase", "instead_of_code", "join", "still_there", "link", "follow_up", "adding",
    "late_reason", "self_check", "leave", "my_record", "attendance_correction", "correction_desk", "digest", "board", "case_desk", "unsealing",
    "half_written", "may_name", "whom_and_where",
    "complaint_sending", "complaint",
)  # fmt: skip
"""Modules of this folder with a `router`. Commands and anytime buttons come first, `check_in` before all, since it is asked most;
`complaint` takes free words and so comes last."""

NOTICES = ("case_notices", "correction_notices", "digest_notices", "operator_notices", "reminder_notices")
"""Modules that register writers of notices."""


@cache
def root() -> Router:
    """The tree of all conversations. It keeps no state of its own, so one tree serves every `Talk`."""
    tree = Router(name="root")
    for notices in NOTICES:
        import_module(f"handlers.{notices}")
    conversations = [import_module(f"handlers.{name}").router for name in CONVERSATIONS]
    tree.include_routers(fallback.first, *conversations, fallback.last)
    leads_on.always_leads_on(tree)
    import_module("handlers.adding").speaks_of_files_left_behind(tree)
    return tree
