"""Levels held against what really happened: a shelf with a minimum and a maximum, day by day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.ratios import Ratio, ratio_of_sums
from wellkept.methods.replay.chains import table
from wellkept.methods.stocking.columns import amounts, counts, together


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """Hold what levels would have done with a history; arrays (n,), one number per shelf.

    `lines` demands came, `whole_lines` of them were met whole at once; `units` were asked for,
    `units_at_once` handed over at once; `on_hand` and `backorders` are averages over the time
    counted, `empty` the share of it without a unit on the shelf; `orders` were placed for
    `ordered` units; `most_missing` is the largest number that was missing.
    """

    lines: Whole
    whole_lines: Whole
    units: Floats
    units_at_once: Floats
    on_hand: Floats
    backorders: Floats
    empty: Floats
    orders: Whole
    ordered: Floats
    most_missing: Floats

    def unit_fill(self, level: float = 0.95) -> Ratio | None:
        """Give units at once ÷ units over all shelves, with an interval between shelves."""
        return ratio_of_sums(self.units_at_once, self.units, level=level)

    def line_fill(self, level: float = 0.95) -> Ratio | None:
        """Give lines met whole at once ÷ lines over all shelves, with an interval between them."""
        whole, lines = self.whole_lines.astype(np.float64), self.lines.astype(np.float64)
        return ratio_of_sums(whole, lines, level=level)


def backtest(
    shelf: ArrayLike,
    time: ArrayLike,
    quantity: ArrayLike,
    *,
    minimum: ArrayLike,
    maximum: ArrayLike,
    lead: ArrayLike,
    begin: float,
    end: float,
    pack: ArrayLike = 1,
    review: ArrayLike = 0.0,
    start: ArrayLike | None = None,
    lost: bool = False,
) -> Backtest:
    """Give what levels would have done with the demands that came.

    One row per demand: its shelf (from 0), time and quantity (above 0; a return is no demand and
    does not belong here). Once on hand + on order − missing is at `minimum` or below, units are
    ordered up to `maximum` at least (in multiples of `pack`) and come after `lead`: a base stock S
    is minimum S − 1, maximum S; (r, Q) is minimum r, maximum r + 1, pack Q. With `review` above 0
    orders go out only at its multiples. `start` is what lies on the shelf at first (the maximum).
    Orders come in the order in which they were placed. Demand that is not met waits; with `lost`
    it is met from elsewhere and waits for nothing. `lead` is one number, or one per shelf, or a
    list of arrays: for each shelf the times that its orders took, in turn, the last one repeated.
    Demands before `begin` move the stock but are not counted.
    Raises ValueError for rows of unequal length, quantities that are not above 0, shelves that are
    not there and a minimum not below the maximum.
    """
    from wellkept.methods.replay import shelf_kernels  # Numba loads when first needed

    if not begin < end:
        raise ValueError(f"Counting from {begin:g} to {end:g} leaves no time to count in.")
    low, high = _levels(shelf, minimum, maximum)
    n = high.size
    begins, times, sizes = _rows(n, shelf, time, quantity)
    lead_begins, leads = _leads(n, lead)
    packs = table(counts(pack, "pack", least=1).astype(np.float64), (n,), "pack")
    sums = np.zeros((n, shelf_kernels.MEASURES))
    first = high if start is None else counts(start, "start").astype(np.float64)
    shelf_kernels.shelves(
        begins,
        times,
        sizes,
        np.column_stack([low, high, packs]),
        lead_begins,
        leads,
        table(amounts(review, "review"), (n,), "review"),
        table(first, (n,), "start"),
        lost,
        float(begin),
        float(end),
        sums,
    )
    return _told(sums, end - begin)


def _levels(shelf: ArrayLike, minimum: ArrayLike, maximum: ArrayLike) -> tuple[Floats, Floats]:
    """Give the levels of each shelf; one pair for all shelves named in the rows, if alone."""
    low, high = together(
        minimum=counts(minimum, "minimum", least=None).astype(np.float64),
        maximum=counts(maximum, "maximum").astype(np.float64),
    )
    if (low >= high).any():
        i = int(np.flatnonzero(low >= high)[0])
        raise ValueError(
            f"The minimum of shelf {i} is {low.flat[i]:g} and its maximum {high.flat[i]:g}: nothing"
            " would ever be ordered. The maximum lies above the minimum."
        )
    n = 1 + int(np.max(shelf, initial=0)) if low.ndim == 0 else low.size
    return table(low, (n,), "minimum"), table(high, (n,), "maximum")


def _rows(
    n: int, shelf: ArrayLike, time: ArrayLike, quantity: ArrayLike
) -> tuple[Whole, Floats, Floats]:
    places, times = counts(shelf, "shelf"), np.asarray(time, np.float64)
    sizes = amounts(quantity, "quantity", above=True)
    if places.ndim != 1 or not places.shape == times.shape == sizes.shape:
        raise ValueError(
            f"A demand is one row of shelf, time and quantity; there are {places.size} shelves,"
            f" {times.size} times and {sizes.size} quantities."
        )
    strange = np.flatnonzero((places >= n) | ~np.isfinite(times))
    if strange.size:
        k = strange[0]
        raise ValueError(
            f"The demand at row {k} is at shelf {places[k]} at time {times[k]}: there are {n}"
            " shelves, counted from 0, and a time is a number."
        )
    order = np.lexsort((times, places))
    begins = np.searchsorted(places[order], np.arange(n + 1)).astype(np.int64)
    return begins, np.ascontiguousarray(times[order]), np.ascontiguousarray(sizes[order])


def _leads(n: int, lead: ArrayLike) -> tuple[Whole, Floats]:
    """Give the lead times of each shelf's orders, one after the other, and where each begins."""
    if isinstance(lead, (list, tuple)) and lead and np.ndim(lead[0]) == 1:
        drawn = [amounts(times, "lead") for times in lead]
        if len(drawn) != n or not all(times.size for times in drawn):
            raise ValueError(f"{n} shelves need as many lists of lead times, none of them empty.")
        ends = np.cumsum([0, *(times.size for times in drawn)]).astype(np.int64)
        return ends, np.concatenate(drawn)
    return np.arange(n + 1, dtype=np.int64), table(amounts(lead, "lead"), (n,), "lead")


def _told(sums: Floats, span: float) -> Backtest:
    lines, whole, units, at_once, on_hand, missing, empty, orders, ordered, most = sums.T
    return Backtest(
        lines=lines.astype(np.int64),
        whole_lines=whole.astype(np.int64),
        units=units,
        units_at_once=at_once,
        on_hand=on_hand / span,
        backorders=missing / span,
        empty=empty / span,
        orders=orders.astype(np.int64),
        ordered=ordered,
        most_missing=most,
    )
