"""The classifier as the conversations use it: one thread of its own, so that other people's turns do not wait; and one for what takes long, so
that nobody's short message waits behind somebody's long letter."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

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
from talk.thinking import Thoughts

log = structlog.get_logger()
T = TypeVar("T")


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
        self._long = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge-long")
        self._classifier: Future[Classifier] = self._thread.submit(open_best, data_dir, progress)

    async def ready(self) -> None:
        """Wait until the model is there: nobody's first message shall wait for it."""
        await asyncio.wrap_future(self._classifier)

    def of_turn(self, thoughts: Thoughts) -> JudgingInTurn:
        """The same for one turn, which must not hold the database while much is read."""
        return JudgingInTurn(self, thoughts)

    async def __call__(self, text: str, *, long: bool = False) -> Judgement:
        """What the text is about."""
        classifier = await asyncio.wrap_future(self._classifier)
        return await self._run(long, judge_story, classifier, text)

    async def track(self, text: str, judgement: Judgement, *, long: bool = False) -> Track:
        """On which track the text belongs, and whether somebody is in danger now."""
        return await self._run(long, advise_on_story, text, judgement)

    async def find(
        self, text: str, today: dt.date, units: Sequence[UnitName] = (), people: Sequence[PersonName] = (), *, long: bool = False
    ) -> Entities:
        """Which units, people and times the text names."""
        return await self._run(long, find_in_story, text, today, units, people)

    async def redact(self, text: str, keep_people: Sequence[str] = (), names: set[str] | None = None, *, long: bool = False) -> str:
        """The text with what leads to a citizen hidden; the names of these officials stay. `names` of citizens known from elsewhere are hidden
        too, and those told here are added to them."""
        return await self._run(long, redact_whole, text, keep_people, names)

    async def _run(self, long: bool, work: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._long if long else self._thread, work, *given)

    def close(self) -> None:
        """Let the threads end."""
        for thread in (self._thread, self._long):
            thread.shutdown(wait=False, cancel_futures=True)


class JudgingInTurn:
    """What one turn asks of the judge. Every call may raise ThinkFirst, which `Talk` understands."""

    def __init__(self, judge: Judging, thoughts: Thoughts) -> None:
        self._judge = judge
        self._thoughts = thoughts

    async def __call__(self, text: str) -> Judgement:
        return await self._thoughts.think(("judge", text), len(text), lambda long: self._judge(text, long=long))

    async def track(self, text: str, judgement: Judgement) -> Track:
        key = ("track", text, judgement.label, judgement.flags)
        return await self._thoughts.think(key, len(text), lambda long: self._judge.track(text, judgement, long=long))

    async def find(self, text: str, today: dt.date, units: Sequence[UnitName] = (), people: Sequence[PersonName] = ()) -> Entities:
        key = ("find", text, today, tuple(units), tuple(people))
        return await self._thoughts.think(key, len(text), lambda long: self._judge.find(text, today, units, people, long=long))

    async def redact(self, text: str, keep_people: Sequence[str] = (), names: set[str] | None = None) -> str:
        known = frozenset(names or ())

        async def hide(long: bool) -> tuple[str, frozenset[str]]:
            told = set(known)
            hidden = await self._judge.redact(text, keep_people, told, long=long)
            return hidden, frozenset(told)

        hidden, told = await self._thoughts.think(("redact", text, tuple(keep_people), known), len(text), hide)
        if names is not None:
            names |= told
        return hidden
