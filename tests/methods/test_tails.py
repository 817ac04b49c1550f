"""The tail: how slow the slowest were, how many, who bore it, and which come first."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import tails

steady = settings(deadline=None, max_examples=25, derandomize=True)
SAFETY, STOPPED, UNKNOWN, DEGRADED, INCONVENIENCE = range(5)


def test_the_late_tail_names_what_an_average_would_hide() -> None:
    late_h = np.array([1.0] * 95 + [300.0, 320.0, 400.0, 500.0, 900.0])
    found = tails.quantiles(late_h)
    assert float(np.mean(late_h)) < 26  # the average looks fine
    assert found.at(0.5).value == 1.0
    assert found.at(0.99).value == pytest.approx(504.0)
    assert found.largest == 900.0
    assert found.at(0.95).low == 1.0
    assert found.at(0.95).high == 900.0
    assert found.at(0.99).high == math.inf  # a hundred cases cannot bound a p99
    assert tails.worst(late_h, 2).tolist() == [99, 98]


def test_of_no_cases_there_is_no_tail() -> None:
    found = tails.quantiles([])
    assert found.n == 0
    assert math.isnan(found.largest)
    assert math.isnan(found.at(0.95).value)


def test_a_quantile_that_was_not_asked_for_is_not_invented() -> None:
    with pytest.raises(KeyError, match=r"0\.8 was not reckoned"):
        tails.quantiles([1.0, 2.0]).at(0.8)


# --- share beyond -----------------------------------------------------------------------------


def test_a_case_that_ends_on_its_limit_is_kept() -> None:
    found = tails.share_beyond([3.0, 4.0, 4.0, 5.0], 4.0)
    assert (found.k, found.n, found.share) == (1, 4, 0.25)
    assert found.low < 0.25 < found.high


def test_each_case_may_have_its_own_limit() -> None:
    assert tails.share_beyond([3.0, 30.0, 9.0], [2.0, 48.0, 8.0]).k == 2


def test_the_missed_outages_of_the_lifts_have_the_interval_of_their_share() -> None:
    found = tails.share_beyond([1.0] * 597 + [0.0] * 3742, 0.5)
    assert found.share == pytest.approx(597 / 4339)
    assert found.low == pytest.approx(0.12757, abs=2e-5)
    assert found.high == pytest.approx(0.14808, abs=1e-5)


def test_of_no_cases_no_share_is_known() -> None:
    found = tails.share_beyond([], 4.0)
    assert (found.k, found.n, found.low, found.high) == (0, 0, 0.0, 1.0)
    assert math.isnan(found.share)


def test_a_missing_value_is_not_taken_for_kept() -> None:
    with pytest.raises(ValueError, match="say which"):
        tails.share_beyond([1.0, math.nan], 4.0)


# --- worst ------------------------------------------------------------------------------------


def test_a_safety_case_comes_before_any_longer_inconvenience() -> None:
    late_h = [5.0, 900.0, 40.0, 7.0, 40.0]
    consequence = [SAFETY, INCONVENIENCE, STOPPED, SAFETY, STOPPED]
    assert tails.worst(late_h, 5, consequence).tolist() == [3, 0, 2, 4, 1]
    assert tails.worst(late_h, 3, consequence).tolist() == [3, 0, 2]


def test_cases_equally_late_keep_their_order() -> None:
    assert tails.worst([2.0, 9.0, 9.0, 9.0, 1.0], 2).tolist() == [1, 2]


@pytest.mark.parametrize("n", [0, -3])
def test_nobody_is_named_when_nobody_is_asked_for(n: int) -> None:
    assert tails.worst([1.0, 2.0], n).tolist() == []
    assert tails.worst([1.0, 2.0], n, [0, 1]).tolist() == []
    assert tails.worst([], 5, []).tolist() == []


def test_a_case_without_a_value_is_not_ranked_by_chance() -> None:
    with pytest.raises(ValueError, match="cannot be ranked"):
        tails.worst([1.0, math.nan])


@steady
@given(
    st.lists(st.tuples(st.integers(-5, 20), st.integers(0, 4)), max_size=120), st.integers(0, 130)
)
def test_the_worst_are_the_head_of_the_whole_order(rows: list[tuple[int, int]], n: int) -> None:
    values, ranks = [float(row[0]) for row in rows], [row[1] for row in rows]
    by_rank = sorted(range(len(rows)), key=lambda i: (ranks[i], -values[i], i))
    by_value = sorted(range(len(rows)), key=lambda i: (-values[i], i))
    assert tails.worst(values, n, ranks).tolist() == by_rank[:n]
    assert tails.worst(values, n).tolist() == by_value[:n]


# --- concentration and felt -------------------------------------------------------------------


def test_the_same_rate_can_fall_on_everyone_or_on_a_few() -> None:
    spread_out, on_two = np.ones(20), np.array([10] * 2 + [0] * 18)
    assert tails.concentration(spread_out).share == pytest.approx(0.1)
    assert tails.concentration(on_two).share == 1.0


def test_a_tenth_of_fifteen_customers_is_one_and_half_of_the_next() -> None:
    found = tails.concentration([8, 4, 4, *[0] * 12])
    assert found.worst == 1.5
    assert found.borne == 8 + 4 / 2
    assert found.total == 16
    assert found.share == 10 / 16


def test_whole_customers_stay_whole_in_spite_of_rounding() -> None:
    assert tails.concentration([5, 3, 2, *[1] * 27]).borne == 10
    assert 0.55 * 100 != 55
    assert tails.concentration([1] * 100, worst_share=0.55).worst == 55


def test_where_nobody_was_hit_nobody_bore_more() -> None:
    found = tails.concentration([0] * 40)
    assert (found.customers, found.total) == (40, 0)
    assert math.isnan(found.share)
    assert math.isnan(tails.concentration([]).share)


def test_the_whole_bears_the_whole() -> None:
    assert tails.concentration([3, 0, 1], worst_share=1.0).share == 1.0


@pytest.mark.parametrize("share", [0.0, -0.1, 10.0])
def test_a_share_of_customers_in_percent_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="0.1 for a tenth".replace(".", r"\.")):
        tails.concentration([1], share)


@pytest.mark.parametrize("breaches", [[-1, 2], [math.nan, 1]])
def test_impossible_breaches_are_refused(breaches: list[float]) -> None:
    with pytest.raises(ValueError, match="missing or negative"):
        tails.concentration(breaches)


@steady
@given(st.lists(st.integers(0, 30), min_size=1, max_size=80), st.floats(0.01, 1.0))
def test_the_worst_bear_at_least_their_part_and_order_does_not_matter(
    breaches: list[int], share: float
) -> None:
    found = tails.concentration(breaches, share)
    again = tails.concentration(sorted(breaches), share)
    assert (found.borne, found.worst) == (again.borne, again.worst)
    if found.total:
        assert share - 1e-9 <= found.share <= 1
        more = tails.concentration(breaches, min(1.0, share * 1.5))
        assert more.share >= found.share - 1e-12


def test_a_customer_hit_twice_is_counted_as_hit_once_too() -> None:
    found = tails.felt([0, 0, 1, 1, 2, 5])
    assert found.customers == 6
    assert found.times == (1, 2, 3)
    assert found.hit == (4, 2, 1)


@steady
@given(st.lists(st.integers(0, 9), max_size=60))
def test_fewer_customers_are_hit_more_often(breaches: list[int]) -> None:
    hit = tails.felt(breaches).hit
    assert hit[0] >= hit[1] >= hit[2]


def test_quantiles_of_a_million_waits_agree_with_numpy() -> None:
    waits = np.random.default_rng(2).lognormal(3, 1.2, 200_000)
    found = tails.quantiles(waits)
    assert_allclose(found.value, np.quantile(waits, [0.5, 0.9, 0.95, 0.99]))
