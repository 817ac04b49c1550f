"""Control charts: published limits, exact limits, runs, and how often they cry wolf."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import charts

steady = settings(deadline=None, max_examples=25, derandomize=True)

# NIST/SEMATECH e-Handbook 6.3.2.2 (individuals) and 6.3.3.1 (c chart)
NIST_INDIVIDUALS = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
NIST_DEFECTS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11,
                19, 16, 31, 13]  # fmt: skip
# Montgomery, Introduction to Statistical Quality Control, as in the R package qcc
ORANGE_JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24,
                15, 9, 12, 7, 13, 9, 6, 9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5, 4, 8, 5, 6, 7,
                5, 6, 3, 5]  # fmt: skip
CIRCUIT_BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39,
                  30, 24, 16, 19, 17, 15]  # fmt: skip
DYED_CLOTH = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
DYED_CLOTH_SIZE = [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5]


# --- published limits -------------------------------------------------------------------------


def test_single_values_have_the_limits_of_the_handbook() -> None:
    found = charts.xmr(NIST_INDIVIDUALS)
    assert found.values.centre == pytest.approx(50.81)
    assert found.ranges.centre == pytest.approx(1.8778, abs=5e-5)
    assert_allclose(found.values.high, 55.8041, atol=5e-5)
    assert_allclose(found.values.low, 45.8159, atol=5e-5)
    assert_allclose(found.ranges.high, 6.1349, rtol=5e-5)
    assert not found.values.signal.any()
    assert not found.ranges.signal.any()


def test_a_share_has_the_limits_of_the_orange_juice_cans() -> None:
    chart = charts.p_chart(ORANGE_JUICE, [50] * 54, baseline=slice(0, 30))
    assert chart.centre == pytest.approx(0.2313333, abs=5e-8)
    assert_allclose(chart.high, 0.4102391, atol=5e-8)
    assert_allclose(chart.low, 0.05242755, atol=5e-9)
    assert np.flatnonzero(chart.outside).tolist() == [14, 22, 40]  # samples 15, 23 and 41


def test_defects_have_the_limits_of_the_handbook() -> None:
    chart = charts.u_chart(NIST_DEFECTS, [1] * 25)
    assert (chart.centre, chart.low[0], chart.high[0]) == (16, 4, 28)
    assert np.flatnonzero(chart.outside).tolist() == [23]


def test_defects_have_the_limits_of_the_circuit_boards() -> None:
    chart = charts.u_chart(CIRCUIT_BOARDS, [1] * 26)
    assert chart.centre == pytest.approx(19.84615, abs=5e-6)
    assert chart.high[0] == pytest.approx(33.21086, abs=5e-6)
    assert np.flatnonzero(chart.outside).tolist() == [5, 19]


def test_a_rate_has_the_centre_of_the_dyed_cloth() -> None:
    # the data give 1.423256; a fixture in circulation says 1.40367, which is wrong
    chart = charts.u_chart(DYED_CLOTH, DYED_CLOTH_SIZE)
    assert chart.centre == pytest.approx(1.423256, abs=5e-7)
    assert_allclose(
        chart.high, 1.423256 + 3 * np.sqrt(1.423256 / np.array(DYED_CLOTH_SIZE)), rtol=1e-6
    )


def test_laney_widens_by_how_much_more_than_chance_the_weeks_vary() -> None:
    k, n = [400, 600, 420, 580, 410, 590], [10_000] * 6
    narrow, wide = charts.p_chart(k, n), charts.p_chart(k, n, laney=True)
    z = (np.array(k) / 10_000 - 0.05) / math.sqrt(0.05 * 0.95 / 10_000)
    sigma_z = float(np.mean(np.abs(np.diff(z)))) / 1.128
    assert narrow.dispersion == wide.dispersion == pytest.approx(sigma_z)
    assert sigma_z > 5
    assert narrow.outside.all()
    assert not wide.outside.any()
    assert_allclose(wide.high - 0.05, (narrow.high - 0.05) * sigma_z)
    assert_allclose(
        charts.u_chart(k, n, laney=True).dispersion, sigma_z * math.sqrt(0.95), rtol=1e-12
    )


# --- exact limits -----------------------------------------------------------------------------


@steady
@given(st.integers(1, 400), st.floats(0.005, 0.6))
def test_each_limit_is_passed_by_chance_at_most_once_in_741(n: int, share: float) -> None:
    from scipy.special import bdtr, bdtrc

    chart = charts.tail_counts([0], [n], centre=share)
    high, low = round(chart.high[0] * n), round(chart.low[0] * n)
    assert bdtrc(high, n, share) <= 0.00135 * (1 + 1e-9)
    assert high == 0 or bdtrc(high - 1, n, share) > 0.00135  # and no tighter one is
    assert low == 0 or bdtr(low - 1, n, share) <= 0.00135 * (1 + 1e-9)
    assert bdtr(low, n, share) > 0.00135


@steady
@given(st.floats(0.05, 300))
def test_each_limit_of_a_rate_is_passed_by_chance_at_most_once_in_741(mean: float) -> None:
    from scipy.special import pdtr, pdtrc

    chart = charts.event_counts([0], [1], centre=mean)
    high, low = round(chart.high[0]), round(chart.low[0])
    assert pdtrc(high, mean) <= 0.00135 * (1 + 1e-9)
    assert high == 0 or pdtrc(high - 1, mean) > 0.00135
    assert low == 0 or pdtr(low - 1, mean) <= 0.00135 * (1 + 1e-9)
    assert pdtr(low, mean) > 0.00135


def test_a_bad_week_in_the_north_signals_and_an_ordinary_one_does_not() -> None:
    k, n = [2] * 26 + [7, 8], [40] * 28
    chart = charts.tail_counts(k, n, baseline=slice(0, 26))
    assert chart.outside.tolist() == [False] * 27 + [True]
    assert chart.value[27] > chart.high[27] >= chart.value[26]


def test_limits_follow_the_number_due() -> None:
    chart = charts.tail_counts([2, 2, 2], [20, 40, 400], centre=0.05)
    assert chart.high[0] > chart.high[1] > chart.high[2]


def test_a_week_without_promises_neither_signals_nor_breaks_a_run() -> None:
    k, n = [10, 10] * 5 + [14] * 4 + [0] + [14] * 4, [100] * 14 + [0] + [100] * 4
    chart = charts.tail_counts(k, n, baseline=slice(0, 10))
    assert math.isnan(chart.value[14])
    assert math.isnan(chart.high[14])
    assert np.flatnonzero(chart.signal).tolist() == [18]  # the eighth week above


def test_a_baseline_without_a_breach_does_not_make_the_first_one_a_signal() -> None:
    chart = charts.tail_counts([0] * 10 + [1], [30] * 11, baseline=slice(0, 10))
    assert chart.centre == 0
    assert not chart.outside[-1]
    assert charts.tail_counts([0] * 10 + [4], [30] * 11, baseline=slice(0, 10)).outside[-1]
    assert not charts.tail_counts([30] * 10, [30] * 10).signal.any()


def test_a_baseline_may_be_any_choice_of_weeks() -> None:
    chosen = np.array([True, False, True, False])
    assert charts.tail_counts([1, 9, 1, 9], [10] * 4, chosen).centre == 0.1
    assert charts.event_counts([1, 9, 1, 9], [10] * 4, chosen).centre == 0.1


def test_an_asset_that_stops_more_often_signals_by_its_exact_limit() -> None:
    chart = charts.event_counts([3, 2, 4, 3, 3, 11], [30.0] * 6, baseline=slice(0, 5))
    assert chart.centre == pytest.approx(0.1)
    assert chart.outside.tolist() == [False] * 5 + [True]
    assert charts.event_counts([0, 1], [0, 30]).value[1] == pytest.approx(1 / 30)


# --- runs -------------------------------------------------------------------------------------


def test_eight_on_one_side_signal_and_the_centre_breaks_a_run() -> None:
    even = np.full(20, 0.5)
    side = [1] * 7 + [0] + [1] * 8 + [-1] * 4
    assert np.flatnonzero(charts.runs(side, even)).tolist() == [15]
    longer = [math.nan if i == 3 else 1 for i in range(10)]
    assert np.flatnonzero(charts.runs(longer, even)).tolist() == [8, 9]


def test_quiet_weeks_of_a_small_team_are_no_signal() -> None:
    # two due a week, one in a hundred late: nearly every week lies below the centre by nature
    k = [0] * 30 + [1] + [0] * 19
    assert not charts.tail_counts(k, [2] * 50).run.any()


def test_a_small_team_that_keeps_failing_shows_as_a_run() -> None:
    k, n = [0, 0, 0, 1] * 6 + [1] * 8, [4] * 32
    chart = charts.tail_counts(k, n, baseline=slice(0, 24))
    assert not chart.outside.any()
    assert np.flatnonzero(chart.run).tolist() == [30, 31]  # the week before belongs to the run


def test_eight_better_weeks_of_a_small_team_are_a_signal_too() -> None:
    k, n = [2, 1, 3, 2] * 6 + [2] + [1] * 8, [4] * 33
    chart = charts.tail_counts(k, n, baseline=slice(0, 24))  # a week below 2 of 4: chance 5/16
    assert np.flatnonzero(chart.signal).tolist() == [32]


def test_durations_on_the_logarithm_alarm_less() -> None:
    waits = np.random.default_rng(11).lognormal(3, 1, size=(400, 24))
    raw = sum(charts.xmr(row).values.outside.any() for row in waits) / 400
    logged = sum(charts.xmr(row, log=True).values.outside.any() for row in waits) / 400
    assert raw > 0.5
    assert logged < 0.22
    chart = charts.xmr(waits[0], log=True).values
    assert chart.centre == pytest.approx(float(np.exp(np.log(waits[0]).mean())))
    assert (chart.low > 0).all()


def test_unchanged_teams_are_left_in_peace() -> None:
    chance = np.random.default_rng(12)
    disturbed = 0
    for _ in range(300):
        k = chance.binomial(40, 0.1, size=52)
        chart = charts.tail_counts(k, [40] * 52, baseline=slice(0, 26))
        disturbed += int(chart.outside[26:].any())
    assert disturbed / 300 < 0.08


def test_a_team_whose_slow_share_doubled_is_noticed() -> None:
    chance = np.random.default_rng(13)
    noticed = 0
    for _ in range(200):
        k = np.concatenate((chance.binomial(40, 0.1, 26), chance.binomial(40, 0.2, 26)))
        chart = charts.tail_counts(k, [40] * 52, baseline=slice(0, 26))
        noticed += int(chart.signal[26:].any())
    assert noticed / 200 > 0.9


# --- refusals ---------------------------------------------------------------------------------


def test_impossible_series_are_refused() -> None:
    with pytest.raises(ValueError, match="0 ≤ k ≤ n"):
        charts.tail_counts([5], [3])
    with pytest.raises(ValueError, match="holds nothing to compare with"):
        charts.tail_counts([0, 1], [0, 4], baseline=slice(0, 1))
    with pytest.raises(ValueError, match="above 0 and below 1"):
        charts.tail_counts([1], [3], centre=5.0)
    with pytest.raises(ValueError, match="whole counts and exposures"):
        charts.u_chart([1.5], [2])
    with pytest.raises(ValueError, match="at least two values"):
        charts.xmr([3.0])
    with pytest.raises(ValueError, match="above 0 on the logarithmic scale"):
        charts.xmr([3.0, 0.0], log=True)
