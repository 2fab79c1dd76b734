"""All records (tables) of the office in one place."""

from office.records.attendance import Attendance, AttendanceCorrection, Leave, SelfCheck
from office.records.base import Record
from office.records.calendar_stamp import CalendarStamp
from office.records.cases import Case, CaseEvent, CaseFile, SealedNames, SealedReporter, SealedWords, StoredFile
from office.records.channels import ChannelQuota, ParkedUpdate, TokenPair
from office.records.conversation import BrowserMessage, ChannelPause, Contact, HeardUpdate, JoiningCode, OutboxMessage
from office.records.learning import LearningNotice
from office.records.people import Guess, Invitation, Person, Post
from office.records.reports import AuditEntry, Digest, DigestReading
from office.records.units import DayOverride, Rule, SessionHours, Unit, UnitParent

__all__ = [
    "Attendance", "AttendanceCorrection", "AuditEntry", "BrowserMessage", "CalendarStamp", "Case", "CaseEvent", "CaseFile", "ChannelPause",
    "ChannelQuota", "Contact", "DayOverride", "Digest", "DigestReading", "Guess", "HeardUpdate", "Invitation", "JoiningCode", "LearningNotice",
    "Leave", "OutboxMessage", "ParkedUpdate", "Person", "Post", "Record", "Rule", "SealedNames", "SealedReporter", "SealedWords", "SelfCheck",
    "SessionHours", "StoredFile", "TokenPair", "Unit", "UnitParent",
]  # fmt: skip
