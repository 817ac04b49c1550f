"""A million promises over fifty calendars, and the few that have no due moment at all."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from wellkept.methods.working_time import (
    BeyondRange,
    Calendar,
    Clock,
    DatedHours,
    Hours,
    NeverOpen,
    Pauses,
    bind,
    blocks,
    due,
    due_many,
    elapsed,
    elapsed_many,
    worked,
)
from wellkept.methods.working_time.lookup import Lookup

HOUR, YEAR_S = 3600, 365 * 86_400
FIRST, LAST = date(2022, 1, 1), date(2023, 12, 31)


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def a_clock(words: str = "Mon-Fri 09:00-17:00", zone: str = "UTC") -> Clock:
    return bind(Calendar.parse(words), zone, FIRST, LAST)


def many_clocks() -> list[Clock]:
    zones = ("Europe/Rome", "America/Chicago", "Asia/Kolkata")
    written = ("Mon-Fri 8-12 13-17", "24x7", "Mon-Sun 22-6", "Mon 9-9:01", "Sat,Sun 0-24")
    return [a_clock(words, zone) for words in written for zone in zones]


def many_items(rows: int, seed: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray, Pauses]:
    rng = np.random.default_rng(seed)
    which = rng.integers(0, 15, rows)
    start = rng.integers(at("2022-03-01"), at("2023-03-01"), rows)
    target = np.where(which // 3 == 3, 1, 60) * rng.integers(0, 300, rows)
    owner = rng.integers(0, rows, rows // 3)
    begin = start[owner] + rng.integers(-86_400, 5 * 86_400, owner.size)
    return which, start, target, Pauses(owner, begin, begin + rng.integers(0, 200_000, owner.size))


def test_blocks_side_by_side_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = many_clocks()
    which, start, target, pauses = many_items(5000)
    whole = due_many(clocks, which, start, target, pauses)
    counted = elapsed_many(clocks, which, start, whole.due_s, pauses)
    monkeypatch.setattr(blocks, "ROWS_A_BLOCK", 137)
    cut = due_many(clocks, which.astype(np.int16), start, target, pauses)
    assert cut.due_s.tolist() == whole.due_s.tolist()
    assert elapsed_many(clocks, which, start, cut.due_s, pauses).tolist() == target.tolist()
    assert counted.tolist() == target.tolist()
    with pytest.raises(ValueError, match="items 0 to 5000, but there are 5000 items"):
        due_many(clocks, which, start, target, Pauses.of([(0, 1, 2), (5000, 1, 2)]))


def test_many_open_pauses_leave_many_items_without_a_due_moment() -> None:
    which, start, _, _ = many_items(2000)
    owner = np.arange(0, 2000, 2)
    open_pauses = Pauses.of([(i, int(start[i]), None) for i in owner.tolist()])
    answer = due_many(many_clocks(), which, start, HOUR // 60, open_pauses)
    assert np.flatnonzero(answer.stopped).tolist() == owner.tolist()
    assert answer.left_s[owner].tolist() == [HOUR // 60] * 1000
    assert not answer.left_s[1::2].any()


@pytest.mark.parametrize("seed", range(8))
def test_the_lookup_counts_knots_as_a_search_would(seed: int) -> None:
    rng = np.random.default_rng(seed)
    base, top = -5, int(10 ** rng.integers(2, 9))
    stairs = [
        np.unique(rng.integers(base + 1, top, size)).astype(np.int64)
        for size in rng.integers(0, 60, 5)
    ]
    stairs.append(np.arange(7, dtype=np.int64))  # crowded beside sparse: several knots in a cell
    lookup = Lookup.over(stairs, base, top)
    firsts = np.cumsum([0] + [stair.size + 1 for stair in stairs])
    asked = rng.integers(base, top + 1, 500)
    asked = np.concatenate([asked, [base, top, 0, 6], *stairs])
    for i, stair in enumerate(stairs):
        slots = lookup.slot(asked, np.full(asked.size, i))
        assert (slots - firsts[i]).tolist() == np.searchsorted(stair, asked, "right").tolist()


def test_a_calendar_without_hours_is_refused_and_does_not_loop() -> None:
    never = a_clock("Mon-Sun closed")
    with pytest.raises(NeverOpen, match=r"1 due moments do not exist .*'Mon-Sun closed'") as caught:
        due(never, at("2022-05-01"), 1)
    assert caught.value.items.tolist() == [0]
    assert due(never, at("2022-05-01"), 0).due_s.tolist() == [at("2022-05-01")]
    assert elapsed(never, at("2022-05-01"), at("2022-06-01")).tolist() == [0]


def test_a_calendar_that_has_ended_names_the_promises_it_cannot_meet() -> None:
    ended = Calendar(Calendar.parse("Mon-Fri 9-17").week, effective_until=date(2022, 5, 7))
    clocks = [bind(ended, "Asia/Tokyo", FIRST, LAST), a_clock()]
    starts = [at("2022-05-05"), at("2022-05-05"), at("2022-05-20"), at("2022-05-20")]
    with pytest.raises(NeverOpen) as caught:
        due_many(clocks, [0, 1, 0, 1], starts, 8 * HOUR)
    assert caught.value.items.tolist() == [2]
    assert due_many(clocks, [0, 1, 1, 1], starts, 8 * HOUR).due_s.size == 4


def test_one_day_far_ahead_is_found_though_the_clock_was_not_bound_to_it() -> None:
    once = DatedHours(date(2071, 7, 7), (Hours(600, 720),))
    clock = bind(Calendar(((),) * 7, dated=(once,)), "UTC", FIRST, LAST)
    assert due(clock, at("2022-05-01"), 2 * HOUR).due_s.tolist() == [at("2071-07-07 12:00")]
    with pytest.raises(NeverOpen):
        due(clock, at("2022-05-01"), 2 * HOUR + 1)


def test_a_clock_widens_itself_in_both_directions() -> None:
    clock = a_clock()
    assert elapsed(clock, at("1999-12-31"), at("2000-01-04")).tolist() == [16 * HOUR]
    assert due(clock, at("2044-02-29"), 8 * HOUR).due_s.tolist() == [at("2044-02-29 17:00")]
    assert worked(clock, at("2021-12-30 17:00")).tolist() == [-8 * HOUR]


def test_placeholder_dates_are_refused_with_their_rows() -> None:
    placeholder, good = at("9999-12-31"), at("2022-05-02")
    with pytest.raises(BeyondRange, match=r"1 of 2 moments in start_s .*1900 to 2199") as caught:
        due(a_clock(), [good, placeholder], HOUR)
    assert caught.value.items.tolist() == [1]
    with pytest.raises(BeyondRange, match="in stop_s") as caught:
        elapsed(a_clock(), good, [good, at("1753-01-01")])
    assert caught.value.items.tolist() == [1]
    pauses = Pauses.of([(1, good, placeholder), (0, good, good + 5)])
    with pytest.raises(BeyondRange, match=r"in pauses' to_s .*first for row 1") as caught:
        due(a_clock(), [good, good], HOUR, pauses)
    assert caught.value.items.tolist() == [1]
    assert elapsed(a_clock(), good, [good, good], pauses).tolist() == [0, 0]


@pytest.mark.parametrize("target", [100_000 * HOUR, 2**63 - 1])
def test_a_target_beyond_all_years_is_refused(target: int) -> None:
    with pytest.raises(BeyondRange, match=r"2 due moments would fall after 2199, .*seconds") as c:
        due(a_clock("Mon 9-17"), [0, at("2022-05-02"), 0], [1, target, target])
    assert c.value.items.tolist() == [1, 2]


def test_ranges_that_no_clock_can_have_are_refused() -> None:
    calendar = Calendar.always()
    with pytest.raises(ValueError, match="runs backwards"):
        bind(calendar, "UTC", LAST, FIRST)
    with pytest.raises(BeyondRange, match="cover the years 1900 to 2199"):
        bind(calendar, "UTC", date(1899, 12, 31), LAST)
    whole = bind(calendar, "UTC", date(1900, 1, 1), date(2199, 12, 31))
    assert due(whole, at("1900-01-01"), YEAR_S).due_s.tolist() == [at("1901-01-01")]


def test_lengths_and_clocks_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="which, start_s and target_s have lengths 1, 2, 3"):
        due(a_clock(), [1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="which asks clocks 0 to 2, but there are 2"):
        due_many([a_clock(), a_clock("24x7")], [0, 2], 1, 1)


def test_an_interval_that_ends_where_the_range_begins_leaves_no_trace() -> None:
    tuesday = bind(Calendar.parse("Mon-Fri 16-24"), "UTC", date(2022, 5, 3), date(2022, 5, 3))
    assert tuesday.opens_s.tolist() == [at("2022-05-03 16:00")]
    assert tuesday.closes_s.tolist() == [at("2022-05-04 00:00")]


def test_a_bound_clock_cannot_be_changed() -> None:
    clock = a_clock()
    for array in (clock.opens_s, clock.closes_s, clock.worked_s):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
