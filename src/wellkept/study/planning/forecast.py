"""How often a part will be needed at each place: the installed base mixed with what was asked for.

The rate of a part is Gamma(shape, exposure): a prior from all parts together (or from a stated
failure rate), and the demands that were seen. Where the assets are known, the exposure is years of
installed pieces; else it is years. Shares of the places come from the same mix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wellkept.methods import installed_base_demand
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.needs import Cells
from wellkept.study.planning.past import YEAR, Past
from wellkept.study.planning.priors import RATE_SHAPE, RATE_YEARS, Priors

ENOUGH = 10
"""Parts from which a spread of rates can be fitted."""
PLACE_WORTH = 4.0
"""The installed pieces by place weigh as four demands against the places of past ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Per part: demands a year now, the shape of what is not known, pieces a demand.

    `rate` (parts, places) is in pieces a year. `shape` is the Gamma shape of the rate: about the
    number of demands it rests on. `from_base` is the share of the mean that the prior gives.
    `ageing` is the need now ÷ that in the window by the ages of the assets (1: no law is clear).
    `lumps` is E[q²] ÷ E[q] of the pieces a demand: 1 where they come one by one.
    """

    rate: Floats
    shape: Floats
    demands: Floats
    prior_rate: Floats
    from_base: Floats
    pieces: Floats
    lumps: Floats
    ageing: Floats


def forecast(
    cells: Cells, past: Past, parts: int, places: int, priors: Priors, ageing: Floats | None = None
) -> Forecast:
    """This will mix prior and history for every part, and share the rate among the places.

    `ageing` (parts,) is the need a year now ÷ that in the window: the demands of a younger fleet
    were seen in so much less exposure of today's.
    """
    seen, at_place, exposure = _history(cells, past, parts, places)
    older = np.ones(parts) if ageing is None else ageing
    now = _per_part(cells, cells.pieces, parts)
    known = exposure > 0
    exposure = np.where(known, exposure / older, _open_years(past, parts))
    installed = np.where(known, now, 1.0)
    shape, years, mean = _prior(cells, seen, exposure, known, parts)
    posterior, worth = shape + seen, years + exposure
    rate = posterior / worth * installed
    pieces, lumps = _sizes(past, parts)
    _state(priors, seen, known)
    return Forecast(
        rate=(rate * pieces)[:, None] * _shares(cells, at_place, parts, places),
        shape=posterior,
        demands=seen,
        prior_rate=mean * installed,
        from_base=years / worth,
        pieces=pieces,
        lumps=lumps,
        ageing=np.where(known, older, 1.0),
    )


def _per_part(cells: Cells, values: Floats, parts: int) -> Floats:
    return np.bincount(cells.part, weights=values, minlength=parts).astype(np.float64)


def _open_years(past: Past, parts: int) -> Floats:
    """Years in which demand could be seen: an empty shelf that turns people away shows none."""
    years = np.full(parts, past.years)
    if past.yearly is not None:
        years[np.isfinite(past.yearly).any(axis=1)] = 1.0
    for part, place, first, last in past.shut:
        if place < 0:
            length = max(min(last, past.until_day) - max(first, past.first_day), 0.0)
            years[part] = max(years[part] - length / YEAR, past.years / 20)
    return years


def _history(cells: Cells, past: Past, parts: int, places: int) -> tuple[Floats, Floats, Floats]:
    """Demands by part, and by part and place, outside empty-shelf stretches; piece-years."""
    use = np.ones(len(past), bool)
    for part, place, first, last in past.shut:
        use &= ~(
            (past.part == part) & ((place < 0) | (past.place == place))
            & (past.day >= first) & (past.day < last)
        )  # fmt: skip
    seen = np.bincount(past.part[use], minlength=parts).astype(np.float64)
    at_place = np.zeros((parts, places))
    placed = use & (past.place >= 0)
    np.add.at(at_place, (past.part[placed], past.place[placed]), 1.0)
    if past.yearly is not None:  # used in a year: as many requests for a piece
        at_place += np.nan_to_num(past.yearly)
        seen += np.nansum(past.yearly, axis=1)
    exposure = _per_part(cells, cells.piece_years, parts)
    return seen, at_place, exposure * _open_years(past, parts) / past.years


def _prior(
    cells: Cells, seen: Floats, exposure: Floats, known: np.ndarray, parts: int
) -> tuple[Floats, Floats, Floats]:
    """Shape and exposure of each part's prior, and its mean rate.

    Parts with installed pieces share one Gamma prior, the others another: its mean is the pooled
    rate, its shape the likeliest one (`installed_base_demand.trust`). A stated rate wins over both,
    as far as stated rates have come true so far.
    """
    shape, mean = np.full(parts, RATE_SHAPE), np.full(parts, RATE_SHAPE / RATE_YEARS)
    for group in (known, ~known):
        if group.any() and seen[group].sum() > 0:
            shape[group], mean[group] = _pooled(seen[group], exposure[group])
    stated = np.isfinite(cells.stated)
    pieces = np.bincount(cells.part[stated], weights=cells.pieces[stated], minlength=parts)
    wanted = np.bincount(
        cells.part[stated], weights=(cells.pieces * cells.stated)[stated], minlength=parts
    )
    told = (pieces > 0) & (wanted > 0)
    rates = wanted[told] / pieces[told]
    believed = installed_base_demand.trust(seen[told], np.maximum(rates * exposure[told], 1e-9))
    mean[told], shape[told] = rates * believed.factor, believed.shape
    return shape, shape / mean, mean


def _pooled(seen: Floats, exposure: Floats) -> tuple[float, float]:
    """Shape and mean rate of a group: fitted from ten parts on, else one demand's worth."""
    if seen.size < ENOUGH:
        return 1.0, float(seen.sum() / exposure.sum())
    found = installed_base_demand.trust(seen, exposure)
    return found.shape, found.factor


def _sizes(past: Past, parts: int) -> tuple[Floats, Floats]:
    """Pieces a demand, shrunk towards one, and how they clump."""
    number = np.bincount(past.part, minlength=parts) + 1.0
    pieces = (np.bincount(past.part, weights=past.pieces, minlength=parts) + 1.0) / number
    square = (np.bincount(past.part, weights=past.pieces**2, minlength=parts) + 1.0) / number
    return pieces, np.maximum(square / pieces, 1.0)


def _shares(cells: Cells, at_place: Floats, parts: int, places: int) -> Floats:
    base = np.zeros((parts, places))
    np.add.at(base, (cells.part, cells.place), cells.pieces)
    total = base.sum(axis=1, keepdims=True)
    base = np.divide(base, total, out=np.zeros_like(base), where=total > 0)
    base[total[:, 0] == 0, 0] = 1.0
    mixed = PLACE_WORTH * base + at_place
    return np.asarray(mixed / mixed.sum(axis=1, keepdims=True))


def _state(priors: Priors, seen: Floats, known: np.ndarray) -> None:
    few = (seen <= 3) & ~known
    priors.assume(
        "rate_per_year", RATE_SHAPE / RATE_YEARS, "a year",
        "three demands or fewer and no installed assets known: the rate leans on the other parts",
        count=int(few.sum()),
    )  # fmt: skip
