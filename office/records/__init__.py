"""All records (tables) of the office in one place."""

from office.records.attendance import Attendance, AttendanceCorrection, Leave, SelfCheck
from office.records.base import Record
from office.records.cases import Case, CaseEvent, CaseFile, SealedReporter, StoredFile
from office.records.conversation import BrowserMessage, ChannelPause, Contact, HeardUpdate, OutboxMessage
from office.records.people import Guess, Invitation, Person, Post
from office.records.reports import AuditEntry, Digest, DigestReading
from office.records.units import DayOverride, Rule, SessionHours, Unit, UnitParent

__all__ = [
    "Attendance", "AttendanceCorrection", "AuditEntry", "BrowserMessage", "Case", "CaseEvent", "CaseFile", "ChannelPause", "Contact",
    "DayOverride", "Digest", "DigestReading", "Guess", "HeardUpdate", "Invitation", "Leave", "OutboxMessage", "Person", "Post", "Record",
    "Rule", "SealedReporter", "SelfCheck", "SessionHours", "StoredFile", "Unit", "UnitParent",
]  # fmt: skip
