"""Moments in every dress: read right, or said to be in doubt, or said to be unread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.sources.columns_made import as_read, seconds
from wellkept.record.sources.values import (
    MomentFormat,
    Reads,
    moments_in,
    parse_moment,
    settle,
)

ROME = "Europe/Rome"


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
        ("5/3/2024 8:11 p. m.", "2024-03-05T20:11:00"),
        ("4 fev 2024", "2024-02-04T00:00:00"),
        ("2024-W12", "2024-03-18T00:00:00"),
        ("KW 12/2024", "2024-03-18T00:00:00"),
        ("12. KW 2024", "2024-03-18T00:00:00"),
        ("wk 1 26", "2025-12-29T00:00:00"),
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


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_moments(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or 1900 <= moment.civil.year <= 2200
    assert 0 <= moments_in([text]).share <= 1


def test_a_week_lasts_from_its_monday_to_the_end_of_its_sunday() -> None:
    read, ends, precision, _ = as_read(["KW 12/2024", "19.03.2024", "KW 54/2024", None], ROME)
    assert read[:2] == [seconds("2024-03-18", ROME), seconds("2024-03-19", ROME)]
    assert ends[:2] == [seconds("2024-03-25", ROME), seconds("2024-03-20", ROME)]
    assert precision[:2] == ["week", "day"] and read[2:] == [None, None]


@pytest.mark.parametrize(
    "nought",
    ["1970-01-01 00:00:00", "1970-01-01 01:00", "1969-12-31 19:00", "1970-01-01T00:00:00Z"],
)
def test_the_first_second_of_a_programs_count_is_no_moment(nought: str) -> None:
    """A program writes it where nothing was recorded: a case would be closed in 1970."""
    values: list[str | None] = ["2024-03-18 10:00:00", nought, "2024-03-19 10:00:00"]
    assert as_read(values, ROME)[0][1] is None and parse_moment(nought) is None


MADE = [f"2024-{one} 08:11:00" for one in ("03-01", "08-01", "12-01", "02-02", "05-07")]
LEFT = ["19/01/2024 16:45", "22/02/2024 11:20"]


def test_dates_that_a_spreadsheet_turned_are_seen() -> None:
    """What could be month first became the spreadsheet's own date; the rest stayed as it was."""
    turned = moments_in([*MADE, *LEFT]).turned
    assert turned is not None and (turned.made, turned.left) == (5, 2)
    formats = tuple(MomentFormat(one, "moment") for one in turned.formats)
    as_meant, _, _, _ = as_read([MADE[0], LEFT[0]], ROME, Reads(formats, 1.0))
    assert as_meant == [seconds("2024-01-03 08:11", ROME), seconds("2024-01-19 16:45", ROME)]


@pytest.mark.parametrize(
    "values",
    [
        [*MADE, "2024-03-13 08:00:00", *LEFT],  # a date of its own on a later day
        [*MADE, *LEFT, "03/04/2024 08:00"],  # a text that it could have read
        [*MADE[:4], *LEFT],  # too few to tell
        [*(f"2024-{month:02}-01 08:00:00" for month in range(1, 10)), *LEFT],  # always the first
    ],
)
def test_dates_that_may_be_as_they_were_are_not_doubted(values: list[str]) -> None:
    assert moments_in(values).turned is None
