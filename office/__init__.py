"""The records of the office and the rules on them. Every function takes a `Session` and, where time matters, `now` (aware, UTC)."""

from sqlalchemy.ext.asyncio import AsyncSession as Session

__all__ = ["Session"]
