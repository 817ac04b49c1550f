"""Local times that a clock change skips or repeats: kept, and said with what was taken for them.

On the night in which clocks go forward an hour is missing, and on the one in which they go back an
hour comes twice. A time without an offset in such an hour is read with the offset from before the
change (`zones.changes_of`): a missing one means the moment that many minutes later by the new
time, one that comes twice means the first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb

from wellkept.record.sources.notes import Example, Note
from wellkept.record.sources.roles import ROLES
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.understanding import Column
from wellkept.record.sources.values import moment_sql
from wellkept.record.sources.zones import changes_of
from wellkept.study.facts.expressions import raw_of
from wellkept.study.facts.staged import Staged, count
from wellkept.study.facts.understood import FolderWhere, Understood

SHOWN = 5
SKIPPED = (
    "{file}: times in “{header}” that {zone} does not have, since clocks go forward over them: "
    "taken as later by what clocks went forward. Export times with their offset, if they matter"
)
REPEATED = (
    "{file}: times in “{header}” that come twice in {zone}, since clocks go back over them: the "
    "first of the two is taken. Export times with their offset, if they matter"
)


@dataclass(frozen=True, slots=True)
class Window:
    """Civil seconds that a change skips or repeats, and the moments that they are read as."""

    skipped: bool
    civil: tuple[int, int]
    read: tuple[int, int]


def windows(zone: str, low: int, high: int) -> Iterator[Window]:
    """This will give the hours that a zone skips or repeats between two moments, in seconds.

    >>> [(one.skipped, one.read) for one in windows("Europe/Rome", 1774659600, 1774832400)]
    [(True, (1774746000, 1774749600))]
    """
    before, changes = changes_of(zone)
    for civil, after in changes:
        at = civil - max(before, after)
        read = (at, at + after - before) if after > before else (at + after - before, at)
        if read[0] <= high and read[1] > low:
            ends = sorted((at + before, at + after))
            yield Window(after > before, (ends[0], ends[1]), read)
        before = after


def notes_of_clocks(
    con: duckdb.DuckDBPyConnection, one: Understood, zone: str | None, where: FolderWhere
) -> Iterable[Note]:
    """This will name, column by column, the times of a file that a clock change makes doubtful."""
    if one.stage is None:
        return
    own = None if one.known.zone in (None, "unknown") else one.known.zone
    for role, column in one.known.roles.items():
        local = column.zone or own or zone
        if ROLES[role].kind == "moment" and local is not None and _is_local(column):
            yield from _notes(con, one.stage.staged, one.table, (role, column), local, where)


def _is_local(column: Column) -> bool:
    """Whether some of its values are times of day without an offset."""
    return any(f.zone is None and f.precision == "moment" for f in column.formats)


def _notes(
    con: duckdb.DuckDBPyConnection,
    staged: Staged,
    table: RawTable,
    named: tuple[str, Column],
    zone: str,
    where: FolderWhere,
) -> Iterator[Note]:
    role, column = named
    moment = f's."{role}_s"'
    bounds = con.execute(f"SELECT min({moment}), max({moment}) FROM {staged.relation} s").fetchone()
    if bounds is None or bounds[0] is None:
        return
    there = list(windows(zone, *bounds))
    if not there:
        return
    spans = " OR ".join(f"{moment} BETWEEN {w.read[0]} AND {w.read[1] - 1}" for w in there)
    civil = moment_sql(raw_of(column), column.formats, None)
    rows = (
        f"(SELECT s.row, {civil} AS civil, CAST({raw_of(column)} AS VARCHAR) AS value, "
        f"{moment} AS read_s FROM {staged.relation} s JOIN {table.relation} t ON t.row = s.row "
        f"WHERE {spans}) d"
    )
    for skipped, text in ((True, SKIPPED), (False, REPEATED)):
        hours = [w.civil for w in there if w.skipped == skipped]
        within = " OR ".join(f"civil BETWEEN {low} AND {high - 1}" for low, high in hours)
        number = count(con, f"SELECT count(*) FROM {rows} WHERE {within}") if hours else 0
        if number:
            some = (
                f"SELECT row, value, read_s FROM {rows} WHERE {within} ORDER BY row LIMIT {SHOWN}"
            )
            found = con.execute(some).fetchall()
            places = [(where.of(staged.src, row), value, at) for row, value, at in found]
            examples = tuple(
                Example(file or table.name, line, column.header, value, _said(at, zone))
                for (file, line), value, at in places
            )
            what = text.format(file=table.name, header=column.header, zone=zone)
            yield Note(what, number, examples)


def _said(at: int, zone: str) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).isoformat(" ", "minutes")
