"""Whole columns of moments become seconds through SQL, and nothing is lost on the way."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.sources.columns_made import as_read, seconds
from wellkept.record.sources.values import (
    MomentFormat,
    Reads,
    UnknownZone,
    moment_sql,
    moments_in,
)

ROME = "Europe/Rome"


def test_several_formats_in_one_column_are_all_read() -> None:
    values: list[str | None] = [
        *("4-Aug-09", "10/17/2014", "31-May-15", "Date Not Captured", None, "?", "11/3/06"),
    ]
    found, _, precision, column = as_read(values)
    assert found[:3] == [seconds("2009-08-04"), seconds("2014-10-17"), seconds("2015-05-31")]
    assert found[3:] == [None, None, None, seconds("2006-11-03")]
    assert precision[:2] == ["day", "day"]
    assert (column.residual.unread_rows, column.residual.unread[0].value) == (
        1,
        "Date Not Captured",
    )
    assert column.residual.unread[0].row == 4


def test_day_numbers_of_a_spreadsheet_among_dates_are_the_days_they_are() -> None:
    found, _, precision, column = as_read(["14.01.2025", "45669", "45669.33333333334", "99999"])
    day = seconds("2025-01-12")
    assert found == [seconds("2025-01-14"), day, day + 8 * 3600, None]
    assert precision[:3] == ["day", "day", "moment"] and column.residual.unread_rows == 1


def test_offsets_and_civil_times_in_one_column_each_keep_their_meaning() -> None:
    values: list[str | None] = [
        "2024-07-01 12:00:00",
        "2024-07-01T12:00:00Z",
        "2024-07-01 12:00:00-04:00",
        "2024-07-01T12:00:00.000+0530",
        "2024-07-01 12:00+02",
        "2024-7-1 9:05",
    ]
    found, _, _, column = as_read(values, ROME)
    assert found == [
        seconds("2024-07-01T12:00", ROME),
        seconds("2024-07-01T12:00+00:00"),
        seconds("2024-07-01T12:00-04:00"),
        seconds("2024-07-01T12:00+05:30"),
        seconds("2024-07-01T12:00+02:00"),
        seconds("2024-07-01T09:05", ROME),
    ]
    assert column.residual.unread_rows == 0


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2024-03-01T08:30:00.000+0100",
            "2024-03-01 08:30:00 +0100",
            "2024-03-01 08:30:00 +01:00",
        ),
        *("2024-03-01 07:30:00 UTC", "2024-03-01T07:30:00Z", "2024-03-01T02:30:00.1234567-05:00"),
        *("2024-03-01 02:30:00 -0500", "2024-03-01T07:30:00+00"),
    ],
)
def test_common_ways_to_write_an_offset_need_no_help_from_python(text: str) -> None:
    found, _, _, column = as_read([text], ROME)
    assert found == [seconds("2024-03-01T07:30")]
    assert column.residual.table is None


def test_an_offset_that_the_sample_did_not_show_is_not_dropped() -> None:
    reads = moments_in(["2024-07-01 12:00:00"])
    late: list[str | None] = [
        "2024-07-01 12:00:00+02:00",
        "2024-07-01 12:00+02",
        "2024-07-01 12:00:00 CET",
    ]
    found, _, _, _ = as_read(late, ROME, reads)
    assert found == [seconds("2024-07-01T10:00+00:00")] * 2 + [seconds("2024-07-01T11:00+00:00")]


def test_a_format_that_the_sample_did_not_show_is_not_lost() -> None:
    reads = moments_in(["29/2/2016 01:16"])
    rare: list[str | None] = [
        "1 mars 2016 08:00",
        "29/2/16",
        "2016-03-01T08:00",
        "12/31/2016 08:00",
    ]
    found, _, _, column = as_read(rare, None, reads)
    assert found == [
        seconds("2016-03-01T08:00"),
        seconds("2016-02-29"),
        seconds("2016-03-01T08:00"),
        seconds("2016-12-31T08:00"),
    ]
    assert (column.residual.turned_rows, column.residual.turned[0].value) == (1, "12/31/2016 08:00")


def test_a_day_begins_and_ends_at_midnight_of_the_zone() -> None:
    values: list[str | None] = ["30/03/2024", "31/03/2024", "27/10/2024"]
    found, ends, precision, _ = as_read(values, ROME)
    assert found == [
        seconds(f"{day}T00:00", ROME) for day in ("2024-03-30", "2024-03-31", "2024-10-27")
    ]
    assert [(end or 0) - (start or 0) for start, end in zip(found, ends, strict=True)] == [
        *(24 * 3600, 23 * 3600, 25 * 3600),
    ]
    assert precision == ["day"] * 3


def test_days_and_moments_in_one_column_end_each_in_its_way() -> None:
    values: list[str | None] = ["2024-03-01", "2024-03-02 10:00:00", "2 mars 2024", "03/2024"]
    found, ends, precision, _ = as_read(values)
    assert [(e or 0) - (s or 0) for s, e in zip(found, ends, strict=True)] == [
        *(86400, 0, 86400, 31 * 86400),
    ]
    assert precision == ["day", "moment", "day", "month"]


def test_moments_that_are_all_midnight_are_days() -> None:
    values: list[str | None] = [f"2024-03-0{n} 00:00:00" for n in range(1, 6)]
    assert {form.precision for form in moments_in([v for v in values if v]).formats} == {"day"}
    found, ends, precision, _ = as_read(values, ROME)
    assert ends[0] == found[1]
    assert precision == ["day"] * 5
    zoned, _, _, _ = as_read([f"{value}+00:00" for value in values], ROME)
    assert zoned == found


def test_a_time_that_the_sample_did_not_show_stays_a_moment() -> None:
    reads = moments_in([f"2024-03-0{n} 00:00:00" for n in range(1, 6)])
    found, ends, precision, _ = as_read(["2024-03-01 09:30:00"], ROME, reads)
    assert found == ends == [seconds("2024-03-01T09:30", ROME)]
    assert precision == ["moment"]
    zoned = moments_in([f"2024-03-0{n}T00:00:00Z" for n in range(1, 6)])
    assert as_read(["2024-03-01T09:30:00Z"], ROME, zoned)[0] == [seconds("2024-03-01T09:30+00:00")]


def test_hours_that_a_clock_change_skips_or_repeats_are_read_as_datetime_reads_them() -> None:
    texts = ["2024-03-31 02:30:00", "2024-10-27 02:30:00", "2024-10-27 03:30:00"]
    found, _, _, _ = as_read([*texts], ROME)
    assert found == [seconds(text, ROME) for text in texts]


def test_a_zone_that_does_not_exist_is_refused_with_advice() -> None:
    with pytest.raises(UnknownZone, match="Write it like Europe/Rome"):
        moment_sql("due", [MomentFormat("iso", "moment")], "Europe/Nowhere")


FORMATS = [
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S"),
    *("%Y%m%d %H%M%S", "%d-%b-%Y %H:%M:%S", "%B %d, %Y %I:%M:%S %p", "%Y/%m/%d %H:%M:%S"),
    *(
        "%d %B %Y, %H:%M:%S",
        "%a, %d %b %Y %H:%M:%S",
        "%a %b %d %H:%M:%S %Y",
        "%Y-%m-%d %H:%M:%S,%f",
    ),
]
ZONES = [
    "UTC",
    ROME,
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
]


FIRST, LAST = (dt.datetime.fromisoformat(text) for text in ("1991-01-01", "2044-12-31"))
LATE = dt.datetime.fromisoformat("2024-12-31T01:00")  # tells day/month from month/day


@given(
    moments=st.lists(st.datetimes(FIRST, LAST), min_size=1, max_size=12),
    pattern=st.sampled_from(FORMATS),
    zone=st.sampled_from(ZONES),
)
def test_formatted_moments_come_back_in_any_zone(
    moments: list[dt.datetime], pattern: str, zone: str
) -> None:
    whole = [moment.replace(microsecond=0, fold=0) for moment in moments]
    texts = [moment.strftime(pattern) for moment in whole]
    reads = moments_in([*texts, LATE.strftime(pattern)])
    assert reads.share == 1.0
    found, _, _, _ = as_read([*texts], zone, reads)
    assert found == [int(moment.replace(tzinfo=ZoneInfo(zone)).timestamp()) for moment in whole]


def test_a_stated_iso_format_takes_dates_as_days() -> None:
    stated = Reads(formats=(MomentFormat("iso", "moment"),), share=1.0)
    found, ends, precision, column = as_read(["2024-03-01", "2024-03-01 10:00"], None, stated)
    assert (ends[0] or 0) - (found[0] or 0) == 86400
    assert found[1] == ends[1]
    assert precision == ["day", "moment"]
    assert column.residual.table is None


@pytest.mark.parametrize(
    "written",
    ["46082,5", "46082.5", "1772366400", "1772366400000", "2026-03-01T14:00:00+02:00",
     "01.03.26 12:00", "Mar 1, 2026, 12:00 PM"],
)  # fmt: skip
def test_one_moment_in_many_ways_of_writing(written: str) -> None:
    found, *_ = as_read([written, written])
    assert found == [seconds("2026-03-01T12:00:00")] * 2


def test_a_nought_among_seconds_is_no_moment_of_1970() -> None:
    reads = moments_in(["1772366400", "1772370000"])
    found, *_ = as_read(["1772366400", "0"], reads=reads)
    assert found == [seconds("2026-03-01T12:00:00"), None]
