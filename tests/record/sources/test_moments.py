"""Moments in every dress: read right, or said to be in doubt, or said to be unread."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.record.sources.values import (
    MomentColumn,
    MomentFormat,
    Reads,
    UnknownZone,
    moment_sql,
    moments_in,
    moments_of,
    parse_moment,
    settle,
)

ROME = "Europe/Rome"


def seconds(text: str, zone: str = "UTC") -> int:
    """The moment of an ISO text in a zone."""
    moment = dt.datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).timestamp())


def a_column(values: list[str | None]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create table cases (row bigint, due varchar)")
    con.executemany("insert into cases values (?, ?)", list(enumerate(values, 1)))
    return con


def as_read(
    values: list[str | None], zone: str | None = None, reads: Reads | None = None
) -> tuple[list[int | None], list[int | None], list[str | None], MomentColumn]:
    """Seconds, ends and precision of a column, all through SQL."""
    con = a_column(values)
    known = reads or moments_in([value for value in values if value])
    column = moments_of(con, "cases", "due", known.formats, zone)
    found = con.execute(
        f"select {column.seconds}, {column.ends}, {column.precision} from cases t order by row"
    ).fetchall()
    return [row[0] for row in found], [row[1] for row in found], [row[2] for row in found], column


@pytest.mark.parametrize(
    ("text", "civil"),
    [
        ("2018-04-03 07:00", "2018-04-03T07:00:00"),
        ("2018-04-03T07:00:00.123", "2018-04-03T07:00:00.123000"),
        ("2018-04-03 07:00:00.123456789", "2018-04-03T07:00:00.123456"),
        ("2018-04-03 07:00:00,5", "2018-04-03T07:00:00.500000"),
        ("29/2/2016 01:16", "2016-02-29T01:16:00"),
        ("4-Aug-09", "2009-08-04T00:00:00"),
        ("31-May-15", "2015-05-31T00:00:00"),
        ("10/17/2014", "2014-10-17T00:00:00"),
        ("31.12.2024 14:05", "2024-12-31T14:05:00"),
        ("31.12.24, 14.05 Uhr", "2024-12-31T14:05:00"),
        ("20241231", "2024-12-31T00:00:00"),
        ("20241231140533", "2024-12-31T14:05:33"),
        ("20241231T1405", "2024-12-31T14:05:00"),
        ("12/31/2024 02:05:10 PM", "2024-12-31T14:05:10"),
        ("12/31/2024 12:05 am", "2024-12-31T00:05:00"),
        ("12/31/2024 2 p.m.", "2024-12-31T14:00:00"),
        ("August 4, 2009", "2009-08-04T00:00:00"),
        ("Sept. 4, 2009", "2009-09-04T00:00:00"),
        ("4th August 2009", "2009-08-04T00:00:00"),
        ("Tue, 04 Aug 2009 14:05:00", "2009-08-04T14:05:00"),
        ("Tue Aug  4 14:05:00 2009", "2009-08-04T14:05:00"),
        ("4. August 2009", "2009-08-04T00:00:00"),
        ("Di., 4. März 2009 8:05", "2009-03-04T08:05:00"),
        ("4 août 2009 à 08:05", "2009-08-04T08:05:00"),
        ("mar. 2 févr. 2016", "2016-02-02T00:00:00"),
        ("1er janvier 2016", "2016-01-01T00:00:00"),
        ("4 de agosto de 2009", "2009-08-04T00:00:00"),
        ("lunedì 4 maggio 2009", "2009-05-04T00:00:00"),
        ("4 mrt 2024 08:00", "2024-03-04T08:00:00"),
        ("14:05 31/12/2024", "2024-12-31T14:05:00"),
        ("2024-12-31 24:00", "2025-01-01T00:00:00"),
        ("01JAN2024:08:05:06", "2024-01-01T08:05:06"),
        ("2009-Aug-04", "2009-08-04T00:00:00"),
        ("1/2/2024 14h05", "2024-02-01T14:05:00"),
        ("4/5/69", "1969-05-04T00:00:00"),
        ("4/5/68", "2068-05-04T00:00:00"),
    ],
)
def test_one_text_is_read_as_the_moment_it_means(text: str, civil: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.civil.isoformat() == civil
    assert moment.offset_min is None


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        *(("2024-03-01", "day"), ("1.3.24", "day"), ("1 mars 2024", "day"), ("20240301", "day")),
        *(("2024-03-01 00:00", "moment"), ("1/3/2024 2 pm", "moment")),
        *(("2024-03", "month"), ("03/2024", "month"), ("mars 2024", "month")),
    ],
)
def test_a_text_is_as_exact_as_it_is_written(text: str, precision: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.precision == precision


@pytest.mark.parametrize(
    ("text", "offset_min"),
    [
        ("2018-04-03 07:00:00+00:00", 0),
        ("2018-04-03T07:00:00Z", 0),
        ("2018-04-03T07:00:00.000+0200", 120),
        ("2018-04-03T07:00-03:30", -210),
        ("2018-04-03 07:00:00 UTC", 0),
        ("2018-04-03 07:00 CEST", 120),
        ("2018-04-03T07:00:00+02:00[Europe/Rome]", 120),
        ("Tue Apr 03 2018 07:00:00 GMT+0200 (Central European Summer Time)", 120),
        ("Tue, 03 Apr 2018 07:00:00 -0500", -300),
    ],
)
def test_an_offset_in_the_text_is_kept(text: str, offset_min: int) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert (moment.civil.hour, moment.offset_min) == (7, offset_min)


@pytest.mark.parametrize(
    "text",
    [
        *("", "?", "2024", "INC0000045", "1-109135791", "10.0.0.1", "12-34-56", "31.02.2024"),
        *("2024-13-01", "2024-01-01 25:00", "970882174-8", "1.2.3", "Group 56", "code 5"),
        *("N/A - From RDC", "Date Not Captured", "0000-00-00", "3/4/2016 13:05 PM", "90210-1234"),
        *("9999-01-01", "0016-02-29", "+41 79 123 45 67", "v2.10.2024.1", "24:00"),
    ],
)
def test_what_is_no_moment_is_not_made_one(text: str) -> None:
    assert parse_moment(text) is None


def test_day_and_month_are_told_apart_by_the_column() -> None:
    european = moments_in(["3/4/2016", "29/2/2016", "5/3/2016"])
    american = moments_in(["3/4/2016", "2/29/2016", "5/3/2016"])
    assert (european.day_first, american.day_first) == (True, False)
    assert [form.pattern for form in european.formats] == ["%d/%m/%Y"]
    assert [form.pattern for form in american.formats] == ["%m/%d/%Y"]
    assert not european.ambiguous
    assert not american.ambiguous


def test_an_order_that_nothing_decides_is_said_to_be_in_doubt() -> None:
    reads = moments_in(["3/4/2016", "5/3/2016"])
    assert (reads.ambiguous, reads.day_first, reads.share) == (True, None, 1.0)
    assert "No value tells day/month from month/day" in (reads.ambiguity or "")
    dotted = moments_in(["3.4.2016", "5.3.2016"])
    assert (dotted.ambiguous, dotted.day_first) == (False, True)


def test_short_american_dates_are_likelier_month_first() -> None:
    assert moments_in(["4/5/16", "3/8/16"]).formats[0].pattern == "%m/%d/%y"
    assert moments_in(["4/5/2016 2:00 PM"]).formats[0].pattern == "%m/%d/%Y %I:%M %p"
    assert moments_in(["4/5/2016 14:00"]).formats[0].pattern == "%d/%m/%Y %H:%M"


def test_a_sibling_column_settles_the_order_and_says_so() -> None:
    doubtful = moments_in(["3/4/2016", "5/3/2016"])
    american = moments_in(["2/29/2016 10:00"])
    first, second = settle([("due", doubtful), ("opened", american)])
    assert (first.ambiguous, first.formats[0].pattern) == (False, "%m/%d/%Y")
    assert "as in “opened”" in (first.ambiguity or "")
    assert second == american


def test_siblings_that_disagree_settle_nothing() -> None:
    doubtful = moments_in(["3/4/2016"])
    columns = [("a", doubtful), ("b", moments_in(["2/29/2016"])), ("c", moments_in(["29/2/2016"]))]
    assert settle(columns)[0] == doubtful


def test_values_that_contradict_each_other_are_said() -> None:
    reads = moments_in(["31/12/2016", "30/12/2016", "12/31/2016", "3/4/2016"])
    assert (reads.ambiguous, reads.share) == (True, 1.0)
    assert "2 values can only be day/month and 1 only month/day" in (reads.ambiguity or "")
    found, _, _, _ = as_read(["31/12/2016", "12/31/2016", "3/4/2016"], reads=reads)
    assert found == [seconds("2016-12-31"), seconds("2016-12-31"), seconds("2016-04-03")]


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


def test_epochs_and_serials_are_only_guesses() -> None:
    epochs = moments_in(["1709280000", "1709366400"])
    assert (epochs.guessed, epochs.formats[0].pattern) == (True, "epoch_s")
    assert as_read(["1709280000"], ROME, epochs)[0] == [1709280000]
    assert as_read(["1709280000123"], ROME, moments_in(["1709280000123"]))[0] == [1709280000]
    serials = moments_in(["45352.354166666664", "45353"])
    assert (serials.guessed, serials.formats[0].precision) == (True, "moment")
    assert as_read(["45352.354166666664"], ROME, serials)[0] == [seconds("2024-03-01T08:30", ROME)]
    assert not moments_in(["17", "45352"]).formats


def test_dates_written_as_one_number_are_no_guess() -> None:
    reads = moments_in(["19970101", "19980630"])
    assert (reads.guessed, reads.share, reads.formats[0].pattern) == (False, 1.0, "%Y%m%d")


def test_blank_words_count_neither_as_read_nor_as_unread() -> None:
    reads = moments_in(["?", "n/a", "", "2024-01-01", "0000-00-00", "later"])
    assert (reads.share, reads.unread) == (0.5, ("later",))


def test_blanks_around_values_do_not_hide_them() -> None:
    values: list[str | None] = [" 2024-01-01 08:00 ", "2024-01-02 08:00"]
    found, _, _, column = as_read(values)
    assert found == [seconds("2024-01-01T08:00"), seconds("2024-01-02T08:00")]
    assert column.residual.table is None


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
    whole = [moment.replace(microsecond=0) for moment in moments]
    texts = [moment.strftime(pattern) for moment in whole]
    reads = moments_in([*texts, LATE.strftime(pattern)])
    assert reads.share == 1.0
    found, _, _, _ = as_read([*texts], zone, reads)
    assert found == [int(moment.replace(tzinfo=ZoneInfo(zone)).timestamp()) for moment in whole]


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_moments(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or 1900 <= moment.civil.year <= 2200
    assert 0 <= moments_in([text]).share <= 1


def test_a_stated_iso_format_takes_dates_as_days() -> None:
    stated = Reads(formats=(MomentFormat("iso", "moment"),), share=1.0)
    found, ends, precision, column = as_read(["2024-03-01", "2024-03-01 10:00"], None, stated)
    assert (ends[0] or 0) - (found[0] or 0) == 86400
    assert found[1] == ends[1]
    assert precision == ["day", "moment"]
    assert column.residual.table is None
