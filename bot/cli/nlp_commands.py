"""`congvu nlp`: measures the classifier, teaches it anew with the office's corrections, chooses a model, and shows how it fares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import clock
from bot.cli.office_door import do, office, settings
from bot.cli.terminal import note, out, stop, table, tell, working
from bot.settings import Settings
from nlp.corpus import DATA, Text, read_corpus
from nlp.home import home_of
from talk.texts import say

if TYPE_CHECKING:
    from nlp.evaluate import Figures
    from nlp.installed import Card
    from office.learning import JudgedWeek

_NOTHING = "–"


def evaluate(
    test: Annotated[bool, typer.Option("--test", help=say("nlp-evaluate-test"))] = False,
    picture: Annotated[Path | None, typer.Option(metavar="FILE.png", help=say("nlp-evaluate-picture"), show_default=False)] = None,
) -> None:
    """Judge the authors held out by a model that never read them, and print the figures."""
    from nlp.agreement import agreements
    from nlp.evaluate import measure, read_split
    from nlp.report import draw_confusions
    from nlp.report import table as figures_of

    if picture is not None and not picture.absolute().parent.is_dir():
        stop("cli-no-such-file", path=picture.parent)
    texts, split = read_corpus(DATA), read_split(DATA)
    with _percent("nlp-evaluating") as progress:
        evaluation = measure(texts, split.test if test else split.validation, () if test else split.test, progress)
    out.print(figures_of(evaluation, DATA), markup=False)
    if picture is not None:
        draw_confusions(evaluation.judged["as typed"], picture)
        tell("nlp-evaluate-drawn", path=picture)
    found = agreements(DATA)
    tell("nlp-agreement", style="bold", texts=found[0].texts)
    table(
        [say("nlp-heading-about"), say("nlp-heading-kappa"), say("nlp-heading-marked")],
        [[each.about, f"{each.kappa:.3f}", str(each.marked)] for each in found],
    )


def train() -> None:
    """Teach a model with the corrections, and install it unless it is worse on the fixed set."""
    from nlp.evaluate import read_split
    from nlp.installed import Card, figures_for_card, install, recipe
    from nlp.retrain import retrain
    from nlp.train import version_of

    chosen = settings()
    home, corpus, corrections = home_of(chosen.data_dir), read_corpus(DATA), do(_allowed(chosen))
    with _percent("nlp-training") as progress:
        trial = retrain(corpus, corrections, read_split(DATA), progress)
    rows = [(say("nlp-train-before"), trial.before), (say("nlp-train-after", count=len(corrections)), trial.after)]
    table([say("nlp-heading-taught"), *_figure_headings()], [[name, *_figures(found)] for name, found in rows])
    if trial.model is None:
        stop("nlp-train-worse")
    at, figures = clock.now().isoformat(), figures_for_card(trial.after)
    install(home, trial.model, Card(trial.model.version, version_of(corpus), recipe(), len(corrections), at, figures))
    tell("nlp-train-installed", version=trial.model.version)


async def _allowed(chosen: Settings) -> list[Text]:
    from bot.cli.nlp_lessons import allowed_lessons

    async with office(chosen) as database:
        return (await allowed_lessons(chosen, database)).corrections.accepted()


def versions() -> None:
    """List the models that can judge, with their figures, and which one does."""
    from nlp.installed import Unusable, cards, installed, recipe
    from nlp.train import version_of

    home, built_in = home_of(settings().data_dir), version_of(read_corpus(DATA))
    try:
        judging = installed(home)
    except Unusable as fault:
        note("nlp-installed-unusable", reason=fault)
        judging = None
    known = cards(home)
    current = judging.version if judging else built_in
    rows = [_version_row(card, current, built_in, recipe()) for card in known]
    if built_in not in {card.version for card in known}:
        mark = say("nlp-version-judges") if current == built_in else ""
        rows.insert(0, [built_in, say("nlp-version-built-in"), "0", *[_NOTHING] * 4, mark])
    headings = [say("nlp-heading-version"), say("nlp-heading-at"), say("nlp-heading-corrections"), *_figure_headings(), ""]
    table(headings, rows)


def _version_row(card: Card, current: str, built_in: str, recipe: str) -> list[str]:
    marks = [say("nlp-version-judges")] if card.version == current else []
    if card.recipe != recipe:
        marks.append(say("nlp-version-other-recipe"))
    elif card.corpus != built_in:
        marks.append(say("nlp-version-older-corpus"))
    figures = [_number(card.figures.get(name)) for name in ("macro_f1", "accuracy", "sure_share", "sure_accuracy")]
    return [card.version, card.at[:16].replace("T", " "), str(card.corrections), *figures, ", ".join(marks)]


def use(version: Annotated[str, typer.Argument(metavar="VERSION", help=say("nlp-use-version"))]) -> None:
    """Let another stored model judge, or the built-in one."""
    from nlp.installed import Unusable, cards, use_built_in
    from nlp.installed import use as let_judge
    from nlp.train import version_of

    home, wanted = home_of(settings().data_dir), version.strip().lower()
    stored = {card.version for card in cards(home)}
    if wanted not in stored and wanted == version_of(read_corpus(DATA)):
        use_built_in(home)
    elif wanted not in stored:
        stop("nlp-use-unknown", version=version)
    else:
        try:
            let_judge(home, wanted)
        except Unusable as fault:
            stop("nlp-use-unusable", version=wanted, reason=fault)
    tell("nlp-use-done", version=wanted)


def drift(weeks: Annotated[int, typer.Option(min=1, max=520, help=say("nlp-drift-weeks"))] = 8) -> None:
    """Show week by week how often the classifier was unsure and how often people corrected it."""
    found = do(_weeks(settings(), weeks))
    headings = [say(f"nlp-heading-{name}") for name in ("week", "judged", "unsure", "corrected", "versions")]
    table(headings, [_week_row(week) for week in found])


async def _weeks(chosen: Settings, weeks: int) -> list[JudgedWeek]:
    from office.learning import judged_weeks

    async with office(chosen) as database, database.reading() as session:
        return await judged_weeks(session, weeks, clock.now())


def _week_row(week: JudgedWeek) -> list[str]:
    shares = [f"{100 * part / week.judged:.0f}%" if week.judged else _NOTHING for part in (week.unsure, week.corrected)]
    judged_by = ", ".join(f"{version or '?'} ×{count}" for version, count in week.versions.most_common())
    year, number, _ = week.monday.isocalendar()
    return [f"{year}-W{number:02}", str(week.judged), *shares, judged_by or _NOTHING]


def _figure_headings() -> list[str]:
    return [say(f"nlp-heading-{name}") for name in ("macro-f1", "accuracy", "sure-share", "sure-accuracy")]


def _figures(found: Figures) -> list[str]:
    return [_number(value) for value in (found.macro_f1, found.accuracy, found.sure_share, found.sure_accuracy)]


def _number(value: float | None) -> str:
    return _NOTHING if value is None or value != value else f"{value:.3f}"


@contextmanager
def _percent(key: str) -> Iterator[Callable[[int, int], None]]:
    """A bar in hundredths, for work that tells its steps and how many there are."""
    with working(key, total=100) as tick:
        yield lambda done, total: tick(100 * done // max(1, total))
