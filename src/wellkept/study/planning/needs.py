"""Who needs a part where: for every part and place the assets that share its demand, in cells.

A cell is the assets of one part, one place, one contract and one class, with their number of
pieces, the chance that they stand without the part, and what an hour of standing costs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning import priors as assumed
from wellkept.study.planning.catalogue import Catalogue, first_known
from wellkept.study.planning.cells import Complaints, Floats
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.installed import Installed, is_component
from wellkept.study.planning.past import YEAR, Past
from wellkept.study.planning.places import Places
from wellkept.study.planning.priors import Priors
from wellkept.study.planning.told import worn_in_a_year

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Columns of equal length. `pieces`: installed now; `piece_years`: in the window.

    `contract` -1: none. `asset`: one asset of the cell, to name it; -1: none is known. `stated`:
    replacements a year of one piece as a list says, nan where none does.
    """

    part: Whole
    place: Whole
    contract: Whole
    asset: Whole
    pieces: Floats
    piece_years: Floats
    stops: Floats
    cost_h: Floats
    stated: Floats

    def __len__(self) -> int:
        """Count the cells."""
        return int(self.part.size)


@dataclass(slots=True)
class _Draft:
    part: int
    served: int
    contract: int
    asset: int
    pieces: float
    piece_years: float
    stops: float
    cost_h: float
    stated: float


def needs(
    folder: PlanFolder,
    parts: Catalogue,
    places: Places,
    base: Installed,
    past: Past,
    priors: Priors,
    complaints: Complaints,
) -> Cells:
    """This will gather the cells: from where-used lists, else from the assets that asked."""
    stops = first_known(parts, folder.of("part"), "stops")
    chance = {**assumed.STOPS, **folder.recipe.plan.stops}
    drafts = _listed(folder, parts, base, past, stops, chance)
    listed = {one.part for one in drafts}
    drafts += _from_demand(base, past, places, listed, stops, chance)
    known = {one.part for one in drafts}
    drafts += _nobody(len(parts), past, places, known, stops, chance, folder, priors, parts)
    asked = _asked(folder, parts, places, past)
    at = _placed(drafts, asked, places)
    silent = sum(1 for one in drafts if one.asset >= 0 and np.isnan(one.stated))
    if silent and not any(rows.has("stops") for rows in folder.of("where_used")):
        priors.assume(
            "stops", chance["production_stopped"], "",
            "chance that an asset stands without the part, by its class", count=silent,
        )  # fmt: skip
    return Cells(
        np.array([one.part for one in drafts], np.int64),
        at,
        np.array([one.contract for one in drafts], np.int64),
        np.array([one.asset for one in drafts], np.int64),
        *(
            np.array([getattr(one, name) for one in drafts], np.float64)
            for name in ("pieces", "piece_years", "stops", "cost_h", "stated")
        ),
    )


@dataclass(slots=True)
class _Group:
    """Assets that nothing distinguishes for the plan."""

    asset: int
    count: float = 0.0
    years: float = 0.0


def _groups(base: Installed, past: Past) -> dict[str, dict[tuple[int, int, float, str], _Group]]:
    """Assets by product and by family, gathered by place, contract, cost and class."""
    found: dict[str, dict[tuple[int, int, float, str], _Group]] = defaultdict(dict)
    by_number = {one.number: one for one in base.assets}
    for row, one in enumerate(base.assets):
        if is_component(one, by_number):
            continue
        began = past.first_day if np.isnan(one.installed_day) else one.installed_day
        years = max(past.until_day - max(began, past.first_day), 0.0) / YEAR
        key = (int(base.served[row]), int(base.contract[row]), float(base.cost_h[row]),
               base.classes[row])  # fmt: skip
        for name in {one.product, one.family} - {None}:
            group = found[str(name)].setdefault(key, _Group(row))
            group.count += 1
            group.years += years
    return found


def _listed(
    folder: PlanFolder, parts: Catalogue, base: Installed, past: Past, stops: Floats,
    chance: dict[str, float],
) -> list[_Draft]:  # fmt: skip
    groups, drafts = _groups(base, past), list[_Draft]()
    seen = set[tuple[int, str]]()
    for rows in folder.of("where_used"):
        places = parts.of(rows.texts("part"))
        per, stated = rows.numbers("per_asset", 1.0), rows.numbers("failures_per_year")
        own = rows.numbers("stops")
        for at, part in enumerate(places):
            name = rows.texts("product")[at] or rows.texts("family")[at]
            if part < 0 or not name or (int(part), name) in seen:
                continue
            seen.add((int(part), name))
            for (served, contract, cost, class_), group in groups.get(name, {}).items():
                p = own[at] if not np.isnan(own[at]) else stops[part]
                drafts.append(
                    _Draft(
                        int(part), served, contract, group.asset, group.count * per[at],
                        group.years * per[at], chance[class_] if np.isnan(p) else float(p),
                        cost, float(stated[at]),
                    )
                )  # fmt: skip
    return drafts


def _from_demand(
    base: Installed, past: Past, places: Places, listed: set[int], stops: Floats,
    chance: dict[str, float],
) -> list[_Draft]:  # fmt: skip
    """Parts that no list places: the assets that asked for them, each as often as it asked."""
    counts: dict[tuple[int, int], float] = defaultdict(float)
    for part, asset in zip(past.part, past.asset, strict=True):
        if int(part) not in listed and asset in base.at:
            counts[int(part), base.at[asset]] += 1.0
    return [
        _Draft(
            part, int(base.served[row]), int(base.contract[row]), row, times, 0.0,
            float(stops[part]) if not np.isnan(stops[part]) else chance[base.classes[row]],
            float(base.cost_h[row]), np.nan,
        )
        for (part, row), times in counts.items()
    ]  # fmt: skip


def _nobody(
    many: int, past: Past, places: Places, known: set[int], stops: Floats,
    chance: dict[str, float], folder: PlanFolder, priors: Priors, parts: Catalogue,
) -> list[_Draft]:  # fmt: skip
    """Parts whose assets nobody knows: a missing one is as bad as the class `unknown` says."""
    cost = {**assumed.DOWNTIME_COST_H, **folder.recipe.plan.downtime_cost_h}["unknown"]
    asked: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for part, place in zip(past.part, past.place, strict=True):
        asked[int(part)][max(int(place), 0)] += 1.0
    if past.yearly is not None:
        for part, place in np.argwhere(past.yearly > 0):
            asked[int(part)][int(place)] += float(past.yearly[part, place])
    worn = worn_in_a_year(folder, parts, priors)
    drafts, named = [], []
    for part in range(many):
        if part in known:
            continue
        named.append(parts.numbers[part])
        p = chance["unknown"] if np.isnan(stops[part]) else float(stops[part])
        where = asked.get(part) or {0: 1.0}
        drafts += [
            _Draft(part, place, -1, -1, times, 0.0, p, cost, float(worn[part]))
            for place, times in where.items()
        ]
    priors.assume(
        "downtime_cost_h, unknown", cost, "an hour",
        "no list says which assets need these parts, so what their absence costs is a guess",
        named,
    )  # fmt: skip
    return drafts


def _asked(
    folder: PlanFolder, parts: Catalogue, places: Places, past: Past
) -> set[tuple[int, int]]:
    """Where each part was asked for or is held."""
    found = set(zip(past.part.tolist(), past.place.tolist(), strict=True))
    for rows in folder.of("stock"):
        held = zip(parts.of(rows.texts("part")).tolist(),
                   places.of(rows.texts("location")).tolist(), strict=True)  # fmt: skip
        found.update(held)
    return found


def _placed(drafts: list[_Draft], asked: set[tuple[int, int]], places: Places) -> Whole:
    """An asset's part is asked for in its van if that ever held it, else at the place above."""
    known: dict[tuple[int, int], int] = {}
    for one in drafts:
        key = (one.part, one.served)
        if key not in known:
            way = places.climb(one.served)
            usual = [at for at in way if "van" not in places.levels[at].casefold()]
            known[key] = next((at for at in way if (one.part, at) in asked), (usual or way)[0])
    return np.array([known[one.part, one.served] for one in drafts], np.int64)
