"""Croston, SBA, SBJ, TSB and ADIDA against published software, and what must hold of all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.demand import Smoothed, adida, croston, sba, sbj, tsb

steady = settings(deadline=None, max_examples=40, derandomize=True)

# Series ts.data1 and ts.data2 of the R package tsintermittent 1.10, partx of expsmooth (parts).
SERIES = {
    "ts.data1": (
        "6 1 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 "
        "0 0 0 0 0 0 0 0 0 2 1 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0 "
    ),
    "ts.data2": ("0 2 0 1 0 11 0 0 0 0 2 0 6 3 0 0 0 0 0 7 0 0 0 0 "),
    "partx": (
        "0 0 0 0 1 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 2 1 0 0 0 2 0 3 1 0 1 0 0 0 5 3 0 4 1 1 0 2 0 1 "
        "0 0 1 2 0 0 0 "
    ),
}
# Forecasts of tsintermittent 1.10 (crost and tsb, init.opt=FALSE) in R 4.2.2: series, method,
# start, weight of the size, weight of interval or chance, forecast.
PUBLISHED = """
ts.data1 croston mean 0.05 0.05 0.497486367194273
ts.data1 croston mean 0.1 0.1 0.363226325080881
ts.data1 croston mean 0.2 0.2 0.221811328669377
ts.data1 croston first 0.05 0.05 1.13204218496061
ts.data1 croston first 0.1 0.1 0.558014331780038
ts.data1 croston first 0.2 0.2 0.254199153092157
ts.data1 sba mean 0.05 0.05 0.485049208014417
ts.data1 sba mean 0.1 0.1 0.345065008826837
ts.data1 sba mean 0.2 0.2 0.19963019580244
ts.data1 sba first 0.05 0.05 1.1037411303366
ts.data1 sba first 0.1 0.1 0.530113615191036
ts.data1 sba first 0.2 0.2 0.228779237782942
ts.data1 sbj mean 0.05 0.05 0.484730306496984
ts.data1 sbj mean 0.1 0.1 0.344109150076624
ts.data1 sbj mean 0.2 0.2 0.197165625483891
ts.data1 sbj first 0.05 0.05 1.10301546226932
ts.data1 sbj first 0.1 0.1 0.528645156423194
ts.data1 sbj first 0.2 0.2 0.225954802748584
ts.data1 tsb mean 0.05 0.1 0.296883260382932
ts.data1 tsb mean 0.1 0.1 0.225851737433722
ts.data1 tsb mean 0.2 0.3 0.0547392635391125
ts.data1 tsb first 0.05 0.1 0.297515875362399
ts.data1 tsb first 0.1 0.1 0.226332994585288
ts.data1 tsb first 0.2 0.3 0.0547392635393865
ts.data2 croston mean 0.05 0.05 0.963813276283296
ts.data2 croston mean 0.1 0.1 1.15455295198852
ts.data2 croston mean 0.2 0.2 1.36944766319042
ts.data2 croston first 0.05 0.05 1.23003422818424
ts.data2 croston first 0.1 0.1 1.36253450389528
ts.data2 croston first 0.2 0.2 1.47385450597177
ts.data2 sba mean 0.05 0.05 0.939717944376213
ts.data2 sba mean 0.1 0.1 1.09682530438909
ts.data2 sba mean 0.2 0.2 1.23250289687138
ts.data2 sba first 0.05 0.05 1.19928337247964
ts.data2 sba first 0.1 0.1 1.29440777870052
ts.data2 sba first 0.2 0.2 1.32646905537459
ts.data2 sbj mean 0.05 0.05 0.939100115352955
ts.data2 sbj mean 0.1 0.1 1.09378700714702
ts.data2 sbj mean 0.2 0.2 1.21728681172482
ts.data2 sbj first 0.05 0.05 1.19849488900003
ts.data2 sbj first 0.1 0.1 1.290822161585
ts.data2 sbj first 0.2 0.2 1.31009289419713
ts.data2 tsb mean 0.05 0.1 0.617684742322797
ts.data2 tsb mean 0.1 0.1 0.758488464250491
ts.data2 tsb mean 0.2 0.3 0.392100775133901
ts.data2 tsb first 0.05 0.1 0.545153147541882
ts.data2 tsb first 0.1 0.1 0.669423000648243
ts.data2 tsb first 0.2 0.3 0.391754033540434
partx croston mean 0.05 0.05 0.581881888413397
partx croston mean 0.1 0.1 0.737344572715897
partx croston mean 0.2 0.2 0.885180535572543
partx croston first 0.05 0.05 0.425296631559188
partx croston first 0.1 0.1 0.628334159995393
partx croston first 0.2 0.2 0.858347743739181
partx sba mean 0.05 0.05 0.567334841203062
partx sba mean 0.1 0.1 0.700477344080102
partx sba mean 0.2 0.2 0.796662482015289
partx sba first 0.05 0.05 0.414664215770209
partx sba first 0.1 0.1 0.596917451995623
partx sba first 0.2 0.2 0.772512969365263
partx sbj mean 0.05 0.05 0.56696183999254
partx sbj mean 0.1 0.1 0.698536963625586
partx sbj mean 0.2 0.2 0.786827142731149
partx sbj first 0.05 0.05 0.414391589724337
partx sbj first 0.1 0.1 0.595263941048267
partx sbj first 0.2 0.2 0.762975772212605
partx tsb mean 0.05 0.1 0.60530220022295
partx tsb mean 0.1 0.1 0.685317750340638
partx tsb mean 0.2 0.3 0.39490249393255
partx tsb first 0.05 0.1 0.602701378294772
partx tsb first 0.1 0.1 0.682373122959144
partx tsb first 0.2 0.3 0.394902483533286
"""
ROWS = [line.split() for line in PUBLISHED.strip().splitlines()]


def demand_of(name: str) -> np.ndarray:
    return np.array(SERIES[name].split(), dtype=float)


def forecast(method: str, demand: object, start: str, w1: float, w2: float) -> Smoothed:
    if method == "tsb":
        return tsb(demand, by_size=w1, by_chance=w2, start=start)  # type: ignore[arg-type]  # words from the table
    by = {"croston": croston, "sba": sba, "sbj": sbj}[method]
    return by(demand, by_size=w1, by_interval=w2, start=start)  # type: ignore[arg-type]  # words from the table


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row[:5]) for row in ROWS])
def test_every_forecast_of_tsintermittent_comes_out(row: list[str]) -> None:
    name, method, start, w1, w2, published = row
    ours = forecast(method, demand_of(name), start, float(w1), float(w2))
    assert_allclose(ours.per_period, float(published), rtol=5e-14)


def test_all_seventy_two_are_there() -> None:
    assert len(ROWS) == 72


def test_adida_smooths_buckets_as_long_as_the_mean_interval() -> None:
    # Demands at periods 2, 4, 6, 8: the mean interval is 2, the buckets are 3, 3, 5, 1.
    smoothed = adida([0, 3, 0, 3, 0, 5, 0, 1], weight=0.5)
    level = 3 + 0.5 * (3 - 3)
    level += 0.5 * (5 - level)
    level += 0.5 * (1 - level)
    assert_allclose([smoothed.size, smoothed.chance, smoothed.per_period], [level, 0.5, level / 2])


def test_adida_leaves_out_what_does_not_fill_the_first_bucket() -> None:
    assert_allclose(adida([9, 0, 3, 0, 3], weight=1.0).per_period, 3 / 2)


histories = st.lists(st.integers(0, 9), min_size=1, max_size=30)
METHODS = (croston, sba, sbj, tsb, adida)


@steady
@given(st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6), min_size=1, max_size=5))
def test_a_table_is_the_same_as_its_rows_one_by_one(rows: list[list[int]]) -> None:
    for method in METHODS:
        alone = [method(row).per_period for row in rows]
        assert_allclose(method(rows).per_period, alone)


@steady
@given(histories, st.integers(2, 7))
def test_a_mean_grows_with_the_unit_it_is_counted_in(row: list[int], factor: int) -> None:
    for method in METHODS:
        grown = method([factor * x for x in row]).per_period
        assert_allclose(grown, factor * method(row).per_period)


@steady
@given(histories)
def test_a_mean_lies_between_nothing_and_the_largest_demand(row: list[int]) -> None:
    for method in METHODS:
        assert 0 <= method(row).per_period <= max(row) + 1e-9


@steady
@given(histories, st.lists(st.integers(0, 29), max_size=5))
def test_a_month_without_record_is_passed_over_not_taken_as_zero(
    row: list[int], places: list[int]
) -> None:
    gaps = list(map(float, row))
    for place in places:
        gaps.insert(min(place, len(gaps)), np.nan)
    for method in METHODS:
        assert_allclose(method(gaps).per_period, method(row).per_period)


def test_a_part_never_asked_for_has_the_mean_zero_and_no_size() -> None:
    for method in (croston, sba, sbj, tsb):
        smoothed = method([0, 0, 0, 0])
        assert smoothed.per_period == 0
        assert np.isnan(smoothed.size)
    assert adida([0, 0, 0]).per_period == 0


def test_nothing_known_is_not_zero() -> None:
    for method in METHODS:
        assert np.isnan(method([np.nan, np.nan]).per_period)


def test_one_demand_is_spread_over_the_months_up_to_it() -> None:
    assert_allclose(croston([0, 0, 0, 8, 0, 0]).per_period, 2.0)


def test_equal_sizes_at_equal_intervals_give_their_quotient() -> None:
    assert_allclose(croston([0, 0, 6] * 5).per_period, 2.0)
    assert_allclose(sba([0, 0, 6] * 5, by_interval=0.2).per_period, 1.8)
    assert_allclose(adida([0, 0, 6] * 5).per_period, 2.0)


def test_a_part_that_died_fades_with_tsb_and_not_with_croston() -> None:
    alive, dead = [4, 0] * 6, [4, 0] * 6 + [0] * 24
    assert croston(dead).per_period == croston(alive).per_period
    assert tsb(dead).per_period < 0.1 * tsb(alive).per_period


def test_a_weight_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        sba([1, 2], by_size=1.5)


def test_another_start_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match='"median" is neither'):
        croston([1, 2], start="median")  # type: ignore[arg-type]  # what a caller may still send
