"""How long who waits: what each cell's stops lose, the short waits and the long ones apart.

Whoever finds the shelf empty waits for a piece that is on its way already, no longer than the way
from the place above, or, where nothing was left there, the whole way and what that place waits
itself. One form cannot hold both: the two are separate causes, each with its exact mean and square.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import contract_hours, echelons
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import HOURS

Whole = NDArray[np.int64]
LITTLE_H = 3e-4
"""Hours a year of a cell's waits below which they are not parted."""
NONE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """Waits by part and place: their chance, E[W] and E[W²] over all requests, in hours.

    `far` is the chance to wait for the place above, and `beyond`, `beyond_square` what such a wait
    lasts over the whole way of `way` hours, zeros counted: E[(W − way)⁺] and its square.
    """

    chance: Floats
    mean: Floats
    square: Floats
    far: Floats
    beyond: Floats
    beyond_square: Floats
    way: Floats


def waits_of(model: Model, found: echelons.Levels, network: echelons.Network) -> Waits:
    """This will part the waits of a stock: `found` is what it keeps, in this network.

    W > way exactly when the same shelf, refilled without a way, is empty (its pieces that were
    ordered in time are still owed above); a shelf of no piece waits beyond the way when the place
    above is empty.
    """
    chance = np.clip(1 - found.fill[:, 1:], 0.0, 1.0)
    far, beyond, square = (np.zeros(chance.shape) for _ in range(3))
    way = np.broadcast_to(model.transit * HOURS, chance.shape)
    if model.one_site:
        return Waits(chance, *_moments(found), far, beyond, square, way)
    ends = np.setdiff1d(np.arange(model.refilled.size), model.upper)
    for sites in (ends, model.upper):
        if sites.size:
            own = network.own.copy()
            own[:, sites] = 0.0
            near = echelons.levels(replace(network, own=own), found.stock)
            mean, both = _moments(near)
            far[:, sites] = 1 - near.fill[:, sites + 1]
            beyond[:, sites], square[:, sites] = mean[:, sites], both[:, sites]
    above_empty = 1 - found.fill[:, np.maximum(model.refilled + 1, 0)]
    far = np.where(found.stock[:, 1:] == 0, above_empty, far)
    return Waits(chance, *_moments(found), np.clip(far, 0.0, chance), beyond, square, way)


def _moments(found: echelons.Levels) -> tuple[Floats, Floats]:
    return (
        np.nan_to_num(found.wait[:, 1:]) * HOURS,
        np.nan_to_num(found.wait_square[:, 1:]) * HOURS**2,
    )


def hours_of(
    model: Model, waits: Waits, among: Whole
) -> tuple[contract_hours.HoursLaw, Floats]:  # fmt: skip
    """This will give the hours lost by some contracts in a year, and those that are waits."""
    number = np.full(model.allowance_h.size + 1, -1, np.int64)
    number[among] = np.arange(among.size)
    where = model.cell_part * model.rate.shape[1] + model.cell_place
    often = model.rate.ravel().take(where)
    cells = np.flatnonzero((number[model.cell_contract] >= 0) & (often > 0))
    at = where[cells]
    stops = often[cells] * model.cell_share[cells] * model.cell_stops[cells]
    causes = _causes(model, waits, cells, at, stops)
    law = contract_hours.hours_law(
        number[causes[0].astype(np.int64)], *causes[1:5], contracts=among.size,
        allowance_h=model.allowance_h[among], wait_square=causes[5], clump=causes[6],
        doubt=_doubt(model, cells, number, stops, among.size),
    )  # fmt: skip
    lost = np.bincount(
        number[model.cell_contract[cells]], weights=stops * waits.mean.ravel().take(at),
        minlength=among.size,
    )  # fmt: skip
    return law, lost.astype(np.float64)


def _doubt(model: Model, cells: Whole, number: Whole, stops: Floats, contracts: int) -> Floats:
    """How far the stops of each contract in a year are known: its parts' rates are not."""
    part = model.cell_part[cells]
    return contract_hours.doubt(
        part, number[model.cell_contract[cells]], stops / _together(model)[part], model.doubt,
        contracts=contracts,
    )  # fmt: skip


def _together(model: Model) -> Floats:
    """Pieces that stop assets together, by part: a request's, so that their squares are kept."""
    return np.asarray(model.lot * model.lumps_in_lots)


def _causes(model: Model, waits: Waits, cells: Whole, at: Whole, stops: Floats) -> Floats:
    """Columns for `hours_law`: contract, rate, chance, wait, fixed hours, form, clump.

    `at` is where the waits of each cell lie in their flat tables. A cell whose short and long waits
    both matter is two causes, the others are one.
    """
    chance, far, way, mean, both = (
        table.ravel().take(at)
        for table in (waits.chance, waits.far, waits.way, waits.mean, waits.square)
    )
    over = waits.beyond.ravel().take(at)
    long = far * way + over
    parted = (stops * np.minimum(long, mean - long) > LITTLE_H) & (far > NONE)
    parted |= (far >= chance * (1 - 1e-9)) & (way > 0) & (stops * long > LITTLE_H)
    contract, fixed = model.cell_contract[cells], model.cell_fixed_h[cells]
    pressed = stops * (1 - chance)
    size = _together(model)[model.cell_part[cells]]
    rest = ~parted
    one = _cause(
        contract[rest], stops[rest], chance[rest], mean[rest],
        both[rest], fixed[rest], pressed[rest], size[rest],
    )  # fmt: skip
    contract, stops, fixed = contract[parted], stops[parted], fixed[parted]
    size = size[parted]
    far, way, pressed, beyond = far[parted], way[parted], pressed[parted], over[parted]
    twice = waits.beyond_square.ravel().take(at[parted])
    square = far * way**2 + 2 * way * beyond + twice
    within = np.maximum(1 - far, NONE)
    near = _cause(
        contract, stops * (1 - far), (chance[parted] - far) / within,
        np.maximum(mean[parted] - long[parted], 0.0) / within,
        np.maximum(both[parted] - square, 0.0) / within, fixed, pressed, size,
    )  # fmt: skip
    there = np.maximum(far, NONE)
    distant = _cause(
        contract, stops * far, np.ones(far.size), beyond / there, twice / there,
        fixed + way, pressed, size,
    )  # fmt: skip
    return np.concatenate([one, near, distant], axis=1)


def _cause(
    contract: Whole, rate: Floats, chance: Floats, mean: Floats, square: Floats,
    fixed: Floats, pressed: Floats, size: Floats,
) -> Floats:  # fmt: skip
    """One cause from E[W] and E[W²] over its stops.

    Whoever waits is followed, for about twice as long, by others who wait as well: `pressed` are
    the stops a year that the contract adds while the shelf is empty. Of parts that are asked
    for in requests, or reckoned in lots, of `size` pieces a stop is that of all of them.
    """
    late = np.where(chance > NONE, mean / np.maximum(chance, NONE), 0.0)
    form = np.where(late > 0, square * chance / np.maximum(mean, NONE) ** 2, 1.0)
    clump = 1 + 4 * pressed / size * late / HOURS
    return np.stack([contract.astype(np.float64), rate / size, np.clip(chance, 0, 1), late * size,
                     fixed * size, form, clump])  # fmt: skip
