"""What is true of products and assets: plain values in, plain values out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import IntEnum, StrEnum
from functools import cache
from itertools import groupby
from typing import NamedTuple, Protocol


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
    UNKNOWN = "unknown"


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


SERVING = (State.INSTALLED, State.COMMISSIONED, State.IN_USE)
"""States of what stands where it is to serve, in their order."""


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


@cache
def way_to(state: State, new: State) -> tuple[State, ...]:
    """This will give through which states an asset goes to another one, that one last; or none.

    >>> [one.value for one in way_to(State.RETIRED, State.IN_USE)]
    ['idle', 'in_use']
    >>> way_to(State.IN_USE, State.ORDERED), way_to(State.IDLE, State.IDLE)
    ((), ())
    """
    ways: dict[State, tuple[State, ...]] = {state: ()}
    fresh = [state]
    for one in fresh:
        for onward in sorted(ONWARD[one] - ways.keys(), key=list(State).index):
            ways[onward] = (*ways[one], onward)
            fresh.append(onward)
    return ways.get(new, ())


def is_behind(state: State, new: State) -> bool:
    """This will tell whether an asset was in a state already: what is in use was installed.

    >>> is_behind(State.IN_USE, State.INSTALLED), is_behind(State.IDLE, State.INSTALLED)
    (True, False)
    """
    return new in SERVING[: SERVING.index(state)] if state in SERVING else False


class Dated(Protocol):
    """What says when something was so, and when we held it to be so: an edge, or what was read."""

    @property
    def from_at(self) -> datetime | None:
        """Since when it was so; None: nobody knows."""

    @property
    def until_at(self) -> datetime | None:
        """Until when; None: it still is."""

    @property
    def recorded_at(self) -> datetime:
        """Since when we held it to be so."""

    @property
    def superseded_at(self) -> datetime | None:
        """Since when we do not any more."""


def was_known(one: Dated, known_at: datetime) -> bool:
    """This will tell whether something was held to be true at a moment."""
    known = one.superseded_at is None or one.superseded_at > known_at
    return known and one.recorded_at <= known_at


def was_so(one: Dated, on: datetime, known_at: datetime) -> bool:
    """This will tell whether it was so at one moment, as far as it was known at another."""
    begun = one.from_at is None or one.from_at <= on
    lasting = one.until_at is None or one.until_at > on
    return was_known(one, known_at) and begun and lasting


class Change(NamedTuple):
    """A value that changed: when, when that was written down, from what to what."""

    at: datetime
    recorded_at: datetime
    old: str
    new: str


def value_at(changes: Iterable[Change], now: str, on: datetime, known_at: datetime) -> str:
    """This will give the value at one moment, as far as it was known at another.

    `now` is the value that it has; before the first change it was what that one changed. Changes
    of one moment, as of what went through a state, come in their order.

    >>> noon, one = datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 13)
    >>> changes = [Change(noon, one, "in_use", "idle")]
    >>> value_at(changes, "idle", noon, one), value_at(changes, "idle", noon, noon)
    ('idle', 'in_use')
    """
    told = _in_order(changes)
    known = [one for one in told if one.recorded_at <= known_at]
    past = [one for one in known if one.at <= on]
    if past:
        return past[-1].new
    learnt = sorted(told, key=lambda one: one.recorded_at)
    ahead = [*known, *(one for one in learnt if one.recorded_at > known_at)]
    return ahead[0].old if ahead else now


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """Changes by their moments; of one moment what a change begins with follows what made it so."""
    found = []
    for _, some in groupby(sorted(changes), key=lambda one: (one.at, one.recorded_at)):
        left = list(some)
        while left:
            made = {one.new for one in left}
            first = next((one for one in left if one.old not in made), left[0])
            left.remove(first)
            found.append(first)
    return found


def slot_names(text: str) -> list[str]:
    """This will read slots as a person writes them: separated by commas, each once.

    >>> slot_names("pump, drive,pump, ")
    ['pump', 'drive']
    """
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
