"""What must hold for any calendar in any zone, beside a clock that is walked minute by minute."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wellkept.methods.working_time import (
    Calendar,
    Clock,
    DatedHours,
    Hours,
    Pauses,
    bind,
    due,
    due_many,
    elapsed,
    elapsed_many,
    first_moment,
    worked,
)

MINUTE, DAY_MIN, WALKED_DAYS = 60, 1440, 9
Span = tuple[int, int]
Row = tuple[int, int, int | None]

# Moments at which something odd happens to the wall clock, or to the year.
ODD_DAYS = (
    ("Europe/Rome", date(2024, 3, 31)),
    ("Europe/Rome", date(2024, 10, 27)),
    ("America/Chicago", date(2024, 3, 10)),
    ("America/Havana", date(2024, 11, 3)),
    ("America/Havana", date(2024, 3, 10)),
    ("Australia/Lord_Howe", date(2024, 4, 7)),
    ("Australia/Lord_Howe", date(2024, 10, 6)),
    ("Africa/Casablanca", date(2024, 4, 14)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Asia/Kolkata", date(2024, 2, 29)),
    ("Asia/Tokyo", date(2023, 12, 31)),
    ("UTC", date(2024, 2, 29)),
)


@dataclass(frozen=True)
class Place:
    """Hours as plain minutes, for the walk; `clock` gives the same to what is tested."""

    week: tuple[tuple[Span, ...], ...]
    fixed: dict[date, tuple[Span, ...]]
    zone: str
    odd: date

    def clock(self, before: int = 40, after: int = 40) -> Clock:
        hours = tuple(tuple(Hours(*span) for span in day) for day in self.week)
        rows = tuple(
            DatedHours(on, tuple(Hours(*span) for span in spans))
            for on, spans in self.fixed.items()
        )
        calendar = Calendar(hours, dated=rows)
        first, last = self.odd - timedelta(days=before), self.odd + timedelta(days=after)
        return bind(calendar, self.zone, first, last)

    def starts_s(self) -> int:
        begin = datetime(self.odd.year, self.odd.month, self.odd.day, tzinfo=UTC)
        return round((begin - timedelta(days=2)).timestamp())


def walk(place: Place) -> list[bool]:
    """For each minute of nine days: does the wall then show a working minute? No code shared."""
    zone, begin = ZoneInfo(place.zone), place.starts_s()
    shown = []
    for step in range(WALKED_DAYS * DAY_MIN):
        wall = datetime.fromtimestamp(begin + step * MINUTE, zone)
        minute, today = wall.hour * 60 + wall.minute, wall.date()
        shown.append(
            is_in(place, today, minute) or is_in(place, today - timedelta(days=1), minute + DAY_MIN)
        )
    return shown


def is_in(place: Place, day: date, minute: int) -> bool:
    spans = place.fixed.get(day, place.week[day.weekday()])
    return any(begin <= minute < end for begin, end in spans)


@st.composite
def spans_of_a_day(draw: st.DrawFn) -> tuple[Span, ...]:
    quarters = sorted(draw(st.lists(st.integers(0, 95), max_size=5, unique=True)))
    spans = list(zip(quarters[::2], quarters[1::2], strict=False))
    if len(quarters) % 2:  # an interval left open runs on, perhaps past midnight
        spans.append((quarters[-1], quarters[-1] + draw(st.integers(1, 40))))
    return tuple((begin * 15, end * 15) for begin, end in spans)


@st.composite
def places(draw: st.DrawFn) -> Place:
    week = tuple(draw(spans_of_a_day()) for _ in range(7))
    assume(any(week))
    zone, odd = draw(st.sampled_from(ODD_DAYS))
    near = st.integers(-3, 8).map(lambda days: odd + timedelta(days=days))
    return Place(week, draw(st.dictionaries(near, spans_of_a_day(), max_size=3)), zone, odd)


minutes = st.integers(0, WALKED_DAYS * DAY_MIN)
pause_minutes = st.lists(st.tuples(minutes, minutes).map(sorted), max_size=4)


@settings(max_examples=80)
@given(places(), minutes, minutes, pause_minutes, st.none() | minutes, st.integers(0, 3000))
def test_every_answer_is_that_of_a_walk_minute_by_minute(
    place: Place, one: int, two: int, spans: list[list[int]], still: int | None, owed: int
) -> None:
    start, stop = sorted((one, two))
    counts = walk(place)
    for begin, end in spans:
        counts[begin:end] = [False] * (end - begin)
    if still is not None:
        counts[still:] = [False] * (len(counts) - still)

    zero = place.starts_s()
    rows: list[Row] = [(0, zero + a * MINUTE, zero + b * MINUTE) for a, b in spans]
    rows += [(0, zero + still * MINUTE, None)] if still is not None else []
    pauses, clock = Pauses.of(rows), place.clock()
    begin_s = zero + start * MINUTE

    counted = sum(counts[start:stop])
    assert elapsed(clock, begin_s, zero + stop * MINUTE, pauses)[0] == counted * MINUTE

    answer = due(clock, begin_s, owed * MINUTE, pauses)
    seen, at = 0, start
    while seen < owed and at < len(counts):
        seen += counts[at]
        at += 1
    if seen == owed:
        assert (answer.stopped[0], answer.left_s[0]) == (False, 0)
        assert answer.due_s[0] == zero + at * MINUTE
    elif still is not None:
        assert (answer.stopped[0], answer.left_s[0]) == (True, (owed - seen) * MINUTE)
    else:
        assert answer.due_s[0] > zero + len(counts) * MINUTE


moments = st.integers(-20 * 86_400, 20 * 86_400)
targets = st.integers(0, 400_000)
pause_rows = st.lists(st.tuples(moments, st.integers(0, 300_000)), max_size=5)


def some_pauses(place: Place, rows: list[tuple[int, int]], owner: int = 0) -> Pauses:
    zero = place.starts_s()
    return Pauses.of([(owner, zero + at, zero + at + length) for at, length in rows])


@given(places(), st.lists(st.integers(0, 10**7), min_size=1, max_size=20))
def test_w_and_its_inverse_undo_each_other_on_open_time(place: Place, asked: list[int]) -> None:
    clock = place.clock()
    assert worked(clock, first_moment(clock, asked)).tolist() == asked
    assume(clock.opens_s.size)
    which = np.array(asked) % clock.opens_s.size
    inside = clock.opens_s[which] + 1 + np.array(asked) % (clock.closes_s - clock.opens_s)[which]
    assert first_moment(clock, worked(clock, inside)).tolist() == inside.tolist()


@given(places(), st.lists(moments, min_size=2, max_size=20).map(sorted))
def test_w_never_falls_and_never_runs_faster_than_time(place: Place, at: list[int]) -> None:
    moments_s = place.starts_s() + np.array(at)
    climbed, passed = np.diff(worked(place.clock(), moments_s)), np.diff(moments_s)
    assert np.all((climbed >= 0) & (climbed <= passed))


@given(places(), moments, targets, pause_rows)
def test_what_is_owed_is_what_has_elapsed_when_it_falls_due(
    place: Place, at: int, owed: int, rows: list[tuple[int, int]]
) -> None:
    clock, start, pauses = place.clock(), place.starts_s() + at, some_pauses(place, rows)
    end = due(clock, start, owed, pauses).due_s
    assert elapsed(clock, start, end, pauses).tolist() == [owed]
    if owed:
        assert elapsed(clock, start, end - 1, pauses).tolist() == [owed - 1]


@given(places(), moments, moments, moments, pause_rows)
def test_time_adds_up_over_any_split(
    place: Place, a: int, b: int, c: int, rows: list[tuple[int, int]]
) -> None:
    clock, zero, pauses = place.clock(), place.starts_s(), some_pauses(place, rows)
    first = elapsed(clock, zero + a, zero + b, pauses)
    second = elapsed(clock, zero + b, zero + c, pauses)
    assert (first + second).tolist() == elapsed(clock, zero + a, zero + c, pauses).tolist()


@given(places(), moments, targets, targets, pause_rows)
def test_a_target_met_in_two_steps_falls_due_when_it_would_in_one(
    place: Place, at: int, one: int, two: int, rows: list[tuple[int, int]]
) -> None:
    clock, start, pauses = place.clock(), place.starts_s() + at, some_pauses(place, rows)
    middle = due(clock, start, one, pauses).due_s
    end = due(clock, middle, two, pauses).due_s
    assert end.tolist() == due(clock, start, one + two, pauses).due_s.tolist()


@given(places(), moments, targets, pause_rows, st.randoms(use_true_random=False))
def test_the_order_of_pauses_and_cutting_one_in_two_change_nothing(
    place: Place, at: int, owed: int, rows: list[tuple[int, int]], chance: random.Random
) -> None:
    clock, start = place.clock(), place.starts_s() + at
    cut = [part for begin, length in rows for part in halves(begin, length)]
    chance.shuffle(cut)
    plain = due(clock, start, owed, some_pauses(place, rows))
    assert due(clock, start, owed, some_pauses(place, cut)).due_s.tolist() == plain.due_s.tolist()


def halves(begin: int, length: int) -> list[tuple[int, int]]:
    return [(begin, length // 2), (begin + length // 2, length - length // 2)]


@given(places(), moments, targets, pause_rows, st.integers(0, 10**6), st.booleans())
def test_a_pause_outside_working_hours_changes_nothing(
    place: Place, at: int, owed: int, rows: list[tuple[int, int]], pick: int, still: bool
) -> None:
    clock, zero = place.clock(), place.starts_s()
    assume(clock.opens_s.size > 1)
    closed = pick % (clock.opens_s.size - 1)
    shut = int(clock.closes_s[closed]), int(clock.opens_s[closed + 1])
    plain, start = some_pauses(place, rows), zero + at
    spans = zip(plain.from_s.tolist(), plain.to_s.tolist(), strict=True)
    more = Pauses.of([(0, *shut), *((0, begin, end) for begin, end in spans)])
    assert due(clock, start, owed, more).due_s == due(clock, start, owed, plain).due_s
    stop = start + owed
    assert elapsed(clock, start, stop, more) == elapsed(clock, start, stop, plain)


@given(places(), moments, st.lists(targets, min_size=2, max_size=20).map(sorted), pause_rows)
def test_more_owed_is_never_due_sooner_and_a_pause_never_helps(
    place: Place, at: int, owed: list[int], rows: list[tuple[int, int]]
) -> None:
    clock, zero = place.clock(), place.starts_s()
    every = [(i, zero + a, zero + a + n) for i in range(len(owed)) for a, n in rows]
    free = due(clock, zero + at, owed).due_s
    paused = due(clock, zero + at, owed, Pauses.of(every)).due_s
    assert np.all(np.diff(paused) >= 0)
    assert np.all(paused >= free)


items = st.lists(st.tuples(st.integers(0, 2), moments, targets, pause_rows), min_size=1, max_size=8)


@settings(max_examples=40)
@given(st.lists(places(), min_size=3, max_size=3), items, st.randoms(use_true_random=False))
def test_many_at_once_are_each_one_alone(
    three: list[Place],
    many: list[tuple[int, int, int, list[tuple[int, int]]]],
    chance: random.Random,
) -> None:
    clocks, zero = [place.clock() for place in three], three[0].starts_s()
    which = [row[0] for row in many]
    start = [zero + row[1] for row in many]
    owed = [row[2] for row in many]
    rows: list[Row] = [
        (i, zero + a, None if n % 7 == 0 else zero + a + n)
        for i, row in enumerate(many)
        for a, n in row[3]
    ]
    chance.shuffle(rows)
    together = due_many(clocks, which, start, owed, Pauses.of(rows))
    stop = [begin + 500_000 for begin in start]
    counted = elapsed_many(clocks, which, start, stop, Pauses.of(rows))
    for i, clock in enumerate(which):
        mine = Pauses.of([(0, begin, end) for who, begin, end in rows if who == i])
        alone = due(clocks[clock], start[i], owed[i], mine)
        assert alone.due_s[0] == together.due_s[i]
        assert alone.left_s[0] == together.left_s[i]
        assert alone.stopped[0] == together.stopped[i]
        assert elapsed(clocks[clock], start[i], stop[i], mine)[0] == counted[i]


@given(places(), st.integers(-3, 10))
def test_a_clock_bound_to_one_day_has_the_hours_that_a_year_has_on_it(
    place: Place, shift: int
) -> None:
    narrow = place.clock(-shift, shift)
    hours = elapsed(place.clock(200, 200), narrow.first_s, narrow.last_s)
    assert hours.tolist() == [narrow.worked_s[-1]]
    assert np.all(narrow.closes_s > narrow.opens_s)
    assert np.all(narrow.opens_s[1:] > narrow.closes_s[:-1])


@given(places(), moments, targets)
def test_the_range_a_clock_was_bound_to_changes_nothing(place: Place, at: int, owed: int) -> None:
    wide, narrow, start = place.clock(400, 400), place.clock(0, 0), place.starts_s() + at
    answer = due(wide, start, owed).due_s
    assert due(narrow, start, owed).due_s.tolist() == answer.tolist()
    assert elapsed(narrow, start, answer).tolist() == [owed]
