"""The classifier as the conversations use it: one thread of its own, so that other people's turns do not wait."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import structlog

from nlp.classify import MODEL_ROOT, Classifier, Judgement, open_classifier
from nlp.corpus import DATA
from nlp.entities import Entities, PersonName, UnitName
from nlp.home import home_of
from nlp.installed import Unusable, load_installed
from nlp.long_stories import advise_on_story, find_in_story, judge_story
from nlp.redact import redact_whole
from nlp.track import Track
from nlp.train import Progress, quiet

log = structlog.get_logger()


def _warn(reason: str) -> None:
    log.warning("installed classifier cannot be used, the built-in one judges", reason=reason)


def open_best(
    data_dir: Path | None,
    progress: Progress = quiet,
    *,
    warn: Callable[[str], None] = _warn,
    data: Path = DATA,
    root: Path = MODEL_ROOT,
) -> Classifier:
    """The model that the office taught and installed; the built-in one if there is none, or with a warning if it cannot be used."""
    if data_dir is not None:
        try:
            model = load_installed(home_of(data_dir))
        except Unusable as fault:
            warn(str(fault))
        else:
            if model is not None:
                return Classifier(model)
    return open_classifier(root, data, progress)


class Judging:
    """Opens the model once (the very first time it is trained, about a minute) and judges one text after the other."""

    def __init__(self, progress: Progress = quiet, data_dir: Path | None = None) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge")
        self._classifier: Future[Classifier] = self._thread.submit(open_best, data_dir, progress)

    async def ready(self) -> None:
        """Wait until the model is there: nobody's first message shall wait for it."""
        await asyncio.wrap_future(self._classifier)

    async def __call__(self, text: str) -> Judgement:
        """What the text is about."""
        classifier = await asyncio.wrap_future(self._classifier)
        return await asyncio.get_running_loop().run_in_executor(self._thread, judge_story, classifier, text)

    async def track(self, text: str, judgement: Judgement) -> Track:
        """On which track the text belongs, and whether somebody is in danger now."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, advise_on_story, text, judgement)

    async def find(self, text: str, today: dt.date, units: Sequence[UnitName] = (), people: Sequence[PersonName] = ()) -> Entities:
        """Which units, people and times the text names."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, find_in_story, text, today, units, people)

    async def redact(self, text: str, keep_people: Sequence[str] = (), names: set[str] | None = None) -> str:
        """The text with what leads to a citizen hidden; the names of these officials stay. `names` of citizens known from elsewhere are hidden
        too, and those told here are added to them."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, redact_whole, text, keep_people, names)

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)
