"""What the plan assumes where the records are silent: each stated, shown, and weighed."""

from __future__ import annotations

from dataclasses import dataclass, field

HOLDING_SHARE = 0.20
"""Of the unit cost, a year: capital, space, ageing."""
LEAD_DAYS = 30.0
UNIT_COST = 100.0
REPAIR_H = 2.0
TRANSIT_DAYS = 2.0
REPAIR_YIELD = 0.9
"""Of the used pieces of a part that is repaired: the others are lost or condemned."""
SEARCH_DAYS = 90.0
"""How long an asset waits for a substitute once a part can no longer be bought and none is left."""
DOWNTIME_COST_H = {
    "safety": 1000.0,
    "production_stopped": 250.0,
    "unknown": 60.0,
    "degraded": 40.0,
    "inconvenience": 5.0,
}
"""Money an hour that an asset stands; only where neither asset nor contract says."""
STOPS = {
    "safety": 1.0,
    "production_stopped": 0.9,
    "unknown": 0.5,
    "degraded": 0.3,
    "inconvenience": 0.1,
}
"""Chance that the asset stands while the part is missing; only where no list says."""
RATE_SHAPE, RATE_YEARS = 0.5, 1.0
"""Of a part of which nothing is known: half a demand a year, as if seen for one year."""
LEAD_WORTH = 2.0
"""A lead time from the list weighs as so many orders."""


@dataclass(frozen=True, slots=True)
class Prior:
    """One assumption: `field` what, `value` with its unit, `why`, and the parts that rest on it."""

    field: str
    value: float
    unit: str
    why: str
    count: int
    parts: tuple[str, ...] = ()


@dataclass(slots=True)
class Priors:
    """The assumptions that were made, in the order in which they were needed."""

    found: list[Prior] = field(default_factory=list)

    def assume(
        self, field: str, value: float, unit: str, why: str, parts: list[str] | None = None,
        count: int | None = None,
    ) -> None:  # fmt: skip
        """This will write down an assumption, if anything rests on it."""
        named = parts or []
        many = len(named) if count is None else count
        if many:
            self.found.append(Prior(field, value, unit, why, many, tuple(named[:20])))
