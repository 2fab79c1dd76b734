"""Keeps the models that an office taught, says which of them judges, and goes back to an older one when somebody asks.

`<home>/model/<version>/` holds a model with its `card.json`; `<home>/installed.json` is the card of the one that judges. Without it the
built-in model does.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp import store
from nlp.home import make_home, write_whole
from nlp.model import Model
from nlp.train import version_of

if TYPE_CHECKING:
    from nlp.evaluate import Figures  # which loads scikit-learn, and who only judges never needs that

_INSTALLED, _CARD, _MODELS = "installed.json", "card.json", "model"
_VERSION = re.compile(r"[0-9a-f]{12}")


class Unusable(ValueError):
    """There is no such model, it is damaged, or it was made by another recipe than this program's."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is written beside a model that the office taught."""

    version: str
    corpus: str
    """The built-in model's version when this one was taught: another one now means that the program's own texts have changed."""
    recipe: str
    """Names the way of reading and weighing; weights of another recipe would judge nonsense."""
    corrections: int
    at: str
    """When it was taught, ISO 8601."""
    figures: Mapping[str, float | None]
    """On the fixed set, of a model taught in the same way without the authors that are asked."""


def recipe() -> str:
    """The name of this program's recipe: the version of a model of no texts at all."""
    return version_of(())


def figures_for_card(found: "Figures") -> dict[str, float | None]:
    """The figures as they stand in a card; what cannot be said is None."""
    return {name: None if math.isnan(value) else round(value, 6) for name, value in asdict(found).items()}


def install(home: Path, model: Model, card: Card) -> None:
    """Store the model with its card, and let it judge from the next start on."""
    make_home(home)
    store.save(model, home / _MODELS, beside={_CARD: _written(card)})
    write_whole(home / _INSTALLED, _written(card))


def cards(home: Path) -> list[Card]:
    """The cards of all stored models, the oldest first; a folder without a readable card is passed over."""
    found = []
    for file in (home / _MODELS).glob(f"[!.]*/{_CARD}"):
        try:
            found.append(_read_card(file))
        except Unusable:
            continue
    return sorted(found, key=lambda card: (card.at, card.version))


def installed(home: Path) -> Card | None:
    """The card of the model that was installed; None if the built-in one judges. Raises Unusable."""
    file = home / _INSTALLED
    return _read_card(file) if file.exists() else None


def load_installed(home: Path) -> Model | None:
    """The installed model; None if none is. Raises Unusable."""
    card = installed(home)
    return None if card is None else _load(home, card)


def use(home: Path, version: str) -> Card:
    """Let a stored model judge from the next start on. Raises Unusable."""
    card = next((one for one in cards(home) if one.version == version), None)
    if card is None:
        raise Unusable(f"no model {version}")
    _load(home, card)
    write_whole(home / _INSTALLED, _written(card))
    return card


def use_built_in(home: Path) -> None:
    """Let the built-in model judge from the next start on."""
    (home / _INSTALLED).unlink(missing_ok=True)


def _load(home: Path, card: Card) -> Model:
    if card.recipe != recipe():
        raise Unusable(f"model {card.version} was made by another version of the program")
    try:
        return store.load(home / _MODELS / card.version)
    except (FileNotFoundError, store.DamagedModel) as error:
        raise Unusable(str(error)) from error


def _written(card: Card) -> str:
    return json.dumps(asdict(card), indent=2) + "\n"


def _read_card(file: Path) -> Card:
    try:
        row: dict[str, Any] = json.loads(file.read_bytes())
        card = Card(**row)
        if not _VERSION.fullmatch(card.version) or not isinstance(card.figures, dict):
            raise ValueError("no card of a model")
    except (OSError, ValueError, TypeError) as error:
        raise Unusable(f"{file.name}: {error}") from error
    return card
