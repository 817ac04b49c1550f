"""Numbers, lengths of time and answers, as people and programs write them."""

from __future__ import annotations

import math

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.record.sources.values import (
    BLANKS,
    blank_sql,
    duration_sql,
    durations_in,
    number_sql,
    numbers_in,
    with_unit,
    yes_no_in,
    yes_no_sql,
)


def through_sql(values: list[str], expression: str) -> list[float | None]:
    con = duckdb.connect()
    con.execute("create table cases (row bigint, cell varchar)")
    con.executemany("insert into cases values (?, ?)", list(enumerate(values)))
    return [
        row[0] for row in con.execute(f"select {expression} from cases order by row").fetchall()
    ]


def as_numbers(values: list[str]) -> list[float | None]:
    return through_sql(values, number_sql("cell", numbers_in(values)))


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (["1", "-2", "3.5", "+4"], [1, -2, 3.5, 4]),
        (["1,026,684.20", "345.44", "-339.81"], [1026684.2, 345.44, -339.81]),
        (["1.234,56 €", "7,5 €", "-12 €"], [1234.56, 7.5, -12]),
        (["$12.58", "$1,041.70", "($5.00)", "-$3", "$-4"], [12.58, 1041.7, -5, -3, -4]),
        (["CHF 1'234.50", "CHF 12", "CHF 3"], [1234.5, 12, 3]),
        (["1 234,5", "12\u202f345,0", "7,25"], [1234.5, 12345, 7.25]),
        (["12 h", "7.5 h", "3h"], [12, 7.5, 3]),
        (["5 %", "12.5%", "-3 %"], [5, 12.5, -3]),
        (["5-", "7", "3.5-"], [-5, 7, -3.5]),
        (["1.234.567", "1.000", "12"], [1234567, 1000, 12]),
        (["12,34,567.5", "1,00,000.0"], [1234567.5, 100000]),
        (["EUR 5,00", "6,50 EUR"], [5, 6.5]),
        ([".5", "0.25"], [0.5, 0.25]),
    ],
)
def test_numbers_are_read_in_the_way_their_column_writes_them(
    values: list[str], numbers: list[float]
) -> None:
    reads = numbers_in(values)
    assert reads.share == 1.0
    assert not reads.ambiguous
    assert as_numbers(values) == numbers
    assert (reads.low, reads.high) == (min(numbers), max(numbers))


def test_words_in_a_column_of_numbers_are_unread_and_not_zero() -> None:
    values = [
        "Freight Included in Commodity Cost",
        "45.2",
        "See DN-304 (ID#:10589)",
        "1,200",
        "n/a",
    ]
    reads = numbers_in(values)
    assert (reads.share, len(reads.unread)) == (0.5, 2)
    assert as_numbers(values) == [None, 45.2, None, 1200, None]


def test_a_decimal_comma_is_not_made_a_thousand() -> None:
    assert as_numbers(["1,5", "2,75", "1.000,5"]) == [1.5, 2.75, 1000.5]
    assert as_numbers(["1.5", "2,000.75", "1,5"]) == [1.5, 2000.75, None]


def test_a_thousand_that_may_be_a_decimal_is_said_to_be_in_doubt() -> None:
    point, comma = numbers_in(["1.234", "5.678"]), numbers_in(["1,234", "5,678"])
    assert (point.ambiguous, point.high) == (True, 5.678)
    assert (comma.ambiguous, comma.high) == (True, 5678)
    assert "1,234" in (comma.ambiguity or "")
    assert not numbers_in(["1.234", "5.6"]).ambiguous


def test_points_and_commas_that_contradict_each_other_are_said() -> None:
    reads = numbers_in(["1.5", "2.5", "3,75"])
    assert (reads.ambiguous, reads.decimal) == (True, ".")
    assert reads.unread == ("3,75",)


def test_serials_that_a_spreadsheet_rounded_are_shown_as_damaged() -> None:
    reads = numbers_in(["6.37702E+15", "5.02E+18", "12"])
    assert reads.damaged == ("6.37702E+15", "5.02E+18")
    assert not numbers_in(["1.5e-3", "2E+2"]).damaged


def test_codes_with_leading_noughts_are_told_from_numbers() -> None:
    assert numbers_in(["00042", "00043"]).zero_led
    assert not numbers_in(["0", "42", "0.5"]).zero_led


def test_currencies_and_units_are_told() -> None:
    reads = numbers_in(["$5", "€6", "$7"])
    assert (reads.currency, reads.currencies) == (None, ("$", "€"))
    assert numbers_in(["$5"]).currency == "$"
    assert (numbers_in(["5 h", "6 H"]).unit, numbers_in(["5", "6"]).unit) == ("h", None)
    assert (numbers_in(["1", "2"]).whole, numbers_in(["1", "2.5"]).whole) == (True, False)


def test_a_value_in_another_unit_is_unread_and_not_mixed_in() -> None:
    assert as_numbers(["5 h", "6 h", "30 min", "7"]) == [5, 6, None, 7]


@pytest.mark.parametrize(
    "text", ["INC0000045", "12A4", "3 apples and 4", "1-2", "nan", "inf", "--5", "1.2.3.4"]
)
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    assert numbers_in([text]).share == 0
    assert as_numbers([text, "5"])[0] is None


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=2, max_size=20),
    st.sampled_from(["en", "de", "ch", "fr"]),
)
def test_formatted_numbers_come_back(numbers: list[object], style: str) -> None:
    known = [float(str(number)) for number in [*numbers, "1234567.25"]]
    swap = {"en": ",.", "de": ".,", "ch": "'.", "fr": "\u202f,"}[style]
    texts = [f"{number:,.2f}".translate({44: swap[0], 46: swap[1]}) for number in known]
    found = as_numbers(texts)
    assert all(
        a is not None and math.isclose(a, b, abs_tol=1e-6)
        for a, b in zip(found, known, strict=True)
    )


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    assert 0 <= numbers_in([text]).share <= 1
    assert 0 <= durations_in([text], "hours").share <= 1


@pytest.mark.parametrize(
    ("values", "form", "found"),
    [
        (["3:25:00", "0:05", "127:00:01"], "clock", [12300, 300, 457201]),
        (
            ["2 days 04:00:00", "0 days 00:00:30", "1 day, 1:00:00"],
            "days_clock",
            [187200, 30, 90000],
        ),
        (["2.04:00:00", "0.00:30:00"], "days_clock", [187200, 1800]),
        (["PT4H30M", "P1DT2H", "P2W", "PT0.5S"], "iso", [16200, 93600, 1209600, 0.5]),
        (["5h 30m", "2 h", "45 min", "1 day 2 hours"], "units", [19800, 7200, 2700, 93600]),
        (["2 Tage 3 Std.", "1 Stunde und 5 Minuten"], "units", [183600, 3900]),
        (["1,5 h", "-2 h"], "units", [5400, -7200]),
    ],
)
def test_lengths_of_time_are_read_in_seconds(
    values: list[str], form: str, found: list[float]
) -> None:
    reads = durations_in(values)
    assert (reads.share, reads.form) == (1.0, form)
    assert through_sql(values, duration_sql("cell", reads)) == found


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("Duration (h)", 3600),
        ("first_response_in_min", 60),
        ("resolution_time_s", 1),
        ("Tage", 86400),
    ],
)
def test_plain_numbers_are_lengths_when_the_header_names_their_unit(
    header: str, factor: int
) -> None:
    reads = durations_in(["5", "7.5"], header)
    assert (reads.form, reads.share) == ("plain", 1.0)
    assert through_sql(["5", "7.5", "?"], duration_sql("cell", reads)) == [
        5 * factor,
        7.5 * factor,
        None,
    ]


def test_plain_numbers_without_a_unit_are_no_lengths_until_one_is_stated() -> None:
    reads = durations_in(["5", "7"], "Duration")
    assert (reads.share, reads.form) == (0.0, None)
    assert through_sql(["5"], duration_sql("cell", reads)) == [None]
    stated = with_unit(durations_in(["5", "7"], "h"), "min")
    assert through_sql(["5"], duration_sql("cell", stated)) == [300]


def test_the_middle_of_a_mixed_column_is_not_lost() -> None:
    values = ["3:00:00", "PT4H", "5 h", "soon"]
    reads = durations_in(values)
    assert through_sql(values, duration_sql("cell", reads)) == [10800, 14400, 18000, None]
    assert reads.unread == ("soon",)


def test_yes_and_no_are_understood_in_several_languages() -> None:
    values = ["Yes", "nein", "VRAI", "0", "sì", "?", ""]
    assert yes_no_in(values) == 1.0
    assert through_sql(values, yes_no_sql("cell")) == [True, False, True, False, True, None, None]
    assert yes_no_in(["yes", "perhaps"]) == 0.5


def test_every_blank_word_is_blank_in_sql_as_in_python() -> None:
    words = sorted(BLANKS)
    values = [
        *words,
        *(f"  {word.upper()}\t" for word in words),
        "open",
        "0",
        "no",
        "none of these",
        "20",
    ]
    told = through_sql(values, blank_sql("cell"))
    assert told == [True] * (2 * len(words)) + [False] * 5
    assert all(word == word.strip().casefold() for word in words)
