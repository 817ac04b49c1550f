"""Intervals: published values, the rules for nothing and everything, and what they promise."""

from __future__ import annotations

import math
from typing import Any, Protocol

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import bounds
from wellkept.methods.bounds import Interval, Ranks

Table = list[tuple[int, int, float, float]]


class OfCounts(Protocol):
    def __call__(self, k: Any, n: Any, level: float = ...) -> Interval[Any]: ...


steady = settings(deadline=None, max_examples=25, derandomize=True)
levels = st.sampled_from([0.8, 0.9, 0.95, 0.99])

# R 4.2.2, binom.test (Clopper–Pearson) and prop.test(correct=FALSE) (Wilson), 95 %
CLOPPER_PEARSON = [
    (0, 10, 0.0, 0.308497107819),
    (1, 10, 0.00252857854446, 0.4450161170282),
    (3, 10, 0.0667395111777, 0.65245285006),
    (10, 10, 0.691502892181, 1.0),
    (45, 60, 0.62140364452, 0.852813926201),
]
WILSON = [
    (0, 10, 0.0, 0.277532799863),
    (1, 10, 0.0178762130951, 0.4041500267952),
    (3, 10, 0.107791267406, 0.603221852539),
    (10, 10, 0.722467200137, 1.0),
    (45, 60, 0.62767929923, 0.842234774699),
]
# R package RSurveillance, example of binom.jeffreys, 95 %
JEFFREYS = [
    (10, 200, 0.02599340, 0.08687509),
    (20, 200, 0.06416642, 0.14729862),
    (25, 200, 0.08462743, 0.176126),
    (50, 200, 0.19387268, 0.31330266),
    (90, 200, 0.38218245, 0.51925306),
]
# R 4.2.2, poisson.test, 95 %
POISSON = [
    (0, 0.0, 3.68887945411),
    (1, 0.0253178079843, 5.5716433909389),
    (3, 0.618672122896, 8.767273069742),
    (10, 4.79538869613, 18.39035604202),
    (30, 20.2408740214, 42.8268653948),
]


@pytest.mark.parametrize(
    ("method", "table", "digits"),
    [
        (bounds.guarantee, CLOPPER_PEARSON, 1e-11),
        (bounds.wilson, WILSON, 1e-11),
        (bounds.share, JEFFREYS, 2e-7),
    ],
)
def test_intervals_of_a_share_equal_the_published_ones(
    method: OfCounts, table: Table, digits: float
) -> None:
    k, n, low, high = (np.array(column) for column in zip(*table, strict=True))
    found = method(k, n)
    assert_allclose(found.value, k / n)
    assert_allclose(found.low, low, rtol=digits, atol=digits)
    assert_allclose(found.high, high, rtol=digits)


def test_a_poisson_rate_has_the_exact_interval_that_r_gives() -> None:
    count, low, high = (np.array(column) for column in zip(*POISSON, strict=True))
    found = bounds.poisson(count)
    assert_allclose(found.low, low, rtol=1e-11, atol=1e-12)
    assert_allclose(found.high, high, rtol=1e-11)


def test_a_rate_is_counted_per_unit_of_exposure() -> None:
    once, over_ten_days = bounds.poisson(3), bounds.poisson(3, exposure=10)
    assert over_ten_days.value == 0.3
    assert_allclose([over_ten_days.low, over_ten_days.high], [once.low / 10, once.high / 10])


def test_a_rate_without_exposure_is_unknown() -> None:
    found = bounds.poisson(0, exposure=0)
    assert math.isnan(found.value)
    assert (found.low, found.high) == (0.0, math.inf)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((11, 800, 21, 3011), (1.971488, 0.8584264, 4.2772659)),  # R, example of poisson.test
        ((10, 20000, 2, 17887), (4.47175, 0.9529548, 41.9743814)),  # R, poisson.test
    ],
)
def test_a_ratio_of_rates_equals_that_of_r(
    counts: tuple[int, int, int, int], expected: tuple[float, float, float]
) -> None:
    found = bounds.rate_ratio(*counts)
    assert_allclose([found.value, found.low, found.high], expected, rtol=1e-7)


def test_a_ratio_over_a_base_that_never_failed_has_no_upper_bound() -> None:
    found = bounds.rate_ratio(5, 1, 0, 1)
    assert (found.value, found.high) == (math.inf, math.inf)
    assert found.low == pytest.approx(0.916356, rel=1e-6)
    assert found.plain() == {"value": None, "low": pytest.approx(0.916356, rel=1e-6), "high": None}


def test_a_ratio_of_nothing_to_nothing_is_unknown() -> None:
    found = bounds.rate_ratio(0, 1, 0, 1)
    assert math.isnan(found.value)
    assert (found.low, found.high) == (0.0, math.inf)


@pytest.mark.parametrize("method", [bounds.share, bounds.guarantee, bounds.wilson])
def test_of_no_promises_no_share_is_known(method: OfCounts) -> None:
    found = method(0, 0)
    assert math.isnan(found.value)
    assert (found.low, found.high) == (0.0, 1.0)
    assert found.plain() == {"value": None, "low": 0.0, "high": 1.0}


@pytest.mark.parametrize("method", [bounds.share, bounds.guarantee, bounds.wilson])
def test_never_and_always_reach_the_end_of_the_scale(method: OfCounts) -> None:
    assert method(0, 12).low == 0.0
    assert method(12, 12).high == 1.0
    assert 0 < method(0, 12).high < 0.4
    assert 0.6 < method(12, 12).low < 1


@pytest.mark.parametrize("method", [bounds.share, bounds.guarantee, bounds.wilson])
@pytest.mark.parametrize(("k", "n"), [(6, 5), (-1, 5), (1.5, 5), (1, math.nan), (0, -1)])
def test_impossible_counts_are_refused(method: OfCounts, k: float, n: float) -> None:
    with pytest.raises(ValueError, match="0 ≤ k ≤ n"):
        method(k, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_in_percent_is_refused_with_the_right_form(level: float) -> None:
    with pytest.raises(ValueError, match=r"0\.95 means 95 %"):
        bounds.share(1, 2, level)


@pytest.mark.parametrize(("count", "exposure"), [(-1, 1), (0.5, 1), (1, -1)])
def test_impossible_rates_are_refused(count: float, exposure: float) -> None:
    with pytest.raises(ValueError, match="whole counts and exposures"):
        bounds.poisson(count, exposure)


def test_a_ratio_needs_exposure_on_both_sides() -> None:
    with pytest.raises(ValueError, match="above 0 on both sides"):
        bounds.rate_ratio(1, 0, 1, 1)


@steady
@given(st.integers(1, 400), st.data(), levels)
def test_every_interval_of_a_share_holds_the_share_and_widens_with_the_level(
    n: int, data: st.DataObject, level: float
) -> None:
    k = data.draw(st.integers(0, n))
    for method in (bounds.share, bounds.guarantee, bounds.wilson):
        found, wider = method(k, n, level), method(k, n, (1 + level) / 2)
        assert 0 <= found.low <= k / n <= found.high <= 1
        assert wider.low <= found.low + 1e-12
        assert wider.high >= found.high - 1e-12
    promised, shown = bounds.guarantee(k, n, level), bounds.share(k, n, level)
    assert promised.low <= shown.low
    assert promised.high >= shown.high


@steady
@given(st.integers(2, 300), st.data())
def test_one_more_breach_raises_both_ends(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n - 1))
    for method in (bounds.share, bounds.guarantee, bounds.wilson):
        assert method(k + 1, n).low > method(k, n).low - 1e-15
        assert method(k + 1, n).high >= method(k, n).high


@steady
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8))
def test_a_vector_is_so_many_single_calls(pairs: list[tuple[int, int]]) -> None:
    k = [min(pair) for pair in pairs]
    n = [max(pair) for pair in pairs]
    together = bounds.share(k, n)
    for i in range(len(pairs)):
        alone = bounds.share(k[i], n[i])
        assert_allclose([together.low[i], together.high[i]], [alone.low, alone.high])


# --- quantiles -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p", "two_sided", "one_sided"), [(0.9, 36, 29), (0.95, 72, 59), (0.99, 368, 299)]
)
def test_a_tail_has_an_upper_bound_only_from_so_many_cases(
    p: float, two_sided: int, one_sided: int
) -> None:
    assert bounds.cases_needed(p) == two_sided
    assert bounds.cases_needed(p, level=0.9) == one_sided  # 95 % on one side
    assert bounds.quantile_ranks(two_sided - 1, p).upper is None
    assert bounds.quantile_ranks(two_sided, p).upper == two_sided


@pytest.mark.parametrize(
    ("n", "ranks"),
    # ranks of the widely tabled 95 % interval for a median; five cases give only 93.8 %
    [(5, Ranks(None, None)), (6, Ranks(1, 6)), (9, Ranks(2, 8)), (10, Ranks(2, 9)),
     (12, Ranks(3, 10)), (14, Ranks(3, 12)), (17, Ranks(5, 13)), (20, Ranks(6, 15))],
)  # fmt: skip
def test_a_median_lies_between_the_tabled_ranks(n: int, ranks: Ranks) -> None:
    assert bounds.quantile_ranks(n, 0.5) == ranks


@steady
@given(st.integers(0, 3000), st.sampled_from([0.1, 0.5, 0.9, 0.95, 0.99]), levels)
def test_ranks_are_the_tightest_that_keep_each_side_within_half(
    n: int, p: float, level: float
) -> None:
    from scipy.special import bdtr

    side = (1 - level) / 2
    ranks = bounds.quantile_ranks(n, p, level)
    below = [bdtr(x - 1, n, p) if x > 0 else 0.0 for x in range(n + 2)]  # P(X < x)
    assert (ranks.lower or 0) == max(x for x in range(n + 1) if below[x] <= side)
    expected = min(x for x in range(n + 2) if 1 - below[x] <= side * (1 + 1e-9))
    assert ranks.upper == (expected if expected <= n else None)


def test_ranks_of_ten_million_cases_are_exact() -> None:
    from scipy.special import bdtr

    ranks = bounds.quantile_ranks(10_000_000, 0.99)
    assert ranks.lower is not None
    assert ranks.upper is not None
    assert bdtr(ranks.lower - 1, 10_000_000, 0.99) <= 0.025 < bdtr(ranks.lower, 10_000_000, 0.99)
    assert (
        bdtr(ranks.upper - 1, 10_000_000, 0.99) >= 0.975 > bdtr(ranks.upper - 2, 10_000_000, 0.99)
    )


def test_quantiles_interpolate_as_the_source_tables_do() -> None:
    waits = [4.0, 1.0, 3.0, 2.0, 10.0]
    assert bounds.quantile(waits, 0.5).value == 3.0
    assert_allclose(bounds.quantile(waits, [0.25, 0.9]).value, np.quantile(waits, [0.25, 0.9]))


def test_the_p99_of_two_visits_is_at_least_the_slower_one() -> None:
    # P(both below the p99) = 98 %, so interpolating between the two would promise too much
    found = bounds.quantile([3.0, 9.0], 0.99)
    assert (found.low, found.value, found.high) == (9.0, 9.0, math.inf)


def test_nineteen_visits_cannot_bound_the_slowest_tenth() -> None:
    found = bounds.quantile(np.arange(1.0, 20.0), 0.9)
    assert found.low == 14.0
    assert found.high == math.inf
    assert found.plain()["high"] is None


def test_of_no_values_no_quantile_is_known() -> None:
    found = bounds.quantile([], [0.5, 0.9])
    assert np.isnan(found.value).all()
    assert np.isneginf(found.low).all()
    assert np.isposinf(found.high).all()


@pytest.mark.parametrize("p", [0.0, 1.0, 95, math.nan])
def test_a_quantile_in_percent_is_refused_with_the_right_form(p: float) -> None:
    with pytest.raises(ValueError, match=r"0\.95 for p95"):
        bounds.quantile([1.0], p)


def test_a_missing_duration_is_not_dropped_silently() -> None:
    with pytest.raises(ValueError, match="leave out or censor"):
        bounds.quantile([1.0, math.nan], 0.5)


def test_a_negative_number_of_cases_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        bounds.quantile_ranks(-1, 0.5)


@steady
@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=300),
    st.sampled_from([0.5, 0.9, 0.95]),
    levels,
)
def test_a_quantile_lies_between_its_bounds_and_in_any_order(
    values: list[int], p: float, level: float
) -> None:
    found = bounds.quantile(values, p, level)
    assert found.low <= found.value <= found.high
    again = bounds.quantile(sorted(values), p, level)
    assert (again.low, again.value, again.high) == (found.low, found.value, found.high)


@steady
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200))
def test_higher_quantiles_are_never_smaller(values: list[float]) -> None:
    found = bounds.quantile(values, [0.1, 0.5, 0.9, 0.99])
    for row in (found.value, found.low, found.high):
        assert not (row[1:] < row[:-1]).any()


def test_nineteen_intervals_of_twenty_hold_the_true_tail() -> None:
    chance = np.random.default_rng(20260301)
    true = -math.log(0.1)  # the p90 of unit exponential waits
    held = 0
    for _ in range(500):
        found = bounds.quantile(chance.exponential(size=80), 0.9)
        held += found.low <= true <= found.high
    assert 0.945 <= held / 500 <= 0.985  # exact coverage is 96.1 %


def test_a_guarantee_holds_at_least_as_often_as_it_says() -> None:
    from scipy.special import bdtr

    n, level = 25, 0.95
    ends = bounds.guarantee(np.arange(n + 1), n, level)
    for p in np.linspace(0.02, 0.98, 25):
        held = (ends.low <= p) & (p <= ends.high)
        mass = np.diff([0.0, *(bdtr(x, n, p) for x in range(n + 1))])
        assert mass[held].sum() >= level


def test_jeffreys_is_right_on_average_where_a_guarantee_is_too_wide() -> None:
    from scipy.special import bdtr

    n = 25
    held: dict[str, list[float]] = {"share": [], "guarantee": []}
    for p in np.linspace(0.02, 0.98, 97):
        mass = np.diff([0.0, *(bdtr(x, n, p) for x in range(n + 1))])
        for name, rows in held.items():
            ends = getattr(bounds, name)(np.arange(n + 1), n)
            rows.append(mass[(ends.low <= p) & (p <= ends.high)].sum())
    assert sum(held["share"]) / 97 == pytest.approx(0.95, abs=0.01)
    assert sum(held["guarantee"]) / 97 > 0.965
