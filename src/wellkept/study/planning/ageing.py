"""How the age of the installed pieces changes their need: a law of life from each part's history.

A part that wears out is needed more often as its machines grow older, and less often once most of
them have a new one. Where the history is clear about that, the demands seen so far count as those
of a younger (or older) fleet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.installed_base_demand import WeibullLife, fleet_demand
from wellkept.methods.repairable import weibull
from wellkept.study.planning.catalogue import Catalogue
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.installed import Installed, is_component
from wellkept.study.planning.past import YEAR, Past

ENOUGH_LIVES = 8
"""Replacements in known assets from which a law of life is fitted."""
LEAST, MOST = 0.25, 4.0
"""A law moves the rate no further than this: beyond, the fit says more than the records."""


@dataclass(frozen=True, slots=True, eq=False)
class Fleet:
    """The assets that carry one piece of a part, by part, with the day each was installed."""

    rows: dict[int, NDArray[np.int64]]
    installed: Floats
    at: dict[str, int]


def fleet(folder: PlanFolder, parts: Catalogue, base: Installed) -> Fleet:
    """This will gather, for each part, the assets that carry one and whose first day is known."""
    by_number = {one.number: one for one in base.assets}
    named: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(base.assets):
        if not np.isnan(one.installed_day) and not is_component(one, by_number):
            for name in {one.product, one.family} - {None}:
                named[str(name)].append(row)
    found: dict[int, set[int]] = defaultdict(set)
    several = set[int]()
    for rows in folder.of("where_used"):
        per = rows.numbers("per_asset", 1.0)
        names = zip(rows.texts("product"), rows.texts("family"), strict=True)
        for at, (part, (product, family)) in enumerate(
            zip(parts.of(rows.texts("part")), names, strict=True)
        ):
            found[int(part)].update(named.get(product or family or "", ()))
            if per[at] != 1:
                several.add(int(part))  # nobody wrote which of them was replaced
    return Fleet(
        {
            part: np.array(sorted(many), np.int64)
            for part, many in found.items()
            if part >= 0 and part not in several and many
        },
        np.array([one.installed_day for one in base.assets], np.float64),
        base.at,
    )


def ageing(known: Fleet, past: Past, parts: int) -> Floats:
    """This will give, for each part, its need a year now ÷ that in the window, by the ages.

    1 where no law of life is clear: the interval of the Weibull shape (95 %) holds 1, or fewer than
    eight replacements are known. Assets installed before the window are taken as never replaced
    before it; their lives are seen from that age on.
    """
    days: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for part, asset, day in zip(past.part, past.asset, past.day, strict=True):
        if asset in known.at:
            days[int(part)][known.at[asset]].append(float(day))
    found = np.ones(parts)
    for part, rows in known.rows.items():
        seen = days.get(part, {})
        carried = rows[known.installed[rows] < past.until_day]
        asked = [seen.get(row, []) for row in carried.tolist()]
        if sum(map(len, asked)) >= ENOUGH_LIVES:
            found[part] = _ratio(known.installed[carried], asked, past)
    return found


def _ratio(installed: Floats, days: list[list[float]], past: Past) -> float:
    life, failed, entry, age = [], [], [], np.zeros(installed.size)
    for row, last in enumerate(installed.tolist()):
        for day in sorted(days[row]):
            if day > last and day > past.first_day:
                life.append(day - last)
                failed.append(True)
                entry.append(max(past.first_day - last, 0.0))
                last = day
        age[row] = past.until_day - last
        life.append(age[row])
        failed.append(False)
        entry.append(max(past.first_day - last, 0.0))
    lives, over, since = np.array(life), np.array(failed), np.array(entry)
    if np.unique(lives[over]).size < 2:
        return 1.0
    law = weibull(lives, over, since, scale_interval=False)
    if law.shape.low <= 1 <= law.shape.high:
        return 1.0
    wear = WeibullLife(law.shape.value, law.scale.value)
    younger = _weeks(np.maximum(past.first_day - installed, 0.0))
    watched = _weeks(past.until_day - np.maximum(installed, past.first_day))
    before = fleet_demand(wear, younger, watched).mean / (float(watched.sum()) / YEAR)
    ahead = fleet_demand(wear, _weeks(age), YEAR).mean / installed.size
    return float(np.clip(ahead / before, LEAST, MOST)) if before > 0 else 1.0


def _weeks(days: Floats) -> Floats:
    """Whole weeks in days: pieces of one week's age are alike, and reckoned once."""
    return np.round(days / 7) * 7
