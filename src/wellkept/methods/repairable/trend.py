"""Whether the repairs of a unit come ever faster or ever slower, or only vary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats


class Statistic(NamedTuple):
    """Hold a statistic and the two-sided probability of one as far out without any trend."""

    statistic: float
    p: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Hold three tests for a trend in the ages of repairs.

    `laplace` and `lewis_robinson` are standard normal without trend, above 0 when repairs come ever
    faster; `mil_hdbk` is χ² with `degrees`, small when they come ever faster. Laplace and
    MIL-HDBK-189 take gaps as exponential; `lewis_robinson` does not (nan with fewer than 3 gaps).
    `gap_variation` is the coefficient of variation of the gaps, 1 when they are exponential.
    """

    laplace: Statistic
    mil_hdbk: Statistic
    degrees: int
    lewis_robinson: Statistic
    gap_variation: float
    failures: int


def trend(age: ArrayLike, end: float | None = None) -> Trend:
    """Give the Laplace, MIL-HDBK-189 and Lewis–Robinson tests of one unit's repairs.

    `age` (n,) from the start of the watch at 0; `end` the age up to which it was watched, None when
    the watch ended with the last repair, which then bounds the others and is not counted.
    Laplace: (Σ age ÷ m − end ÷ 2) ÷ (end √(1 ÷ 12m)). MIL-HDBK-189: 2 Σ ln(end ÷ age), χ² with 2m
    degrees. Lewis–Robinson: Laplace ÷ the coefficient of variation of the gaps.
    Raises ValueError with fewer than 2 repairs to count and for ages outside 0 to the end.
    Source: Cox & Lewis 1966, section 3.3; MIL-HDBK-189 (1981); Lewis & Robinson 1974; NIST/SEMATECH
    e-Handbook 8.2.3.4.
    """
    from scipy.special import gammainc, ndtr

    when = np.sort(np.asarray(age, np.float64))
    last = float(end) if end is not None else float(when[-1]) if when.size else 0.0
    counted = when if end is not None else when[:-1]
    m = int(counted.size)
    if m < 2 or not (when[0] > 0 and when[-1] <= last):
        raise ValueError(
            f"A trend shows in at least 2 repairs, at ages above 0 and up to the end ({last:g})"
            f" of the watch; {m} can be counted."
        )
    u = float((counted.mean() - last / 2) / (last * np.sqrt(1 / (12 * m))))
    chi = float(2 * np.log(last / counted).sum())
    below = float(gammainc(m, chi / 2))
    variation = _variation(when)
    corrected = u / variation if variation > 0 else float("nan")
    return Trend(
        laplace=Statistic(u, float(2 * ndtr(-abs(u)))),
        mil_hdbk=Statistic(chi, 2 * min(below, 1 - below)),
        degrees=2 * m,
        lewis_robinson=Statistic(corrected, float(2 * ndtr(-abs(corrected)))),
        gap_variation=variation,
        failures=int(when.size),
    )


def _variation(when: Floats) -> float:
    """Give the coefficient of variation of the gaps between repairs (n − 1), the first from 0."""
    gaps = np.diff(when, prepend=0.0)
    return float(gaps.std(ddof=1) / gaps.mean()) if gaps.size > 2 else float("nan")
