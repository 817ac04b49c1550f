"""The judged date: nothing of ours shifts it, what the customer wanted in time does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import DAY, HOUR
from wellkept.methods.working_time import Calendar, bind
from wellkept.record.promises.judging import (
    AroundTheClock,
    ByCalendar,
    Judged,
    Shift,
    Wait,
    WorkingTime,
    judge,
)

WALL = AroundTheClock()
MON_9 = datetime(2024, 1, 1, 9, tzinfo=UTC)
OFFICE = ByCalendar(
    bind(Calendar.parse("Mon-Fri 9-17"), "UTC", date(2024, 1, 1), date(2024, 12, 31))
)
TUE_17 = MON_9 + DAY + 8 * HOUR


def moved(hours: int, at: datetime, by_customer: bool, old: datetime = TUE_17) -> Shift:
    return Shift(old, old + hours * HOUR, by_customer, at)


def waited(begin: datetime, end: datetime | None, agreed: datetime | None) -> Wait:
    return Wait(begin, end, agreed)


def test_sixteen_hours_from_monday_nine_with_an_agreed_pause_are_due_on_wednesday_sixteen() -> None:
    """The reference case that a well-known ERP gets wrong (see methods.working_time.due)."""
    first = OFFICE.later(MON_9, 16 * 3600)
    assert first == TUE_17
    begin, end = MON_9 + HOUR, MON_9 + 9.5 * HOUR
    found = judge(first, [], [waited(begin, end, begin)], OFFICE)
    assert found.judged_due == datetime(2024, 1, 3, 16, tzinfo=UTC)


def test_a_pause_that_the_customer_did_not_agree_to_is_shown_and_shifts_nothing() -> None:
    pause = waited(MON_9, MON_9 + 5 * HOUR, None)
    assert judge(TUE_17, [], [pause], OFFICE) == Judged(TUE_17, TUE_17)


def test_a_pause_agreed_to_after_the_date_had_passed_shifts_nothing() -> None:
    pause = waited(MON_9, MON_9 + 5 * HOUR, TUE_17 + HOUR)
    assert judge(TUE_17, [], [pause], OFFICE).judged_due == TUE_17


def test_while_an_agreed_pause_runs_there_is_time_left_and_no_date() -> None:
    pause = waited(MON_9 + 2 * HOUR, None, MON_9 + 2 * HOUR)
    found = judge(TUE_17, [], [pause], OFFICE)
    assert (found.judged_due, found.left_s) == (None, 14 * 3600)


def test_pauses_that_overlap_count_once_and_one_by_night_counts_nothing() -> None:
    begin = MON_9 + HOUR
    twice = [waited(begin, begin + 2 * HOUR, begin), waited(begin + HOUR, begin + 3 * HOUR, begin)]
    once = [waited(begin, begin + 3 * HOUR, begin)]
    assert judge(TUE_17, [], twice, OFFICE) == judge(TUE_17, [], once, OFFICE)
    night = waited(MON_9 + 9 * HOUR, MON_9 + 20 * HOUR, MON_9)
    assert judge(TUE_17, [], [night], OFFICE).judged_due == TUE_17


def test_a_move_that_the_customer_asked_for_in_time_shifts_and_one_asked_for_late_does_not() -> (
    None
):
    in_time = moved(5, MON_9, by_customer=True)
    late = moved(5, TUE_17 + HOUR, by_customer=True)
    assert judge(TUE_17, [in_time], [], WALL).judged_due == TUE_17 + 5 * HOUR
    assert judge(TUE_17, [late], [], WALL) == Judged(TUE_17 + 5 * HOUR, TUE_17)


def test_after_a_move_of_ours_the_customer_shifts_by_what_they_asked_for_alone() -> None:
    ours = moved(24, MON_9, by_customer=False)
    theirs = Shift(ours.new_due, ours.new_due + 2 * HOUR, True, MON_9 + HOUR)
    found = judge(TUE_17, [ours, theirs], [], WALL)
    assert found == Judged(TUE_17 + 26 * HOUR, TUE_17 + 2 * HOUR)


def test_a_move_without_a_moment_stays_where_the_records_have_it() -> None:
    first = Shift(TUE_17, TUE_17 + HOUR, False, MON_9 + 2 * HOUR)
    undated = Shift(first.new_due, TUE_17 + 5 * HOUR, False, None)
    assert judge(TUE_17, [first, undated], [], WALL).current_due == TUE_17 + 5 * HOUR


hours = st.integers(-40, 200).map(lambda number: MON_9 + number * HOUR)
clocks = st.sampled_from([WALL, OFFICE])
customers_moves = st.lists(st.builds(moved, st.integers(1, 50), hours, st.just(True)), max_size=3)
our_moves = st.lists(st.builds(moved, st.integers(-20, 90), hours, st.just(False)), max_size=4)
our_pauses = st.lists(
    st.builds(lambda begin, long: waited(begin, begin + long * HOUR, None), hours,
              st.integers(1, 60)), max_size=3,
)  # fmt: skip
agreed_pauses = st.lists(
    st.builds(lambda begin, long, agreed: waited(begin, begin + long * HOUR, agreed), hours,
              st.integers(1, 60), hours), max_size=3,
)  # fmt: skip


@given(customers_moves, our_moves, our_pauses, agreed_pauses, clocks)
def test_no_move_and_no_pause_of_ours_changes_what_we_are_judged_by(
    theirs: list[Shift], ours: list[Shift], unagreed: list[Wait], agreed: list[Wait],
    clock: WorkingTime,
) -> None:  # fmt: skip
    without = judge(TUE_17, theirs, agreed, clock)
    with_ours = judge(TUE_17, [*theirs, *ours], [*agreed, *unagreed], clock)
    assert with_ours.judged_due == without.judged_due
    assert with_ours.left_s == without.left_s


@given(customers_moves, agreed_pauses, clocks)
def test_what_the_customer_wanted_late_or_never_leaves_the_first_date(
    theirs: list[Shift], agreed: list[Wait], clock: WorkingTime
) -> None:
    late = [Shift(one.old_due, one.new_due, True, TUE_17 + DAY) for one in theirs]
    never = [Wait(one.from_at, one.until_at, TUE_17 + DAY) for one in agreed]
    assert judge(TUE_17, late, never, clock).judged_due == TUE_17


@given(agreed_pauses, clocks)
def test_an_agreed_pause_never_brings_the_date_nearer_nor_farther_than_it_lasted(
    agreed: list[Wait], clock: WorkingTime
) -> None:
    found = judge(TUE_17, [], agreed, clock).judged_due
    assert found is not None
    total = sum(clock.worked(one.from_at, one.until_at or one.from_at) for one in agreed)
    assert 0 <= clock.worked(TUE_17, found) <= total


@given(agreed_pauses, clocks)
def test_the_order_in_which_rows_come_does_not_matter(
    agreed: list[Wait], clock: WorkingTime
) -> None:
    distinct = list({one.from_at: one for one in agreed}.values())
    shuffled = list(reversed(distinct))
    assert judge(TUE_17, [], distinct, clock) == judge(TUE_17, [], shuffled, clock)


@given(hours, st.integers(1, 60), st.integers(0, 59), clocks)
def test_a_pause_cut_in_two_shifts_as_much_as_the_whole(
    begin: datetime, long: int, cut: int, clock: WorkingTime
) -> None:
    end = begin + long * HOUR
    middle = begin + min(cut, long) * HOUR
    whole = judge(TUE_17, [], [waited(begin, end, MON_9 - 9 * DAY)], clock)
    halves = [waited(begin, middle, MON_9 - 9 * DAY), waited(middle, end, MON_9 - 9 * DAY)]
    assert judge(TUE_17, [], halves, clock) == whole


@pytest.mark.parametrize("clock", [WALL, OFFICE])
def test_working_time_adds_up_over_a_split(clock: WorkingTime) -> None:
    a, b, c = MON_9 - 3 * HOUR, MON_9 + 5 * HOUR, MON_9 + timedelta(days=6)
    assert clock.worked(a, b) + clock.worked(b, c) == clock.worked(a, c)
