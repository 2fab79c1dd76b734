"""Many lines side by side: the same answers in the same order as one by one, whatever a line holds and whatever befalls a worker."""

import datetime as dt
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nlp import batch, store
from nlp.batch import classify_stream
from nlp.classify import Classifier
from nlp.command import classify_lines
from nlp.corpus import Text
from nlp.crew import Crew
from nlp.lines import line_blocks
from nlp.train import train

DAY = dt.date(2026, 11, 23)

RUN = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # who is started in the background inherits that it is ignored
from pathlib import Path
from nlp import batch, store
from nlp.classify import Classifier
batch.FEW_LINES = int(sys.argv[2])
batch.classify_stream(sys.stdin.buffer, sys.stdout.buffer, Classifier(store.load(Path(sys.argv[1]))), workers=2)
"""


@pytest.fixture(scope="module")
def model(few_texts: list[Text], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store.save(train(few_texts[::2]), tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def small(model: Path) -> Classifier:
    return Classifier(store.load(model))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start with the first lines."""
    monkeypatch.setattr(batch, "FEW_LINES", 0)
    monkeypatch.setattr(batch, "CHUNK", 7)


def lines_of(texts: list[Text], times: int = 1) -> list[bytes]:
    return [json.dumps({"id": f"{text.id}/{time}", "text": text.text}).encode() + b"\n" for time in range(times) for text in texts]


def one_by_one(classifier: Classifier, lines: list[bytes]) -> bytes:
    out = io.BytesIO()
    classify_lines(lines, out, classifier, DAY)
    return out.getvalue()


@pytest.mark.usefixtures("soon")
def test_many_are_answered_as_one_by_one(small: Classifier, few_texts: list[Text]):
    lines = lines_of(few_texts, times=2)
    bad = [b"nonsense\n", b"\n", b'{"id": 1e999, "text": "a"}\n', b'{"id": 1, "text": "\xff"}\r\n', b"  \n", b'{"id": 2}\n']
    lines = [b"\xef\xbb\xbf" + lines[0], *lines[1:50], *bad, *lines[50:], b'{"id": "last", "text": "no end of line"}']
    out, told = io.BytesIO(), []
    answered = classify_stream(io.BytesIO(b"".join(lines)), out, small, DAY, workers=2, told=told.append)
    assert out.getvalue() == one_by_one(small, lines)
    assert answered == out.getvalue().count(b"\n") == len(lines) - 2
    assert told == sorted(told)
    assert len(b"".join(lines)) <= told[-1] <= len(b"".join(lines)) + 1  # the last line has no end


def test_a_few_lines_start_no_process(small: Classifier, few_texts: list[Text], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Crew, "_started", lambda crew: pytest.fail("a worker was started"))
    lines = lines_of(few_texts)
    assert len(lines) < batch.FEW_LINES
    out = io.BytesIO()
    classify_stream(io.BytesIO(b"".join(lines)), out, small, DAY, workers=2)
    assert out.getvalue() == one_by_one(small, lines)


@pytest.mark.usefixtures("soon")
def test_one_processor_starts_no_process(small: Classifier, few_texts: list[Text], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Crew, "_started", lambda crew: pytest.fail("a worker was started"))
    out = io.BytesIO()
    classify_stream(io.BytesIO(b"".join(lines_of(few_texts))), out, small, DAY, workers=1)
    assert out.getvalue().count(b"\n") == len(few_texts)


def test_only_so_many_chunks_are_in_hand(small: Classifier, few_texts: list[Text]):
    lines = [line.strip() for line in lines_of(few_texts[:4])]
    most = 0
    with Crew(small, DAY, workers=2) as crew:
        for _ in range(60):
            crew.take(lines, 1, alone=False)
            for answers, _ in crew.answers(all_of_them=False):
                assert len(answers) == len(lines)
            most = max(most, len(crew._waiting))
    assert 2 <= most < 8


@pytest.mark.usefixtures("soon")
def test_a_worker_that_the_machine_ends_loses_no_answer(small: Classifier, few_texts: list[Text]):
    lines = [line.strip() for line in lines_of(few_texts)]
    parts = [lines[start : start + 9] for start in range(0, len(lines), 9)]
    found: list[bytes] = []
    with Crew(small, DAY, workers=2) as crew:
        for number, part in enumerate(parts):
            crew.take(part, 0, alone=False)
            if number == 3:
                assert crew._pool is not None
                os.kill(next(iter(crew._pool._processes)), signal.SIGKILL)
            found += [line for answers, _ in crew.answers(all_of_them=number == 2) for line in answers]
        found += [line for answers, _ in crew.answers(all_of_them=True) for line in answers]
    assert b"".join(found) == one_by_one(small, lines)


@pytest.fixture
def running(model: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", RUN, str(model), str(request.param)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        yield process
        process.kill()


def answer(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found


@pytest.mark.parametrize("running", [1000, 0], indirect=True)
def test_who_sends_a_line_and_waits_gets_its_answer(running: subprocess.Popen[bytes]):
    assert running.stdin is not None
    for number in range(4):
        running.stdin.write(json.dumps({"id": number, "text": "chờ lâu quá"}).encode() + b"\n")
        running.stdin.flush()
        assert answer(running)["id"] == number
    running.stdin.close()
    assert running.wait(60) == 0


@pytest.mark.parametrize("running", [0], indirect=True)
def test_ctrl_c_ends_everybody_and_says_so_once(running: subprocess.Popen[bytes]):
    assert running.stdin is not None
    assert running.stderr is not None
    running.stdin.write(b'{"id": 1, "text": "a"}\n')
    running.stdin.flush()
    assert answer(running)["id"] == 1
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the workers, too
    said = running.stderr.read().decode()  # ends when the last process that could write to it has ended
    assert running.wait(60) in (130, -signal.SIGINT)
    assert said.count("Traceback") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")


def test_a_line_without_an_end_is_kept_only_until_it_is_too_long():
    lines = [line for block in line_blocks(io.BytesIO(b"a" * 500_000 + b"\nb\n"), most_bytes=1_000) for line in block]
    assert lines[-1] == b"b"
    assert 1_000 < len(lines[0]) < 100_000
