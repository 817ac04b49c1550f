"""Chances of outlasting a date, shares drawn toward their whole, and whether chances come true."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wellkept.methods.chances import (
    MOST_WEIGHT,
    outlasting,
    reliability,
    toward,
    weight_of_whole,
)
from wellkept.methods.survival import kaplan_meier

WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
STILL = {3, 5, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20}
"""Remission with 6-MP (Freireich et al. 1963, Blood 21:699), as Kalbfleisch & Prentice 2002 have
it in table 1.1; the second set is places of those still in remission."""


def remission(due: float) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    done = np.array([place not in STILL for place in range(len(WEEKS))])
    return np.array(WEEKS) / due, done, np.zeros(len(WEEKS), bool)


def test_the_chance_of_those_still_open_is_the_ratio_of_the_published_curve() -> None:
    """Kalbfleisch & Prentice: S(6) .857, S(7) .807, S(10) .753, S(13) .690, S(16) .627."""
    found = outlasting(*remission(16), ages=[0, 6 / 16, 10 / 16, 13 / 16])
    assert found.value == pytest.approx(
        [0.627, 0.627 / 0.857, 0.627 / 0.753, 0.627 / 0.690], abs=1e-3
    )


def test_without_any_still_open_it_is_the_share_that_a_child_would_count() -> None:
    lasted = np.array([0.1, 0.3, 0.5, 0.5, 0.9, 1.0, 1.2, 3.0])
    all_done, none = np.ones(8, bool), np.zeros(8, bool)
    found = outlasting(lasted, all_done, none, [0, 0.4, 0.95])
    assert found.value == pytest.approx([2 / 8, 2 / 6, 2 / 3])
    assert found.like.tolist() == [8, 6, 3] and found.kept.tolist() == [6, 4, 1]


def test_what_was_given_up_is_not_kept_and_not_open_any_more() -> None:
    lasted, gave_up = np.array([0.2, 0.5, 0.8]), np.array([True, False, False])
    found = outlasting(lasted, ~gave_up, gave_up, [0, 0.3])
    assert found.value == pytest.approx([1 / 3, 0])
    assert found.like.tolist() == [3, 2]


def test_nobody_seen_so_long_is_not_known() -> None:
    found = outlasting([0.1, 0.2], [True, True], [False, False], [0.5])
    assert np.isnan(found.value[0]) and (found.low[0], found.high[0]) == (0, 1)
    assert np.isnan(outlasting([], [], [], [0.5]).value[0])


def test_an_age_at_which_it_is_due_already_is_refused() -> None:
    with pytest.raises(ValueError, match="below 1"):
        outlasting([0.1], [True], [False], [1.0])


spans = st.lists(
    st.tuples(st.integers(1, 40), st.sampled_from(["done", "open", "gone"])),
    min_size=1,
    max_size=30,
)


@settings(max_examples=40)
@given(spans, st.integers(0, 19))
def test_one_curve_for_all_ages_is_the_curve_of_each_age(
    rows: list[tuple[int, str]], step: int
) -> None:
    lasted = np.array([n / 20 for n, _ in rows])
    done, gone = (np.array([how == word for _, how in rows]) for word in ("done", "gone"))
    found = outlasting(lasted, done, gone, [step / 20])
    there = lasted > step / 20
    if not there.any():
        assert np.isnan(found.value[0])
        return
    end = np.where(gone, 2.0, np.minimum(lasted, 2.0))[there]
    alone = kaplan_meier(end, done[there], fewest=1).at(1.0)
    assert found.value[0] == pytest.approx(alone.value, nan_ok=True)
    assert 0 <= found.low[0] <= found.high[0] <= 1
    assert 0 <= found.kept[0] <= found.like[0] <= there.sum()


# Shares drawn toward their whole


def test_with_equal_groups_the_weight_is_that_of_the_analysis_of_variance() -> None:
    k, n = np.array([3.0, 9.0, 15.0, 21.0]), 30
    share = k / n
    between_mean_square = n * ((share - share.mean()) ** 2).sum() / 3
    within = (n * share * (1 - share)).sum() / (4 * n - 4)
    between = (between_mean_square - within) / n
    assert weight_of_whole(k, np.full(4, n)) == pytest.approx(within / between)


def test_groups_that_differ_by_chance_only_are_worth_no_more_than_their_whole() -> None:
    assert weight_of_whole([10, 11, 9], [100, 100, 100]) == MOST_WEIGHT
    assert weight_of_whole([10], [100]) == MOST_WEIGHT
    assert weight_of_whole([0, 0], [0, 0]) == MOST_WEIGHT


@settings(max_examples=40)
@given(st.floats(0, 1), st.integers(0, 2_000), st.floats(0, 1), st.floats(0.01, 200))
def test_a_drawn_share_lies_between_its_own_and_the_whole(
    own: float, n: int, whole: float, weight: float
) -> None:
    found = toward([own], [n], [whole], weight)
    low, high = sorted((own, whole))
    assert low - 1e-9 <= found.value[0] <= high + 1e-9
    assert 0 <= found.low[0] <= found.value[0] <= found.high[0] <= 1


def test_a_group_that_saw_nobody_is_the_whole_and_a_large_one_is_itself() -> None:
    found = toward([np.nan, 0.9], [0, 1_000_000], [0.2, 0.2], 50.0)
    assert found.value == pytest.approx([0.2, 0.9], abs=1e-4)


# Whether chances come true

cases = st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.6, 0.9]), st.booleans()), min_size=1)


@settings(max_examples=40)
@given(cases)
def test_murphys_three_parts_add_up_to_brier(rows: list[tuple[float, bool]]) -> None:
    chance, came = (np.array(part) for part in zip(*rows, strict=True))
    found = reliability(chance, came, [0, 0.2, 0.5, 0.8, 1])
    assert found.brier == pytest.approx(found.gap - found.sorting + found.plain)
    assert found.n.sum() == len(rows)


def test_chances_that_are_true_agree_and_chances_that_are_half_do_not() -> None:
    luck = np.random.default_rng(3)
    true = luck.uniform(0.05, 0.95, 4_000)
    came = luck.uniform(size=true.size) < true
    edges = np.linspace(0, 1, 11)
    fair, meek = reliability(true, came, edges), reliability(true / 2, came, edges)
    assert abs(fair.z) < 1.96 < meek.z
    assert fair.agree.sum() >= 9 and not meek.agree[1:].any()
    assert fair.brier < meek.brier and fair.skill > 0.25


def test_saying_the_overall_share_every_time_has_no_skill() -> None:
    came = np.array([True, False, False, False])
    found = reliability(np.full(4, 0.25), came, [0, 1])
    assert found.skill == pytest.approx(0) and found.sorting == 0 and found.z == pytest.approx(0)


@pytest.mark.parametrize("chance", [[], [1.2], [-0.1]])
def test_no_case_and_no_chance_is_refused(chance: list[float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        reliability(chance, [True] * len(chance), [0, 1])
