"""Who may be written to, when, at whose cost: the account's standing, the windows after an interaction, the quotas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any

from tests.standins.shared.clock import Clock

from .contact import Contact
from .doubts import UNKNOWN_USER, Doubts
from .refused import Refused

HOUR = 3600.0
FREE_WINDOW = 48 * HOUR
WINDOW = 7 * 24 * HOUR
VIETNAM = timezone(timedelta(hours=7))


@dataclass
class Standing:
    """What the account has been granted and what it may still spend; a test takes something away or sets a number."""

    package: bool = True
    permission: bool = True
    verified: bool = True
    billed_left: int = 1_000
    templates_left: int = 1_000

    def check(self) -> None:
        """Raises -224, -223 or -221 for an account that is not set up."""
        for granted, code in ((self.package, -224), (self.permission, -223), (self.verified, -221)):
            if not granted:
                raise Refused(code)


def known(contact: Contact | None) -> Contact:
    """The person behind an id. Raises if there is none."""
    if contact is None:
        raise Refused(UNKNOWN_USER, "user_id is unknown", breach=True)
    return contact


def reachable(contact: Contact) -> None:
    """Raises -227, -217 or -244 for a person who cannot or will not hear."""
    for gone, code in ((contact.inactive, -227), (contact.blocked, -217), (contact.restricts, -244)):
        if gone:
            raise Refused(code)


def admit(contact: Contact, clock: Clock, standing: Standing, doubts: Doubts) -> bool:
    """Count one consultation message to a person; true if it is billed. Raises when the window or the quota is at its end."""
    standing.check()
    reachable(contact)
    last = contact.last_interaction
    if last is None:
        raise Refused(-232)
    if doubts.unfollow_closes and contact.unfollowed_at is not None and contact.unfollowed_at >= last:
        raise Refused(-213)
    age = clock.seconds() - last
    if age > WINDOW:
        raise Refused(-230)
    if age > FREE_WINDOW:
        if standing.billed_left <= 0:
            raise Refused(-211)
        standing.billed_left -= 1
        return True
    if doubts.free_messages is not None and contact.free_sent >= doubts.free_messages:
        raise Refused(-218)
    contact.free_sent += 1
    return False


def admit_template(contact: Contact, clock: Clock, standing: Standing, *, promotion: bool) -> None:
    """Count one template message, which needs no window. Raises -234 at night for a promotion."""
    standing.check()
    reachable(contact)
    if promotion and not 6 <= clock.now().astimezone(VIETNAM).hour < 22:
        raise Refused(-234)
    if standing.templates_left <= 0:
        raise Refused(-211)
    standing.templates_left -= 1


def quota(contact: Contact, clock: Clock, standing: Standing, doubts: Doubts, *, billed: bool) -> dict[str, Any]:
    """The `quota` field of an answer. [?] No capture shows its inside: names from programs in use, numbers as strings."""
    if billed or doubts.free_messages is None:
        left, total = standing.billed_left, standing.billed_left
        kind = {"quota_type": "sub_quota", "owner_type": "OA"}
    else:
        left, total = doubts.free_messages - contact.free_sent, doubts.free_messages
        kind = {"quota_type": "reply", "owner_type": "User"}
    until = clock.now() - timedelta(seconds=clock.seconds() - (contact.last_interaction or 0.0)) + timedelta(seconds=FREE_WINDOW)
    return {**kind, "remain": str(left), "total": str(total), "expired_date": until.astimezone(VIETNAM).strftime("%d/%m/%Y")}
