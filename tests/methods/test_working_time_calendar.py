"""How hours are written, which days are off, and what is said when they make no sense."""

from __future__ import annotations

from datetime import date, datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.methods.working_time import (
    Calendar,
    CalendarRefused,
    DatedHours,
    Holiday,
    Hours,
    bind,
    elapsed,
    public_holidays,
)

HOUR = 3600
ROME = "Europe/Rome"
NINE_TO_FIVE = "Mon-Fri 09:00-17:00"


def hours_worked(calendar: Calendar, first: str, last: str) -> float:
    clock = bind(calendar, ROME, date(2024, 1, 1), date(2024, 12, 31))
    start, stop = (
        round(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(ROME)).timestamp())
        for day in (first, last)
    )
    return float(elapsed(clock, start, stop)[0] / HOUR)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mon-Fri 8-12 13-17; Sat 9-12", "Mon-Fri 08:00-12:00 13:00-17:00; Sat 09:00-12:00"),
        ("monday–friday 9–17", NINE_TO_FIVE),
        ("Mon,Wed 13-15,8-12", "Mon 08:00-12:00 13:00-15:00; Wed 08:00-12:00 13:00-15:00"),
        ("Sun-Thu 08:00-16:00\nFri closed", "Mon-Thu 08:00-16:00; Sun 08:00-16:00"),
        ("Fri-Mon 22:00-06:00", "Mon 22:00-06:00; Fri-Sun 22:00-06:00"),
        ("24x7", "Mon-Sun 00:00-24:00"),
        ("24/7; 2024-12-25 closed", "Mon-Sun 00:00-24:00; 2024-12-25 closed"),
        (
            "Mon 9-17; 2024-12-30..2024-12-31 9-12",
            "Mon 09:00-17:00; 2024-12-30 09:00-12:00; 2024-12-31 09:00-12:00",
        ),
        ("2024-12-24 09:00-12:00", "Mon-Sun closed; 2024-12-24 09:00-12:00"),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, read: str) -> None:
    assert Calendar.parse(written).words == read


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("  ; \n", r"working hours are empty; write for example"),
        ("Mno-Fri 9-17", r"Clause 1 .*'Mno' is not a day of the week; did you mean 'Mon'\?"),
        ("Mon 9-17; Foo 9-12", r"Clause 2 .*'Foo' is not a day"),
        ("09:00-17:00", r"'09:00' is not a day of the week"),
        ("Mon-Fri", r"no hours follow the days; add hours such as"),
        ("Mon 9 - 17", r"'9' is not an interval; write a start and an end without spaces"),
        ("Mon 9-25", r"'25' is not a time of day; write 00:00 to 24:00"),
        ("Mon 9:75-17", r"'9:75' is not a time of day"),
        ("Mon 9am-5pm", r"'9am' is not a time of day"),
        ("Mon 24:30-25", r"is not a time of day"),
        ("Mon 08:00-08:00", r"could mean nothing or a whole day"),
        ("Mon 24:00-06:00", r"could mean nothing or a whole day"),
        ("Mon 08:00-13:00 12:00-17:00", r"08:00-13:00 and 12:00-17:00 .*Clause 1.* overlap"),
        ("Mon-Fri 9-17; Fri 9-12", r"Clause 2 .*Fri already has its hours"),
        ("2024-02-30 closed", r"'2024-02-30' is not a day that exists"),
        ("2024-02-01.. closed", r"'2024-02-01..' is not a date"),
        ("2024-02-02..2024-02-01 closed", r"the dates run backwards"),
        ("2024-02-01..2029-02-01 closed", r"over more than a year"),
        ("2024-02-01 closed; 2024-02-01 9-12", r"2024-02-01 already has its hours"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_clause_and_advice(
    written: str, said: str
) -> None:
    with pytest.raises(CalendarRefused, match=said):
        Calendar.parse(written)


quarters = st.lists(st.integers(0, 95), min_size=0, max_size=6, unique=True).map(sorted)
days = quarters.map(
    lambda q: tuple(Hours(a * 15, b * 15) for a, b in zip(q[::2], q[1::2], strict=False))
)
nights = st.tuples(st.integers(48, 95), st.integers(97, 130)).map(
    lambda q: (Hours(q[0] * 15, q[1] * 15),)
)


@given(
    st.lists(days | nights, min_size=7, max_size=7),
    st.dictionaries(st.dates(date(2020, 1, 1), date(2030, 1, 1)), days, max_size=4),
)
def test_what_a_calendar_writes_it_reads_back(
    week: list[tuple[Hours, ...]], dated: dict[date, tuple[Hours, ...]]
) -> None:
    rows = tuple(DatedHours(on, hours) for on, hours in dated.items())
    calendar = Calendar(tuple(week), dated=rows)
    assert Calendar.parse(calendar.words) == calendar


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Hours(-1, 60), "start at minute -1"),
        (lambda: Hours(1440, 1500), "start at minute 1440"),
        (lambda: Hours(600, 600), "last nothing or more than a day"),
        (lambda: Hours(600, 2041), "last nothing or more than a day"),
        (lambda: Calendar(((),) * 6), "6 were given"),
        (
            lambda: DatedHours(date(2024, 1, 1), (Hours(0, 60), Hours(30, 90))),
            "on 2024-01-01 overlap",
        ),
        (
            lambda: Calendar(
                ((),) * 7, effective_from=date(2024, 1, 1), effective_until=date(2024, 1, 1)
            ),
            "so never",
        ),
        (
            lambda: Calendar(
                ((),) * 7,
                holidays=(Holiday(date(2024, 1, 1), "a"), Holiday(date(2024, 1, 1), "b")),
            ),
            "more than one holiday on 2024-01-01",
        ),
    ],
)
def test_values_that_contradict_themselves_are_refused(make: object, said: str) -> None:
    with pytest.raises(CalendarRefused, match=said):
        make()  # type: ignore[operator]  # one of the lambdas above


def test_equal_calendars_are_equal_whatever_the_order_of_their_rows() -> None:
    rows = [Holiday(date(2024, 5, 1), "May"), Holiday(date(2024, 1, 1), "New Year")]
    one, two = (Calendar.parse(NINE_TO_FIVE).with_holidays(order) for order in (rows, rows[::-1]))
    assert one == two
    assert hash(one) == hash(two)
    assert one.with_holidays(rows) == one
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    assert bind(one, ROME, first, last) is bind(two, ROME, first, last)


def test_dated_hours_come_before_a_holiday_and_a_holiday_before_the_week() -> None:
    calendar = Calendar.parse(f"{NINE_TO_FIVE}; 2024-05-01 10:00-12:00; 2024-05-04 08:00-14:00")
    calendar = calendar.with_holidays(
        [Holiday(date(2024, 5, 1), "Labour Day"), Holiday(date(2024, 5, 2), "Fair")]
    )
    assert hours_worked(calendar, "2024-05-01", "2024-05-02") == 2
    assert hours_worked(calendar, "2024-05-02", "2024-05-03") == 0
    assert hours_worked(calendar, "2024-05-03", "2024-05-04") == 8
    assert hours_worked(calendar, "2024-05-04", "2024-05-05") == 6


def test_a_night_shift_runs_into_a_holiday_but_does_not_start_on_one() -> None:
    calendar = Calendar.parse("Mon-Sun 22:00-06:00").with_holidays(
        [Holiday(date(2024, 5, 1), "Labour Day")]
    )
    assert hours_worked(calendar, "2024-05-01", "2024-05-02") == 6
    assert hours_worked(calendar, "2024-05-02", "2024-05-03") == 2


def test_dated_hours_that_meet_a_night_shift_are_not_counted_twice() -> None:
    calendar = Calendar.parse("Mon-Sun 22:00-06:00; 2024-05-03 04:00-10:00")
    assert hours_worked(calendar, "2024-05-03", "2024-05-04") == 10


def test_a_calendar_is_closed_outside_the_period_in_which_it_is_in_effect() -> None:
    week = Calendar.parse(NINE_TO_FIVE).week
    late = DatedHours(date(2024, 7, 6), (Hours(540, 600),))
    calendar = Calendar(week, (), (late,), date(2024, 6, 4), date(2024, 6, 6))
    assert hours_worked(calendar, "2024-01-01", "2024-12-31") == 16
    assert hours_worked(calendar, "2024-06-04", "2024-06-06") == 16
    assert not calendar.opens_after(date(2024, 6, 5))
    assert calendar.opens_after(date(2024, 6, 4))


def test_whole_days_agree_with_numpys_count_of_business_days() -> None:
    rng = np.random.default_rng(11)
    rows = public_holidays("IT", None, range(2015, 2031))
    calendar = Calendar.parse("Mon-Fri 00:00-24:00").with_holidays(rows)
    clock = bind(calendar, "UTC", date(2015, 1, 1), date(2030, 12, 31))
    begin, end = rng.integers(16_500, 22_200, (2, 2000))
    theirs = np.busday_count(
        begin.astype("datetime64[D]"), end.astype("datetime64[D]"), holidays=[r.on for r in rows]
    )
    ours = elapsed(clock, begin * 86_400, end * 86_400) // 86_400
    forwards = begin <= end  # backwards NumPy counts the other end of the period
    assert ours[forwards].tolist() == theirs[forwards].tolist()


def test_public_holidays_are_dated_rows_that_say_where_they_come_from() -> None:
    rows = public_holidays("IT", None, [2024])
    assert {row.on.isoformat()[5:] for row in rows} >= {
        "01-01", "01-06", "03-31", "04-01", "04-25", "05-01", "06-02", "08-15", "11-01",
        "12-08", "12-25", "12-26",
    }  # fmt: skip
    assert rows[0].name == "New Year's Day"
    assert {row.source for row in rows} == {f"holidays {version('holidays')} IT"}


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    bavaria = {row.on for row in public_holidays("DE", "BY", [2024])}
    germany = {row.on for row in public_holidays("DE", None, [2024])}
    assert bavaria - germany == {
        date(2024, 1, 6), date(2024, 5, 30), date(2024, 11, 1),
    }  # fmt: skip


def test_years_are_sorted_and_hold_no_day_of_another_year() -> None:
    rows = public_holidays("US", None, [2022, 2021, 2022])
    assert [row.on for row in rows] == sorted({row.on for row in rows})
    assert {row.on.year for row in rows} == {2021, 2022}
    assert date(2021, 12, 31) in {row.on for row in rows}  # New Year 2022, observed


@pytest.mark.parametrize(
    ("country", "subdivision", "year", "said"),
    [
        ("it", None, 2024, "no country 'it'; near it are IT"),
        ("Italy", None, 2024, "two capital letters"),
        ("DE", "Bayern!", 2024, r"no part 'Bayern!' of DE; it knows .*BY"),
        ("US", None, 1750, "knows no holiday in 1750"),
    ],
)
def test_places_and_years_without_holidays_are_refused(
    country: str, subdivision: str | None, year: int, said: str
) -> None:
    with pytest.raises(CalendarRefused, match=said):
        public_holidays(country, subdivision, [year])


def test_moments_in_years_without_holiday_rows_can_be_told() -> None:
    calendar = Calendar.parse(NINE_TO_FIVE)
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    new_year = round(datetime(2025, 1, 1, tzinfo=ZoneInfo(ROME)).timestamp())
    moments = [new_year - 1, new_year, new_year - 366 * 86_400 - 1]
    plain = bind(calendar, ROME, first, last)
    assert plain.outside_holiday_years(moments).tolist() == [False, False, False]
    kept = bind(calendar.with_holidays(public_holidays("IT", None, [2024])), ROME, first, last)
    assert kept.outside_holiday_years(moments).tolist() == [False, True, True]
