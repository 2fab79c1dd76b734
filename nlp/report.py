"""Prints an evaluation as a table and draws its confusions, for people who decide whether a model is good enough."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from nlp.corpus import DATA, Text
from nlp.evaluate import Evaluation, Figures, Judged, f1, flag_figures, group_figures, macro_f1_interval
from nlp.evaluate import figures as figures_of_all
from nlp.labels import FLAGS, LABELS

_LENGTHS = ((20, "up to 20"), (60, "21-60"), (200, "61-200"), (10**9, "over 200"))
"""Letters of a message."""

_SMALL_GROUP = 30
"""Below so many messages a group's macro-F1 says nothing."""


def table(evaluation: Evaluation, data: Path = DATA) -> str:
    """The figures as text: by way of typing, author, region, register, length and hardness, by label and flag, and what is named beside the
    main label. Of a part of the messages macro-F1 is the mean over the labels that occur in it.
    """
    typed = evaluation.judged["as typed"]
    regions = _regions(data)
    return "\n\n".join(
        [
            _with_interval(evaluation),
            _figures_table("author", _grouped(typed, lambda text: text.author)),
            _figures_table("region", _grouped(typed, lambda text: regions.get(text.author) or "-")),
            _figures_table("register", _grouped(typed, lambda text: text.register)),
            _figures_table("length", _grouped(typed, _length)),
            _figures_table("hardness", _grouped(typed, lambda text: "hard cases" if text.hard else "others")),
            "\n".join([f"{'label':<16}{'texts':>6}{'F1':>6}", *(_label_line(typed, label) for label in LABELS)]),
            "\n".join([f"{'flag':<22}{'texts':>6}{'precision':>10}{'recall':>8}", *(_flag_line(typed, flag) for flag in FLAGS)]),
            _also_line(typed),
        ]
    )


def draw_confusions(judged: Judged, file: Path) -> None:
    """A picture: rows are what people said, columns what the classifier said, in messages."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    counts = np.zeros((len(LABELS), len(LABELS)), int)
    for text, judgement in judged:
        counts[LABELS.index(text.label), LABELS.index(judgement.label)] += 1
    figure = Figure(figsize=(9, 8), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.imshow(counts / np.maximum(1, counts.sum(axis=1, keepdims=True)), cmap="Blues", vmin=0, vmax=1)
    names = [label.value for label in LABELS]
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right", fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_xlabel("classifier")
    axes.set_ylabel("people")
    for (row, column), number in np.ndenumerate(counts):
        if number:
            colour = "white" if number > counts[row].sum() / 2 else "black"
            axes.text(column, row, str(number), ha="center", va="center", fontsize=7, color=colour)
    figure.savefig(file)


def _with_interval(evaluation: Evaluation) -> str:
    lines = [_heading("typed"), *(_figures_line(way, figures_of_all(judged)) for way, judged in evaluation.judged.items())]
    authors = len({text.author for text, _ in evaluation.judged["as typed"]})
    for way, judged in evaluation.judged.items():
        low, high = macro_f1_interval(judged)
        lines.append(f"macro-F1 {way}: {low:.3f} to {high:.3f} in 95 of 100 draws of {authors} authors and their messages")
    return "\n".join(lines)


def _figures_table(title: str, groups: Iterable[tuple[str, Judged]]) -> str:
    return "\n".join([_heading(title), *(_figures_line(name, group_figures(judged)) for name, judged in groups)])


def _heading(title: str) -> str:
    return f"{title:<30}{'texts':>6}{'labels':>7}{'macro-F1':>10}{'accuracy':>10}{'said':>6}{'top 3':>7}{'sure':>6}{'right if sure':>15}{'ECE':>6}"


def _figures_line(name: str, found: Figures) -> str:
    whole = f"{found.macro_f1:>10.3f}" if found.texts >= _SMALL_GROUP else f"{'-':>10}"
    return (
        f"{name[:29]:<30}{found.texts:>6}{found.labels:>7}{whole}{found.accuracy:>10.3f}{found.confidence:>6.2f}{found.top_three:>7.3f}"
        f"{found.sure_share:>6.2f}{found.sure_accuracy:>15.3f}{found.calibration_error:>6.3f}"
    )


def _grouped(judged: Judged, key: Callable[[Text], str]) -> list[tuple[str, Judged]]:
    names = sorted({key(text) for text, _ in judged})
    return [(name, [pair for pair in judged if key(pair[0]) == name]) for name in names]


def _length(text: Text) -> str:
    return next(name for most, name in _LENGTHS if len(text.text) <= most)


def _regions(data: Path) -> dict[str, str | None]:
    written = json.loads((data / "authors.json").read_text(encoding="utf-8"))
    return {author["id"]: author["region"] for author in written["authors"]}


def _label_line(judged: Judged, label: str) -> str:
    which = next(one for one in LABELS if one == label)
    return f"{label:<16}{sum(text.label == label for text, _ in judged):>6}{f1(judged, which):>6.2f}"


def _flag_line(judged: Judged, flag: str) -> str:
    found = flag_figures(judged, next(one for one in FLAGS if one == flag))
    return f"{flag:<22}{found.true:>6}{found.precision:>10.2f}{found.recall:>8.2f}"


def _also_line(judged: Judged) -> str:
    named = [(text, label) for text, judgement in judged for label in judgement.also]
    right = sum(label in (text.label, *text.also) for text, label in named)
    true = sum(len(text.also) for text, _ in judged)
    found = sum(label in text.also for text, label in named)
    return f"also: {len(named)} named, {right / max(1, len(named)):.2f} of them in the text; {found / max(1, true):.2f} of {true} found"
