"""One shelf: what is missing, on hand and met at once, against published numbers and plain sums."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import stocking

steady = settings(deadline=None, max_examples=40, derandomize=True)
means = st.floats(0.001, 60.0)
stocks = st.integers(0, 90)
widths = st.floats(1.01, 8.0)


def law(mean: float, variance: float, upto: int) -> list[float]:
    """Give P(X = 0 … upto) by the ratio of neighbours, which is how a textbook tells it."""
    if variance <= mean:
        terms = [math.exp(-mean)]
        for k in range(1, upto + 1):
            terms.append(terms[-1] * mean / k)
        return terms
    p, r = mean / variance, mean**2 / (variance - mean)
    terms = [p**r]
    for k in range(1, upto + 1):
        terms.append(terms[-1] * (r + k - 1) / k * (1 - p))
    return terms


# --- published numbers ------------------------------------------------------------------------


def test_the_point_estimate_promises_too_little_waiting_as_sherbrooke_showed() -> None:
    """Sherbrooke 1968, Operations Research 16:122, p. 138: .1036, and .1485 (exact .148641)."""
    certain = float(stocking.expected_backorders(2, 1.0))
    doubtful = float(np.mean(stocking.expected_backorders(2, np.array([0.5, 1.5]))))
    assert certain == pytest.approx(3 * math.exp(-1) - 1, abs=1e-15)
    assert round(certain, 4) == 0.1036
    mixed = (2.5 * math.exp(-0.5) + 3.5 * math.exp(-1.5) - 2) / 2
    assert doubtful == pytest.approx(mixed, abs=1e-15)
    assert math.floor(doubtful * 1e4) / 1e4 == 0.1486
    assert f"{doubtful:.6f}" == "0.148641"


def test_the_depot_of_the_utility_keeps_what_the_book_prints() -> None:
    """Rossetti, Inventory Management, ch. 9, exm-metric-transformer: mean 20.7123, stock 16."""
    found = stocking.base_stock(16, 126 * 60 / 365, rate=126.0)
    assert round(float(found.backorders), 4) == 5.0201
    assert round(float(found.backorders_variance), 4) == 16.6215
    assert round(float(found.wait) * 365, 2) == 14.54
    assert round(float(stocking.squared_backorders(16, 126 * 60 / 365)), 4) == 41.8229


@pytest.mark.parametrize(
    ("stock", "load", "printed"),
    [
        (1, 0.1, 0.09090909090909091),
        (2, 0.1, 0.004524886877828055),
        (3, 0.1, 0.00015080681646810438),
        (5, 0.1, 7.540311826579467e-08),
        (8, 0.1, 2.2441404217161765e-13),
        (1, 0.5, 0.3333333333333333),
        (2, 0.5, 0.07692307692307693),
        (3, 0.5, 0.012658227848101267),
        (5, 0.5, 0.00015795293002685202),
        (8, 0.5, 5.876141859231265e-08),
        (1, 1.0, 0.5),
        (2, 1.0, 0.2),
        (3, 1.0, 0.0625),
        (5, 1.0, 0.003067484662576687),
        (8, 1.0, 9.124004343026069e-06),
        (1, 2.0, 0.6666666666666666),
        (2, 2.0, 0.4),
        (3, 2.0, 0.2105263157894737),
        (5, 2.0, 0.03669724770642201),
        (8, 2.0, 0.0008594757198109153),
        (1, 5.0, 0.8333333333333334),
        (2, 5.0, 0.6756756756756757),
        (3, 5.0, 0.5296610169491526),
        (5, 5.0, 0.2848678213309025),
        (8, 5.0, 0.07004785220956705),
    ],
)
def test_erlang_loss_is_the_one_of_the_recursion(stock: int, load: float, printed: float) -> None:
    """B(c) = a B(c − 1) ÷ (c + a B(c − 1)); five loads by five stocks, tabled to 16 digits."""
    assert float(stocking.erlang_loss(stock, load)) == pytest.approx(printed, rel=1e-14)
    assert float(stocking.erlang_loss(0, load)) == pytest.approx(1.0, abs=1e-14)


CHAINS = [
    # rates, stocks, own, lateral, emergency, own without help: exact chains, mean replenishment 1
    (
        (1.0, 1.0),
        (1, 1),
        (0.40000000000000036, 0.40000000000000024),
        (0.1999999999999999, 0.19999999999999998),
        0.4,
        (0.5, 0.5),
    ),
    (
        (1.0, 1.0),
        (2, 2),
        (0.7500000000000002, 0.75),
        (0.15476190476190457, 0.15476190476190477),
        0.09523809523809523,
        (0.8, 0.8),
    ),
    (
        (0.5, 2.0),
        (1, 3),
        (0.5448843171150728, 0.7587471908226322),
        (0.3051996358712548, 0.09133676216369548),
        0.14991604701367234,
        (0.6666666666666667, 0.7894736842105263),
    ),
    (
        (0.2, 0.2),
        (1, 1),
        (0.8108108108108109, 0.8108108108108111),
        (0.13513513513513523, 0.13513513513513498),
        0.054054054054054064,
        (0.8333333333333333, 0.8333333333333333),
    ),
    (
        (0.1, 0.4),
        (0, 1),
        (0.0, 0.6666666666666666),
        (0.6666666666666669, 0.0),
        0.3333333333333333,
        (0.0, 0.7142857142857142),
    ),
    (
        (3.0, 1.0),
        (4, 2),
        (0.762846668532108, 0.6791091650031148),
        (0.11999086007201101, 0.20372836360100421),
        0.11716247139588101,
        (0.7938931297709924, 0.8),
    ),
]
Pair = tuple[float, float]


@pytest.mark.parametrize(("rates", "stock", "own", "lateral", "emergency", "alone"), CHAINS)
def test_two_sites_that_lend_to_each_other_match_the_exact_chain(
    rates: Pair, stock: tuple[int, int], own: Pair, lateral: Pair, emergency: float, alone: Pair
) -> None:
    """Two-site chains solved independently; the emergency share is Erlang's, pooled."""
    found = stocking.shared_stock(stock, rates, 1.0, lateral_time=2.0, emergency_time=24.0)
    assert_allclose(found.own, own, atol=1e-14)
    assert_allclose(found.lateral, lateral, atol=1e-14)
    assert_allclose(found.emergency, emergency, atol=1e-14)
    assert_allclose(found.wait, 2 * np.array(lateral) + 24 * emergency, atol=1e-12)
    pooled = stocking.pooled_emergency(stock, rates, 1.0)
    assert_allclose(found.emergency, pooled, rtol=1e-12)
    for rate, held, met in zip(rates, stock, alone, strict=True):
        single = stocking.shared_stock([held], [rate], 1.0)
        assert_allclose([single.own[0], single.lateral[0]], [met, 0.0], atol=1e-14)
        assert_allclose(1 - stocking.erlang_loss(held, rate), met, atol=1e-14)


def test_three_sites_share_as_one_big_site() -> None:
    found = stocking.shared_stock([1, 0, 2], [0.4, 0.3, 0.8], 1.5)
    assert_allclose(found.emergency, stocking.erlang_loss(3, 1.5 * 1.5), rtol=1e-10)
    assert_allclose(found.own + found.lateral + found.emergency, 1.0)


# --- against plain sums -----------------------------------------------------------------------


@steady
@given(stock=stocks, mean=means, width=st.just(1.0) | widths)
def test_every_expectation_equals_the_plain_sum(stock: int, mean: float, width: float) -> None:
    variance = mean * width
    terms = law(mean, variance, int(mean + 60 * math.sqrt(variance)) + 400)
    beyond = [(k - stock, p) for k, p in enumerate(terms) if k > stock]
    assert_allclose(
        stocking.expected_backorders(stock, mean, variance),
        math.fsum(k * p for k, p in beyond),
        rtol=1e-9,
        atol=1e-290,
    )
    assert_allclose(
        stocking.squared_backorders(stock, mean, variance),
        math.fsum(k * k * p for k, p in beyond),
        rtol=1e-8,
        atol=1e-290,
    )
    assert_allclose(
        stocking.at_least(stock, mean, variance),
        math.fsum(terms[stock:]),
        rtol=1e-9,
        atol=1e-290,
    )
    assert_allclose(stocking.pmf(stock, mean, variance), terms[stock], rtol=1e-9, atol=1e-290)


@steady
@given(mean=means, width=st.just(1.0) | widths)
def test_backorders_fall_ever_more_slowly_as_stock_grows(mean: float, width: float) -> None:
    missing = stocking.expected_backorders(np.arange(60), mean, mean * width)
    falls = -np.diff(missing)
    assert missing[0] == pytest.approx(mean)
    assert (falls >= 0).all()
    assert (np.diff(falls) <= 1e-12).all()
    assert_allclose(falls, stocking.at_least(np.arange(1, 60), mean, mean * width), atol=1e-11)


@steady
@given(stock=stocks, mean=means, rate=st.floats(0.01, 100))
def test_littles_law_and_the_balance_of_units_hold(stock: int, mean: float, rate: float) -> None:
    found = stocking.base_stock(stock, mean, rate=rate)
    assert float(found.wait) * rate == pytest.approx(float(found.backorders))
    on_hand = sum((stock - k) * p for k, p in enumerate(law(mean, mean, stock)))
    assert float(found.on_hand) == pytest.approx(on_hand, abs=1e-9)
    assert float(found.fill) == pytest.approx(sum(law(mean, mean, stock)[:stock]), abs=1e-12)


@steady
@given(stock=st.integers(1, 12), rate=st.floats(0.2, 6.0), limit=st.floats(0.0, 0.6))
def test_the_mean_wait_is_the_area_under_the_chance_to_wait_longer(
    stock: int, rate: float, limit: float
) -> None:
    times = np.linspace(0, 1, 4001)
    beyond = stocking.wait_beyond(stock, rate, 1.0, times)
    area = float(np.sum((beyond[1:] + beyond[:-1]) / 2) / 4000)
    assert float(stocking.base_stock(stock, rate, rate=rate).wait) == pytest.approx(area, abs=1e-6)
    assert float(stocking.wait_beyond(stock, rate, 1.0, limit)) <= float(beyond[0])
    assert float(stocking.wait_beyond(stock, rate, 1.0, 1.0)) == 0.0


@steady
@given(
    stock=st.integers(0, 12),
    shape=st.floats(0.4, 20),
    exposure=st.floats(0.2, 10),
    resupply=st.floats(0.01, 2),
)
def test_an_uncertain_rate_gives_the_average_over_the_rates_it_may_be(
    stock: int, shape: float, exposure: float, resupply: float
) -> None:
    found = stocking.predictive(stock, shape, exposure, resupply)
    share = (np.arange(40000) + 0.5) / 40000
    rates = np.asarray(quantile_of_gamma(shape, share)) / exposure
    known = stocking.base_stock(stock, rates * resupply)
    averaged = float(known.backorders.mean())
    assert float(found.backorders) == pytest.approx(averaged, rel=5e-3, abs=1e-5)
    assert float(found.ready) == pytest.approx(float(known.ready.mean()), abs=1e-3)
    seen = float((known.fill * rates).sum() / rates.sum())
    assert float(found.fill) == pytest.approx(seen, abs=1e-3)
    point = float(stocking.expected_backorders(stock, shape / exposure * resupply))
    assert float(found.backorders) >= point - 1e-12


def quantile_of_gamma(shape: float, share: np.typing.NDArray[np.float64]) -> object:
    """Give the quantiles of Gamma(shape, 1)."""
    from scipy import special

    return special.gammaincinv(shape, share)


@steady
@given(share=st.floats(0.0, 0.9999), mean=st.floats(0.0, 200.0), width=st.just(1.0) | widths)
def test_the_smallest_stock_that_covers_is_the_smallest(
    share: float, mean: float, width: float
) -> None:
    found = int(stocking.smallest_stock(share, mean, mean * width))
    covers = 1 - stocking.at_least(np.array([found, found + 1]), mean, mean * width)
    assert covers[1] >= share - 1e-12
    assert found == 0 or covers[0] < share + 1e-12


def test_a_number_gives_what_a_column_of_one_gives() -> None:
    alone = stocking.base_stock(3, 2.5, 4.0, rate=5.0)
    column = stocking.base_stock([3], [2.5], [4.0], rate=[5.0])
    for name in ("backorders", "backorders_variance", "on_hand", "ready", "fill", "wait"):
        assert getattr(column, name).shape == (1,)
        assert float(getattr(alone, name)) == getattr(column, name)[0]


# --- the edges --------------------------------------------------------------------------------


def test_a_part_that_nobody_asks_for_is_never_missing_and_has_no_wait() -> None:
    found = stocking.base_stock([0, 2], 0.0, rate=0.0)
    assert found.backorders.tolist() == [0.0, 0.0]
    assert found.on_hand.tolist() == [0.0, 2.0]
    assert np.isnan(found.wait).all()
    assert found.ready.tolist() == [0.0, 1.0]


def test_an_empty_shelf_leaves_the_whole_pipeline_missing() -> None:
    found = stocking.base_stock(0, 3.0)
    assert float(found.backorders) == 3.0
    assert float(found.backorders_variance) == pytest.approx(3.0)
    assert float(found.fill) == 0.0


@pytest.mark.parametrize("mean", [1e4, 1e6, 1e8])
def test_a_huge_pipeline_behaves_like_a_normal_one(mean: float) -> None:
    spread = math.sqrt(mean)
    found = stocking.base_stock(int(mean), mean)
    assert float(found.backorders) == pytest.approx(spread / math.sqrt(2 * math.pi), rel=1e-2)
    assert float(stocking.base_stock(int(mean + 9 * spread), mean).backorders) < 1e-10 * spread
    assert abs(int(stocking.smallest_stock(0.5, mean)) - mean) < 2


def test_the_tail_keeps_its_digits() -> None:
    """E[(X − 30)⁺] of a Poisson with mean 1, by exact fractions of the series."""
    tail = math.fsum((k - 30) * math.exp(-1) / math.factorial(k) for k in range(31, 60))
    assert float(stocking.expected_backorders(30, 1.0)) == pytest.approx(tail, rel=1e-13)
    assert tail < 1e-33


def test_stock_promised_ahead_counts_as_missing() -> None:
    assert float(stocking.expected_backorders(-2, 1.5)) == pytest.approx(3.5)
    assert float(stocking.squared_backorders(-2, 1.5)) == pytest.approx(1.5 + 3.5**2)


# --- what cannot be used ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: stocking.base_stock(-1, 1.0), "stock cannot be used .*-1.*whole number from 0 up"),
        (lambda: stocking.base_stock(1.5, 1.0), r"1\.5.*whole number"),
        (lambda: stocking.base_stock([1, 1], [1.0, -2.0]), r"position 1: -2\.0"),
        (lambda: stocking.base_stock(1, math.nan), "mean cannot be used"),
        (lambda: stocking.base_stock([1, 2], [1.0, 2.0, 3.0]), "do not fit each other"),
        (lambda: stocking.base_stock(1, 0.0, 1.0), "cannot vary"),
        (lambda: stocking.smallest_stock(1.0, 2.0), "below 1"),
        (lambda: stocking.smallest_stock(1.2, 2.0), "share between 0 and 1"),
        (lambda: stocking.predictive(1, 0.0, 1.0, 1.0), "shape cannot be used"),
        (lambda: stocking.shared_stock([1, 2], [1.0], 1.0), "as many rates"),
        (lambda: stocking.shared_stock([9] * 6, [1.0] * 6, 1.0), "pooled_emergency"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says):
        call()
