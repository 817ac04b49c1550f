"""What is true of products and assets: plain values in, plain values out."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum


class Consequence(IntEnum):
    """What a stop means to the customer, in order of urgency: unknown stands third, marked "ask".

    >>> sorted([Consequence.DEGRADED, Consequence.UNKNOWN, Consequence.SAFETY])[1].word
    'unknown'
    """

    SAFETY = 0
    PRODUCTION_STOPPED = 1
    UNKNOWN = 2
    DEGRADED = 3
    INCONVENIENCE = 4

    @property
    def word(self) -> str:
        """The word that facts, files and pages use."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Consequence":
        """This will read a word; a blank one is unknown. Raises KeyError for any other word."""
        return cls[word.strip().upper().replace(" ", "_") or "UNKNOWN"]


class ProductKind(StrEnum):
    """What a catalogue model is."""

    HARDWARE = "hardware"
    SOFTWARE = "software"


class State(StrEnum):
    """Where an asset is in its life."""

    ORDERED = "ordered"
    DELIVERED = "delivered"
    INSTALLED = "installed"
    COMMISSIONED = "commissioned"
    IN_USE = "in_use"
    IDLE = "idle"
    RETIRED = "retired"


ONWARD: Mapping[State, frozenset[State]] = {
    State.ORDERED: frozenset({State.DELIVERED, State.INSTALLED, State.RETIRED}),
    State.DELIVERED: frozenset({State.INSTALLED, State.IDLE, State.RETIRED}),
    State.INSTALLED: frozenset({State.COMMISSIONED, State.IN_USE, State.IDLE, State.RETIRED}),
    State.COMMISSIONED: frozenset({State.IN_USE, State.IDLE, State.RETIRED}),
    State.IN_USE: frozenset({State.IDLE, State.RETIRED}),
    State.IDLE: frozenset({State.INSTALLED, State.COMMISSIONED, State.IN_USE, State.RETIRED}),
    State.RETIRED: frozenset({State.IDLE}),
}
"""From each state, where an asset may go; coming back from retirement goes through idle."""


class CostBand(StrEnum):
    """What an hour of downtime costs the customer, in bands, since nobody knows it to the euro."""

    UNKNOWN = "unknown"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    EXTREME = "extreme"


class Doubt(StrEnum):
    """Why an asset stands on the list of those that may be another one."""

    NONE = ""
    NUMBER_IS_SERIAL = "number_is_serial"
    SAME_SERIAL = "same_serial"


def may_become(state: State, new: State) -> bool:
    """This will tell whether an asset may go from one state to another.

    >>> may_become(State.ORDERED, State.DELIVERED), may_become(State.RETIRED, State.IN_USE)
    (True, False)
    """
    return new in ONWARD[state]


def slot_names(text: str) -> list[str]:
    """This will read slots as a person writes them: separated by commas, each once.

    >>> slot_names("pump, drive,pump, ")
    ['pump', 'drive']
    """
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
