"""The same messages give the same model, byte for byte; it is kept without code, and a changed file is refused."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp import store
from nlp.classify import Classifier
from nlp.clean import readable
from nlp.corpus import CORRECTED, Text
from nlp.fit import Fitting
from nlp.labels import FLAGS, Label
from nlp.model import Model, spread, weigh
from nlp.train import flags_from, train, trust_of, version_of
from nlp.views import heard_in, known_sights, sights
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
        ours = model.scores(weigh(model.vocabulary, heard_in(words_of(readable(few_texts[place].text)))))
        assert np.allclose(ours.main, scores[place], atol=1e-2)
        assert np.allclose(ours.marks, marks[place], atol=1e-2)


def test_looking_up_what_is_known_misses_nothing(small: Model, few_texts: list[Text]):
    columns = small.vocabulary.columns
    for text in few_texts:
        words = words_of(readable(text.text))
        all_seen = sights(words)
        expected = sorted(
            (columns[view][name], first, last) for view in columns for name, first, last in all_seen[view] if name in columns[view]
        )
        runs = [run for view in known_sights(heard_in(words), columns) for run in view]
        assert sorted(one for run in runs for one in zip(*run, strict=True)) == expected


def test_corrections_teach_the_category_alone(few_texts: list[Text]):
    corrected = [replace(text, id=f"c00-{number}", author=CORRECTED, also=(), flags=()) for number, text in enumerate(few_texts[:20])]
    other = Label.DRESS
    marked = [replace(text, flags=FLAGS, also=(other,) if text.label != other else ()) for text in corrected]
    plain, with_marks = train([*few_texts, *corrected]), train([*few_texts, *marked])
    for name in ("main", "spoken_of", "spoken_of_bias", "marks", "marks_bias", "marked_at"):
        assert np.array_equal(getattr(plain, name), getattr(with_marks, name)), name
    relabelled = train([*few_texts, *(replace(text, label=other) for text in corrected)])
    assert not np.array_equal(plain.main, relabelled.main)


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
    likely = spread(scores, trust.sharpness).max(axis=1)
    assert likely[2] < trust.sure_at <= likely[1]  # the third of each four is wrong, and the fourth looks less sure than it


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
    with pytest.raises(store.DamagedModel):
        store.load(folder)


@pytest.mark.parametrize("field", ["sure_at", "sharpness", "version", "labels", "flags", "views", "format"])
def test_every_word_of_the_description_is_sealed(field: str, small: Model, tmp_path: Path):
    folder = store.save(small, tmp_path)
    file = folder / "model.json"
    about = json.loads(file.read_bytes())
    about[field] = about[field][::-1] if isinstance(about[field], list | str) else about[field] * 1.01
    file.write_text(json.dumps(about))
    with pytest.raises(store.DamagedModel):
        store.load(folder)


def test_a_flipped_digit_is_seen(small: Model, tmp_path: Path):
    folder = store.save(small, tmp_path)
    file = folder / "model.json"
    changed = re.sub(r'("sure_at": \d\.\d*?)(\d)\b', lambda found: found[1] + str((int(found[2]) + 1) % 10), file.read_text())
    assert changed != file.read_text()
    file.write_text(changed)
    with pytest.raises(store.DamagedModel, match="was changed"):
        store.load(folder)


def test_an_older_model_in_the_place_of_a_newer_one_is_refused(small: Model, tmp_path: Path):
    folder = store.save(small, tmp_path)
    folder.rename(tmp_path / "abcdefabcdef")
    with pytest.raises(store.DamagedModel, match="says that it is"):
        store.load(tmp_path / "abcdefabcdef")


@pytest.mark.parametrize("name", ["main", "spoken_of", "marks", "marked_at", "marks_bias"])
def test_weights_of_another_shape_are_refused(name: str, small: Model, tmp_path: Path):
    folder = store.save(small, tmp_path)
    with np.load(folder / "weights.npz") as arrays:
        changed = {each: array[..., :-1] if each == name else array for each, array in arrays.items()}
    np.savez(folder / "weights.npz", allow_pickle=False, **changed)
    about = json.loads((folder / "model.json").read_bytes())
    about["files"]["weights.npz"] = store._hash(folder / "weights.npz")
    about["seal"] = store._seal(about)
    (folder / "model.json").write_text(json.dumps(about))
    with pytest.raises(store.DamagedModel, match=name):
        store.load(folder)


def test_what_cannot_be_put_in_place_is_said_and_the_old_one_stays(small: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = store.save(small, tmp_path)
    replace_as_ever = os.replace

    def refusing(old: Path, new: Path) -> None:
        if new == folder and not old.name.endswith("-old"):
            raise PermissionError("no")
        replace_as_ever(old, new)

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(PermissionError):
        store.save(small, tmp_path)
    assert store.load(folder).version == small.version
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        store.load(tmp_path / "none")


def test_saving_over_a_damaged_model_heals_it(small: Model, tmp_path: Path):
    folder = store.save(small, tmp_path)
    (folder / "weights.npz").write_bytes(b"")
    store.save(small, tmp_path)
    assert store.load(folder).version == small.version
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
