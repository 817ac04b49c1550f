"""Counts give what the single cases give, to the last digit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import counted, survival, tails

steady = settings(deadline=None, max_examples=25, derandomize=True)
value_counts = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 7)), min_size=1, max_size=60)


@steady
@given(value_counts)
def test_a_grouped_column_has_the_quantiles_of_its_cases(rows: list[tuple[int, int]]) -> None:
    value, count = np.array(rows).T
    grouped, single = counted.quantiles(value, count), tails.quantiles(np.repeat(value, count))
    assert grouped.n == single.n
    for name in ("value", "low", "high", "largest"):
        assert_allclose(getattr(grouped, name), getattr(single, name))


@steady
@given(value_counts, st.integers(-1, 61))
def test_a_grouped_column_has_the_share_beyond_of_its_cases(
    rows: list[tuple[int, int]], limit: int
) -> None:
    value, count = np.array(rows).T
    grouped = counted.share_beyond(value, count, limit)
    single = tails.share_beyond(np.repeat(value, count), limit)
    assert (grouped.k, grouped.n) == (single.k, single.n)
    assert_allclose([grouped.low, grouped.high], [single.low, single.high])


@steady
@given(value_counts, st.sampled_from([0.05, 0.1, 0.25]))
def test_customers_grouped_by_breaches_bear_what_they_bear(
    rows: list[tuple[int, int]], share: float
) -> None:
    breaches, customers = np.array(rows).T
    grouped = counted.concentration(breaches, customers, share)
    single = tails.concentration(np.repeat(breaches, customers), share)
    assert (grouped.customers, grouped.worst, grouped.total) == (
        single.customers,
        single.worst,
        single.total,
    )
    assert_allclose([grouped.borne, grouped.share], [single.borne, single.share])
    assert counted.felt(breaches, customers) == tails.felt(np.repeat(breaches, customers))


spells = st.lists(
    st.tuples(st.integers(0, 30), st.booleans(), st.integers(0, 29), st.integers(1, 3)),
    min_size=1,
    max_size=60,
)


@steady
@given(spells)
def test_two_marginal_counts_give_the_curve_of_the_cases(
    rows: list[tuple[int, bool, int, int]],
) -> None:
    lasted, settled, since, times = (np.array(column) for column in zip(*rows, strict=True))
    entry = np.where(since < lasted, since, 0)
    raw = survival.kaplan_meier(
        np.repeat(lasted, times), np.repeat(settled, times), np.repeat(entry, times)
    )
    ages, where = np.unique(entry, return_inverse=True)
    entered = np.bincount(where, times).astype(int)
    grouped = counted.kaplan_meier(lasted, settled, times, ages, entered)
    for name in ("t", "s", "low", "high", "at_risk", "settled", "spread"):
        assert_allclose(getattr(grouped, name), getattr(raw, name))
    for name in ("n", "open", "start", "last", "at_risk_last", "note"):
        assert getattr(grouped, name) == getattr(raw, name)


@steady
@given(spells)
def test_counts_of_cases_seen_throughout_need_no_entries(
    rows: list[tuple[int, bool, int, int]],
) -> None:
    lasted, settled, _, times = (np.array(column) for column in zip(*rows, strict=True))
    grouped = counted.kaplan_meier(lasted, settled, times)
    raw = survival.kaplan_meier(np.repeat(lasted, times), np.repeat(settled, times))
    assert grouped.t.tolist() == raw.t.tolist()
    assert_allclose(grouped.s, raw.s)


def test_counts_with_parts_of_a_step_are_exact_too() -> None:
    quarter_hours = np.array([0.25, 0.5, 1.75, 40.0])
    grouped = counted.kaplan_meier(quarter_hours, [True, True, True, False], [2, 1, 3, 4])
    assert grouped.at_risk.tolist() == [10, 8, 7]
    assert_allclose(grouped.s, [0.8, 0.7, 0.4])


def test_of_no_rows_nothing_is_known() -> None:
    none: list[float] = []
    assert counted.quantiles(none, []).n == 0
    assert math.isnan(counted.share_beyond(none, [], 1).share)
    assert counted.felt(none, []).hit == (0, 0, 0)
    assert math.isnan(counted.concentration(none, []).share)
    assert counted.kaplan_meier(none, [], []).n == 0


def test_tables_that_count_different_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="3 cases came under watch, but 2 lasted"):
        counted.kaplan_meier([5, 8], [True, False], [1, 1], [0, 2], [2, 1])


def test_more_ends_than_cases_under_watch_are_refused() -> None:
    with pytest.raises(ValueError, match="More cases ended than were under watch"):
        counted.kaplan_meier([5], [True], [3], [7], [3])


@pytest.mark.parametrize(
    ("count", "sentence"), [([1.5], "whole number"), ([-1], "not negative"), ([math.nan], "whole")]
)
def test_counts_that_count_nothing_are_refused(count: list[float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        counted.quantiles([3.0], count)


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(ValueError, match="missing ones"):
        counted.quantiles([math.nan], [1])
