"""One classifier for all tests, the one the product would use; and a few messages from which a small one is trained quickly."""

import pytest

from nlp.classify import Classifier, open_classifier
from nlp.corpus import Text, read_corpus

SMALL_AUTHORS = ("a01", "a02", "a03")


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return open_classifier()


@pytest.fixture(scope="session")
def few_texts() -> list[Text]:
    texts = read_corpus()
    return [text for author in SMALL_AUTHORS for text in [one for one in texts if one.author == author][:36]]
