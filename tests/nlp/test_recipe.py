"""No two programs that could judge differently give their judgements one version."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nlp import recipe
from nlp.classify import Classifier
from nlp.corpus import DATA
from nlp.recipe import LEARNED_BY, READ_BY, judging_version, learning_recipe

WITHOUT_A_SAY = {"__init__.py", "recipe.py", "store.py"}
"""They keep and name what the others decide; `store` refuses what it cannot keep faithfully."""

LOADED = """
import sys
from pathlib import Path
import nlp.classify, nlp.fit
for name in sorted(sys.modules):
    if name == "nlp" or name.startswith("nlp."):
        print(Path(sys.modules[name].__file__).name)
"""


def test_every_module_that_teaches_or_judges_has_its_say():
    loaded = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True).stdout.split()
    assert set(loaded) - WITHOUT_A_SAY == {name for name in (*LEARNED_BY, *READ_BY) if name.endswith(".py")}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all files that have a say, from which the versions are made anew."""
    for name in (*LEARNED_BY, *READ_BY):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(DATA.parent / name, tmp_path / name)
    monkeypatch.setattr(recipe, "_HERE", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [*LEARNED_BY, *READ_BY])
def test_every_file_that_has_a_say_changes_one_version(name: str, elsewhere: Path):
    before = learning_recipe.__wrapped__(), judging_version.__wrapped__()
    (elsewhere / name).write_text((elsewhere / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    after = learning_recipe.__wrapped__(), judging_version.__wrapped__()
    assert [one != other for one, other in zip(before, after, strict=True)] == [name in LEARNED_BY, name in READ_BY]


def test_another_library_is_another_recipe(monkeypatch: pytest.MonkeyPatch):
    before = learning_recipe.__wrapped__()
    monkeypatch.setattr(recipe, "version_of_package", lambda package: "0" if package == "scikit-learn" else "1")
    assert learning_recipe.__wrapped__() != before


def test_a_judgement_carries_both_names(classifier: Classifier):
    assert classifier.judge("quầy đóng cửa").version == classifier.version == f"{classifier.model.version}-{judging_version()}"
