"""Pictures that are drawn when their message is sent: no turn waits for them, and no transaction is open meanwhile."""

from __future__ import annotations

from handlers.digest_words import chart_of
from office import digest_chart
from office.digest_figures import Figures
from talk.reply import Drawing


def draw(drawing: Drawing) -> bytes:
    """The picture as PNG. Takes up to a second: call it in a thread. Raises LookupError for a kind that nobody draws."""
    if drawing.kind != "digest":
        raise LookupError(drawing.kind)
    return digest_chart.draw(chart_of(Figures.model_validate(drawing.of)))
