"""What evidence reads and what it gives: records opened for locked answers, and k of n."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.study.diagnostic.locking import Locked, require
from wellkept.study.diagnostic.strips import Strip
from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures.card import Named
from wellkept.study.measures.window import DAY, Window

YEAR_S = 365 * DAY
ALWAYS = -(2**62)
Seconds = NDArray[np.int64]
Covered = Callable[[Seconds, Seconds], Seconds]
"""Gives the seconds of cover between beginnings and ends."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """As of when records are judged, in whose weeks, by whose cover hours.

    `covered`: None where no cover hours are known. `targets_s`: seconds promised by measure where
    no row carries a date of its own.
    """

    until_s: int
    zone: tzinfo = UTC
    covered: Covered | None = None
    targets_s: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records count: everybody's, or one region's. Nothing else of evidence can be chosen."""

    region: str | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom the failures behind an evidence touched."""

    customers: int | None = None
    safety: int = 0
    stopped: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its interval in its unit; None where records carry no bound."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the records show: k of n, and everything needed to judge and to name it.

    `unit`: what is counted, in the plural. `should`: how many should count, recorded or not.
    `census`: all were counted, nothing is inferred. `ceiling`: the highest level that these records
    could show. `conditions`: for a level, the chance that its second condition holds, None where no
    record tells.
    """

    k: int
    n: int
    unit: str
    should: int
    census: bool = False
    ceiling: int = 4
    conditions: Mapping[int, float | None] = field(default_factory=dict)
    cases: tuple[Named, ...] = ()
    case_unit: str = "h"
    touched: Touched = field(default_factory=Touched)
    number: Figure | None = None
    strip: Strip | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoRecord:
    """Nothing is kept that could show it: neither 0 nor missing. Notes say what is known anyway."""

    notes: tuple[str, ...] = ()
    cases: tuple[Named, ...] = ()
    case_unit: str = "h"
    touched: Touched = field(default_factory=Touched)


class Records:
    """The facts, opened for one locked round: the only thing that evidence can read."""

    def __init__(self, locked: Locked, source: Source, as_of: AsOf, scope: Scope) -> None:
        """Open the facts; raises NotLocked while answers are open."""
        require(locked)
        self._source = source
        self.as_of = as_of
        self.scope = scope

    @property
    def source(self) -> Source:
        """The fact tables themselves, for what names rows."""
        return self._source

    def window(self, days: int | None = 365) -> Window:
        """Give the last days before the moment judged; None: everything recorded."""
        since = None if days is None else self.as_of.until_s - days * DAY
        return Window(until_s=self.as_of.until_s, since_s=since, zone=self.as_of.zone)

    def columns(self, sql: str, days: int | None = 365, **more: Any) -> Columns:
        """Run a selection over the last days; `$since`, `$until` and `$region` are given."""
        return self._source.columns(sql, **self._given(days), **more)

    def row(self, sql: str, days: int | None = 365, **more: Any) -> dict[str, Any]:
        """Run a selection of one row."""
        return self._source.rows(sql, **self._given(days), **more)[0]

    def rows(self, sql: str, days: int | None = 365, **more: Any) -> list[dict[str, Any]]:
        """Run a selection of few rows."""
        return self._source.rows(sql, **self._given(days), **more)

    def _given(self, days: int | None) -> dict[str, Any]:
        return {**self.window(days).given, "region": self.scope.region}


Find = Callable[[Records], Found | NoRecord]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A named, versioned question to the records; None in `find`: no record can exist yet."""

    id: str
    find: Find | None = None
    version: str = "1"

    def of(self, records: Records) -> Found | NoRecord:
        """This will answer from opened records; without a way to find it there is no record."""
        return NoRecord() if self.find is None else self.find(records)


HERE = "(CAST($region AS VARCHAR) IS NULL OR region = CAST($region AS VARCHAR))"
"""The condition by which a scope cuts any fact."""
