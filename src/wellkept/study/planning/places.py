"""The places that hold stock: one depot, what it refills, and what those refill in turn."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.notes import Unreadable
from wellkept.study.planning.cells import Complaints, Texts
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.priors import TRANSIT_DAYS, Priors

ONLY = "the stock"


@dataclass(slots=True)
class Places:
    """Place 0 is the depot; it refills the others, or the places between refill them.

    `above` is the place that refills each, as the list says it, −1: nothing. `refilled` is what the
    plan reckons with, in three levels at most: the place, behind the depot, that refills it, −1:
    the depot itself; `transit_days` is the way from there. What lies lower still is refilled from
    its place of the second level, over the whole way.
    """

    numbers: list[str]
    names: list[str]
    levels: list[str]
    regions: list[str | None]
    above: list[int]  # -1: nothing above
    transit_days: NDArray[np.float64]
    refilled: NDArray[np.int64]
    place: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the places, the depot included."""
        return len(self.numbers)

    def of(self, texts: Texts) -> NDArray[np.int64]:
        """This will give each place's number; -1 where none, or an unknown one, is written."""
        return np.array([self.place.get(text, -1) if text else -1 for text in texts], np.int64)

    def refills(self, place: int) -> NDArray[np.int64]:
        """This will list the places that the plan refills from this one."""
        return np.flatnonzero(self.refilled == place) if place > 0 else np.empty(0, np.int64)

    @property
    def levels_planned(self) -> int:
        """Count the levels of the plan: 1 for a single place, 3 where places refill others."""
        return 1 if len(self) == 1 else 3 if (self.refilled >= 0).any() else 2

    def climb(self, place: int) -> list[int]:
        """This will list a place and those above it, up to the depot."""
        found = [place]
        while self.above[found[-1]] >= 0:
            found.append(self.above[found[-1]])
        return found


def places(folder: PlanFolder, priors: Priors, complaints: Complaints) -> Places:
    """This will find the depot and the way from it to every other place.

    Without a list of places, whatever stock and demand name are places; one of them alone is a
    plan of one site. Raises Unreadable when places refill each other in a circle.
    """
    listed = _listed(folder)
    for name in ("stock", "demand", "stock_out", "site", "asset"):
        for rows in folder.of(name):
            for text in dict.fromkeys(rows.texts("location")):
                if text:
                    listed.setdefault(text, _Listed(text))
    if not listed:
        listed[ONLY] = _Listed(ONLY)
    _refuse_circles(folder, listed)
    depot = _depot(listed, complaints)
    order = [depot, *(name for name in listed if name != depot)]
    at = {name: number for number, name in enumerate(order)}
    unknown = [name for name in order[1:] if np.isnan(listed[name].transit_days)]
    priors.assume(
        "transit_days", TRANSIT_DAYS, "days", "no list says how long the way to these places takes",
        unknown,
    )  # fmt: skip
    above = [-1] + [at.get(listed[name].above or depot, 0) for name in order[1:]]
    step = np.array([listed[name].transit_days for name in order])
    days, refilled = _refilled(above, np.where(np.isnan(step), TRANSIT_DAYS, step))
    return Places(
        order, [listed[name].name for name in order], [listed[name].level for name in order],
        [listed[name].region for name in order], above, days, refilled, at,
    )  # fmt: skip


def _refilled(
    above: list[int], step: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The way to each place from what refills it, and that: a place of the second level, or −1."""
    days, refilled = np.zeros(len(above)), np.full(len(above), -1, np.int64)
    for number in range(1, len(above)):
        here, days[number] = number, step[number]
        while above[here] > 0:
            here = above[here]
            if above[here] > 0:
                days[number] += step[here]
        refilled[number] = here if here != number else -1
    return days, refilled


@dataclass(slots=True)
class _Listed:
    number: str
    name: str = ""
    level: str = ""
    above: str | None = None
    region: str | None = None
    transit_days: float = float("nan")

    def __post_init__(self) -> None:
        self.name = self.name or self.number


def _listed(folder: PlanFolder) -> dict[str, _Listed]:
    found: dict[str, _Listed] = {}
    for rows in folder.of("location"):
        days, texts = rows.numbers("transit_days"), rows.texts
        for at, number in enumerate(texts("location")):
            if number:
                found.setdefault(
                    number,
                    _Listed(number, texts("name")[at] or number, texts("level")[at] or "",
                            texts("supplied_by")[at], texts("region")[at], float(days[at])),
                )  # fmt: skip
    return found


def _refuse_circles(folder: PlanFolder, listed: dict[str, _Listed]) -> None:
    for start in listed:
        chain = [start]
        while (above := listed[chain[-1]].above) in listed:
            if above in chain:
                file = folder.of("location")[0].file.name
                raise Unreadable(
                    f"{file}: {' ← '.join([*chain, str(above)])} refill each other in a circle. "
                    "Correct one of these rows, so that one place is the first."
                )
            chain.append(str(above))


def _depot(listed: dict[str, _Listed], complaints: Complaints) -> str:
    """The place that nothing refills; of several, the one that refills most."""
    roots = [name for name, one in listed.items() if one.above not in listed]
    below = {name: 0 for name in roots}
    for name in listed:
        top = name
        while listed[top].above in listed:
            top = str(listed[top].above)
        below[top] += 1
    first = max(roots, key=lambda name: (below[name], "central" in listed[name].level.casefold()))
    if len(roots) > 1:
        others = ", ".join(name for name in roots if name != first)
        complaints.say(
            f"Nothing is said to refill {others}: the plan refills them from {first}. Say it in a "
            "list of places (columns location, supplied by, transit days).",
            len(roots) - 1,
        )
    return first
