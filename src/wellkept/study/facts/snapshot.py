"""Snapshots: the record's facts as an immutable generation of Parquet files.

A generation is a folder that is never written again. `CURRENT` names the one to read and is put
in place whole, so a reader sees the old one or the new one. Old ones go by age, never by number:
who still reads one does not lose it.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from wellkept.study.facts import kept
from wellkept.study.facts.record import MAKING, Known, RecordFacts, build, cuttable, name_people
from wellkept.study.facts.record_asking import EVERY, asking
from wellkept.study.facts.record_columns import PEOPLE_READS
from wellkept.study.facts.record_cut import Cut
from wellkept.study.facts.record_reading import Address, within, workshop
from wellkept.study.facts.source import DuckFacts, literal
from wellkept.study.facts.tables import CASE, PROMISE, WATCH

CURRENT = "CURRENT"
KEPT_S = 6 * 3600
"""For how long a generation stays after another took its place."""
TABLES = ("promise", "case", "event", "holding", "downtime", "asset", "asset_number")
MARKS = {
    "told_handoffs": "handoffs BIGINT",
    "tells_moves": "yes BOOLEAN",
    "notice": "promise_no BIGINT, told_s BIGINT, new_due_s BIGINT",
}
"""Small tables that measures ask; they are kept too."""
SORTED = {one.name: one for one in (PROMISE, CASE)}
"""Facts that are put in the order of their numbers; events lie in theirs."""
PARTS = {
    "promise": "promise_no",
    "case": "case_no",
    "event": "case_no",
    "holding": "case_no",
    "downtime": "downtime_no",
}
"""Facts that may lie in parts, with what a fresh part names of those that it replaces."""
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Generation:
    """One set of facts that does not change: where it lies, and what the journal had told then."""

    folder: Path
    known: Known = field(hash=False)
    mark: Mark

    @property
    def name(self) -> str:
        """What a finding that was reckoned from it says of its origin."""
        return self.folder.name


def publish(home: Path, address: Address, *, now_s: int, mark: Mark) -> Generation:
    """This will make the facts of the record as they are now, and let readers find them.

    `mark` is where the journal stood before: what is written down meanwhile shows next time.
    """

    def write(folder: Path) -> Known:
        with workshop() as con:
            known = build(con, address, Cut(now_s, None, replays=False))
            with within(con, MAKING):
                _write(con, folder)
            return known

    return publish_folder(home, now_s=now_s, mark=mark, write=write)


def publish_folder(
    home: Path, *, now_s: int, mark: Mark, write: Callable[[Path], Known]
) -> Generation:
    """This will let readers find what `write` puts into a fresh folder; nothing where it fails."""
    home.mkdir(parents=True, exist_ok=True)
    fresh = home / f"new-{os.getpid()}-{now_s}"
    fresh.mkdir()
    try:
        known = write(fresh)
        kept = {"known": asdict(known), "mark": mark}
        (fresh / "facts.json").write_text(json.dumps(kept), encoding="utf-8")
        _to_disk(fresh)
        folder = _take_number(home, fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _point_to(home, folder)
    return Generation(folder, known, mark)


def current(home: Path) -> Generation | None:
    """This will give the generation to read, None before the first one is published."""
    try:
        name = (home / CURRENT).read_text(encoding="utf-8").strip()
        said = json.loads((home / name / "facts.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    number, key = said["mark"]
    return Generation(
        home / name,
        Known(**{**said["known"], "speaks": tuple(said["known"].get("speaks", ()))}),
        (number, key),
    )


def sweep(home: Path, *, now_s: int) -> list[str]:
    """This will remove generations that another replaced more than KEPT_S ago; gives their names.

    A folder left behind by a run that was killed goes by its age too.
    """
    one = current(home)
    gone = []
    for folder in sorted(home.iterdir()) if home.is_dir() else []:
        old = folder.is_dir() and now_s - folder.stat().st_mtime > KEPT_S
        if old and (one is None or folder != one.folder):
            shutil.rmtree(folder)
            gone.append(folder.name)
    return gone


@contextmanager
def opened(one: Generation, address: Address, *, by: str | None = None) -> Iterator[RecordFacts]:
    """This will open a generation for reading, with the names that people have now."""
    with workshop() as con:
        for table in (*TABLES, *MARKS):
            see(con, one.folder, table, name=table)
        con.execute(WATCH.create_sql())  # the record keeps outages, never states: always empty
        with asking(con, address) as record:
            record.take((one, EVERY) for one in PEOPLE_READS)
        name_people(con)
        cuttable(con, by)
        yield RecordFacts(DuckFacts(con), one.known)


def see(con: duckdb.DuckDBPyConnection, folder: Path, table: str, *, name: str) -> None:
    """This will let one table of a generation be read as a view, its fresh part in place."""
    rows = f"SELECT * FROM read_parquet({literal(str(folder / f'{table}.parquet'))})"
    fresh = folder / f"{table}.delta.parquet"
    if fresh.exists():
        gone = literal(str(folder / f"{table}.gone.parquet"))
        rows = (
            f"{rows} b ANTI JOIN read_parquet({gone}) g ON g.key = b.{PARTS[table]} "
            f"UNION ALL BY NAME SELECT * FROM read_parquet({literal(str(fresh))})"
        )
    con.execute(f'CREATE VIEW "{name}" AS {rows}')


def _write(con: duckdb.DuckDBPyConnection, into: Path) -> None:
    con.execute("SET preserve_insertion_order = true")
    for table in (*TABLES, *MARKS):
        rows = f'SELECT * FROM "{table}"'
        if table in SORTED:
            rows = kept.ordered(con, SORTED[table])
        file = literal(str(into / f"{table}.parquet"))
        con.execute(f"COPY ({rows}) TO {file} (FORMAT parquet)")


def _take_number(home: Path, fresh: Path) -> Path:
    """Give the folder the next number; of two that publish at once each gets its own."""
    numbers = [int(f.name[1:]) for f in home.glob("g*") if f.name[1:].isdecimal()]
    number = max(numbers, default=0) + 1
    while True:
        try:
            return fresh.rename(home / f"g{number}")
        except OSError:
            if not (home / f"g{number}").exists():
                raise
            number += 1


def _point_to(home: Path, folder: Path) -> None:
    pointer = home / f"{CURRENT}.{folder.name}"
    pointer.write_text(folder.name, encoding="utf-8")
    _sync(pointer)
    os.replace(pointer, home / CURRENT)
    _sync(home)


def _to_disk(folder: Path) -> None:
    for file in folder.iterdir():
        _sync(file)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
