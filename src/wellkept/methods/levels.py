"""How far a level of behaviour is shown by counts, and how a claim compares with it.

Evidence is k of n. The share behind it is not known exactly, so the level is not either: with
Jeffreys' prior p given k of n is Beta(k + ½, n − k + ½), and the chance of level ℓ or more is the
chance that p reaches the cut point of ℓ. A second condition, where a level has one, is judged by
itself and caps the level. Levels run from 0 to the number of cut points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.bounds import outside, whole_counts

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
LEVEL = 0.8
"""How sure intervals of a level are."""
SURE = 0.9
"""A claim is flagged where the chance that less is shown exceeds this."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Hold what the records show of several claims: one row each.

    `chances` (claims, levels): the posterior over levels. `median`, `low`, `high` are levels; `low`
    to `high` holds at least the stated probability. `mean` is the mean level, for drawing only.
    """

    chances: Floats
    median: Whole
    low: Whole
    high: Whole
    mean: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Hold claimed − shown in levels with its interval, and the chance that less is shown."""

    value: Floats
    low: Floats
    high: Floats
    below: Floats

    @property
    def flagged(self) -> NDArray[np.bool_]:
        """Tell whether the records show less than was claimed, as good as certainly."""
        return self.below > SURE


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """Hold the expected Brier score of stated chances, and the part that one can be blamed for.

    With o the chance that at least the claimed level is shown and q the stated one, the expected
    score is (q − o)² + o (1 − o): the second part is in the records, not in the person.
    """

    expected: Floats
    blameable: Floats


def shown(
    k: ArrayLike,
    n: ArrayLike,
    cuts: ArrayLike,
    allowed: ArrayLike | None = None,
    level: float = LEVEL,
) -> Shown:
    """Give the posterior over levels for k of n, with its median and interval.

    `k`, `n` (claims,); `cuts` (levels,) or (claims, levels), rising, each the share from which its
    level is reached. `allowed` of the shape of the cuts: the chance that the second condition of a
    level holds (1: it has none, or it is met; 0: it is not); what is not allowed falls to the level
    below. With n = 0 every level has its prior chance.
    Raises ValueError unless 0 ≤ k ≤ n in whole numbers, cuts rise, and chances lie in 0 to 1.
    Source: Jeffreys prior as in Brown, Cai & DasGupta 2001, Statistical Science 16:101.

    >>> [round(float(p), 4) for p in shown([83], [100], [.5, .75, .9, .97]).chances[0]]
    [0.0, 0.0284, 0.9571, 0.0145, 0.0]
    """
    from scipy.special import betainc

    few, many = (np.atleast_1d(x) for x in whole_counts(k, n))
    limits = _cuts(cuts, few.size)
    reach = 1 - betainc(few[:, None] + 0.5, (many - few)[:, None] + 0.5, limits)
    return of_chances(_steps(reach * _allowed(allowed, limits)), level)


def counted(k: ArrayLike, n: ArrayLike, cuts: ArrayLike, allowed: ArrayLike | None = None) -> Shown:
    """Give the level where everything was counted and nothing is inferred, as five of five.

    Shapes and errors as `shown`; the posterior is certain, except for chances in `allowed`. With
    n = 0 the level is 0: of nothing, nothing is shown.

    >>> counted([2], [5], [.2, .4, 1, 1]).median.tolist()
    [2]
    """
    few, many = (np.atleast_1d(x) for x in whole_counts(k, n))
    limits = _cuts(cuts, few.size)
    share = np.divide(few, many, out=np.full(few.size, -1.0), where=many > 0)
    reach = (share[:, None] >= limits - 1e-12).astype(float)
    return of_chances(_steps(reach * _allowed(allowed, limits)), LEVEL)


def of_chances(chances: ArrayLike, level: float = LEVEL) -> Shown:
    """Give median, interval and mean of posteriors over levels (claims, levels)."""
    rows = np.atleast_2d(np.asarray(chances, float))
    side, upto = outside(level), np.cumsum(rows, axis=1)
    low, median, high = (
        np.minimum(np.sum(upto <= p + 1e-12, axis=1), rows.shape[1] - 1)
        for p in (side, 0.5, 1 - side)
    )
    return Shown(rows, median, low, high, rows @ np.arange(rows.shape[1]))


def at_least(chances: ArrayLike, claimed: ArrayLike) -> Floats:
    """Give o, the chance that at least the claimed level is shown.

    `chances` (claims, levels); `claimed` (claims,) or (respondents, claims): a level, or a median
    between two. nan where nothing was claimed. The result has the shape of `claimed`.

    >>> round(float(at_least([[0, .0284, .9571, .0145, 0]], [3])[0]), 4)
    0.0145
    """
    rows, wanted = np.atleast_2d(np.asarray(chances, float)), np.asarray(claimed, float)
    upto = np.concatenate([np.zeros((rows.shape[0], 1)), np.cumsum(rows, axis=1)], axis=1)
    first = np.clip(np.ceil(np.nan_to_num(wanted)), 0, rows.shape[1]).astype(np.int64)
    found = 1 - upto[np.arange(rows.shape[0]), first]
    return np.where(np.isnan(wanted), np.nan, np.clip(found, 0, 1))


def gap(seen: Shown, claimed: ArrayLike) -> Gap:
    """Give the say–do gap, claimed − shown, in levels; `claimed` (claims,), nan where none is.

    The interval is that of the shown level: what was claimed is known.

    >>> found = gap(shown([83], [100], [.5, .75, .9, .97]), [3])
    >>> float(found.value[0]), round(float(found.below[0]), 4), bool(found.flagged[0])
    (1.0, 0.9855, True)
    """
    said = np.asarray(claimed, float)
    below = 1 - at_least(seen.chances, said)
    return Gap(said - seen.median, said - seen.high, said - seen.low, below)


def score(stated: ArrayLike, outcome: ArrayLike) -> Score:
    """Give the expected Brier score of stated chances q for outcomes of chance o; nan stays nan.

    Source: Brier 1950, Monthly Weather Review 78:1; the split is that of the variance of a binary
    outcome around its chance.

    >>> round(float(score([.9], [.0145]).blameable[0]), 3)
    0.784
    """
    q, o = np.asarray(stated, float), np.asarray(outcome, float)
    missed = (q - o) ** 2
    return Score(missed + o * (1 - o), missed)


def _cuts(cuts: ArrayLike, claims: int) -> Floats:
    limits = np.asarray(cuts, float)
    limits = np.broadcast_to(limits, (claims, limits.shape[-1]))
    if np.any(np.diff(limits, axis=1) < 0) or np.any((limits < 0) | (limits > 1)):
        raise ValueError("Cut points are shares between 0 and 1, and do not fall.")
    return limits


def _allowed(allowed: ArrayLike | None, limits: Floats) -> Floats:
    if allowed is None:
        return np.ones(limits.shape)
    chances = np.broadcast_to(np.asarray(allowed, float), limits.shape)
    if not np.all((chances >= 0) & (chances <= 1)):
        raise ValueError("The chance that a second condition holds lies between 0 and 1.")
    return np.minimum.accumulate(chances, axis=1)


def _steps(reach: Floats) -> Floats:
    """From chances of at least each level to chances of each."""
    reach = np.minimum.accumulate(reach, axis=1)
    ends = np.zeros((reach.shape[0], 1))
    full = np.concatenate([ends + 1, reach, ends], axis=1)
    return np.asarray(full[:, :-1] - full[:, 1:])
