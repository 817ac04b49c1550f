"""Funnels: limits for the size of a group, and who lies outside by more than chance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import funnels

steady = settings(deadline=None, max_examples=25, derandomize=True)


@steady
@given(st.integers(2, 600), st.floats(0.02, 0.98), st.sampled_from([0.95, 0.998]))
def test_a_limit_lies_between_the_whole_numbers_that_bracket_its_probability(
    n: int, centre: float, level: float
) -> None:
    from scipy.special import bdtr

    low, high = funnels.funnel_limits([n], centre, level)
    for limit, wanted in ((low[0], (1 - level) / 2), (high[0], (1 + level) / 2)):
        if 0 < limit < 1:
            r = math.ceil(limit * n - 1e-9)
            before = bdtr(r - 1, n, centre) if r else 0.0
            assert before <= wanted + 1e-12 <= bdtr(r, n, centre) + 2e-12
            part = (bdtr(r, n, centre) - wanted) / (bdtr(r, n, centre) - before)
            assert limit * n == pytest.approx(r - part, abs=1e-6)


def test_limits_of_large_groups_are_those_of_the_normal_curve() -> None:
    low, high = funnels.funnel_limits([1_000_000], 0.1, 0.998)
    half = 3.090232 * math.sqrt(0.1 * 0.9 / 1_000_000)
    assert_allclose([low[0], high[0]], [0.1 - half, 0.1 + half], atol=2e-6)


def test_a_small_region_may_look_worst_without_being_different() -> None:
    late, due = [2, 160, 60, 0], [8, 1000, 1000, 0]
    found = funnels.funnel(late, due)
    assert found.centre == pytest.approx(222 / 2008)
    assert found.value[0] > found.value[1]  # first in a league table
    assert found.warn.tolist() == [False, True, True, False]
    assert found.signal.tolist() == [False, True, True, False]
    assert math.isnan(found.value[3])


@steady
@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 300)), min_size=2, max_size=20))
def test_the_far_limits_enclose_the_near_ones_and_both_the_centre(
    rows: list[tuple[int, int]],
) -> None:
    due = [row[0] for row in rows]
    late = [min(row) for row in rows]
    found = funnels.funnel(late, due)
    assert (found.far_low <= found.near_low + 1e-12).all()
    assert (found.near_high <= found.far_high + 1e-12).all()
    assert (found.near_low <= found.centre + 1e-9).all()
    assert (found.near_high >= found.centre - 1 / np.array(due)).all()
    assert (found.warn | ~found.signal).all()


def test_mix_that_no_limit_explains_widens_the_funnel_when_asked() -> None:
    chance = np.random.default_rng(9)
    true = chance.normal(0.1, 0.02, size=60)
    late = chance.binomial(20_000, true)
    narrow = funnels.funnel(late, [20_000] * 60)
    wide = funnels.funnel(late, [20_000] * 60, widen=True)
    assert narrow.signal.sum() > 30
    assert wide.widened
    assert wide.spread == narrow.spread > 20
    assert wide.signal.sum() <= 2


def test_one_scandal_does_not_widen_the_funnel_for_itself() -> None:
    late = [50] * 18 + [43, 95]
    found = funnels.funnel(late, [100] * 20, centre=0.5, widen=True)
    z = (np.array(late) - 50) / 5
    assert float(np.mean(z**2)) > 4
    assert found.spread < 0.2
    assert np.flatnonzero(found.signal).tolist() == [19]


def test_a_spread_that_chance_explains_does_not_widen_it() -> None:
    late = [56, 44] * 8  # z = ±1.2 in 16 groups: φ = 1.44, and up to 1.71 is chance
    found = funnels.funnel(late, [100] * 16, widen=True)
    assert found.spread == pytest.approx(1.44)
    assert not found.widened
    assert funnels.funnel([58, 42] * 8, [100] * 16, widen=True).widened


def test_groups_that_differ_by_chance_alone_do_not_widen_it() -> None:
    late = np.random.default_rng(10).binomial(200, 0.1, size=80)
    found = funnels.funnel(late, [200] * 80, widen=True)
    assert not found.widened
    assert found.spread < 1.2
    assert not found.signal.any()


def test_one_group_in_five_hundred_is_outside_by_chance() -> None:
    late = np.random.default_rng(11).binomial(150, 0.12, size=5000)
    found = funnels.funnel(late, [150] * 5000, centre=0.12)
    assert found.signal.mean() < 0.005
    assert 0.02 < found.warn.mean() < 0.07


def test_where_no_promise_was_broken_nobody_stands_out() -> None:
    found = funnels.funnel([0, 0], [10, 200])
    assert not found.signal.any()
    assert math.isnan(found.spread)


def test_nothing_to_compare_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to compare"):
        funnels.funnel([0, 0], [0, 0])
    with pytest.raises(ValueError, match="0 ≤ k ≤ n"):
        funnels.funnel([3], [2])
