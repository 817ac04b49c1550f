"""A unit that is repaired by exchanging a smaller one: stock of both, at one site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking import pipelines
from wellkept.methods.stocking.columns import amounts, counts, shares, together

How = Literal["exact", "vari-metric", "mod-metric"]
HOW = get_args(How)


@dataclass(frozen=True, slots=True, eq=False)
class Indentured:
    """Hold the unit's numbers and, for each smaller part, those missing while units wait for it."""

    pipeline: float
    pipeline_variance: float
    backorders: float
    fill: float
    wait: float
    part_backorders: Floats
    part_backorders_variance: Floats


def indentured(
    stock: int,
    rate: float,
    repair_time: float,
    part_stock: ArrayLike,
    part_share: ArrayLike,
    part_repair_time: ArrayLike,
    how: How = "exact",
) -> Indentured:
    """Give the backorders of a unit whose repair needs one of several smaller parts.

    Units fail at `rate`; a failure is caused by part k with probability part_share[k] (what is
    left of 1 needs no part). A unit waits for its part, then takes `repair_time`; parts are
    themselves repaired in part_repair_time[k].
    *exact*: the units in resupply are Poisson(rate × repair_time) plus the backorders of each part,
    all independent, so their laws are convolved (repair in a fixed time, or one that does not
    depend on the queues). *vari-metric*: the same mean and variance, as a negative binomial.
    *mod-metric*: the same mean, as a Poisson: too few backorders, for comparison only.
    Raises ValueError for numbers out of range and shares that add up to more than 1.
    Source: Muckstadt 1973, Management Science 20:472 (MOD-METRIC); Sherbrooke 1986, Operations
    Research 34:311 (VARI-METRIC); the exact law follows from Poisson thinning.

    >>> found = indentured(1, 10.0, 0.1, [0, 1], [0.5, 0.3], [0.2, 0.2])
    >>> round(found.backorders, 4)
    1.2676
    """
    held, parts = int(counts(stock, "stock")), counts(part_stock, "part_stock")
    share, times = shares(part_share, "part_share"), amounts(part_repair_time, "part_repair_time")
    parts, share, times = together(part_stock=parts, part_share=share, part_repair_time=times)
    if share.ndim != 1 or share.sum() > 1 + 1e-9:
        raise ValueError(
            "Each failure has at most one part as its cause; these shares add up to"
            f" {share.sum():g}."
        )
    if how not in HOW:
        raise ValueError(f"The law is one of {', '.join(HOW)}; {how!r} is none of them.")
    failures = float(amounts(rate, "rate"))
    base = failures * float(amounts(repair_time, "repair_time"))
    loads = failures * share * times
    missing = pipelines.expected_backorders(parts, loads)
    spread = np.maximum(pipelines.squared_backorders(parts, loads) - missing**2, 0.0)
    mean, variance = base + float(missing.sum()), base + float(spread.sum())
    if how == "exact":
        law = _law(base, loads, parts)
        out = np.cumsum(law[::-1])[::-1]
        short, ready = float(out[held + 1 :].sum()), 1 - float(out[held : held + 1].sum())
    else:
        spreads = mean if how == "mod-metric" else variance
        short = float(pipelines.expected_backorders(held, mean, spreads))
        ready = 1 - float(pipelines.at_least(held, mean, spreads))
    wait = short / failures if failures > 0 else float("nan")
    return Indentured(mean, variance, short, ready, wait, missing, spread)


def _law(base: float, loads: Floats, parts: Whole) -> Floats:
    """Convolve the unit's own pipeline with the backorders of each part."""
    law = _table(base)
    for load, held in zip(loads, parts, strict=True):
        demand = _table(float(load))
        waiting = np.append(demand[: held + 1].sum(), demand[held + 1 :])
        law = np.convolve(law, waiting)
    return law


def _table(mean: float) -> Floats:
    return pipelines.pmf(np.arange(int(mean + 12 * np.sqrt(mean) + 40)), mean)
