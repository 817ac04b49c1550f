"""Kaplan–Meier on cases of every kind: it follows its definition, and its intervals hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.bounds import Floats
from wellkept.methods.survival import kaplan_meier

steady = settings(deadline=None, max_examples=25, derandomize=True)


def by_hand(
    lasted: Floats, settled: np.ndarray, entry: Floats | None = None, weight: Floats | None = None
) -> list[tuple[float, float, float]]:
    """Follow the definition, age by age: (age, share still waiting, Greenwood's sum)."""
    entry = np.full(len(lasted), -1.0) if entry is None else np.where(entry > 0, entry, -1.0)
    weight = np.ones(len(lasted)) if weight is None else weight
    share, spread, rows = 1.0, 0.0, []
    for t in np.unique(lasted[settled]):
        at_risk = weight[(entry < t) & (t <= lasted)].sum()
        ended = weight[(lasted == t) & settled].sum()
        share *= 1 - ended / at_risk
        spread += ended / (at_risk * (at_risk - ended)) if at_risk > ended else math.inf
        rows.append((float(t), share, spread))
    return rows


ages = st.one_of(st.integers(0, 30).map(float), st.floats(0, 30, width=16))
cases = st.lists(st.tuples(ages, st.booleans(), st.floats(0, 1), st.integers(1, 4)), min_size=1)


def columns(
    rows: list[tuple[float, bool, float, int]],
) -> tuple[Floats, np.ndarray, Floats, Floats]:
    lasted, settled, part, weight = (np.array(column) for column in zip(*rows, strict=True))
    entry = np.floor(lasted * part * 2) / 2
    return lasted, settled, np.where(entry < lasted, entry, 0.0), weight.astype(float)


@steady
@given(cases)
def test_the_curve_follows_the_definition(rows: list[tuple[float, bool, float, int]]) -> None:
    lasted, settled, entry, weight = columns(rows)
    for late, heavy in ((None, None), (entry, None), (None, weight), (entry, weight)):
        curve = kaplan_meier(lasted, settled, late, heavy, fewest=0)
        expected = by_hand(lasted, settled, late, heavy)
        assert curve.t.tolist() == [row[0] for row in expected]
        assert_allclose(curve.s, [row[1] for row in expected], atol=1e-12)
        assert_allclose(curve.spread, [row[2] for row in expected], rtol=1e-9)


@steady
@given(cases)
def test_the_curve_only_falls_and_stays_inside_its_band(
    rows: list[tuple[float, bool, float, int]],
) -> None:
    lasted, settled, entry, _ = columns(rows)
    curve = kaplan_meier(lasted, settled, entry)
    assert (np.diff(curve.s) <= 0).all()
    assert ((curve.low <= curve.s) & (curve.s <= curve.high)).all()
    assert ((curve.low >= 0) & (curve.high <= 1)).all()
    wider = kaplan_meier(lasted, settled, entry, level=0.99)
    assert ((wider.low <= curve.low) & (wider.high >= curve.high)).all()


@steady
@given(cases)
def test_without_open_cases_the_curve_is_the_share_itself(
    rows: list[tuple[float, bool, float, int]],
) -> None:
    lasted = columns(rows)[0]
    curve = kaplan_meier(lasted, np.ones(lasted.size, bool))
    shares = [(lasted > t).mean() for t in curve.t]
    assert_allclose(curve.s, shares, atol=1e-12)


@steady
@given(cases, st.floats(0.02, 0.98))
def test_a_quantile_is_where_curve_and_band_first_come_down(
    rows: list[tuple[float, bool, float, int]], p: float
) -> None:
    lasted, settled, _, _ = columns(rows)
    curve = kaplan_meier(lasted, settled)
    found = curve.quantile(p)
    for band, age, missing in (
        (curve.s, found.value, math.nan),
        (curve.low, found.low, curve.last),
        (curve.high, found.high, math.inf),
    ):
        first = next((t for t, s in zip(curve.t, band, strict=True) if s <= 1 - p), missing)
        assert_allclose(age, first)


def test_the_kth_of_n_cases_is_the_quantile_k_of_n_in_spite_of_rounding() -> None:
    for n in range(2, 60):
        curve = kaplan_meier(np.arange(1, n + 1), np.ones(n, bool))
        k = np.arange(1, n)
        assert curve.quantile(k / n).value.tolist() == k.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_weights_that_are_not_whole_still_settle_everything(seed: int) -> None:
    chance = np.random.default_rng(seed)
    weights, settled = chance.random(500) / 7, chance.random(500) < 0.5
    settled[-1] = True
    curve = kaplan_meier(np.arange(500), settled, weight=weights)
    assert curve.s[-1] == 0
    assert np.isfinite(curve.spread[:-1]).all()
    assert np.isinf(curve.spread[-1])


def test_a_band_that_rises_again_is_read_where_it_first_came_down() -> None:
    # 50 of 100 settled at 1, 48 lost at 2, one of the last two settled at 3
    lasted = np.repeat([1, 2, 3, 4], [50, 48, 1, 1])
    curve = kaplan_meier(lasted, np.isin(lasted, (1, 3)))
    assert curve.high[0] < 0.595 < curve.high[1]
    assert curve.quantile(0.405).high == 1


@steady
@given(cases)
def test_a_weight_of_k_is_k_cases(rows: list[tuple[float, bool, float, int]]) -> None:
    lasted, settled, entry, weight = columns(rows)
    times = weight.astype(int)
    weighed = kaplan_meier(lasted, settled, entry, weight)
    repeated = kaplan_meier(
        np.repeat(lasted, times), np.repeat(settled, times), np.repeat(entry, times)
    )
    for name in ("t", "s", "low", "high", "at_risk", "settled"):
        assert_allclose(getattr(weighed, name), getattr(repeated, name), atol=1e-12)
    assert (weighed.n, weighed.open, weighed.start) == (repeated.n, repeated.open, repeated.start)


@steady
@given(cases)
def test_an_entry_at_the_beginning_is_none(rows: list[tuple[float, bool, float, int]]) -> None:
    lasted, settled, _, _ = columns(rows)
    plain = kaplan_meier(lasted, settled)
    entered = kaplan_meier(lasted, settled, np.zeros(lasted.size))
    for name in ("t", "s", "low", "high", "at_risk"):
        assert getattr(plain, name).tolist() == getattr(entered, name).tolist()


@steady
@given(st.lists(st.tuples(st.integers(0, 10**9), st.booleans()), min_size=1), st.integers(1, 9))
def test_whole_seconds_are_counted_like_any_number(
    rows: list[tuple[int, bool]], shrink: int
) -> None:
    lasted = (
        np.array([row[0] for row in rows]) // 10**shrink
    )  # small ranges are counted, not sorted
    settled = np.array([row[1] for row in rows])
    whole, real = kaplan_meier(lasted, settled), kaplan_meier(lasted.astype(float), settled)
    assert whole.t.tolist() == real.t.tolist()
    assert whole.s.tolist() == real.s.tolist()


@steady
@given(cases, st.lists(st.floats(0, 40), min_size=1, max_size=5))
def test_a_vector_of_ages_is_so_many_single_questions(
    rows: list[tuple[float, bool, float, int]], asked: list[float]
) -> None:
    lasted, settled, entry, _ = columns(rows)
    curve = kaplan_meier(lasted, settled, entry)
    together = curve.beyond(asked, 3.0)
    for i, due in enumerate(asked):
        alone = curve.beyond(due, 3.0)
        assert_allclose(
            [together.value[i], together.low[i], together.high[i]],
            [alone.value, alone.low, alone.high],
        )
        assert alone.low <= alone.high
        assert math.isnan(alone.value) or alone.low <= alone.value <= alone.high


# --- what the intervals promise ---------------------------------------------------------------


def test_nineteen_bands_of_twenty_hold_the_true_share() -> None:
    chance = np.random.default_rng(7)
    held = 0
    for _ in range(500):
        lasted, watched = chance.exponential(1.0, 60), chance.exponential(2.0, 60)
        found = kaplan_meier(np.minimum(lasted, watched), lasted <= watched).at(1.0)
        held += found.low <= math.exp(-1) <= found.high
    assert 0.93 <= held / 500 <= 0.975


def test_nineteen_intervals_of_twenty_hold_the_true_p90() -> None:
    chance = np.random.default_rng(8)
    held = 0
    for _ in range(500):
        lasted, watched = chance.exponential(1.0, 150), chance.uniform(0, 6, 150)
        found = kaplan_meier(np.minimum(lasted, watched), lasted <= watched).quantile(0.9)
        held += found.low <= -math.log(0.1) <= found.high
    assert 0.925 <= held / 500 <= 0.985
