"""Many messages as tables of what was seen in them, for teaching; the running program never needs this."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nlp.clean import readable
from nlp.keyboards import bare
from nlp.lexicon import learn_joined
from nlp.model import VIEW_WEIGHTS, Numbers, Vocabulary
from nlp.views import VIEWS, View, sights
from nlp.words import words_of

LEAST_TEXTS = 2
"""Messages in which something must have been seen before it is learned."""

LEXICON_EVERY = 4
"""Of so many messages one is read by underthesea for its words: four times as many taught a few rare words more and took half a minute."""

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Seen:
    """What each view saw: names in order, and how often in each row. Row i is a message as typed, row size + i its unaccented copy."""

    names: Mapping[View, tuple[str, ...]]
    times: Mapping[View, sparse.csr_matrix]
    size: int
    joined: frozenset[str]


@dataclass(frozen=True)
class Learned:
    """The vocabulary drawn from some messages, and where its names stand in the tables."""

    vocabulary: Vocabulary
    kept: Mapping[View, Rows]


def look_at(texts: Sequence[str], step: Callable[[], None]) -> Seen:
    """Look at each message as typed and without accents; `step` is called after each message."""
    typed: list[Mapping[View, Counter[str]]] = []
    copies: list[Mapping[View, Counter[str]]] = []
    for text in texts:
        typed.append(_look(text))
        copies.append(_look(bare(text)))
        step()
    rows = typed + copies
    names = {view: tuple(sorted(set().union(*(row[view] for row in rows)))) for view in VIEWS}
    return Seen(
        names, {view: _table([row[view] for row in rows], names[view]) for view in VIEWS}, len(texts), learn_joined(texts[::LEXICON_EVERY])
    )


def learn_names(seen: Seen, texts: Rows) -> Learned:
    """The names seen in at least `LEAST_TEXTS` of these messages (typed or unaccented), and how rare each is."""
    kept: dict[View, Rows] = {}
    rarity: list[Numbers] = []
    for view in VIEWS:
        table = seen.times[view]
        in_texts = np.asarray(((table[texts] > 0) + (table[texts + seen.size] > 0)).sum(axis=0)).ravel()
        kept[view] = np.flatnonzero(in_texts >= LEAST_TEXTS)
        rarity.append(np.asarray(np.log((1 + len(texts)) / (1 + in_texts[kept[view]])) + 1, np.float32))
    return Learned(Vocabulary(_columns(seen, kept), np.concatenate(rarity), seen.joined), kept)


def weigh_rows(seen: Seen, learned: Learned, rows: Rows) -> sparse.csr_matrix:
    """The rows as the running program would weigh them (`model.weigh`), one column for each name."""
    parts = []
    start = 0
    for view in VIEWS:
        part = seen.times[view][rows][:, learned.kept[view]].astype(np.float32)
        rarity = learned.vocabulary.rarity[start : start + part.shape[1]]
        start += part.shape[1]
        part.data = (1 + np.log(part.data)) * rarity[part.indices]
        lengths = np.sqrt(np.asarray(part.multiply(part).sum(axis=1)).ravel())
        scale = VIEW_WEIGHTS[view] / np.where(lengths > 0, lengths, 1)
        parts.append(sparse.diags(scale.astype(np.float32)) @ part)
    return sparse.hstack(parts, format="csr")


def _look(text: str) -> Mapping[View, Counter[str]]:
    seen = sights(words_of(readable(text)))
    return {view: Counter(name for name, _, _ in seen[view]) for view in VIEWS}


def _table(rows: Iterable[Counter[str]], names: Sequence[str]) -> sparse.csr_matrix:
    column = {name: place for place, name in enumerate(names)}
    ends: list[int] = [0]
    columns: list[int] = []
    times: list[int] = []
    for row in rows:
        columns.extend(map(column.__getitem__, row))
        times.extend(row.values())
        ends.append(len(columns))
    table = sparse.csr_matrix((times, columns, ends), shape=(len(ends) - 1, len(names)), dtype=np.float32)
    table.sort_indices()
    return table


def _columns(seen: Seen, kept: Mapping[View, Rows]) -> Mapping[View, Mapping[str, int]]:
    columns: dict[View, Mapping[str, int]] = {}
    start = 0
    for view in VIEWS:
        columns[view] = {seen.names[view][place]: start + column for column, place in enumerate(kept[view].tolist())}
        start += len(kept[view])
    return columns
