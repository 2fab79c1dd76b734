"""Zalo Bot as a channel: a free bot on Zalo, in text and pictures. Every menu is numbered text, for there are no buttons."""

from __future__ import annotations

from bot.channels.zalo_bot_hear import ZaloBotHearing
from bot.channels.zalo_bot_speak import ZaloBotSpeech

__all__ = ["ZaloBotHearing", "ZaloBotSpeech"]
