"""The strip: since when a promise has not been met, and whether anybody could have noticed."""

from datetime import UTC

import numpy as np
from numpy.typing import NDArray

from study.measures.builders import DAY, at
from wellkept.study.diagnostic.strips import LONG, MOST_WEEKS, Strip, strip_of

MONDAY = at("2026-06-01T00:00")
WEEK = 7 * DAY


def a_strip(
    failed_of: list[tuple[int, int]], promise: float = 0.95, until_s: int = MONDAY
) -> Strip | None:
    """Make rows from (failed, due) per week, the last of them the week before the Monday."""
    judged, failed, customers = [], [], []
    for back, (k, n) in enumerate(reversed(failed_of), start=1):
        for i in range(n):
            judged.append(MONDAY - back * WEEK + 3_600 + i)
            failed.append(i < k)
            customers.append(i % 7)
    return strip_of(
        np.array(judged, np.int64), np.array(failed, bool), np.array(customers, np.int64),
        np.array(failed, np.int64), promise=promise, until_s=until_s, zone=UTC,
    )  # fmt: skip


def ups(weeks: int, share: float, seed: int = 3, n: int = 20) -> list[tuple[int, int]]:
    drawn: NDArray[np.int64] = np.random.default_rng(seed).binomial(n, share, weeks)
    return [(int(k), n) for k in drawn]


def test_a_stretch_below_the_promise_begins_where_it_began() -> None:
    found = a_strip([*ups(40, 0.02), *ups(50, 0.20)])
    assert found is not None and found.since_s is not None
    began = (MONDAY - found.since_s) // WEEK
    assert 48 <= began <= 53 and found.weeks_below == began
    assert found.predictable and found.lasting
    assert found.failed == found.moved == sum(w.k for w in found.weeks[-began:])
    assert found.customers is not None and 1 <= found.customers <= 7


def test_what_keeps_its_promise_has_no_beginning() -> None:
    found = a_strip(ups(60, 0.03))
    assert found is not None and found.since_s is None and not found.lasting
    assert len(found.weeks) == 60


def test_a_bad_spell_that_is_over_is_over() -> None:
    found = a_strip([*ups(20, 0.25), *ups(60, 0.01)])
    assert found is not None and found.since_s is None


def test_lasting_needs_half_a_year() -> None:
    for weeks, lasting in ((LONG - 6, False), (LONG + 4, True)):
        found = a_strip([*ups(40, 0.0), *ups(weeks, 0.25)])
        assert found is not None and found.since_s is not None and found.lasting is lasting


def test_one_storm_is_no_way_of_life() -> None:
    """A stretch whose weeks jump in and out of their limits is not predictable."""
    wild = [(k, 200) for k in [0, 90] * 20]
    found = a_strip(wild)
    assert found is not None and found.since_s is not None
    calm = a_strip([(k, 200) for k in [44, 46] * 20])
    assert calm is not None and calm.predictable


def test_getting_better_is_seen() -> None:
    found = a_strip([*ups(40, 0.4), *ups(10, 0.15)], promise=0.95)
    assert found is not None and found.improving
    same = a_strip(ups(50, 0.4))
    assert same is not None and not same.improving


def test_an_unfinished_week_waits() -> None:
    whole = a_strip(ups(20, 0.2))
    later = a_strip(ups(20, 0.2), until_s=MONDAY + 3 * DAY)
    assert whole is not None and later is not None and whole.weeks == later.weeks


def test_only_the_last_three_years_are_drawn() -> None:
    found = a_strip(ups(200, 0.2, n=5))
    assert found is not None and len(found.weeks) == MOST_WEEKS


def test_too_few_weeks_give_no_strip() -> None:
    assert a_strip([(1, 2)] * 7) is None and a_strip([]) is None
    found = a_strip([*[(0, 0)] * 5, *[(1, 2)] * 8])
    assert found is not None and len(found.weeks) == 8


def test_customers_that_are_not_recorded_are_not_counted_as_none() -> None:
    judged = np.array([MONDAY - week * WEEK - 5 for week in range(20) for _ in range(9)], np.int64)
    every = np.ones(judged.size, bool)
    found = strip_of(judged, every, np.full(judged.size, -1), np.zeros(judged.size, np.int64),
                     promise=0.9, until_s=MONDAY, zone=UTC)  # fmt: skip
    assert found is not None and found.customers is None and found.failed == judged.size
