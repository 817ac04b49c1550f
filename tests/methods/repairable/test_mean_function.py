"""The mean cumulative function against R, published examples, and its own definition."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.bounds import deviations
from wellkept.methods.repairable import MeanFunction, Units, mean_function, units

steady = settings(deadline=None, max_examples=50, derandomize=True)

# Valve seats of 41 diesel engines (Nelson & Doganaksoy 1989; Meeker & Escobar 1998, table C.8):
# engine, days watched, days of replacement.
VALVE_SEATS = """
251 761 
252 759 
327 667 98
328 667 326 653 653
329 665 
330 667 84
331 663 87
389 653 646
390 653 92
391 651 
392 650 258 328 377 621
393 648 61 539
394 644 254 276 298 640
395 642 76 538
396 641 635
397 649 349 404 561
398 631 
399 596 
400 614 120 479
401 582 323 449
402 589 139 139
403 593 
404 589 573
405 606 165 408 604
406 594 249
407 613 344 497
408 595 265 586
409 389 166 206 348
410 601 
411 601 410 581
412 611 
413 608 
414 587 
415 603 367
416 585 202 563 570
417 587 
418 578 
419 578 
420 586 
421 585 
422 582 
"""
# Day, engines under watch, mean cumulative function, Lawless–Nadeau variance: reckoned outside the
# project and equal to R's survfit(id=) of survival 3.5-3 in 15 digits.
VALVE_CURVE = """
61 41 0.024390243902439025 0.0005803746318248429
76 41 0.04878048780487805 0.0011317305320584438
84 41 0.07317073170731708 0.001654067700700802
87 41 0.0975609756097561 0.002147386137751919
92 41 0.12195121951219512 0.0026116858432117932
98 41 0.14634146341463414 0.003046966817080426
120 41 0.17073170731707316 0.0034532290593578155
139 41 0.2195121951219512 0.005368465344379798
165 41 0.2439024390243902 0.0056876713918834615
166 41 0.26829268292682923 0.0059778587077958835
202 41 0.2926829268292683 0.006239027292117063
206 41 0.3170731707317073 0.007660945140087928
249 41 0.34146341463414637 0.007864076261226625
254 41 0.3658536585365854 0.008038188650774077
258 41 0.39024390243902446 0.008183282308730288
265 41 0.4146341463414635 0.008299357235095256
276 41 0.43902439024390255 0.00957618142510991
298 41 0.4634146341463416 0.012013754878774251
323 41 0.48780487804878064 0.012042773610365494
326 41 0.5121951219512196 0.012042773610365494
328 41 0.5365853658536587 0.01320352287401518
344 41 0.5609756097560977 0.013145485410832696
348 41 0.5853658536585368 0.015437965206540826
349 41 0.6097560975609758 0.015321890280175858
367 41 0.6341463414634149 0.015176796622219648
377 41 0.6585365853658539 0.017382220223154055
404 40 0.6835365853658539 0.018479400101202834
408 40 0.708536585365854 0.019545329979251614
410 40 0.733536585365854 0.01936049766217844
449 40 0.758536585365854 0.020363927540227224
479 40 0.783536585365854 0.021336107418276
497 40 0.808536585365854 0.02227703729632478
538 40 0.8335365853658541 0.023186717174373567
539 40 0.8585365853658541 0.02406514705242235
561 40 0.8835365853658541 0.026162326930471123
563 40 0.9085365853658541 0.02697825680851991
570 40 0.9335365853658542 0.029012936686568687
573 40 0.9585365853658542 0.02854685436949552
581 38 0.9848523748395384 0.02931067189249361
586 34 1.0142641395454206 0.03022185053436669
604 22 1.059718684999966 0.034247569322734144
621 17 1.1185422144117307 0.0430574465523837
635 16 1.1810422144117307 0.04281106417702502
640 16 1.2435422144117307 0.05122274201508097
646 13 1.3204652913348076 0.05221460583877691
653 9 1.5426875135570297 0.09712950892892841
"""
# R survival 3.5-3, survfit(id=): day, mean, robust standard error.
IN_R = [
    (61, 0.024390243902439, 0.0240909657719412),
    (98, 0.146341463414634, 0.0551993371072554),
    (254, 0.365853658536585, 0.0896559459867224),
    (408, 0.708536585365854, 0.139804613583571),
    (621, 1.11854221441173, 0.207502883238724),
    (646, 1.32046529133481, 0.228505154950117),
    (653, 1.54268751355703, 0.311656074750563),
]
# Braking grids of locomotives, two batches (Doganaksoy & Nelson 1998; Meeker & Escobar 1998,
# table C.9): batch, locomotive, days watched, days of replacement.
BRAKING_GRIDS = """
1 9100 730 462
1 9102 724 364 391 548
1 9103 730 302 444 500
1 9106 730 250
1 9108 724 500
1 9110 724 88
1 9117 719 272 421 552 625
1 9124 710 481
1 9125 710 431
1 9126 710 367
1 9128 708 635 650
1 9134 700 402
1 9136 687 33
1 9138 687 287
1 9156 657 317 498
2 9176 511 203 211 277 373
2 9182 503 293
2 9190 470 173
2 9197 464 242
2 9199 464 39
2 9200 462 91
2 9201 461 119 148 306
2 9203 460 382
2 9207 434 250
2 9209 448 192
2 9212 448 369
2 9213 447 22
2 9216 441 54
2 9226 432 194
2 9235 419 61
2 9236 419 19 185
2 9238 416 187
2 9239 415 93 205 264
"""


def of(histories: Sequence[Sequence[float]], ends: Sequence[float]) -> Units:
    which = [i for i, ages in enumerate(histories) for _ in ages]
    return units(ends, which, [age for ages in histories for age in ages])


def valve_seats() -> Units:
    rows = [list(map(float, line.split())) for line in VALVE_SEATS.strip().splitlines()]
    return of([row[2:] for row in rows], [row[1] for row in rows])


def braking_grids(batch: str) -> Units:
    rows = [line.split() for line in BRAKING_GRIDS.strip().splitlines()]
    kept = [list(map(float, row[2:])) for row in rows if row[0] == batch]
    return of([row[1:] for row in kept], [row[0] for row in kept])


def by_definition(watched: Units) -> tuple[list[float], list[float]]:
    """Follow Lawless & Nadeau 1995 unit by unit, age by age."""
    ages = np.unique(watched.age)
    mean, sums = 0.0, np.zeros(watched.end.size)
    means, variances = [], []
    for age in ages:
        at_risk = (watched.start < age) & (age <= watched.end)
        own = np.zeros(watched.end.size)
        here = watched.age == age
        np.add.at(own, watched.unit[here], watched.amount[here])
        rise = own.sum() / at_risk.sum()
        mean += rise
        sums += at_risk / at_risk.sum() * (own - rise)
        means.append(mean)
        variances.append(float((sums**2).sum()))
    return means, variances


def test_valve_seats_follow_r_at_every_age() -> None:
    curve = mean_function(valve_seats())
    table = np.array([list(map(float, line.split())) for line in VALVE_CURVE.strip().splitlines()])
    assert_allclose(curve.age, table[:, 0])
    assert_allclose(curve.at_risk, table[:, 1])
    assert_allclose(curve.mean, table[:, 2], rtol=1e-13)
    assert_allclose(curve.error**2, table[:, 3], rtol=1e-12)


@pytest.mark.parametrize(("day", "mean", "error"), IN_R)
def test_valve_seats_have_the_mean_and_the_robust_error_that_r_prints(
    day: float, mean: float, error: float
) -> None:
    curve = mean_function(valve_seats())
    place = curve.age.tolist().index(day)
    assert_allclose(curve.mean[place], mean, rtol=1e-13)
    assert_allclose(curve.error[place], error, rtol=1e-12)
    band = curve.at(day)
    assert_allclose(band.high, mean * np.exp(deviations(0.95) * error / mean), rtol=1e-12)
    assert_allclose(band.low * band.high, mean**2, rtol=1e-12)


def test_five_systems_of_reliawiki() -> None:
    # ReliaWiki, recurrent event data: mean cumulative function of five systems.
    histories = [[5, 10, 15], [6, 13, 17], [12, 20, 25], [13, 15], [16, 22, 25]]
    curve = mean_function(of(histories, [17, 19, 26, 24, 28]))
    published = {
        5: 0.2, 6: 0.4, 10: 0.6, 12: 0.8, 13: 1.2, 15: 1.6, 16: 1.8, 17: 2, 20: 2.33333,
        22: 2.66667, 25: 3.66667,
    }  # fmt: skip
    assert curve.age.tolist() == list(published)
    assert_allclose(curve.mean, list(published.values()), atol=5e-6)


@pytest.mark.parametrize("batch", ["1", "2"])
def test_braking_grids_follow_the_definition_unit_by_unit(batch: str) -> None:
    watched = braking_grids(batch)
    curve, (means, variances) = mean_function(watched), by_definition(watched)
    assert_allclose(curve.mean, means, rtol=1e-12)
    assert_allclose(curve.error**2, variances, rtol=1e-10)


def test_the_second_batch_of_grids_fails_more_often() -> None:
    # Doganaksoy & Nelson 1998 find the second batch worse; here by more than the bands at 450 days.
    first, second = (mean_function(braking_grids(batch)).at(450) for batch in "12")
    assert second.value > 1.4 * first.value


histories = st.lists(
    st.tuples(st.integers(0, 4), st.integers(6, 12), st.lists(st.integers(5, 6), max_size=4)),
    min_size=1,
    max_size=6,
).filter(lambda rows: any(row[2] for row in rows))


@steady
@given(histories)
def test_late_entries_ties_and_clusters_follow_the_definition(
    rows: list[tuple[int, int, list[int]]],
) -> None:
    which = [i for i, row in enumerate(rows) for _ in row[2]]
    watched = units(
        [row[1] for row in rows],
        which,
        [age for row in rows for age in row[2]],
        start=[row[0] for row in rows],
    )
    curve, (means, variances) = mean_function(watched), by_definition(watched)
    assert_allclose(curve.mean, means)
    assert_allclose(curve.error**2, variances, atol=1e-12)


@steady
@given(st.lists(st.lists(st.integers(1, 20), max_size=5), min_size=2, max_size=6).filter(any))
def test_the_order_of_the_units_does_not_matter(rows: list[list[int]]) -> None:
    ends = [21.0 + i for i in range(len(rows))]
    one = mean_function(of(rows, ends))
    turned = mean_function(of(rows[::-1], ends[::-1]))
    assert_allclose(one.mean, turned.mean)
    assert_allclose(one.error, turned.error, atol=1e-9)


def test_cost_is_counted_as_events_are() -> None:
    watched = units([10, 8], [0, 1, 0], [3, 5, 9], amount=[100.0, 40.0, 60.0])
    assert_allclose(mean_function(watched).mean, [50, 70, 130])


def test_repairs_that_cluster_in_few_units_widen_the_band() -> None:
    spread = [[float(5 + i)] for i in range(40)]
    clustered = [[float(5 + i) for i in range(j, j + 10)] for j in (0, 10, 20, 30)] + [[]] * 36
    even, uneven = (mean_function(of(rows, [50.0] * 40)) for rows in (spread, clustered))
    assert_allclose(even.mean[-1], uneven.mean[-1])
    assert uneven.error[-1] > 2 * even.error[-1]
    # Adding up increments takes both for the same.
    naive = np.sqrt((uneven.events / uneven.at_risk**2).sum())
    assert uneven.error[-1] > 2 * naive


def test_beyond_what_was_watched_nothing_is_said() -> None:
    curve = mean_function(of([[3.0], []], [10.0, 9.0]))
    beyond = curve.at(11)
    assert np.isnan(beyond.value)
    assert (beyond.low, beyond.high) == (0, np.inf)


def test_before_the_first_event_the_mean_is_nothing_but_not_for_sure() -> None:
    curve = mean_function(of([[3.0], []], [10.0, 9.0]))
    before = curve.at(2)
    assert before.value == before.low == 0
    assert_allclose(before.high, 3.68887945411 / 2, rtol=1e-10)  # exact Poisson, Garwood 1936


def test_the_band_covers_the_truth_for_units_that_differ() -> None:
    chance = np.random.default_rng(14)
    hits = 0
    for _ in range(300):
        rates = chance.gamma(2.0, 0.5, 40)
        counts = chance.poisson(rates * 2.0)
        rows = [sorted(chance.uniform(0, 2, count)) for count in counts]
        band = mean_function(of(rows, [2.0] * 40)).at(2.0)
        hits += band.low <= 2.0 <= band.high
    assert 0.86 <= hits / 300 <= 0.985  # with 40 units the robust band is a little too narrow


@pytest.mark.parametrize(
    ("end", "unit", "age", "said"),
    [
        ([10.0], [0], [11.0], "event 0, unit 0, age 11"),
        ([10.0], [1], [5.0], "another number"),
        ([0.0], [0], [0.0], "unit 0 is watched from 0 to 0"),
        ([10.0], [0, 0], [5.0], "2 unit numbers"),
    ],
)
def test_events_that_nobody_can_have_seen_are_refused(
    end: list[float], unit: list[int], age: list[float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        units(end, unit, age)


def test_a_hundred_thousand_events_take_no_square_of_memory() -> None:
    chance = np.random.default_rng(2)
    which = chance.integers(0, 20_000, 100_000)
    curve: MeanFunction = mean_function(units(np.full(20_000, 1.0), which, chance.random(100_000)))
    assert_allclose(curve.mean[-1], 5.0)
    assert_allclose(curve.error[-1], np.sqrt(5 / 20_000), rtol=0.05)
