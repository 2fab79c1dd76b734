"""The corpus is what the labelling guide asks for, and a bad row is named by file and line."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from nlp.clean import plain, readable, without_accents
from nlp.corpus import DATA, TERMS_AUTHOR, BadCorpus, read_corpus, voices
from nlp.labels import LABELS

TOO_ALIKE = 90

TEXTS = read_corpus()


def test_every_label_is_there_from_every_voice():
    counts = Counter((text.author, text.label) for text in TEXTS)
    assert all(counts[author, label] >= 20 for author in voices(TEXTS) for label in LABELS)


def test_every_author_is_described():
    described = {author["id"] for author in json.loads((DATA / "authors.json").read_text(encoding="utf-8"))["authors"]}
    assert described == {text.author for text in TEXTS} == {*voices(TEXTS), TERMS_AUTHOR}


def test_an_id_tells_nothing_but_the_author():
    for text in TEXTS:
        author, number = text.id.split("-")
        assert author == text.author
        assert number.isdigit()


def test_texts_are_clean_and_short_enough():
    joiner = "\u200d"  # parts of one emoji are joined by it, and it is no letter
    assert [text.id for text in TEXTS if readable(text.text) != text.text.replace(joiner, "")] == []


def test_no_two_texts_are_nearly_the_same():
    bare = [without_accents(plain(text.text)) for text in TEXTS]
    alike = process.cdist(bare, bare, scorer=fuzz.ratio, score_cutoff=TOO_ALIKE, dtype=np.uint8)
    pairs = [(TEXTS[one].id, TEXTS[other].id) for one, other in np.argwhere(np.triu(alike, 1))]
    assert pairs == []


@pytest.mark.parametrize(
    "change",
    [{"label": "RUDE"}, {"also": ["DELAY"]}, {"flags": ["fire"]}, {"register": "song"}, {"text": " "}],
)
def test_a_bad_row_is_named(tmp_path: Path, change: dict[str, object]):
    row = {"id": "x-1", "text": "chờ lâu", "label": "DELAY", "also": [], "flags": [], "register": "chat", "author": "x"}
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "x.jsonl").write_text(json.dumps(row | change) + "\n", encoding="utf-8")
    with pytest.raises(BadCorpus, match=r"x\.jsonl:1"):
        read_corpus(tmp_path)


def test_an_id_used_twice_is_refused(tmp_path: Path):
    row = {"id": "x-1", "text": "chờ lâu", "label": "DELAY", "also": [], "flags": [], "register": "chat", "author": "x"}
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "x.jsonl").write_text((json.dumps(row) + "\n") * 2, encoding="utf-8")
    with pytest.raises(BadCorpus, match="x-1"):
        read_corpus(tmp_path)
