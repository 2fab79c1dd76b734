"""Every fact about the Zalo Bot Platform that nobody could confirm, each in one place, with the side the stand-in takes.

A test may change a switch (`zalo_bot.doubts.body = Body.FLAT`) to see that the program lives on the other side too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Body(Enum):
    """The form of a webhook's body."""

    WRAPPED = '{"ok": true, "result": {...}}'
    FLAT = "the update alone"


@dataclass
class Doubts:
    """The switches; the defaults are the sides taken."""

    body: Body = Body.WRAPPED
    # [?] The documents and one capture show it wrapped, a newer capture flat. Wrapped; a test tries both.

    picture_field: str = "photo_url"
    # [?] `photo` in the documents, `photo_url` in the newest capture. The capture's; a test tries both.

    unsupported_has_message: bool = True
    # [?] `unsupported` "carries no content": with the ends of the message, or without any `message` at all. With, so that it can be answered.

    errors_as_http: bool = False
    # [?] Whether the HTTP status follows `error_code` is unsaid. The harder side: HTTP 200, only the body tells. 5xx from the machine in
    # front are always HTTP.

    probe_with_secret: bool = False
    # [?] Whether the empty-body probe carries the secret header is unsaid. The harder side: it does not.

    lost_answer_loses_update: bool = True
    # [?] There is no offset, so an update is confirmed by being answered. The harder side: an answer that is lost takes it along.


WHILE_WEBHOOK = 400
"""[?] The error_code of getUpdates while a webhook is set is unsaid."""

CHAT_UNKNOWN = 400
"""[?] The error_code for a chat that never was is unsaid."""

METHOD_UNKNOWN = 404
"""[?] The error_code for a method that is not there is unsaid."""

RETRY_DELAYS = (30.0, 300.0, 900.0, 1800.0, 3600.0)
"""[?] When a webhook is tried again is unsaid: as with an Official Account, in seconds from one try to the next."""

ANSWER_WITHIN = 2.0
"""[?] How long a webhook may take is unsaid: as with an Official Account, in seconds."""

BIGGEST_PHOTO = 10 * 1024 * 1024
"""[?] No limit for the picture behind `photo` is known, in bytes."""
