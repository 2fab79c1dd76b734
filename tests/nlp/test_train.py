"""The same messages give the same model, byte for byte; it is kept without code, and a changed file is refused."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nlp import store
from nlp.classify import Classifier
from nlp.clean import readable
from nlp.corpus import Text
from nlp.fit import Fitting
from nlp.labels import FLAGS
from nlp.model import Model, weigh
from nlp.train import flags_from, train, trust_of, version_of
from nlp.views import sights
from nlp.words import words_of

FILES = ("weights.npz", "vocabulary.json", "model.json")

TRAIN_AGAIN = """
import sys
from pathlib import Path
from nlp import store
from nlp.corpus import read_corpus
from nlp.train import train
texts = read_corpus()
few = [text for author in ("a01", "a02", "a03") for text in [one for one in texts if one.author == author][:36]]
store.save(train(few), Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def small(few_texts: list[Text]) -> Model:
    return train(few_texts)


@pytest.fixture(scope="module")
def kept(small: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store.save(small, tmp_path_factory.mktemp("model"))


def test_training_again_gives_the_same_bytes(kept: Path, tmp_path: Path):
    environment = os.environ | {"PYTHONHASHSEED": "12345"}
    subprocess.run([sys.executable, "-c", TRAIN_AGAIN, str(tmp_path)], check=True, env=environment)
    again = tmp_path / kept.name
    for name in FILES:
        assert (again / name).read_bytes() == (kept / name).read_bytes()


def test_the_version_is_that_of_the_texts(few_texts: list[Text], small: Model):
    assert small.version == version_of(few_texts)
    assert version_of(few_texts[1:]) != small.version


def test_a_kept_model_judges_like_the_fresh_one(small: Model, kept: Path, few_texts: list[Text]):
    fresh, again = Classifier(small), Classifier(store.load(kept))
    for text in few_texts[::12]:
        assert again.judge(text.text) == fresh.judge(text.text)


def test_the_program_weighs_a_message_as_training_did(few_texts: list[Text]):
    fitting = Fitting(few_texts, lambda: None)
    rows = np.arange(len(few_texts))
    model = fitting.model(rows, "x", 1.0, 0.5, np.zeros(len(FLAGS), np.float32))
    scores, marks = fitting.scores(rows, rows[:5])
    for place in range(5):
        weighed = weigh(model.vocabulary, sights(words_of(readable(few_texts[place].text))))
        ours = weighed.values @ model.main[weighed.columns] + model.main_bias
        assert np.allclose(ours, scores[place], atol=1e-2)
        assert np.allclose(weighed.values @ model.marks[weighed.columns] + model.marks_bias, marks[place], atol=1e-2)


def test_a_flag_is_raised_from_where_enough_are_right():
    scores = np.array([[5.0], [4.0], [3.0], [2.0], [1.0]], np.float32)
    assert flags_from(scores, np.array([[True], [True], [False], [False], [False]]))[0] == 4.0
    assert flags_from(scores, np.array([[False], [True], [True], [False], [False]]))[0] == float("inf")


def test_progress_ends_at_its_end(few_texts: list[Text]):
    seen: list[tuple[int, int]] = []
    two_authors = [text for text in few_texts if text.author != "a03"][::3]
    train(two_authors, lambda done, total: seen.append((done, total)))
    dones = [done for done, _ in seen]
    assert dones == sorted(dones)
    assert seen[-1][0] == seen[-1][1]


def test_one_author_is_not_enough(few_texts: list[Text]):
    with pytest.raises(ValueError, match="two authors"):
        train([text for text in few_texts if text.author == "a01"][:5])


def test_sure_begins_where_the_promise_holds():
    scores = np.array([[4.0, 0], [3.0, 0], [0.2, 0], [0.1, 0]] * 20, np.float32)
    truth = np.array([0, 0, 1, 0] * 20)
    trust = trust_of(scores, truth)
    likely = 1 / (1 + np.exp(-trust.sharpness * 3.0))
    assert 0.5 < trust.sure_at <= likely + 0.02


def test_nothing_is_sure_if_nothing_is_right():
    assert trust_of(np.array([[1.0, 0], [2.0, 0]], np.float32), np.array([1, 1])).sure_at == 1.0


def test_no_file_can_hold_code(kept: Path):
    with np.load(kept / "weights.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind == "f" for name in arrays.files)
    for file in kept.iterdir():
        assert b"pickle" not in file.read_bytes()
        assert b"numpy\n" not in file.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_refused(name: str, small: Model, tmp_path: Path):
    folder = store.save(small, tmp_path)
    file = folder / name
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(bytes(content))
    if name == "model.json":
        file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(store.DamagedModel):
        store.load(folder)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        store.load(tmp_path / "none")


def test_saving_over_a_damaged_model_heals_it(small: Model, tmp_path: Path):
    folder = store.save(small, tmp_path)
    (folder / "weights.npz").write_bytes(b"")
    store.save(small, tmp_path)
    assert store.load(folder).version == small.version
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
