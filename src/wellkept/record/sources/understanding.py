"""What was understood of one table: its shape, its columns' roles, its words, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wellkept.record.sources.reads import DurationReads, MomentFormat, NumberReads, Reads
from wellkept.record.sources.roles import ENDS
from wellkept.record.sources.words import StateWord, Verdict

HowKnown = Literal["recipe", "header", "values"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table with the role that it plays."""

    role: str
    key: str  # name in the DuckDB relation: "c0"
    header: str
    how: HowKnown
    moments: Reads
    numbers: NumberReads
    durations: DurationReads
    per_case: bool = False  # in an event table: the same value on every row of a case
    zone: str | None = None  # stated by the header: "created_utc"
    unit: str | None = None  # stated by the header: "Handle Time (Hours)" gives "h"
    clock_key: str | None = None  # a second column that holds the time of day
    clock_pattern: str | None = None  # strptime pattern of that column: "%H:%M:%S"
    stated: tuple[MomentFormat, ...] = ()  # formats from the recipe; they win
    pointed: bool = False  # numbers of things, written as 100401.0: the .0 is no part of them

    @property
    def formats(self) -> tuple[MomentFormat, ...]:
        """The formats in which the moments are to be read, with the clock column's, if any."""
        formats = self.stated or self.moments.formats
        if self.clock_pattern is None:
            return formats
        return tuple(_with_clock(one, self.clock_pattern) for one in formats)


def _with_clock(one: MomentFormat, clock: str) -> MomentFormat:
    if one.pattern in ("iso", "native"):
        return MomentFormat("iso", "moment", one.zone)
    return MomentFormat(f"{one.pattern} {clock}", "moment", one.zone)


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of the coded columns mean; keys are the words as they stand in the file."""

    state: Mapping[str, StateWord] = field(default_factory=dict)
    substate: Mapping[str, StateWord] = field(default_factory=dict)
    asset_state: Mapping[str, str] = field(default_factory=dict)  # in a log of asset states
    asset_life: Mapping[str, str] = field(default_factory=dict)  # in a register of assets
    consequence: Mapping[str, str] = field(default_factory=dict)  # only words that state a class
    product_kind: Mapping[str, str] = field(default_factory=dict)
    verdict: Mapping[str, Verdict] = field(default_factory=dict)
    respond_verdict: Mapping[str, Verdict] = field(default_factory=dict)
    planned: Mapping[str, bool] = field(default_factory=dict)
    moved_by: Mapping[str, str] = field(default_factory=dict)  # "us" or "customer"
    nobody: tuple[str, ...] = ()  # words in the owner column that mean: no owner


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of a coded column that nothing is known about: not guessed, listed."""

    role: str
    header: str
    word: str
    count: int | None  # None: seen in the sample, not counted


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something that looks wrong with the records, and what to do about it."""

    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class PairCheck:
    """How two moment columns stand to each other, counted over all rows by the caller."""

    earlier: str  # key of the column expected to be earlier
    later: str
    both: int  # rows where both are filled
    ordered: int  # of these, rows with earlier ≤ later
    equal: int = 0  # of these, rows where they are the same


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one table is, and where the record finds each role in it."""

    file: str
    shape: str  # one of roles.SHAPES
    roles: Mapping[str, Column]
    segments: tuple[str, ...]  # keys of the columns without a role, for cutting
    ignored: tuple[str, ...] = ()  # keys of the columns that the recipe leaves out
    words: Words = field(default_factory=Words)
    unknown_words: tuple[UnknownWord, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    why: tuple[str, ...] = ()  # sentences: what was chosen, over what, and why
    kind: str | None = None  # kind of promise that the table holds, when the recipe says so
    due_is: Literal["day", "moment"] | None = None
    zone: str | None = None  # of the table, when the recipe says so; "unknown" is said, too
    snapshot: tuple[str, ...] = ()  # roles or headers that identify a row over several snapshots
    headers: Mapping[str, str] = field(default_factory=dict)  # key → header, every column

    def key(self, role: str) -> str | None:
        """This will give the relation's column for a role, if the table has it."""
        column = self.roles.get(role)
        return column.key if column is not None else None

    @property
    def says_ends(self) -> bool:
        """Whether any column could say that something ended; if not, none is known to be open."""
        return any(role in self.roles for role in ENDS)

    @property
    def per_case(self) -> frozenset[str]:
        """In an event table: the roles whose value is the same on every row of a case."""
        return frozenset(role for role, column in self.roles.items() if column.per_case)
