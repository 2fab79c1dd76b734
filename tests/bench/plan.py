"""What one run of the bench measures, and how long it may take; every figure here is a bound."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from office.moments import VIETNAM

NOW = dt.datetime(2026, 11, 23, 7, 10, tzinfo=VIETNAM)
"""A Monday, twenty minutes before the morning begins: check-in is open and nobody is late. The program lives at this moment."""

SECRET_KEY = "YmVuY2hiZW5jaGJlbmNoYmVuY2hiZW5jaGJlbmNoYmU="
TELEGRAM_TOKEN = "123456789:AABenchOnlyNoSuchBotExists000000000"
WEBHOOK_SECRET = "bench-only"
PATH = "/telegram"
ZALO_PATH = "/zalo/oa"
ZALO_APP_ID = "2553928453557884079"
ZALO_OA_SECRET = "bench-only-too"
ZALO_BOT_TOKEN = "987654321:bench-only"
CONNECTIONS = (1, 32)
PACED = 0
"""In place of a number of connections: the most of them, at a pace as of people."""
A_SECOND = 40.0
"""Taps a second of that pace: a province's 12,000 officials within the five minutes before the morning begins."""


@dataclass(frozen=True)
class Plan:
    """Rounds and seconds of each cell (one server at one number of connections), and the people prepared for all of them."""

    rounds: int
    seconds: float
    officials: int
    warm_up: int  # requests to each server before the first round
    starts: int
    no_round_after: float  # seconds from the beginning; on a busy machine there are fewer rounds, but never none
    at_most: float  # seconds for everything


FULL = Plan(rounds=5, seconds=1.2, officials=12_000, warm_up=150, starts=3, no_round_after=170, at_most=290)
QUICK = Plan(rounds=2, seconds=0.35, officials=1_500, warm_up=30, starts=1, no_round_after=25, at_most=150)
