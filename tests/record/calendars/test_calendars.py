"""A calendar kept as rows is the calendar that methods reckon with."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import MONDAY, an_account
from databases import undone
from wellkept.methods import working_time
from wellkept.methods.working_time import Calendar as Value
from wellkept.methods.working_time import DatedHours, Holiday, Hours
from wellkept.record.access.editing import Edited
from wellkept.record.access.verbs import NotTrue
from wellkept.record.calendars.actions import (
    add_calendar,
    add_public_holidays,
    forget_dates,
    rewrite_week,
    set_dated_hours,
)
from wellkept.record.calendars.models import Calendar
from wellkept.record.calendars.queries import working_calendar, working_calendars
from wellkept.record.journal.models import Entry

pytestmark = pytest.mark.usefixtures("record")
OFFICE = Value.parse("Mon-Fri 09:00-17:00")


def kept(name: str = "Office", hours: Value = OFFICE) -> Calendar:
    return add_calendar(name=name, hours=hours, at=MONDAY, by=None)


def weeks() -> st.SearchStrategy[tuple[tuple[Hours, ...], ...]]:
    """Draw weeks of at most two intervals a day, some across midnight."""
    early = st.builds(Hours, st.integers(0, 300), st.integers(301, 700))
    late = st.builds(Hours, st.integers(701, 1439), st.integers(1440, 2100))
    day = st.tuples(st.lists(early, max_size=1), st.lists(late, max_size=1))
    return st.lists(day.map(lambda two: (*two[0], *two[1])), min_size=7, max_size=7).map(tuple)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    week=weeks(),
    closed=st.lists(DAYS, max_size=4, unique=True),
    other=st.lists(DAYS, max_size=4, unique=True),
    spans=st.sampled_from([(), (Hours(480, 720),), (Hours(480, 720), Hours(780, 1000))]),
)
def test_what_is_kept_is_read_back_the_same(
    record: object,
    week: tuple[tuple[Hours, ...], ...],
    closed: list[date],
    other: list[date],
    spans: tuple[Hours, ...],
) -> None:
    value = Value(
        week,
        holidays=tuple(Holiday(on, "A feast", "by hand") for on in closed),
        dated=tuple(DatedHours(on, spans, "works meeting") for on in other),
        effective_from=date(2026, 1, 1),
    )
    with undone(record):
        assert working_calendar(kept(hours=value)) == value


def test_hours_of_rows_give_the_due_moment_of_the_reference_case() -> None:
    clock = working_time.bind(
        working_calendar(kept()), "Europe/Rome", date(2026, 3, 1), date(2026, 4, 1)
    )
    monday_nine = int(datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp())
    pause_s = 7 * 3600  # Monday 10:00 to 18:30 takes seven working hours
    due_s = working_time.due(clock, monday_nine, 16 * 3600 + pause_s).due_s[0]
    assert datetime.fromtimestamp(int(due_s), UTC) == datetime(
        2026, 3, 4, 15, tzinfo=UTC
    )  # Wed 16:00


def test_many_calendars_are_read_with_three_queries(record: object) -> None:
    from django.test.utils import CaptureQueriesContext

    rows = [kept(f"Calendar {number}") for number in range(5)]
    with CaptureQueriesContext(record) as asked:  # type: ignore[arg-type]  # any connection does
        assert len(working_calendars(rows)) == 5
    assert len(asked) == 3


def test_public_holidays_stay_as_they_were_said_first() -> None:
    office = kept()
    there = Holiday(date(2026, 12, 25), "Closed for us", "by hand")
    office.holidays.create(on=there.on, name=there.name, source=there.source)

    def add() -> int:
        return add_public_holidays(
            calendars=[office], country="IT", subdivision=None, years=[2026], at=MONDAY, by=None
        )

    new = add()
    days = {day.on: day for day in working_calendar(office).holidays}
    assert days[there.on] == there
    assert days[date(2026, 12, 26)].source.startswith("holidays 0.")
    assert new == len(days) - 1
    assert add() == 0
    assert Entry.objects.filter(verb="calendars.add_public_holidays").count() == 1


def test_a_date_with_other_hours_can_be_set_and_set_again_and_forgotten() -> None:
    office, eve = kept(), date(2026, 12, 24)
    for hours in ((Hours(540, 720),), ()):
        days = [DatedHours(eve, hours, "Christmas Eve")]
        set_dated_hours(calendars=[office], days=days, at=MONDAY, by=None)
        assert working_calendar(office).dated == tuple(days)
    forget_dates(calendars=[office], dates=[eve], at=MONDAY, by=None)
    assert working_calendar(office) == OFFICE


def test_two_who_rewrite_one_week_do_not_overwrite_each_other() -> None:
    alma, office = an_account("Alma"), kept()
    night = Value.parse("Mon-Fri 22:00-06:00")
    rewrite_week(calendar=office, hours=night, seen=1, at=MONDAY, by=alma)
    late = MONDAY + timedelta(minutes=1)
    with pytest.raises(Edited, match="Alma changed this"):
        rewrite_week(calendar=office, hours=OFFICE, seen=1, at=late, by=None)
    assert working_calendar(office) == night


def test_a_name_is_used_once() -> None:
    kept("Office")
    with pytest.raises(NotTrue, match="Another calendar has this name"):
        kept("Office")
