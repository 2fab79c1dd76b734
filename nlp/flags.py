"""Marks what a reader must see at once: a threat, harassment, revenge, a leak, the head accused, money.

The rules are words a person can read, in `data/flags.json`; what was learned beside them is in the model, and `nlp.classify` hears both.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from nlp.clean import bare_syllable, typed_without_accents
from nlp.labels import FLAGS, Flag, Label
from nlp.rules import FlagRules, Rule, Rules, flag_rules, money_in_order
from nlp.words import Word

_NONE = Rules(())


class _Message(NamedTuple):
    text: str
    words: frozenset[str]


def flags_of(words: Sequence[Word], label: Label, sure: bool, asked: Collection[Flag] = FLAGS) -> Mapping[Flag, str]:
    """The flags a message earns of those `asked`, each with the words that earned it (in their plain form).

    Some flags cannot stand with some labels (praise threatens nobody); an unsure label takes none away.
    """
    message, bare = _read(words)
    earned = {rules.flag: _earned(rules, message, label, sure) for rules in flag_rules(bare) if rules.flag in asked}
    return {flag: words for flag, words in earned.items() if words}


def money_is_in_order(words: Sequence[Word]) -> bool:
    """Whether money is spoken of as it should be paid: with a receipt, as compensation, by the posted fee; and nothing tells the contrary."""
    message, bare = _read(words)
    rules = money_in_order(bare)
    return _first(rules.any.fitting(message.words), message) is not None and _first(rules.unless.fitting(message.words), message) is None


def cannot_stand_with(label: Label) -> frozenset[Flag]:
    """The flags that a message surely of this label cannot earn."""
    return frozenset(rules.flag for rules in flag_rules(False) if label in rules.never_with)


def _read(words: Sequence[Word]) -> tuple[_Message, bool]:
    """The message as the rules read it, and whether it was typed without accents."""
    syllables = [syllable for word in words for syllable in word.read]
    bare = typed_without_accents(syllables)
    return _message(list(map(bare_syllable, syllables)) if bare else syllables), bare


def _message(syllables: Sequence[str]) -> _Message:
    words = {"#" if syllable.startswith("#") else syllable for syllable in syllables}
    return _Message(" " + " ".join(syllables) + " ", frozenset(words))


def _earned(rules: FlagRules, message: _Message, label: Label, sure: bool) -> str | None:
    if sure and label in rules.never_with:
        return None
    fitting = [*rules.any.fitting(message.words), *rules.any_with.get(label, _NONE).fitting(message.words)]
    return _first(fitting, _without(rules.unless, message)) if fitting else None


def _without(unless: Rules, message: _Message) -> _Message:
    text = message.text
    for rule in unless.fitting(message.words):
        if rule.find(text, message.words):
            text = rule.cut(text)
    return message._replace(text=text)


def _first(fitting: Iterable[Rule], message: _Message) -> str | None:
    return next((found for rule in fitting if (found := rule.find(message.text, message.words))), None)
