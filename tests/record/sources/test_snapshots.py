"""Several files that may be the same list: put in order, and told from parts of a list."""

from __future__ import annotations

from collections.abc import Sequence

from record.sources.exports import EXPORTS
from record.sources.profiled import a_table
from wellkept.record.sources.folder import recognise_folder
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.recipe_reading import read_recipe
from wellkept.record.sources.snapshots import possible_snapshots, row_keys, same_list


def lifts(name: str, back: Sequence[str]) -> tuple[str, list[list[str]]]:
    rows = [
        [f"EL{i}", f"2018-02-2{i} 03:30:00", end, f"2018-02-2{i} 09:00:00"]
        for i, end in enumerate(back)
    ]
    return name, rows


def snapshots(*files: tuple[str, list[list[str]]], recipe: Recipe | None = None) -> list[object]:
    headers = "elevator; out_of_service; back in service; estimated_return"
    tables = [a_table(headers, rows, name) for name, rows in files]
    found = recognise_folder(tables, recipe)
    profiles = {table.name: columns for table, columns in tables}
    return [
        (group.files, group.keys, group.stated)
        for group in possible_snapshots(found, profiles, recipe)
    ]


def test_two_exports_of_one_list_are_put_in_order_by_what_they_know() -> None:
    old = lifts("b.csv", ["2018-02-20 08:00:00", "", ""])
    new = lifts("a.csv", ["2018-02-20 08:00:00", "2018-02-21 08:00:00", "2018-02-24 08:00:00"])
    assert snapshots(new, old) == [(("b.csv", "a.csv"), ("c0", "c1"), False)]


def test_a_recipe_can_put_them_in_order_by_name_and_state_the_key() -> None:
    recipe = read_recipe(
        '[[table]]\nfile = "*.csv"\nsnapshot = "name"\nkey = ["asset", "estimated_return"]'
    )
    old = lifts("day9.csv", ["2018-02-20 08:00:00", ""])
    new = lifts("day10.csv", ["2018-02-20 08:00:00", ""])
    assert snapshots(new, old, recipe=recipe) == [(("day9.csv", "day10.csv"), ("c0", "c3"), True)]


def test_files_that_share_few_rows_are_parts_of_a_list_not_snapshots() -> None:
    assert same_list(0.95) and not same_list(0.01)


def test_a_row_of_a_log_is_identified_by_case_moment_and_state() -> None:
    log = EXPORTS["servicenow audit log"]
    [one] = recognise_folder([a_table(log.headers, log.rows, "log.csv")])
    assert [one.headers[key] for key in row_keys(one)] == [
        *("number", "sys_updated_at", "incident_state"),
    ]
