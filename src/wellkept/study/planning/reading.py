"""The folder source of the plan: files become typed rows, and everything on the way is said."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.plan_joins import part_columns
from wellkept.record.sources.plan_lexicon import SECOND, roles_in
from wellkept.record.sources.plan_peek import useless
from wellkept.record.sources.plan_recognise import (
    NOTHING,
    PlanUnderstanding,
    also_holds,
    check_files,
    recognise_table,
)
from wellkept.record.sources.plan_tables import PLAN_TABLES
from wellkept.record.sources.profile import ColumnProfile, profile
from wellkept.record.sources.reading import read_folder
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.recipe_reading import load_recipe, read_recipe
from wellkept.record.sources.tables import RawTable, Reading
from wellkept.study.planning.cells import Complaints, Rows, read_rows
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.monthly import Monthly, monthly
from wellkept.study.planning.plants import by_goal, one_level
from wellkept.study.planning.shapes import unread_shapes
from wellkept.study.planning.spellings import one_spelling

MEMORY = "900MB"
BY_PERIOD = "demand by {0}: each cell is what was asked for of one part in one {0}"
FEW = 1000
"""Tables with fewer rows are looked at in full."""
LITTLE = 1 << 24
"""So many bytes are read by one thread."""


@contextmanager
def _engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="wellkept-") as work:
        con = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": work})
        try:
            yield con
        finally:
            con.close()


def read_plan_folder(
    folder: Path, *, recipe: Path | None = None, zone: str | None = None
) -> PlanFolder:
    """This will read a folder (or one file) in the roles of the plan.

    Raises Unreadable or BadRecipe with a sentence that says what, where, and what to do.
    """
    if not folder.exists():
        raise Unreadable(
            f"{folder}: there is no such folder or file. Give the folder with your exports."
        )
    stated = _recipe(folder, recipe)
    with _engine() as con:
        reading = _read(folder, con, stated)
        known, beside = _recognised(con, reading, stated)
        complaints = Complaints(list(reading.refused))
        rows: dict[str, list[Rows]] = {}
        wide: list[Monthly] = []
        for at, (table, one) in enumerate(zip(reading.tables, known, strict=True)):
            complaints.notes.extend((*table.repaired, *table.left_out))
            if one.table in (None, "part", "stock") and not stated.plan.for_table(table.name):
                months = monthly(con, table, stated, complaints)
                if months is not None:
                    wide.append(months)
                    rows.setdefault("demand", []).append(months.rows)
                    rows.setdefault("part", []).append(months.listed)
                    if one.table is None:
                        known[at] = PlanUnderstanding(
                            table.name, "demand", why=BY_PERIOD.format(months.period)
                        )
            both = [(one, complaints)] if one.table is not None else []
            if (more := beside.get(table.name)) is not None:
                both.append((more, Complaints()))  # its rows were complained of already
                known[at] = _together(one, more)
            for part, said in both:
                read = read_rows(con, table, part, said, _zone(zone, stated), stated.same_as)
                rows.setdefault(str(part.table), []).append(read)
    advice = tuple(line for table in reading.tables for line in unread_shapes(table, rows))
    for line in advice:
        complaints.say(line)
    one_spelling(rows, complaints)
    one_level(rows, complaints)
    by_goal(rows, complaints)
    return PlanFolder(
        folder.resolve().name, stated, reading, tuple(known), rows, complaints, tuple(wide), advice
    )


def _read(folder: Path, con: duckdb.DuckDBPyConnection, stated: Recipe) -> Reading:
    """The files of the folder but for those passed over; raises Unreadable where it holds none."""
    passed = _passed(folder, stated)
    if _little(folder, passed):
        con.execute("SET threads = 1")  # to share out a small table takes longer than to read it
    reading = read_folder(folder, con, only=lambda name: name not in passed)
    con.execute("SET enable_progress_bar = false")
    if not reading.tables:
        said = " ".join(note.what for note in reading.refused[:5])
        raise Unreadable(
            f"{folder}: no table was found in it. {said} Put CSV, TSV, XLSX, ZIP or Parquet "
            "exports into it."
        )
    return reading


def _together(one: PlanUnderstanding, more: PlanUnderstanding) -> PlanUnderstanding:
    """One file that holds two things, as it is shown."""
    columns = {**more.columns, **one.columns}
    return replace(one, columns=columns, why=f"{one.why}; and {more.why}")


def _recognised(
    con: duckdb.DuckDBPyConnection, reading: Reading, recipe: Recipe
) -> tuple[list[PlanUnderstanding], dict[str, PlanUnderstanding]]:
    """Profile and recognise the tables whose headers, and lists whose rows, may be for the plan.

    Beside what each file holds: what some hold besides.
    """
    names = [table.name for table in reading.tables]
    check_files(recipe.plan, names)
    found: list[PlanUnderstanding] = []
    beside: dict[str, PlanUnderstanding] = {}
    for table in reading.tables:
        entry = recipe.plan.for_table(table.name)
        if entry is None and not _promising(con, table):
            found.append(_by_days(con, table, NOTHING))
        else:
            profiles = (
                _profiles(con, table) if entry is None else profile(table, con, related=False)
            )
            one = recognise_table(table, profiles, entry, con=con)
            found.append(one if one.table or entry else _by_days(con, table, one.why))
            more = also_holds(table, profiles, found[-1]) if entry is None else None
            beside |= {} if more is None else {table.name: more}
    _joined(con, reading, recipe, found, beside)
    return found, beside


def _by_days(con: duckdb.DuckDBPyConnection, table: RawTable, why: str) -> PlanUnderstanding:
    """Parts and pieces beyond doubt, and one column of days that no header names: requests."""
    told = {
        role
        for column in table.columns
        for role, score in roles_in(column.header_as_found or column.header).items()
        if score > SECOND
    }
    if {"part", "quantity"} <= told and "date" not in told:
        profiles = profile(table, con, related=False)
        one = recognise_table(table, profiles, con=con, dated=True)
        if one.table is not None:
            return one
    return PlanUnderstanding(table.name, None, why=why)


def _joined(
    con: duckdb.DuckDBPyConnection,
    reading: Reading,
    recipe: Recipe,
    found: list[PlanUnderstanding],
    beside: dict[str, PlanUnderstanding],
) -> None:
    """Look again at tables in which no header surely names the part: values may be parts of others.

    Changes `found` and `beside` where a column of them holds the parts of another file.
    """
    sure = [
        (table, one.columns["part"].profile.key)
        for table, one in zip(reading.tables, found, strict=True)
        if "part" in one.columns and _sure(one)
    ]
    for at, (table, one) in enumerate(zip(reading.tables, found, strict=True)):
        if not sure or recipe.plan.for_table(table.name) is not None:
            continue
        if ("part" in one.columns and _sure(one)) or one.table in NO_PARTS:
            continue
        if one.table is None and not _promising(con, table, without="part"):
            continue
        for key in part_columns(con, table, sure)[:1]:
            profiles = _profiles(con, table, key)
            again = recognise_table(table, profiles, con=con, joined=key)
            if again.table is not None:
                found[at] = again
                more = also_holds(table, profiles, again)
                beside |= {} if more is None else {table.name: more}


NO_PARTS = ("location", "asset", "site", "contract", "rate")


def _sure(one: PlanUnderstanding) -> bool:
    """Whether a header, or the recipe, names the part beyond doubt."""
    part = one.columns["part"]
    header = part.profile.header_as_found or part.profile.header
    return part.how == "recipe" or roles_in(header).get("part", 0) > SECOND


def _profiles(
    con: duckdb.DuckDBPyConnection, table: RawTable, joined: str | None = None
) -> tuple[ColumnProfile, ...]:
    """The columns whose headers say something; the others only where values leave these in doubt.

    What a column in doubt means (4/5/2016; 1,500) its neighbours may decide.
    """
    named = tuple(
        one
        for one in table.columns
        if one.key == joined or roles_in(one.header_as_found or one.header)
    )
    found = profile(replace(table, columns=named), con, related=False)
    if any(one.moments.ambiguous or one.numbers.ambiguous for one in found):
        return profile(table, con, related=False)
    return found


def _promising(
    con: duckdb.DuckDBPyConnection, table: RawTable, *, without: str | None = None
) -> bool:
    """Whether some kind of table has all that it needs among the headers, and is no log.

    `without`: a role that some column may play of which no header says so.
    """
    roles: dict[str, list[str]] = {} if without is None else {without: []}
    for column in table.columns:
        for role in roles_in(column.header_as_found or column.header):
            roles.setdefault(role, []).append(column.key)
    for kind in PLAN_TABLES.values():
        if all(any(role in roles for role in group) for group in kind.needs):
            if kind.unique in (None, without) or table.rows < FEW:
                return True
            for key in roles[kind.unique]:
                row = con.execute(f"SELECT count(DISTINCT {key}) FROM {table.relation}").fetchone()
                if row is not None and row[0] >= 0.9 * table.rows:
                    return True
    return False


def _little(folder: Path, passed: frozenset[str]) -> bool:
    paths = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
    sizes = [
        path.stat().st_size
        for path in paths
        if path.is_file() and path.relative_to(folder).as_posix() not in passed
    ]
    return sum(sizes) <= LITTLE


def _passed(folder: Path, recipe: Recipe) -> frozenset[str]:
    """Large files in which a first look finds nothing, unless the recipe names them."""
    if not folder.is_dir():
        return frozenset()
    return frozenset(
        name
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and recipe.plan.for_table(name := path.relative_to(folder).as_posix()) is None
        and useless(path)
    )


def _zone(asked: str | None, recipe: Recipe) -> str | None:
    return asked or (recipe.zone if recipe.zone != "unknown" else None)


def _recipe(folder: Path, recipe: Path | None) -> Recipe:
    if recipe is None:
        return load_recipe(folder if folder.is_dir() else folder.parent)
    if not recipe.is_file():
        raise Unreadable(f"{recipe}: there is no such recipe file.")
    return read_recipe(recipe.read_text(encoding="utf-8"))
