"""The classifier as the conversations use it: one thread of its own, so that other people's turns do not wait."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor

from nlp.classify import Classifier, Judgement, open_classifier
from nlp.train import Progress, quiet


class Judging:
    """Opens the model once (the very first time it is trained, some 20 s) and judges one text after the other."""

    def __init__(self, progress: Progress = quiet) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge")
        self._classifier: Future[Classifier] = self._thread.submit(open_classifier, progress=progress)

    async def ready(self) -> None:
        """Wait until the model is there: nobody's first message shall wait for it."""
        await asyncio.wrap_future(self._classifier)

    async def __call__(self, text: str) -> Judgement:
        """What the text is about."""
        classifier = await asyncio.wrap_future(self._classifier)
        return await asyncio.get_running_loop().run_in_executor(self._thread, classifier.judge, text)

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)
