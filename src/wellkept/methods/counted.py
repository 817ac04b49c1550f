"""The tail and survival methods on counts, for columns that were grouped where they are kept.

A warehouse answers "how many cases lasted 36 h, settled or not" in one small table; these methods
reckon from it exactly what `tails` and `survival` reckon from the single cases.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods import bounds, survival, tails
from wellkept.methods.bounds import Column, Floats, Whole
from wellkept.methods.risk_sets import Ages


def quantiles(
    value: Column, count: Column, p: Sequence[float] = tails.USUAL, level: float = 0.95
) -> tails.Quantiles:
    """Give the quantiles of values of which each occurs `count` times, as `tails.quantiles` does.

    Rows may come in any order and repeat a value. Unit: that of `value`.
    Raises ValueError for a value that is not a number or a count that is not a whole one.
    """
    ascending, upto = _in_order(value, count)
    n = int(upto[-1]) if upto.size else 0

    def pick(rank: Whole) -> Floats:
        return ascending[np.searchsorted(upto, rank, side="right")]

    probs = np.asarray(p, np.float64)
    found = bounds.quantile_of(pick, n, probs, level)
    largest = float(ascending[-1]) if n else float("nan")
    return tails.Quantiles(n, probs, found.value, found.low, found.high, largest)


def share_beyond(
    value: Column, count: Column, limit: float, level: float = 0.95
) -> tails.ShareBeyond:
    """Give the share of values strictly beyond a limit, as `tails.share_beyond` does.

    Raises ValueError for a value that is not a number or a count that is not a whole one.
    """
    ascending, upto = _in_order(value, count)
    n = int(upto[-1]) if upto.size else 0
    within = int(np.searchsorted(ascending, limit, side="right"))
    k = n - (int(upto[within - 1]) if within else 0)
    found = bounds.share(k, n, level)
    return tails.ShareBeyond(k, n, found.value, found.low, found.high)


def concentration(
    breaches: Column, customers: Column, worst_share: float = 0.1
) -> tails.Concentration:
    """Give the share of breaches borne by the worst-hit, as `tails.concentration` does.

    `customers[i]` customers had `breaches[i]` breaches each; the row for 0 breaches belongs to it.
    Raises ValueError for a number that is missing, negative or not whole.
    """
    each, many = np.asarray(breaches, np.float64), _whole(customers)
    order = np.argsort(each, kind="stable")
    return tails.borne_by_worst(each[order], many[order], worst_share)


def felt(breaches: Column, customers: Column, times: Sequence[int] = (1, 2, 3)) -> tails.Felt:
    """Count the customers hit at least once, twice, three times, as `tails.felt` does."""
    each, many = np.asarray(breaches), _whole(customers)
    hit = tuple(int(many[each >= least].sum()) for least in times)
    return tails.Felt(int(many.sum()), tuple(times), hit)


def kaplan_meier(
    duration: Column,
    settled: ArrayLike,
    count: Column,
    entry: Column | None = None,
    entry_count: Column | None = None,
    *,
    level: float = 0.95,
    fewest: int = 10,
) -> survival.Curve:
    """Give the share still waiting after each age, as `survival.kaplan_meier` does, from counts.

    `count[i]` cases lasted `duration[i]`, settled or still open; apart from that, `entry_count[j]`
    cases came under watch at age `entry[j]` (0 for those seen from their beginning). The two
    tables need not match row by row, since at risk at t = entries before t − exits before t; they
    must count the same cases.
    Raises ValueError for durations or ages that are negative or missing, for counts that are not
    whole, and when the two tables cannot be about the same cases.
    """
    lasted = survival.numbers(duration, "duration", "A case cannot end before it began.")
    done, many = np.asarray(settled, np.bool_), _whole(count)
    late = None
    if entry is not None and entry_count is not None:
        since = survival.numbers(entry, "entry", "Use 0 for cases seen throughout.")
        entered = _whole(entry_count)
        if entered.sum() != many.sum():
            raise ValueError(f"{entered.sum()} cases came under watch, but {many.sum()} lasted.")
        late = Ages.of(since[since > 0], entered[since > 0])
    ended = Ages.of(lasted[done], many[done])
    still = Ages.of(lasted[~done], many[~done])
    return survival.estimate(ended, still, late, level=level, fewest=fewest)


def _in_order(value: Column, count: Column) -> tuple[Floats, Whole]:
    values, many = np.asarray(value, np.float64), _whole(count)
    if np.isnan(values).any():
        raise ValueError("Quantiles need one row of numbers; leave out or censor missing ones.")
    values, many = values[many > 0], many[many > 0]
    order = np.argsort(values)
    return values[order], np.cumsum(many[order])


def _whole(count: Column) -> NDArray[np.int64]:
    many = np.asarray(count)
    if many.dtype.kind not in "iu" and not (np.isfinite(many) & (many == np.floor(many))).all():
        raise ValueError("A count is a whole number.")
    if (many < 0).any():
        raise ValueError("A count is not negative.")
    return many.astype(np.int64)
