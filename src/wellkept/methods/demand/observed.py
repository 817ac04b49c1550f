"""What is known of past demand: per part and period a number, a lower bound, or nothing.

A period without records is missing, not zero. A period in which the shelf was empty says *at
least*: who did not ask because there was nothing is not seen. What came back is not demand with a
minus sign: a return and a need of the same month would cancel, and both would vanish.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.bounds import Floats

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Hold the demand of n parts over T periods, oldest first.

    `demand` (n, T) is 0 where nothing is known. `known` marks periods with a number, exact or at
    least; `at_least` those in which demand may have been higher than seen.
    """

    demand: Floats
    known: Flags
    at_least: Flags

    @property
    def parts(self) -> int:
        """Give the number of parts."""
        return int(self.demand.shape[0])

    @property
    def periods(self) -> int:
        """Give the number of periods."""
        return int(self.demand.shape[1])

    @property
    def occurred(self) -> Flags:
        """Mark the periods in which something was demanded."""
        return np.asarray(self.demand > 0)

    @property
    def judged(self) -> Flags:
        """Mark the periods that say whether there was demand: an empty shelf and no sale do not."""
        return np.asarray(self.known & ~(self.at_least & (self.demand == 0)))

    def before(self, period: int) -> History:
        """Give the first `period` periods alone, as they were known then."""
        return History(self.demand[:, :period], self.known[:, :period], self.at_least[:, :period])


@dataclass(frozen=True, slots=True, eq=False)
class Returns:
    """Hold demand and returns apart; `unsure` marks the periods whose demand is a lower bound."""

    demand: Floats
    returned: Floats
    unsure: Flags
    sentence: str


def history(demand: ArrayLike, stocked_out: ArrayLike | None = None) -> History:
    """Give demand as a history, or refuse what is no demand.

    `demand` (T,) for one part or (n, T), oldest period first, nan where there is no record;
    `stocked_out` of the same shape is True where the shelf was empty for some of the period.
    Raises ValueError, naming part and period, for negative or infinite numbers and other shapes.
    """
    given = np.asarray(demand, np.float64)
    if given.ndim not in (1, 2) or given.shape[-1] == 0:
        raise ValueError(
            "Demand is one row of periods, or a table with a row for each part; what was given"
            f" has the shape {given.shape}."
        )
    table = np.atleast_2d(given)
    _refuse(table < 0, table, "is negative", "Returns are no demand: see `without_returns`.")
    _refuse(np.isinf(table), table, "is infinite", "Use nan where there is no record.")
    known = ~np.isnan(table)
    short = np.zeros(table.shape, np.bool_)
    if stocked_out is not None:
        flags = np.atleast_2d(np.asarray(stocked_out, np.bool_))
        if flags.shape != table.shape:
            raise ValueError(
                f"Demand has the shape {table.shape}, the marks of empty shelves {flags.shape};"
                " they must be of one shape."
            )
        short = flags & known
    return History(np.where(known, table, 0.0), known, short)


def without_returns(signed: ArrayLike) -> Returns:
    """Give demand and returns apart, from figures in which returns are negative.

    A negative figure is what came back *net* of what was needed, so the demand of that period is
    only known to be at least 0: hand `unsure` on as `stocked_out`. Shapes and unit as given.
    """
    figures = np.asarray(signed, np.float64)
    back = figures < 0
    returned = np.where(back, -figures, 0.0)
    sentence = "No returns among the demand."
    if back.any():
        sentence = (
            f"{int(back.sum())} periods are negative ({returned.sum():g} units came back): they are"
            " kept apart, and their demand counts as *at least 0*, not as 0, since a net figure"
            " hides the need it was set against."
        )
    return Returns(np.where(back, 0.0, figures), returned, back, sentence)


def whole_units(past: History) -> None:
    """Refuse demand that is not counted in whole units, naming the first misfit."""
    _refuse(
        past.demand != np.floor(past.demand),
        past.demand,
        "is not a whole number",
        "Count in a smaller unit (12.5 m as 125 dm).",
    )


def lead_times(lead: ArrayLike, parts: int) -> Floats:
    """Give one lead time in periods for each part, or refuse it; fractions are allowed."""
    periods = np.asarray(lead, np.float64)
    if periods.ndim > 1 or (periods.ndim == 1 and periods.size != parts):
        raise ValueError(f"{parts} parts need one lead time for all or one for each.")
    if not (np.isfinite(periods) & (periods > 0)).all():
        raise ValueError("A lead time is a number of periods above 0.")
    return np.broadcast_to(periods, (parts,)).astype(np.float64)


def _refuse(misfit: Flags, table: Floats, what: str, advice: str) -> None:
    if misfit.any():
        part, period = (int(place) for place in np.argwhere(misfit)[0])
        raise ValueError(
            f"Demand {what} in {int(misfit.sum())} periods (the first: part {part}, period"
            f" {period}, counted from 0, value {table[part, period]:g}). {advice}"
        )
