"""Kaplan–Meier: published curves, late entry, open cases, questions and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from wellkept.methods import survival, tails
from wellkept.methods.survival import kaplan_meier

# lifelines, data set "waltons" (MIT): age, settled at it, open at it
WALTONS = [
    (6, 1, 0), (7, 1, 1), (9, 3, 0), (13, 3, 0), (15, 2, 0), (17, 1, 0), (19, 3, 0), (22, 4, 0),
    (26, 5, 0), (29, 5, 0), (32, 1, 0), (33, 3, 0), (36, 2, 0), (38, 2, 0), (41, 7, 0), (43, 1, 0),
    (45, 9, 1), (47, 1, 0), (48, 8, 0), (51, 3, 0), (53, 7, 0), (54, 2, 0), (56, 18, 0),
    (58, 4, 0), (60, 15, 1), (61, 9, 2), (62, 2, 0), (63, 9, 0), (66, 3, 0), (68, 9, 1),
    (69, 12, 1), (75, 1, 0),
]  # fmt: skip

# lifelines, data set "multicenter aids cohort study" (MIT), Klein & Moeschberger:
# years at entry, years at end, whether settled
MACS = [
    (4.575, 7.575, 0), (3.75, 6.75, 0), (2.986, 5.986, 0), (2.97, 5.97, 0), (2.928, 5.928, 0),
    (2.78, 4.688, 1), (2.626, 5.626, 0), (2.611, 5.611, 0), (2.55, 5.55, 0), (2.347, 5.347, 0),
    (2.175, 3.842, 0), (2.094, 3.655, 1), (2.089, 3.062, 1), (2.042, 5.042, 0),
    (1.736, 4.653, 0), (1.616, 2.729, 1), (1.564, 4.564, 0), (1.561, 2.897, 1),
    (1.556, 4.556, 0), (1.497, 2.024, 1), (1.467, 2.4, 1), (1.363, 3.043, 1), (1.3, 4.3, 0),
    (0.919, 1.169, 1), (0.863, 3.863, 0), (0.811, 3.811, 0), (0.788, 3.788, 0),
    (0.772, 3.772, 0), (0.747, 1.894, 1), (0.642, 1.951, 1), (0.462, 3.462, 0),
    (0.336, 3.336, 0), (0.292, 1.125, 0), (0.266, 1.258, 1), (0.258, 3.258, 0),
    (0.202, 3.202, 0), (0.186, 3.186, 0), (0.164, 0.973, 1), (0.128, 3.128, 0),
    (0.097, 1.794, 1), (0.067, 0.962, 1), (0.05, 1.255, 1), (0, 2.941, 0), (0, 1.619, 1),
    (0, 2.897, 0), (0, 1.619, 1), (0, 2.456, 1), (0, 1.752, 1), (0, 2.798, 0), (0, 2.769, 0),
    (0, 0.791, 1), (0, 2.753, 0), (0, 2.72, 0), (0, 1.881, 0), (0, 2.714, 0), (0, 1.322, 1),
    (0, 2.658, 0), (0, 1.216, 1), (0, 0.269, 1), (0, 2.5, 1), (0, 2.336, 0), (0, 2.131, 0),
    (0, 2.103, 0), (0, 0.086, 0), (0, 2.064, 0), (0, 2.059, 0), (0, 1.107, 1), (0, 0.067, 0),
    (0, 1.616, 0), (0, 1.431, 0), (0, 1.47, 0), (0, 0.82, 1), (0, 0.989, 0), (0, 0.578, 0),
    (0, 0.489, 0), (0, 0.403, 0), (0, 0.35, 0), (0, 0.153, 0),
]  # fmt: skip

# Freireich et al. 1963, 6-mercaptopurine arm; Klein & Moeschberger 2003, tables 4.1A and 4.1B
REMISSION_WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def waltons() -> survival.Curve:
    age, settled, still_open = np.array(WALTONS).T
    lasted = np.concatenate((np.repeat(age, settled), np.repeat(age, still_open)))
    return kaplan_meier(lasted, np.arange(163) < settled.sum())


# --- published curves ------------------------------------------------------------------------


def test_the_waltons_curve_equals_r_and_lifelines() -> None:
    # R 4.2.2 survival 3.5-3, survfit(conf.type = "log-log")
    curve = waltons()
    found = curve.at([33, 60])
    assert_allclose(found.value, [0.802530674847, 0.311523659396], rtol=1e-11)
    assert_allclose(found.low, [0.732496108894, 0.241659493551], rtol=1e-11)
    assert_allclose(found.high, [0.856023467572, 0.383758620204], rtol=1e-11)
    ages = curve.quantile([0.1, 0.5, 0.9])  # lifelines 0.30.3, percentile and band inverted
    assert ages.value.tolist() == [22, 56, 69]
    assert ages.low.tolist() == [15, 53, 68]
    assert ages.high.tolist() == [29, 58, 69]


def test_the_remission_curve_equals_the_textbook_table() -> None:
    curve = kaplan_meier(REMISSION_WEEKS, RELAPSED)
    assert curve.t.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.s.round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    variance = (curve.s**2 * curve.spread).round(4)
    assert variance.tolist() == [0.0058, 0.0076, 0.0093, 0.0114, 0.0130, 0.0164, 0.0181]
    assert_allclose(curve.low[[0, -1]], [0.619718, 0.188052], atol=5e-7)  # lifelines 0.30.3
    assert_allclose(curve.high[[0, -1]], [0.951552, 0.680143], atol=5e-7)


def test_the_median_remission_has_no_upper_bound() -> None:
    median = kaplan_meier(REMISSION_WEEKS, RELAPSED).quantile(0.5)
    assert (median.value, median.low, median.high) == (23, 13, math.inf)
    assert median.plain() == {"value": 23.0, "low": 13.0, "high": None}


def test_cases_that_came_under_watch_late_give_the_curve_of_r() -> None:
    # R 4.2.2 survival 3.5-3, survfit(Surv(W, W + T, D)): the ages counted from entry
    entry, age, settled = np.array(MACS).T
    found = kaplan_meier(entry + age, settled, entry).at([3, 5, 8])
    assert_allclose(found.value, [0.61516985944, 0.498401506491, 0.397163700485], rtol=1e-11)


def test_cases_that_came_under_watch_late_give_the_curve_of_lifelines() -> None:
    # lifelines 0.30.3, KaplanMeierFitter().fit(T, D, entry=W)
    entry, age, settled = np.array(MACS).T
    curve = kaplan_meier(age, settled, entry)
    assert_allclose(curve.at([3, 5]).value, [0.532434, 0.424588], atol=5e-7)
    assert curve.at_risk[:5].tolist() == [42, 44, 44, 45, 44]  # it grows while cases come in
    assert curve.start == 0
    assert curve.note is None


# --- what leaving cases out would do ----------------------------------------------------------


def test_the_open_cases_hold_the_tail_that_closed_ones_hide() -> None:
    chance = np.random.default_rng(4)
    quick = chance.exponential(24, size=400)
    waiting_for_a_part = chance.exponential(400, size=60)
    lasted = np.concatenate((quick, waiting_for_a_part))
    age_at_the_snapshot = chance.uniform(0, 336, size=460)
    settled = lasted <= age_at_the_snapshot
    seen = np.minimum(lasted, age_at_the_snapshot)
    closed_only = tails.quantiles(seen[settled]).at(0.9).value
    everyone = kaplan_meier(seen, settled).quantile(0.9)
    true = float(np.quantile(lasted, 0.9))
    assert closed_only < 0.75 * true
    assert everyone.low <= true <= everyone.high


def test_cases_older_than_the_records_are_not_counted_from_their_beginning() -> None:
    chance = np.random.default_rng(5)
    lasted = chance.exponential(50, size=4000)
    age_when_records_began = np.where(chance.random(4000) < 0.5, chance.uniform(0, 150, 4000), 0)
    seen = lasted > age_when_records_began
    naive = kaplan_meier(lasted[seen], np.ones(seen.sum(), bool)).quantile(0.5)
    honest = kaplan_meier(
        lasted[seen], np.ones(seen.sum(), bool), age_when_records_began[seen]
    ).quantile(0.5)
    true = 50 * math.log(2)
    assert honest.low <= true <= honest.high
    assert naive.low > true


def test_the_curve_starts_where_enough_cases_are_under_watch() -> None:
    # three old cases, alone under watch: two settled, one lost to the records
    lasted = [5.0, 9.0, 9.5, *np.linspace(30, 60, 40)]
    settled = [True, True, False, *[True] * 40]
    entry = [4.0, 6.0, 6.0, *np.linspace(10, 20, 40)]
    trusting = kaplan_meier(lasted, settled, entry, fewest=1)
    assert trusting.at(40).value == 0.0  # the first case, alone, has emptied the curve
    curve = kaplan_meier(lasted, settled, entry)
    assert curve.start == pytest.approx(10 + 9 * 10 / 39)  # when the tenth of the forty came in
    assert curve.at(45).value == pytest.approx(0.5, abs=0.03)
    assert (curve.n, curve.open) == (40, 0)
    assert curve.note is not None
    assert "fewer than 10 cases were under watch (2 settled by then are left out)" in curve.note
    assert math.isnan(curve.at(8).value)
    assert (curve.at(8).low, curve.at(8).high) == (0.0, 1.0)
    assert curve.thinned().t[0] == curve.start


def test_a_case_settled_just_when_enough_have_come_is_not_measured_against_them() -> None:
    curve = kaplan_meier([7, *range(20, 30)], [True] * 11, [1, *[7] * 10])
    assert curve.start == 7
    assert curve.t[0] == 20
    assert curve.n == 10


def test_a_curve_that_early_cases_emptied_knows_nothing_of_later_ones() -> None:
    curve = kaplan_meier([5, 20], [True, True], [0, 7], fewest=1)
    assert curve.s.tolist() == [0, 0]
    found = curve.beyond(due=25, elapsed=10)
    assert math.isnan(found.value)
    assert (found.low, found.high) == (0.0, 1.0)


def test_where_there_never_are_enough_the_most_there_are_must_do() -> None:
    curve = kaplan_meier([10, 12, 20], [True, True, False], entry=[1, 2, 5])
    assert curve.start == 5
    assert curve.at_risk.tolist() == [3, 2]


# --- questions to the curve -------------------------------------------------------------------


def test_an_open_case_is_judged_by_those_who_waited_as_long() -> None:
    curve = waltons()
    found = curve.beyond(due=60, elapsed=33)
    assert found.value == pytest.approx(0.311523659396 / 0.802530674847, rel=1e-11)
    age, settled, still_open = np.array(WALTONS).T
    later = age > 33
    lasted = np.concatenate(
        (np.repeat(age[later], settled[later]), np.repeat(age[later], still_open[later]))
    )
    fresh = kaplan_meier(lasted, np.arange(lasted.size) < settled[later].sum()).at(60)
    assert_allclose([found.value, found.low, found.high], [fresh.value, fresh.low, fresh.high])


def test_a_case_past_its_due_age_has_outlasted_it() -> None:
    found = waltons().beyond(due=10, elapsed=33)
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


def test_everyone_outlasts_an_age_before_the_beginning() -> None:
    assert waltons().at(-1).value == 1.0
    assert waltons().beyond(due=10, elapsed=math.inf).value == 1.0


def test_nobody_knows_about_waits_longer_than_any_seen() -> None:
    curve = kaplan_meier([5, 10, 20], [True, True, False])
    later = curve.at(21)
    assert math.isnan(later.value)
    assert later.low == 0.0
    assert later.high == curve.at(20).high < 1
    unseen = curve.beyond(due=40, elapsed=30)
    assert math.isnan(unseen.value)
    assert (unseen.low, unseen.high) == (0.0, 1.0)


def test_once_all_are_settled_nobody_waits_longer() -> None:
    curve = kaplan_meier([5, 10, 20, 30], [True] * 4)
    assert curve.at(30).value == 0.0
    assert curve.at(99).value == 0.0
    assert curve.at(99).low == 0.0
    assert curve.high[-1] == curve.high[-2] == curve.at(99).high
    assert 0 < curve.at(99).high < 1  # four cases do not prove that a fifth cannot wait longer
    assert math.isnan(curve.beyond(due=99, elapsed=31).value)


def test_before_anything_was_settled_certainty_grows_with_the_cases() -> None:
    few = kaplan_meier([10] * 5, [True] * 5).at(3)
    many = kaplan_meier([10] * 500, [True] * 500).at(3)
    assert few.value == many.value == 1.0
    assert few.low == pytest.approx(0.025 ** (1 / 5))  # exact binomial bound for 5 of 5
    assert many.low > 0.99


def test_a_tail_not_yet_reached_has_a_lower_bound_all_the_same() -> None:
    curve = kaplan_meier(np.arange(1, 41), np.arange(1, 41) <= 10)
    found = curve.quantile(0.9)
    assert math.isnan(found.value)
    assert found.high == math.inf
    assert found.low == 40
    assert found.plain() == {"value": None, "low": 40.0, "high": None}


def test_of_no_cases_nothing_is_known() -> None:
    curve = kaplan_meier([], np.array([], dtype=bool))
    assert curve.n == 0
    assert math.isnan(curve.at(1).value)
    assert math.isnan(curve.quantile(0.5).value)
    assert curve.thinned().s.tolist() == [1.0]


def test_of_open_cases_only_none_is_known_to_end() -> None:
    curve = kaplan_meier([3, 8], [False, False])
    assert curve.at(8).value == 1.0
    assert math.isnan(curve.at(9).value)
    assert math.isnan(curve.quantile(0.1).value)
    assert curve.open == 2


def test_a_case_restored_at_once_counts() -> None:
    curve = kaplan_meier([0, 0, 4, 8], [True, True, True, False])
    assert curve.t.tolist() == [0, 4]
    assert curve.s.tolist() == [0.5, 0.25]
    assert kaplan_meier([0, 0, 4, 8], [True, True, True, False], entry=[0] * 4).s.tolist() == [
        0.5,
        0.25,
    ]


def test_a_drawn_curve_is_short_and_true() -> None:
    chance = np.random.default_rng(6)
    lasted = chance.lognormal(3, 1.2, size=20_000)
    curve = kaplan_meier(lasted, chance.random(20_000) < 0.8)
    drawn = curve.thinned(200)
    assert drawn.t.size <= 200
    assert drawn.t[0] == 0
    assert drawn.s[0] == 1
    assert drawn.t[-1] == curve.last
    shown = drawn.s[np.searchsorted(drawn.t, curve.t, side="right") - 1]
    assert np.abs(shown - curve.s).max() < 3 / 190
    assert np.isfinite([drawn.s, drawn.low, drawn.high, drawn.at_risk]).all()


def test_a_short_curve_is_drawn_whole_and_to_its_end() -> None:
    drawn = kaplan_meier(REMISSION_WEEKS, RELAPSED).thinned()
    assert drawn.t.tolist() == [0, 6, 7, 10, 13, 16, 22, 23, 35]
    assert drawn.s[-1] == drawn.s[-2]
    assert drawn.at_risk.tolist() == [21, 21, 17, 15, 12, 11, 7, 6, 1]


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"duration": [1, -2], "settled": [1, 1]}, "negative or missing .*position 1: -2"),
        ({"duration": [1, math.nan], "settled": [1, 1]}, "negative or missing .*position 1: nan"),
        ({"duration": [1, math.inf], "settled": [1, 1]}, "cannot end before it began"),
        ({"duration": [1, 2], "settled": [1]}, "need as many words on whether each is settled"),
        ({"duration": [1, 2], "settled": [1, 2]}, "yes or no"),
        ({"duration": [1, 2], "settled": [1, 1], "entry": [0, 2]},
         "1 cases came under watch only when .*position 1: entry 2, duration 2"),
        ({"duration": [1, 2], "settled": [1, 1], "entry": [0, -1]}, "1 values of entry"),
        ({"duration": [1, 2], "settled": [1, 1], "entry": [0]}, "as many entries and weights"),
        ({"duration": [1, 2], "settled": [1, 1], "weight": [1, -1]}, "1 values of weight"),
    ],
)  # fmt: skip
def test_impossible_cases_are_refused_with_their_place(
    arguments: dict[str, list[float]], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        kaplan_meier(**arguments)  # type: ignore[arg-type]  # one table for all arguments


def test_an_age_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="must be a number"):
        waltons().at(math.nan)
