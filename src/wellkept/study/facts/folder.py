"""The folder source: files become facts, and everything on the way is said."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from wellkept.record.sources.constants import with_constants
from wellkept.record.sources.folder import recognise_folder
from wellkept.record.sources.joining import counted_overlap
from wellkept.record.sources.notes import Note, Unreadable
from wellkept.record.sources.profile import ColumnProfile, profile
from wellkept.record.sources.reading import read_folder
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.recipe_reading import load_recipe, read_recipe
from wellkept.record.sources.recipe_writing import as_toml
from wellkept.record.sources.snapshots import Snapshots, possible_snapshots, same_list
from wellkept.record.sources.tables import Reading
from wellkept.record.sources.understanding import Understanding
from wellkept.study.facts import building, doubts
from wellkept.study.facts.clock_changes import notes_of_clocks
from wellkept.study.facts.cutting import cut_by
from wellkept.study.facts.moments import ends_of, iso_of, seconds_of
from wellkept.study.facts.source import DuckFacts, quoted
from wellkept.study.facts.staged import count
from wellkept.study.facts.staging import Stage, stage
from wellkept.study.facts.twins import copies, without_twins
from wellkept.study.facts.understood import (
    FolderWhere,
    Ledger,
    Understood,
    document,
    fingerprint,
    notes_of,
    source_document,
)

MEMORY = "600MB"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a folder.

    `now_s` comes from the desk: what claims to have happened later has not happened. `until_s`
    and `known_s` win over the recipe. `memory` is what the engine may use before it uses the disk.
    `recall` tells of names that no register of the folder has, where something was known before.
    """

    now_s: int
    until_s: int | None = None
    known_s: int | None = None
    zone: str | None = None
    by: str | None = None
    recipe: Path | None = None
    memory: str = MEMORY
    recall: building.Recall | None = None


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """The facts of a folder, with what measures and readers need to know about them."""

    source: DuckFacts
    until_s: int
    first_s: int
    known_s: int | None
    zone: ZoneInfo
    targets_s: Mapping[str, int]
    has_calendar: bool
    where: FolderWhere
    understood: dict[str, Any]
    source_document: dict[str, Any]
    recipe_text: str
    silences: Sequence[tuple[int, int]]


@contextmanager
def open_folder(folder: Path, asked: Asked) -> Iterator[FolderFacts]:
    """This will read a folder (or one file), make its facts, and keep them while they are used.

    Raises Unreadable, BadRecipe or CalendarRefused with a sentence that says what and where.
    """
    if not folder.exists():
        raise Unreadable(
            f"{folder}: there is no such folder or file. Give the folder with your exports."
        )
    with tempfile.TemporaryDirectory(prefix="wellkept-") as work:
        con = duckdb.connect(
            config={"memory_limit": asked.memory, "temp_directory": work},
        )
        try:
            yield _facts(folder, asked, con)
        finally:
            con.close()


def _read(folder: Path, con: duckdb.DuckDBPyConnection) -> Reading:
    con.execute("SET enable_progress_bar = false")  # it would stand in what is printed
    reading = read_folder(folder, con)
    con.execute("SET preserve_insertion_order = false")  # rows are numbered; no order is relied on
    if not reading.tables:
        raise Unreadable(_nothing_to_read(folder, reading))
    return reading


def _facts(folder: Path, asked: Asked, con: duckdb.DuckDBPyConnection) -> FolderFacts:
    recipe, reading = _recipe(folder, asked), _read(folder, con)
    stated, recipe = with_constants(reading.tables, recipe, con)
    reading = replace(reading, tables=stated)
    profiles = {table.name: profile(table, con) for table in reading.tables}
    shares = counted_overlap(con, reading.tables, profiles)
    tables = [(t, profiles[t.name]) for t in reading.tables]
    known = recognise_folder(tables, recipe, overlap=shares)
    zone = _zone(asked, recipe, known)
    copied, copy_notes = copies(con, reading.tables)
    stages = _stages(con, reading, known, recipe, asked, zone, copied, profiles)
    known_s = _stated(asked.known_s, recipe.known_at, zone)
    stages, twins = without_twins(con, stages)
    stages, unknown = _as_known(stages, known, profiles, recipe, known_s, con)
    until_s = _until(stages, asked, recipe, zone, known_s)
    understood = [
        Understood(t, profiles[t.name], u, stages.get(t.name))
        for t, u in zip(reading.tables, known, strict=True)
    ]
    ledger = _ledger(reading, understood, (*copy_notes, *twins, *unknown))
    where = FolderWhere({s.staged.src: t for t in reading.tables if (s := stages.get(t.name))})
    quiet = doubts.raise_doubts(con, understood, ledger, recipe, asked.now_s)
    happened = building.build(
        con,
        understood,
        recipe,
        ledger,
        where,
        until_s=until_s,
        silences=quiet,
        zone=zone.name or "UTC",
        begin_s=_stated(None, recipe.records_begin, zone, begins=True),
        known_s=known_s,
        recall=asked.recall,
    )
    for one in understood:
        ledger.left_out.extend(notes_of(con, one, where))
        ledger.repaired.extend(notes_of_clocks(con, one, zone.name, where))
    if asked.by is not None:
        staged = [one.stage.staged for one in understood if one.stage]
        cut_by(con, asked.by, where.tables, staged)
    firsts = [s.first_s for s in stages.values() if s.first_s is not None]
    return FolderFacts(
        source=DuckFacts(con),
        until_s=until_s,
        first_s=min(firsts, default=until_s),
        known_s=known_s,
        zone=ZoneInfo(zone.name or "UTC"),
        targets_s={name: round(hours * 3600) for name, hours in recipe.targets.items()},
        has_calendar=recipe.calendar.cover is not None,
        where=where,
        understood=document(con, understood, ledger, zone.document, events=happened),
        source_document=source_document(
            folder.resolve().name, reading.files, understood, fingerprint(reading.files)
        ),
        recipe_text=as_toml(recipe, known),
        silences=tuple(quiet),
    )


@dataclass(frozen=True, slots=True)
class Zone:
    """In which zone moments without one are read, and how that is known; name None: unknown."""

    name: str | None
    how: str

    @property
    def document(self) -> dict[str, Any]:
        """This will give the zone as the measure document has it."""
        return {"name": self.name, "how": self.how}


def zone_of(folder: Path, asked: Asked) -> str | None:
    """This will give the zone that was asked for, else the recipe's; None where neither says one.

    Raises BadRecipe, or Unreadable where the recipe that was asked for is not there.
    """
    if asked.zone is not None or not folder.exists():
        return asked.zone
    stated = _recipe(folder, asked).zone
    return None if stated == "unknown" else stated


def _recipe(folder: Path, asked: Asked) -> Recipe:
    if asked.recipe is None:
        return load_recipe(folder if folder.is_dir() else folder.parent)
    if not asked.recipe.is_file():
        raise Unreadable(f"{asked.recipe}: there is no such recipe file.")
    return read_recipe(asked.recipe.read_text(encoding="utf-8"))


def _nothing_to_read(folder: Path, reading: Reading) -> str:
    said = "; ".join(note.what for note in reading.refused[:5])
    return (
        f"{folder}: no table was found in it. "
        + (f"{said}. " if said else "")
        + "Put CSV, TSV, XLSX, ZIP or Parquet exports into it."
    )


def _zone(asked: Asked, recipe: Recipe, known: tuple[Understanding, ...]) -> Zone:
    if asked.zone is not None:
        return Zone(asked.zone, "stated on the command line")
    if recipe.zone is not None and recipe.zone != "unknown":
        return Zone(recipe.zone, "stated in the recipe")
    carried = [
        one.zone is not None or column.zone is not None
        for u in known
        for column in u.roles.values()
        for one in column.formats
        if one.precision == "moment"
    ]
    if recipe.zone == "unknown":
        return Zone(None, "declared unknown in the recipe; read as written, as if UTC")
    if not carried:
        return Zone(None, "days only: no time of day is recorded")
    if all(carried):
        return Zone("UTC", "carried by the values")
    if any(carried):
        return Zone(
            None,
            "some times carry an offset, others none: those are read as if UTC; state their zone "
            "with --zone",
        )
    return Zone(None, "not stated: times are read as written, as if UTC; state it with --zone")


def _stages(
    con: duckdb.DuckDBPyConnection,
    reading: Reading,
    known: tuple[Understanding, ...],
    recipe: Recipe,
    asked: Asked,
    zone: Zone,
    copied: frozenset[str],
    profiles: Mapping[str, tuple[ColumnProfile, ...]],
) -> dict[str, Stage]:
    stages = {}
    for number, (table, u) in enumerate(zip(reading.tables, known, strict=True)):
        if u.shape == "none" or table.name in copied:
            continue
        own = None if u.zone in (None, "unknown") else u.zone
        stages[table.name] = stage(
            con,
            table,
            u,
            number,
            recipe=recipe,
            zone=own or zone.name,
            now_s=asked.now_s,
            profiles=profiles[table.name],
        )
    return stages


def _as_known(
    stages: dict[str, Stage],
    known: tuple[Understanding, ...],
    profiles: Mapping[str, tuple[ColumnProfile, ...]],
    recipe: Recipe,
    known_s: int | None,
    con: duckdb.DuckDBPyConnection,
) -> tuple[dict[str, Stage], list[Note]]:
    """Rank the files of one list by age; leave out those taken after what was to be known.

    The oldest stays even then, as a file that stands alone does: `until` cuts what it tells.
    """
    notes = []
    there = [one for one in known if one.file in stages]
    for group in possible_snapshots(there, profiles, recipe):
        names = list(group.files)
        if group.stated or _one_list(con, stages, group):
            for name in names[1:]:
                last = stages[name].last_s
                if known_s is not None and last is not None and last > known_s:
                    why = f"{name}: taken after known_at; its last moment is {iso_of(last)}"
                    notes.append(Note(why, stages.pop(name).staged.rows))
            names = [name for name in names if name in stages]
            if len(names) > 1:
                stages |= {name: stages[name].seen_again() for name in names}
        stages |= {name: stages[name].ranked(rank) for rank, name in enumerate(names)}
    layouts = {u.file: tuple(sorted(u.headers.values())) for u in known}
    widest = sorted(
        {layouts[name] for name in stages},
        key=lambda headers: (-max(len(stages[n].staged.roles) for n in stages
                                  if layouts[n] == headers), headers),
    )  # fmt: skip
    numbers = {headers: number for number, headers in enumerate(widest)}
    placed = {name: one.laid_out(numbers[layouts[name]]) for name, one in stages.items()}
    return placed, notes


def _one_list(
    con: duckdb.DuckDBPyConnection, stages: Mapping[str, Stage], group: Snapshots
) -> bool:
    """Whether the rows of the first file come back in the last: one list, exported again."""
    first, last = (
        f"SELECT DISTINCT {', '.join(map(quoted, group.keys))} FROM {stages[name].staged.raw}"
        for name in (group.files[0], group.files[-1])
    )
    all_ = count(con, f"SELECT count(*) FROM ({first}) a")
    back = count(con, f"SELECT count(*) FROM ({first} INTERSECT {last}) b")
    return bool(all_) and same_list(back / all_)


def _until(
    stages: Mapping[str, Stage], asked: Asked, recipe: Recipe, zone: Zone, known_s: int | None
) -> int:
    stated = _stated(asked.until_s, recipe.until, zone)
    if stated is not None:
        return stated if known_s is None else min(stated, known_s)
    if known_s is not None:
        return known_s
    lasts = [s.last_s for s in stages.values() if s.last_s is not None]
    if not lasts:
        return asked.now_s
    return max(lasts)


def _stated(asked_s: int | None, stated: Any, zone: Zone, *, begins: bool = False) -> int | None:
    if asked_s is not None or stated is None:
        return asked_s
    read = seconds_of if begins else ends_of
    return read(stated, zone.name or "UTC")


def _ledger(reading: Reading, understood: list[Understood], unused: Sequence[Note]) -> Ledger:
    """`unused`: files left out as a whole; each note begins with the file's name."""
    twins = {note.what.partition(":")[0] for note in unused}
    ledger = Ledger()
    for note in reading.refused:
        ledger.left_out.append(note)
    for one in understood:
        ledger.repaired.extend(one.table.repaired)
        ledger.left_out.extend(one.table.left_out)
        if one.stage is None and one.table.name not in twins:
            why = f"{one.table.name}: no measure reads it ({'; '.join(one.known.why) or 'unknown'})"
            ledger.left_out.append(Note(why, one.table.rows))
        elif one.stage is not None:
            ledger.left_out.extend(one.stage.left_out)
    ledger.left_out.extend(unused)
    return ledger
