"""When is it due, and how long did it take, by the hours in which we work?

Alma dispatches, Bruno drives, Clinic Nord waits. 2024-01-01 is a Monday.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from wellkept.methods.working_time import (
    NO_MOMENT,
    STILL_OPEN,
    Calendar,
    Clock,
    Holiday,
    Pauses,
    bind,
    due,
    elapsed,
    first_moment,
    worked,
)

ROME = "Europe/Rome"
HOUR = 3600


def at(text: str, zone: str = ROME) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def on_the_wall(moment_s: int, zone: str = ROME) -> str:
    return datetime.fromtimestamp(int(moment_s), ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M")


def a_clock(words: str = "Mon-Fri 09:00-17:00", zone: str = ROME, **rest: object) -> Clock:
    calendar = Calendar(Calendar.parse(words).week, **rest)  # type: ignore[arg-type]  # any field
    return bind(calendar, zone, date(2023, 1, 1), date(2024, 12, 31))


def due_on_the_wall(
    clock: Clock, start: str, hours: float, *pauses: tuple[str, str | None], item: int = 0
) -> str:
    rows = [(item, at(begin), None if end is None else at(end)) for begin, end in pauses]
    answer = due(clock, at(start), round(hours * HOUR), Pauses.of(rows))
    assert not answer.stopped[0]
    return on_the_wall(answer.due_s[0])


def hours_between(clock: Clock, start: str, stop: str, *pauses: tuple[str, str | None]) -> float:
    rows = [(0, at(begin), None if end is None else at(end)) for begin, end in pauses]
    return float(elapsed(clock, at(start), at(stop), Pauses.of(rows))[0] / HOUR)


def test_a_pause_that_clinic_nord_acknowledged_moves_sixteen_hours_to_wednesday_at_four() -> None:
    paused = ("2024-01-01 10:00", "2024-01-01 18:30")
    assert due_on_the_wall(a_clock(), "2024-01-01 09:00", 16, paused) == "Wed 2024-01-03 16:00"
    assert hours_between(a_clock(), "2024-01-01 09:00", "2024-01-03 16:00", paused) == 16


@pytest.mark.parametrize(
    ("words", "start", "hours", "end"),
    [
        ("Mon-Fri 9-17", "2014-08-01 10:00", 1, "2014-08-01 11:00"),
        ("Mon-Fri 9-17", "2014-08-01 08:00", 1, "2014-08-01 10:00"),
        ("Mon-Fri 9-17", "2014-08-01 16:30", 1, "2014-08-04 09:30"),
        ("Mon-Fri 9-17", "2014-08-01 10:00", 2, "2014-08-01 12:00"),
        ("Mon-Fri 11-20", "2014-08-01 13:00", 1, "2014-08-01 14:00"),
        ("Mon-Fri 11-20", "2014-08-01 09:00", 1, "2014-08-01 12:00"),
        ("Mon-Fri 11-20", "2014-08-01 18:00", 1, "2014-08-01 19:00"),
        ("Mon-Fri 17-9", "2014-08-01 17:00", 1, "2014-08-01 18:00"),
        ("Mon-Fri 17-9", "2014-08-01 23:00", 1, "2014-08-02 00:00"),
        ("Mon-Fri 17-9", "2014-08-02 04:00", 1, "2014-08-02 05:00"),
        ("Mon-Fri 17-9", "2014-08-04 04:00", 1, "2014-08-04 18:00"),
    ],
)
def test_the_worked_examples_of_the_pandas_user_guide_come_out(
    words: str, start: str, hours: int, end: str
) -> None:
    """pandas User Guide, "Time series / date functionality", section "Business hour"."""
    clock = a_clock(words, "UTC")
    assert due(clock, at(start, "UTC"), hours * HOUR).due_s.tolist() == [at(end, "UTC")]


def test_an_hour_owed_at_closing_time_is_due_at_closing_and_not_next_morning() -> None:
    # The pandas guide moves such a result to the next opening (2014-08-04 09:00); we promise the
    # first moment at which the work can be done.
    assert due_on_the_wall(a_clock(), "2024-01-05 16:00", 1) == "Fri 2024-01-05 17:00"
    clock = a_clock("Mon-Fri 08:00-12:00 13:00-17:00")
    assert due_on_the_wall(clock, "2024-01-05 11:30", 0.5) == "Fri 2024-01-05 12:00"


def test_lunch_does_not_count() -> None:
    clock = a_clock("Mon-Fri 08:00-12:00 13:00-17:00")
    assert due_on_the_wall(clock, "2024-01-05 11:30", 1) == "Fri 2024-01-05 13:30"
    assert hours_between(clock, "2024-01-05 11:30", "2024-01-05 13:30") == 1
    assert hours_between(clock, "2024-01-05 12:10", "2024-01-05 12:50") == 0


def test_a_case_reported_at_night_starts_its_clock_when_alma_arrives() -> None:
    assert due_on_the_wall(a_clock(), "2024-01-01 22:47", 2) == "Tue 2024-01-02 11:00"
    assert due_on_the_wall(a_clock(), "2024-01-06 12:00", 2) == "Mon 2024-01-08 11:00"


def test_nothing_owed_is_due_at_the_start_even_outside_hours() -> None:
    assert due_on_the_wall(a_clock(), "2024-01-06 12:00", 0) == "Sat 2024-01-06 12:00"
    paused = ("2024-01-01 08:00", None)
    assert due_on_the_wall(a_clock(), "2024-01-01 10:00", 0, paused) == "Mon 2024-01-01 10:00"


def test_a_night_shift_crosses_midnight_and_belongs_to_the_evening_it_started() -> None:
    clock = a_clock("Mon-Fri 22:00-06:00")
    assert due_on_the_wall(clock, "2024-01-05 23:00", 8) == "Mon 2024-01-08 23:00"
    assert hours_between(clock, "2024-01-05 23:00", "2024-01-06 12:00") == 7
    assert hours_between(clock, "2024-01-08 00:00", "2024-01-08 12:00") == 0


def test_round_the_clock_is_a_calendar_and_counts_wall_time() -> None:
    clock = bind(Calendar.always(), ROME, date(2024, 1, 1), date(2024, 12, 31))
    start = at("2024-03-30 12:00")
    assert elapsed(clock, start, start + 987_654).tolist() == [987_654]
    assert due(clock, start, 987_654).due_s.tolist() == [start + 987_654]
    assert clock.opens_s.size == 1


def test_the_leap_day_is_worked() -> None:
    assert due_on_the_wall(a_clock(), "2024-02-28 16:00", 10) == "Fri 2024-03-01 10:00"
    assert due_on_the_wall(a_clock(), "2023-02-28 16:00", 10) == "Thu 2023-03-02 10:00"


def test_a_holiday_on_the_start_day_and_on_the_due_day_moves_the_promise_past_both() -> None:
    days = (Holiday(date(2024, 1, 1), "New Year"), Holiday(date(2024, 1, 3), "Fair"))
    clock = a_clock(holidays=days)
    assert due_on_the_wall(clock, "2024-01-01 10:00", 4) == "Tue 2024-01-02 13:00"
    assert due_on_the_wall(clock, "2024-01-02 10:00", 8) == "Thu 2024-01-04 10:00"
    assert hours_between(clock, "2024-01-01 00:00", "2024-01-05 00:00") == 16


def test_overlapping_pauses_count_once_in_any_order() -> None:
    one, two, three = (
        ("2024-01-01 10:00", "2024-01-01 12:00"),
        ("2024-01-01 11:00", "2024-01-01 13:00"),
        ("2024-01-01 11:15", "2024-01-01 11:30"),
    )
    for order in ((one, two, three), (three, two, one), (two, three, one)):
        assert due_on_the_wall(a_clock(), "2024-01-01 09:00", 2, *order) == "Mon 2024-01-01 14:00"
        assert hours_between(a_clock(), "2024-01-01 09:00", "2024-01-01 14:00", *order) == 2


def test_only_pauses_before_the_due_moment_move_it() -> None:
    late = ("2024-01-01 11:00", "2024-01-01 12:00")
    later = ("2024-01-01 15:00", None)
    early = ("2023-12-29 09:00", "2024-01-01 09:00")
    assert (
        due_on_the_wall(a_clock(), "2024-01-01 09:00", 2, late, later, early)
        == "Mon 2024-01-01 11:00"
    )
    assert due_on_the_wall(a_clock(), "2024-01-01 09:00", 3, late) == "Mon 2024-01-01 13:00"


def test_a_pause_already_running_at_the_start_counts_from_the_start() -> None:
    running = ("2023-12-28 09:00", "2024-01-01 12:00")
    assert due_on_the_wall(a_clock(), "2024-01-01 10:00", 1, running) == "Mon 2024-01-01 13:00"


def test_while_a_pause_runs_clinic_nord_sees_the_time_left_instead_of_a_due_moment() -> None:
    start = at("2024-01-01 09:00")
    ended = (0, at("2024-01-01 10:00"), at("2024-01-01 11:00"))
    running = (0, at("2024-01-01 12:00"), None)
    answer = due(a_clock(), start, 5 * HOUR, Pauses.of([running, ended]))
    assert answer.stopped.tolist() == [True]
    assert answer.due_s.tolist() == [NO_MOMENT]
    assert np.isnat(answer.due_s.astype("datetime64[s]")[0])
    assert answer.left_s.tolist() == [3 * HOUR]


def test_an_open_pause_hides_every_pause_after_it_but_not_the_work_before_it() -> None:
    start = at("2024-01-01 09:00")
    rows = [
        (0, at("2024-01-01 12:00"), None),
        (0, at("2024-01-01 13:00"), None),
        (0, at("2024-01-01 13:30"), at("2024-01-02 12:00")),
        (0, at("2024-01-01 11:00"), at("2024-01-01 12:30")),
    ]
    answer = due(a_clock(), start, 3 * HOUR, Pauses.of(rows))
    assert (answer.stopped.tolist(), answer.left_s.tolist()) == ([True], [HOUR])


def test_elapsed_counts_an_open_pause_until_the_stop() -> None:
    assert hours_between(
        a_clock(), "2024-01-01 09:00", "2024-01-01 16:00", ("2024-01-01 11:00", None)
    ) == pytest.approx(2)


def test_time_backwards_is_the_time_forwards_with_its_sign_changed() -> None:
    paused = ("2024-01-01 10:00", "2024-01-01 12:00")
    there = hours_between(a_clock(), "2024-01-01 09:00", "2024-01-02 10:00", paused)
    back = hours_between(a_clock(), "2024-01-02 10:00", "2024-01-01 09:00", paused)
    assert (there, back) == (7, -7)


def test_w_counts_from_the_first_bound_midnight_and_its_inverse_finds_the_way_back() -> None:
    clock = bind(Calendar.parse("Mon-Fri 9-17"), "UTC", date(2024, 1, 1), date(2024, 1, 7))
    moments = [at(f"2024-01-0{day} 17:00", "UTC") for day in (1, 2, 3)]
    assert worked(clock, moments).tolist() == [8 * HOUR, 16 * HOUR, 24 * HOUR]
    assert first_moment(clock, [8 * HOUR, 16 * HOUR, 24 * HOUR]).tolist() == moments
    assert first_moment(clock, 0).tolist() == [clock.first_s]
    assert worked(clock, at("2023-12-29 17:00", "UTC")).tolist() == [0]
    assert worked(clock, at("2023-12-29 16:00", "UTC")).tolist() == [-HOUR]


def test_no_items_give_no_answers() -> None:
    nothing = np.empty(0, np.int64)
    assert due(a_clock(), nothing, HOUR).due_s.size == 0
    assert elapsed(a_clock(), nothing, nothing).size == 0
    assert worked(a_clock(), nothing).size == 0
    empty = Pauses(nothing, nothing, nothing)
    start = at("2024-01-01 09:00")
    assert due(a_clock(), start, HOUR, empty).due_s.tolist() == [start + HOUR]


def test_pauses_that_contradict_themselves_are_refused_with_their_position() -> None:
    with pytest.raises(ValueError, match=r"1 pauses end before they start .*position 1"):
        Pauses.of([(0, 5, 9), (0, 9, 5)])
    with pytest.raises(ValueError, match="1, 2 and 2 were given"):
        Pauses(np.array([0]), np.array([1, 2]), np.array([3, STILL_OPEN]))
    with pytest.raises(ValueError, match=r"items 0 to 3, but there are 1 items"):
        due(a_clock(), 0, 1, Pauses.of([(0, 1, 2), (3, 1, 2)]))
    with pytest.raises(ValueError, match=r"items -1 to -1, but there are 1 items"):
        elapsed(a_clock(), 0, 1, Pauses.of([(-1, 1, 2)]))


@pytest.mark.parametrize("odd", [1.5, float("nan"), 1e300, "noon", [[1]], True, 2**63])
def test_seconds_that_are_not_whole_are_refused(odd: object) -> None:
    with pytest.raises(TypeError, match="start_s must be whole seconds in one dimension"):
        due(a_clock(), odd, HOUR)  # type: ignore[arg-type]  # what is refused


def test_whole_floats_are_taken_and_negative_targets_are_not() -> None:
    start = float(at("2024-01-01 09:00"))
    assert due(a_clock(), start, 3600.0).due_s.dtype == np.int64
    with pytest.raises(ValueError, match=r"1 target_s are negative \(first at position 1: -5\)"):
        due(a_clock(), start, [5, -5])
    with pytest.raises(ValueError, match="1 working seconds are negative"):
        first_moment(a_clock(), -1)
