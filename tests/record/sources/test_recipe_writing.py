"""A recipe is written so that it reads again, and the page says all that a newcomer needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.sources.exports import EXPORTS
from record.sources.profiled import a_table, roles_of
from wellkept.record.sources.folder import recognise_folder
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.recipe_reading import KEYS, NAMED_FORMATS, TARGETS, read_recipe
from wellkept.record.sources.recipe_writing import as_toml, quoted
from wellkept.record.sources.roles import CONSEQUENCES, ROLES, SHAPES
from wellkept.record.sources.understanding import Understanding
from wellkept.record.sources.words import MEANINGS

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "recipes.md"


# Written back


def folder() -> tuple[list[str], tuple[Understanding, ...]]:
    exports = {
        "desk.csv": "servicenow cases",
        "claims.csv": "erpnext issue",
        "log.csv": "servicenow audit log",
        "sap.csv": "sap notifications",
        "lines.csv": "medicines",
        "lifts.csv": "elevators",
        "faelle.csv": "german",
    }
    found = {name: EXPORTS[export] for name, export in exports.items()}
    tables = [a_table(one.headers, one.rows, name) for name, one in found.items()]
    tables.append(a_table('Say "x"; When \\ then', [["a", "b"]] * 3, "none.csv"))
    recipe = Recipe(zone="Europe/Rome", targets={"response_time": 1.5}, until=date(2024, 5, 1))
    first = recognise_folder(tables, recipe)
    again = read_recipe(as_toml(recipe, first))
    assert (again.zone, again.targets, again.until) == (recipe.zone, recipe.targets, recipe.until)
    return [table.name for table, _ in tables], (*first, *recognise_folder(tables, again))


def test_a_written_recipe_reads_again_and_says_the_same() -> None:
    names, both = folder()
    first, second = both[: len(names)], both[len(names) :]
    for before, after in zip(first, second, strict=True):
        assert after.shape == before.shape
        assert roles_of(after) == roles_of(before)
        assert after.segments == before.segments
        assert {w: m.meaning for w, m in after.words.state.items()} == {
            w: m.meaning for w, m in before.words.state.items()
        }
        assert after.words.consequence == before.words.consequence
        assert after.words.verdict == before.words.verdict
        for role, column in before.roles.items():
            assert after.roles[role].formats == column.formats
            assert after.roles[role].clock_key == column.clock_key
    assert {column.how for column in second[0].roles.values()} == {"recipe"}


def test_a_written_recipe_lists_the_words_that_nobody_knows_and_the_unused_files() -> None:
    rows = [["T-1", "2024-03-04 08:00:00", "Purple"], ["T-2", "2024-03-05 08:00:00", "Open"]]
    table = a_table("Ticket; Created; State", rows, "cases.csv")
    other = a_table("Colour", [["red"]], "colours.csv")
    text = as_toml(Recipe(), recognise_folder([table, other]))
    assert '# "Purple" = ""    # no meaning known: say one' in text
    assert '# "colours.csv" is not used.' in text
    assert '# zone = "Europe/Rome"' in text
    read_recipe(text)


@given(st.text())
def test_any_header_survives_being_written_and_read(header: str) -> None:
    if header.strip():
        text = f'[[table]]\nfile = "a"\n[table.columns]\nabout = {quoted(header)}'
        assert read_recipe(text).tables[0].columns["about"].headers == (header,)


# The page from which a newcomer writes a recipe


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_names_every_key_every_role_every_shape_and_every_word() -> None:
    text = page()
    keys = [
        *(key for place in KEYS.values() for key in place),
        *TARGETS,
        *NAMED_FORMATS,
        *ROLES,
        *SHAPES,
        *CONSEQUENCES,
        *MEANINGS,
    ]
    assert [key for key in keys if f"`{key}`" not in text] == []


def test_the_meaning_of_every_role_on_the_page_is_the_one_in_the_code() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|$", page(), re.M))
    assert {role.name: role.meaning for role in ROLES.values()}.items() <= rows.items()


def examples() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", page(), re.S)


@pytest.mark.parametrize("number", range(len(examples()) if PAGE.is_file() else 0))
def test_every_example_on_the_page_is_a_recipe_that_reads(number: int) -> None:
    read_recipe(examples()[number])


def worked() -> list[tuple[Sequence[str], list[list[str]], str]]:
    """The four worked folders of the page: headers and rows of the file, and the recipe."""
    found = []
    for text, recipe in re.findall(r"```text\n(.*?)```.*?```toml\n(.*?)```", page(), re.S):
        separator = ";" if ";" in text else ","
        lines = [line.split(separator) for line in text.strip().splitlines()]
        found.append((lines[0], lines[1:], recipe))
    return found


def test_the_four_worked_folders_are_understood_as_the_page_says() -> None:
    names = ("log.csv", "lifts-2018-04-03.csv", "lines.csv", "feed.csv")
    shapes = []
    for name, (headers, rows, text) in zip(names, worked(), strict=True):
        stations = a_table(["number", "station"], [["EL395", "42 St"]], "stations.csv")
        tables = [a_table(headers, rows, name), *([stations] if "stations" in text else [])]
        one = recognise_folder(tables, read_recipe(text))[0]
        stated = read_recipe(text).tables[0].columns
        assert {role: choice.headers[0] for role, choice in stated.items()} == roles_of(one)
        assert not one.unknown_words
        shapes.append(one.shape)
    assert shapes == ["event", "downtime", "promise", "asset_state"]
