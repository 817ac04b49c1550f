"""The last order before a part is no longer made: how many, by what each one more is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class Demand(Protocol):
    """The law of one part's demand: a `LeadTimeDemand`, or closed forms of the same names."""

    @property
    def parts(self) -> int:
        """Give the number of parts."""

    @property
    def mean(self) -> Any:
        """Give the mean demand."""

    def at_most(self, units: float, /) -> Any:
        """Give the probability that no more than `units` are asked for."""

    def quantile(self, p: float, /) -> Any:
        """Give the least quantity that is enough with probability p."""

    def short(self, stock: float, /) -> Any:
        """Give the mean number of units asked for beyond a stock."""


@dataclass(frozen=True, slots=True)
class LastTimeBuy:
    """Hold the quantity to buy and what follows from it.

    `critical_ratio` is the probability with which the quantity should cover all demand;
    `covers_all` that with which it does; `short` and `left` the mean units missing and left over.
    """

    quantity: float
    critical_ratio: float
    underage: float
    overage: float
    short: float
    left: float
    covers_all: float


def last_time_buy(
    demand: Demand,
    *,
    unit_cost: float,
    short_value: float,
    holding: float = 0.0,
    salvage: float = 0.0,
) -> LastTimeBuy:
    """Give the quantity with the least expected cost over all that is still owed.

    `demand` is that of one part up to the end of the obligation. All money per unit, in one
    currency: `short_value` what a missing unit costs in the end (redesign, buy-back, penalty),
    `holding` to keep one to the end, `salvage` what a left-over one still brings.
    Underage = short_value − unit_cost, overage = unit_cost − salvage + holding; the least quantity
    with P(D ≤ quantity) ≥ underage ÷ (underage + overage). Where a missing unit costs no more than
    buying one, the quantity is 0.
    Raises ValueError for more than one part and where a left-over unit earns money.
    Source: Arrow, Harris & Marschak 1951, Econometrica 19:250 (newsvendor); Teunter & Fortuin
    1999, European Journal of Operational Research 118:155 (final orders).
    """
    if demand.parts != 1:
        raise ValueError(f"A last-time buy is reckoned for one part; {demand.parts} were given.")
    under, over = short_value - unit_cost, unit_cost - salvage + holding
    if over <= 0:
        raise ValueError(
            f"A left-over unit would bring {salvage:g} and costs {unit_cost:g} + {holding:g}:"
            " then any quantity pays. Check the salvage value."
        )
    ratio = under / (under + over) if under > 0 else 0.0
    quantity = float(_one(demand.quantile(ratio))) if ratio > 0 else 0.0
    short = float(_one(demand.short(quantity)))
    return LastTimeBuy(
        quantity=quantity,
        critical_ratio=ratio,
        underage=under,
        overage=over,
        short=short,
        left=quantity - float(_one(demand.mean)) + short,
        covers_all=float(_one(demand.at_most(quantity))),
    )


def _one(answer: object) -> float:
    return float(np.reshape(np.asarray(answer, np.float64), -1)[0])
