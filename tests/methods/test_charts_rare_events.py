"""Gaps between rare events: exact limits, and runs of short gaps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import rare_events

steady = settings(deadline=None, max_examples=25, derandomize=True)


def test_times_between_events_have_exact_exponential_limits() -> None:
    gaps_d = np.random.default_rng(1).exponential(20, size=30)
    chart = rare_events.t_chart(gaps_d)
    mean = float(np.mean(gaps_d))
    assert chart.centre == pytest.approx(0.693147 * mean, rel=1e-6)
    assert_allclose(chart.low, 0.00135091 * mean, rtol=1e-5)
    assert_allclose(chart.high, 6.607650 * mean, rtol=1e-6)


@steady
@given(st.lists(st.integers(0, 200), min_size=1, max_size=40))
def test_each_limit_of_a_gap_is_passed_by_chance_at_most_once_in_741(kept: list[int]) -> None:
    chart = rare_events.g_chart(kept)
    breach = len(kept) / (len(kept) + max(sum(kept), 0.5))
    low, high, median = chart.low[0], chart.high[0], chart.centre
    assert (1 - breach) ** (high + 1) <= 0.00135 * (1 + 1e-6)  # P(X > high)
    assert (1 - breach) ** high > 0.00135 * (1 - 1e-6)
    assert 1 - (1 - breach) ** low <= 0.00135 * (1 + 1e-6)  # P(X < low)
    assert (1 - breach) ** (median + 1) <= 0.5 * (1 + 1e-6)  # P(X > median)
    assert (1 - breach) ** median >= 0.5 * (1 - 1e-6)


def test_a_long_quiet_time_is_good_news_and_signals() -> None:
    chart = rare_events.g_chart([10, 25, 14, 8, 31, 12, 19, 400], baseline=slice(0, 7))
    assert chart.outside.tolist() == [False] * 7 + [True]
    assert chart.value[-1] > chart.high[-1]


def test_breaches_that_come_ever_closer_show_as_a_run() -> None:
    before = [10, 25, 14, 8, 31, 12, 19, 22, 40, 17]
    chart = rare_events.g_chart([*before, *[2, 3, 1, 4, 2, 0, 3, 2]], baseline=slice(0, 10))
    assert not chart.outside.any()
    assert np.flatnonzero(chart.run).tolist() == [17]


def test_two_events_at_once_lie_below_every_limit() -> None:
    assert rare_events.t_chart([20.0, 30.0, 0.0]).outside.tolist() == [False, False, True]


def test_nothing_but_breaches_still_gives_limits() -> None:
    chart = rare_events.g_chart([0, 0, 0, 0])
    assert np.isfinite(chart.high).all()
    assert not chart.signal.any()


def test_unchanged_gaps_are_left_in_peace() -> None:
    chance = np.random.default_rng(3)
    outside = 0
    for _ in range(200):
        gaps = chance.exponential(10, size=60)
        outside += int(rare_events.t_chart(gaps, baseline=slice(0, 30)).outside[30:].sum())
    assert outside / (200 * 30) < 0.008  # 0.27 % if the mean were known


def test_impossible_gaps_are_refused() -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        rare_events.t_chart([1.0, math.nan])
    with pytest.raises(ValueError, match="whole numbers only"):
        rare_events.g_chart([1.5])
    with pytest.raises(ValueError, match="two events make the first"):
        rare_events.g_chart([])
    with pytest.raises(ValueError, match="no time to compare with"):
        rare_events.t_chart([0.0, 0.0])
