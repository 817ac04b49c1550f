"""A recipe is read strictly, and refused with the nearest name and what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from wellkept.record.sources.reads import MomentFormat
from wellkept.record.sources.recipe import (
    BadRecipe,
    Choice,
    Recipe,
    Silence,
    TableRecipe,
    check,
    find_header,
)
from wellkept.record.sources.recipe_reading import (
    hours,
    load_recipe,
    read_recipe,
)

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "recipes.md"

WHOLE = """
until = 2018-05-22T01:17:00Z
known_at = "2018-05-23"
records_begin = 2018-02-14
zone = "Europe/Rome"
currency = "EUR"

[calendar]
cover = "Mon-Fri 08:00-17:00"
holidays = "IT"

[targets]
response_time = "90 min"
time_to_restore = "1 d 12 h"

[same_as.customer]
"Clinic Nord GmbH" = "Clinic Nord"

[[silence]]
from = 2018-02-21T05:15:19Z
to = 2018-02-21T14:03:38Z
why = "the watcher was down"

[[table]]
file = "snapshot*.csv"
shape = "downtime"
kind = "restore"
due_is = "moment"
zone = "UTC"
key = ["asset", "down_from"]
snapshot = "name"
segments = ["reason"]
ignore = ["notes"]
only = { "Record type" = ["Outage", "Stop"] }
blanks = ["Date Not Captured"]
guess = false

[table.columns]
asset = ["elevator", "Elevator ID"]
down_from = { date = "Day", time = "Clock" }
due = "estimated_return"

[table.formats]
down_from = "%d.%m.%Y"
estimated_return = ["%d-%b-%y", "epoch_s"]

[table.words]
nobody = ["Dispatch"]

[table.words.state]
"Purple" = "waiting on part"

[table.words.consequence]
"1 - Critical" = "production_stopped"

[table.words.verdict]
"true" = "kept"
"""


def test_every_key_of_a_recipe_is_read_into_its_type() -> None:
    recipe = read_recipe(WHOLE)
    assert recipe.until == datetime(2018, 5, 22, 1, 17, tzinfo=UTC)
    assert recipe.known_at == date(2018, 5, 23)
    assert recipe.records_begin == date(2018, 2, 14)
    assert (recipe.zone, recipe.currency) == ("Europe/Rome", "EUR")
    assert (recipe.calendar.cover, recipe.calendar.holidays) == ("Mon-Fri 08:00-17:00", "IT")
    assert recipe.targets == {"response_time": 1.5, "time_to_restore": 36.0}
    assert recipe.same_as == {"customer": {"Clinic Nord GmbH": "Clinic Nord"}}
    assert recipe.silences == (
        Silence(
            datetime(2018, 2, 21, 5, 15, 19, tzinfo=UTC),
            datetime(2018, 2, 21, 14, 3, 38, tzinfo=UTC),
            "the watcher was down",
        ),
    )
    [table] = recipe.tables
    assert (table.file, table.shape, table.kind, table.due_is) == (
        *("snapshot*.csv", "downtime", "restore", "moment"),
    )
    assert (table.zone, table.key, table.snapshot) == ("UTC", ("asset", "down_from"), "name")
    assert (table.segments, table.ignore, table.guess) == (("reason",), ("notes",), False)
    assert table.only == {"Record type": ("Outage", "Stop")}
    assert table.blanks == ("Date Not Captured",)
    assert table.columns == {
        "asset": Choice(("elevator", "Elevator ID")),
        "down_from": Choice(("Day",), time="Clock"),
        "due": Choice(("estimated_return",)),
    }
    assert table.formats == {
        "down_from": (MomentFormat("%d.%m.%Y", "day"),),
        "estimated_return": (
            MomentFormat("%d-%b-%y", "day"),
            MomentFormat("epoch_s", "moment"),
        ),
    }
    assert table.words.state == {"Purple": "waiting on part"}
    assert table.words.consequence == {"1 - Critical": "production_stopped"}
    assert table.words.verdict == {"true": "kept"}
    assert table.words.nobody == ("Dispatch",)


def test_without_a_recipe_nothing_is_stated(tmp_path: Path) -> None:
    assert load_recipe(tmp_path) == Recipe()


def test_a_recipe_is_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "wellkept.toml").write_text('\ufeffzone = "unknown"\n', encoding="utf-8")
    assert load_recipe(tmp_path).zone == "unknown"


def test_a_recipe_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wellkept.toml").write_bytes('currency = "Größe"'.encode("latin-1"))
    with pytest.raises(BadRecipe, match="not UTF-8"):
        load_recipe(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("untill = 2024-01-01", "no key `untill` at the top; did you mean ‘until’?"),
        ("until = 5", "`until` is 5, not a date or a moment. Write 2024-12-31"),
        ('until = "tomorrow"', "`until` is ‘tomorrow’, not a date"),
        ('zone = "Europe/Romme"', "is no time zone. Did you mean ‘Europe/Rome’?"),
        ("zone = 1", "`zone` is 1, not a text"),
        ('[targets]\nresponce_time = "4 h"', "did you mean ‘response_time’?"),
        ('[targets]\nresponse_time = "four"', 'not a length of time. Write "4 h"'),
        ("[targets]\nresponse_time = 4", "`targets.response_time` is 4, not a length of time"),
        ('[calendar]\nhours = "9-17"', "no key `hours` in [calendar]"),
        ('[same_as]\ncustomer = "x"', "`same_as.customer` is ‘x’, not a table"),
        ("[[silence]]\nfrom = 2024-01-01T00:00:00", "`silence 1` has no `to`"),
        ("[[silence]]\nfrom = 2024-01-02\nto = 2024-01-03", "without a time"),
        (
            "[[silence]]\nfrom = 2024-01-02T00:00:00\nto = 2024-01-01T00:00:00",
            "ends before it begins",
        ),
        (
            "[[silence]]\nfrom = 2024-01-01T00:00:00Z\nto = 2024-01-02T00:00:00",
            "a zone at one end only",
        ),
        ('[[table]]\nshape = "case"', "`table 1` does not say which file"),
        ('[table]\nfile = "a.csv"', "`table` is not a list of entries. Begin each entry with [["),
        ('[[table]]\nfile = "a"\nshape = "cases"', "Did you mean ‘case’? It may be:"),
        (
            '[[table]]\nfile = "a"\nshap = "case"',
            "no key `shap` in [table 1]; did you mean ‘shape’",
        ),
        (
            '[[table]]\nfile = "a"\n[table.columns]\nreportd = "X"',
            "no key `reportd` in [table 1.columns]; did you mean ‘reported’?",
        ),
        ('[[table]]\nfile = "a"\n[table.columns]\ndue = 3', "`table 1.columns.due` is 3"),
        (
            '[[table]]\nfile = "a"\n[table.columns]\ndue = { time = "T" }',
            'has no `date`. Write { date = "Day", time = "Clock" }',
        ),
        ('[[table]]\nfile = "a"\n[table.formats]\ndue = "dd/mm"', "which is no date format"),
        ('[[table]]\nfile = "a"\n[table.formats]\ndue = "%d %z"', "with a zone"),
        (
            '[[table]]\nfile = "a"\n[table.words.state]\nX = "wating"',
            "Did you mean ‘waiting’?",
        ),
        ('[[table]]\nfile = "a"\n[table.words.consequence]\nX = "bad"', 'It may be: "safety"'),
        ('[[table]]\nfile = "a"\nguess = "no"', "Write true or false, without quotes."),
        ('[[table]]\nfile = "a"\ndue_is = "date"', 'It may be: "day", "moment"'),
        ("zone = Europe/Rome", "is not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_key_and_what_to_do(text: str, said: str) -> None:
    with pytest.raises(BadRecipe) as refused:
        read_recipe(text)
    assert said in str(refused.value)
    assert str(refused.value).startswith("wellkept.toml")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("4 h", 4),
        ("90 min", 1.5),
        ("2 d", 48),
        ("1 d 12 h", 36),
        ("1,5 Stunden", 1.5),
        ("30s", 1 / 120),
    ],
)
def test_a_length_of_time_is_read_in_hours(text: str, length: float) -> None:
    assert hours(text, "x") == pytest.approx(length)


# Against the files


HEADERS = {"cases.csv": ["Number", "Opened at", "Erfasst am"], "log.zip/log.csv": ["Id", "When"]}


def entry(text: str) -> Recipe:
    return read_recipe(f'[[table]]\nfile = "cases.csv"\n{text}')


def test_a_header_that_the_file_lacks_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(BadRecipe) as refused:
        check(entry('[table.columns]\nreported = "Opened att"'), HEADERS)
    said = str(refused.value)
    assert '[[table]] number 1 (file = "cases.csv")' in said
    assert "`columns.reported` names ‘Opened att’" in said
    assert "‘cases.csv’ has no such column; did you mean ‘Opened at’?" in said
    assert "Its columns are: ‘Number’, ‘Opened at’, ‘Erfasst am’." in said


@pytest.mark.parametrize(
    "text",
    [
        'ignore = ["Note"]',
        'segments = ["Regin"]',
        'key = ["Numbr"]',
        'snapshot = "Taken at"',
        'only = { "Type" = ["x"] }',
        '[table.formats]\n"Openned" = "%d/%m/%Y"',
        '[table.columns]\nreported = { date = "Opened at", time = "Clock" }',
    ],
)
def test_every_key_that_names_a_column_is_checked(text: str) -> None:
    with pytest.raises(BadRecipe, match="has no such column"):
        check(entry(text), HEADERS)


def test_one_of_several_stated_headers_is_enough() -> None:
    check(entry('[table.columns]\nreported = ["Opened", "Erfasst am"]'), HEADERS)


def test_a_header_is_found_without_regard_to_case_accents_and_blanks() -> None:
    assert find_header("opened  AT", HEADERS["cases.csv"]) == "Opened at"
    assert find_header("Résolu", ["resolu"]) == "resolu"
    assert find_header("Opened", HEADERS["cases.csv"]) is None


def test_a_pattern_that_meets_no_file_is_refused_with_the_nearest_file() -> None:
    with pytest.raises(BadRecipe) as refused:
        check(read_recipe('[[table]]\nfile = "case.csv"'), HEADERS)
    assert "meets no file of the folder; did you mean ‘cases.csv’?" in str(refused.value)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("cases.csv", "cases.csv"),
        ("CASES*.csv", "cases-2024.csv"),
        ("log.csv", "log.zip/log.csv"),
        ("log.zip/*", "log.zip/log.csv"),
        ("book.xlsx", "book.xlsx#Tickets"),
        ("book.xlsx#Tickets", "book.xlsx#Tickets"),
    ],
)
def test_a_file_pattern_meets_the_whole_name_its_end_or_its_book(pattern: str, name: str) -> None:
    assert TableRecipe(file=pattern).fits(name)
    assert not TableRecipe(file=pattern).fits("other.csv")


def test_the_first_entry_that_meets_a_file_counts() -> None:
    recipe = read_recipe('[[table]]\nfile = "a*.csv"\nkind = "x"\n[[table]]\nfile = "*.csv"')
    first, second = recipe.for_table("a1.csv"), recipe.for_table("b.csv")
    assert first is not None and first.kind == "x"
    assert second is not None and second.kind is None
