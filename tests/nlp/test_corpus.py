"""The corpus is what the labelling guide asks for, and a bad row is named by file and line."""

import json
from bisect import bisect_right
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from nlp.clean import plain, readable, without_accents
from nlp.corpus import DATA, TERMS_AUTHOR, BadCorpus, read_corpus, voices
from nlp.labels import LABELS

TOO_ALIKE = 90

TEXTS = read_corpus()


FLAG_WRITERS = {"a29", "a30", "a31", "a34", "a35", "a36", "a37", "a42", "a43", "a48"}
"""They wrote for the flags, wholly or with half of their texts, not for the labels."""


def test_every_label_is_there_from_every_voice_and_three_hundred_times():
    counts = Counter((text.author, text.label) for text in TEXTS)
    assert all(counts[author, label] >= 15 for author in set(voices(TEXTS)) - FLAG_WRITERS for label in LABELS)
    assert all(sum(text.label == label for text in TEXTS) >= 300 for label in LABELS)


def test_every_text_was_read_twice():
    ids = {text.id for text in TEXTS if text.author != TERMS_AUTHOR}
    for reading in ("first", "second"):
        lines = (DATA / "readings" / f"{reading}.jsonl").read_text(encoding="utf-8").splitlines()
        assert {json.loads(line)["id"] for line in lines} == ids


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
    bare = sorted((without_accents(plain(text.text)), text.id) for text in TEXTS)
    bare.sort(key=lambda pair: len(pair[0]))
    lengths = [len(words) for words, _ in bare]
    for start, (words, one) in enumerate(bare):
        end = bisect_right(lengths, len(words) * (200 - TOO_ALIKE) / TOO_ALIKE)  # a longer text cannot be so alike
        others = bare[start + 1 : end]
        found = process.extractOne(words, [text for text, _ in others], scorer=fuzz.ratio, score_cutoff=TOO_ALIKE)
        assert found is None, (one, others[found[2]][1])


@pytest.mark.parametrize(
    "change",
    [{"label": "RUDE"}, {"also": ["DELAY"]}, {"flags": ["fire"]}, {"register": "song"}, {"text": " "}, {"hard": "yes"}],
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
