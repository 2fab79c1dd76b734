"""The log: structured lines for people or machines, without anything that identifies a citizen."""

from __future__ import annotations

import logging
import sys

import structlog

from bot.channels.telegram_server import quiet_libraries
from bot.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Send our own lines and the libraries' warnings to standard error."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if settings.log_format == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    quiet_libraries()
