"""Short waits and long ones are foretold apart: penalties with short allowances."""

from dataclasses import replace

import numpy as np
import pytest

from study.planning.test_three_levels import a_drawn_model
from wellkept.study.planning.evaluate import reckon, simulate
from wellkept.study.planning.model import Model
from wellkept.study.planning.waits import waits_of


def far_behind(parts: int = 400) -> Model:
    """Draw many parts behind a long way, so that a contract's waits are of both kinds."""
    model = a_drawn_model(parts)
    flat = np.full_like(model.refilled, -1)
    way = np.where(np.arange(flat.size) > 0, 4 / 365, 0.0)
    return replace(model, refilled=flat, transit=way, lead=model.lead * 2)


def test_penalties_with_short_allowances_are_what_is_played() -> None:
    model = far_behind()
    stock = model.least.copy()
    stock[:, 0] = np.ceil(model.rate.sum(axis=1) * model.lead + 1.2)
    stock[:, 2:] = 1
    usual = reckon(model, stock).hours
    short = replace(model, allowance_h=usual * 1.05)
    found = reckon(short, stock)
    played = simulate(short, stock, most=1_500_000, years=3)
    fines = played.played.penalty(short.allowance_h, short.penalty_h)
    spread = 2 * fines.std(ddof=1) / np.sqrt(fines.size)
    assert found.penalty == pytest.approx(fines.mean(), abs=max(spread, 0.02 * fines.mean()))
    beyond, years = played.played.beyond(short.allowance_h)
    assert found.risk == pytest.approx(beyond / years, abs=0.06)


def test_parted_waits_keep_their_mean_and_stay_in_their_bounds() -> None:
    for model in (far_behind(40), a_drawn_model(40)):
        stock = model.least.copy()
        stock[:, 0] = 2
        stock[::2, 3:] = 1
        network = model.network()
        found = waits_of(model, model.levels(stock, network), network)
        assert (found.far <= found.chance + 1e-12).all()
        long = found.far * found.way + found.beyond
        assert (long <= found.mean * (1 + 1e-9) + 1e-9).all()
        short = found.mean - long
        # A short wait ends when what is on its way arrives.
        assert (short <= (found.chance - found.far) * found.way + 1e-6).all()


def test_a_shelf_of_no_piece_waits_the_whole_way_and_for_the_depot() -> None:
    model = a_drawn_model(10)
    stock = model.least.copy()
    stock[:, 0] = 1
    network = model.network()
    levels = model.levels(stock, network)
    found = waits_of(model, levels, network)
    assert found.chance[:, 3] == pytest.approx(1.0)
    assert found.far[:, 3] == pytest.approx(1 - levels.fill[:, 0])
    assert found.mean[:, 3] == pytest.approx(found.way[0, 3] + found.beyond[:, 3])
