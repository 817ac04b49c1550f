"""What kind of demand a part has: how often, and how uneven."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.demand.observed import history

LONGEST_INTERVAL = 1.32
MOST_UNEVEN = 0.49


class Kind(StrEnum):
    """Name the four classes of Syntetos, Boylan and Croston, and *unknown* for the rest."""

    SMOOTH = "smooth"
    INTERMITTENT = "intermittent"
    ERRATIC = "erratic"
    LUMPY = "lumpy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """Hold the mean interval, the squared variation of sizes, and the class; one for one part."""

    interval: Any
    variation: Any
    kind: Any


def classify(demand: ArrayLike) -> Classes:
    """Give the class of each part from its mean interval (ADI) and CV² of its sizes.

    `demand` (T,) or (n, T), oldest first, nan where unknown. The interval is the mean of the
    periods from one demand to the next, the first counted from the beginning of the records, so
    that it depends on the direction in time. CV² is (standard deviation ÷ mean)² of the demands
    above 0 with n − 1; of a single demand it is nan and its class *unknown*, as without demand.
    Lumpy: both at or above 1.32 and 0.49.
    Source: Syntetos, Boylan & Croston 2005, Journal of the Operational Research Society 56:495.

    >>> classify([0, 3, 0, 0, 5, 0, 4]).kind
    <Kind.INTERMITTENT: 'intermittent'>
    """
    past = history(demand)
    hit = past.occurred
    times = hit.sum(axis=1)
    running = np.where(hit, np.cumsum(past.known, axis=1), 0)
    some, several = np.maximum(times, 1), np.maximum(times - 1, 1)
    interval = np.where(times > 0, running.max(axis=1) / some, np.nan)
    mean = past.demand.sum(axis=1) / some
    spread = np.where(hit, (past.demand - mean[:, None]) ** 2, 0.0).sum(axis=1) / several
    variation = np.where(times > 1, spread / np.where(mean > 0, mean, 1.0) ** 2, np.nan)
    long, uneven = interval >= LONGEST_INTERVAL, variation >= MOST_UNEVEN
    kinds = np.select(
        [times < 2, long & uneven, uneven, long],
        [Kind.UNKNOWN, Kind.LUMPY, Kind.ERRATIC, Kind.INTERMITTENT],
        Kind.SMOOTH,
    )
    named = [Kind(kind) for kind in kinds]
    if np.ndim(demand) == 1:
        return Classes(interval[0], variation[0], named[0])
    return Classes(interval, variation, np.array(named, dtype=object))
