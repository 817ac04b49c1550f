"""The demo's own cover hours: weekends, nights and changed clocks."""

from datetime import UTC, date, datetime

import pytest

from wellkept.desk.demo.hours import Cover
from wellkept.desk.demo.records import moment


def at(text: str) -> int:
    """Read a moment, UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.fixture(scope="module")
def rome() -> Cover:
    return Cover("Europe/Rome", date(2026, 3, 2), 60)


def test_a_call_on_friday_night_is_answered_from_monday_on(rome: Cover) -> None:
    friday_night = at("2026-03-06 21:00")
    assert moment(rome.later(friday_night, 4)) == moment(at("2026-03-09 11:00"))  # 12:00 in Rome


def test_hours_that_fill_the_day_end_on_that_day_and_not_on_the_next_morning(rome: Cover) -> None:
    opening = at("2026-03-09 07:00")
    assert rome.later(opening, 10) == at("2026-03-09 17:00")
    assert rome.later(opening, 10.5) == at("2026-03-10 07:30")


def test_the_morning_after_the_clocks_change_still_opens_at_eight(rome: Cover) -> None:
    friday = at("2026-03-27 17:00")  # 18:00 in Rome, the last moment of cover
    assert rome.later(friday, 1) == at("2026-03-30 07:00")  # 09:00 in Rome, now on summer time


def test_the_end_of_a_day_is_midnight_where_the_machine_stands(rome: Cover) -> None:
    day_no = rome.day_no(at("2026-03-30 12:00"))
    assert rome.midnight_after(day_no) == at("2026-03-30 22:00")


def test_five_in_the_afternoon_counts_cover_days_over_the_weekend(rome: Cover) -> None:
    thursday = at("2026-03-05 10:00")
    assert rome.day_end(thursday, 2) == at("2026-03-09 16:00")
