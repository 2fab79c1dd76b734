"""The classifier as the conversations use it: one thread of its own, so that other people's turns do not wait."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nlp.classify import Classifier, Judgement


class Judging:
    """Loads the model once and judges one text after the other."""

    def __init__(self, model_dir: Path | None = None) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge")
        self._classifier = self._thread.submit(Classifier.load, *([model_dir] if model_dir else []))

    async def __call__(self, text: str) -> Judgement:
        """What the text is about."""
        classifier = await asyncio.wrap_future(self._classifier)
        return await asyncio.get_running_loop().run_in_executor(self._thread, classifier.judge, text)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
