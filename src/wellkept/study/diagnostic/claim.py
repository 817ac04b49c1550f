"""What a claim is: one sentence about behaviour, five anchors, cut points, and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wellkept.study.measures.marking import Translate
from wellkept.study.measures.marking import marked as _

VERSION = "1"
"""Version of the claims: sentences, anchors and cut points together. Locked answers name it."""

LADDER = (
    _("does not happen, or nobody could say"),
    _("happens when somebody remembers or a customer shouts"),
    _("there is a rule or report, followed in places"),
    _("done everywhere it applies, exceptions seen and owned"),
    _("done, its effect checked, and changed because of what was learnt"),
)
"""The common ladder behind all anchors."""
CURRENCY = _("Not done in the last 12 months: at most 1. Only in some regions: at most 2.")

AREAS = {
    "L": _("Leadership attention"),
    "M": _("What is measured, reviewed, rewarded"),
    "R": _("Roles"),
    "I": _("Knowledge of the installed base"),
    "P": _("Promises and the tail"),
    "V": _("Inventory and availability"),
    "C": _("Commercial"),
    "O": _("Process and responsibility"),
    "T": _("Customer trust"),
}


@dataclass(frozen=True, slots=True)
class NumberItem:
    """A number that is asked for with a range, so that one would be right eight times in ten."""

    question: str
    unit: str
    most: float = 100.0


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about behaviour in the past twelve months.

    `cuts`: the share from which levels 1 to 4 are reached. `conditions`: what a level needs besides
    its share. `gap`: the name of the gap where less is shown than claimed. `shows`: the evidence in
    words. `keep`: which record to start keeping where there is none.
    """

    id: str
    sentence: str
    anchors: tuple[str, ...]
    cuts: tuple[float, float, float, float]
    evidence: str
    shows: str
    gap: str
    keep: str
    conditions: Mapping[int, str] = field(default_factory=dict)
    number: NumberItem | None = None
    short: bool = False

    @property
    def area(self) -> str:
        """The area's title."""
        return AREAS[self.id[0]]

    def said_in(self, translate: Translate) -> "Claim":
        """Give the claim in another language."""
        number = self.number
        return replace(
            self,
            sentence=translate(self.sentence),
            anchors=tuple(translate(text) for text in self.anchors),
            shows=translate(self.shows),
            gap=translate(self.gap),
            keep=translate(self.keep),
            conditions={level: translate(text) for level, text in self.conditions.items()},
            number=number and replace(number, question=translate(number.question)),
        )
