"""The fourteen things a message can be about, and the six marks a reader must see at once.

Only codes live here; what people read is in the Fluent files.
"""

from enum import StrEnum


class Label(StrEnum):
    """What a message is mainly about; the codes of the field's table of conduct categories."""

    RESPONSIBILITY = "RESPONSIBILITY"
    COMMUNICATION = "COMMUNICATION"
    TIME_DISCIPLINE = "TIME_DISCIPLINE"
    DELAY = "DELAY"
    OBSTRUCTION = "OBSTRUCTION"
    BRIBERY = "BRIBERY"
    COMPETENCE = "COMPETENCE"
    ETHICS = "ETHICS"
    DRESS = "DRESS"
    FACILITIES = "FACILITIES"
    FAIRNESS = "FAIRNESS"
    PRAISE = "PRAISE"
    INQUIRY = "INQUIRY"
    OTHER = "OTHER"


class Flag(StrEnum):
    """A mark beside the label: learned from messages, and for three of them also found by readable rules (`nlp.classify.BY_RULE`)."""

    THREAT_OR_VIOLENCE = "threat_or_violence"
    SEXUAL_HARASSMENT = "sexual_harassment"
    RETALIATION = "retaliation"
    PRIVACY_LEAK = "privacy_leak"
    NAMES_THE_HEAD = "names_the_head"
    MONEY = "money"


LABELS: tuple[Label, ...] = tuple(Label)
FLAGS: tuple[Flag, ...] = tuple(Flag)
