"""The last steps that text and sheets share: what is no record, the names, the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from wellkept.record.sources import footers
from wellkept.record.sources.layout import names_of
from wellkept.record.sources.load import literal, number_rows
from wellkept.record.sources.notes import Example, Note, Notebook
from wellkept.record.sources.tables import RawColumn

EMPTY_ROWS = "A row has only empty cells."
NO_HEADER = (
    "The file has no line with the names of its columns; they are called column 1, column 2, …"
)
EMPTY_HEADER = "A column has no name in the header."
DOUBLE_HEADER = "Two columns have the same name in the header."
AT_ONCE = 200  # columns; the engine holds all of them that one condition names
ABOVE = "Lines above the header are not records."

Lines = Callable[[int], int | None]


@dataclass(frozen=True, slots=True)
class Finished:
    """The columns and the number of records of a loaded table."""

    columns: tuple[RawColumn, ...]
    rows: int
    left_out: tuple[Note, ...]


def finish(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    width: int,
    header: Sequence[str] | None,
    loaded: int,
    notes: Notebook,
    line_of: Lines,
) -> Finished:
    """This will name the columns and leave out, with a note, the rows that are no records."""
    left_out = Notebook(notes.file)
    width = _width_in_use(con, relation, width, header)
    columns = _columns(header, width, notes)
    conditions, gone = _not_records(con, relation, width, header, loaded, left_out, line_of)
    number_rows(con, relation, width, conditions)
    return Finished(columns, loaded - gone, left_out.notes())


def _width_in_use(
    con: duckdb.DuckDBPyConnection, relation: str, width: int, header: Sequence[str] | None
) -> int:
    """Columns at the end without a name and without any value are not there."""
    least = 1
    for place, cell in enumerate(header or ()):
        if cell.strip():
            least = place + 1
    if least >= width:
        return width
    found = con.execute(
        "select "
        + ", ".join(f"count(c{place})" for place in range(least, width))
        + f" from {relation}_cells"
    ).fetchone()
    counts = list(found or ())
    while counts and not counts[-1]:
        counts.pop()
    return least + len(counts)


def _columns(header: Sequence[str] | None, width: int, notes: Notebook) -> tuple[RawColumn, ...]:
    names, renamed = names_of(header[:width] if header else None, width)
    if header is None:
        notes.say(NO_HEADER, value=None, became=", ".join(names[:4]))
    for one in renamed:
        what = EMPTY_HEADER if one.why == "empty" else DOUBLE_HEADER
        notes.say(what, column=f"column {one.place + 1}", value=one.found, became=one.became)
    found = [*(header or ()), *[""] * width]
    return tuple(
        RawColumn(f"c{place}", name, found[place] if header else "", "text")
        for place, name in enumerate(names)
    )


def _not_records(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    width: int,
    header: Sequence[str] | None,
    loaded: int,
    left_out: Notebook,
    line_of: Lines,
) -> tuple[list[str], int]:
    keys = [f"c{place}" for place in range(width)]
    conditions: list[str] = []
    gone = 0
    empty = " and ".join(f"{key} is null" for key in keys)
    kinds: tuple[tuple[str, str | None], ...] = (
        (EMPTY_ROWS, empty),
        (footers.HEADER_AGAIN, _again(header, keys)),
        (footers.RULE, _rule(keys)),
    )
    some = " or ".join(f"({condition})" for _, condition in kinds if condition)
    if width <= AT_ONCE and not _rows_where(con, relation, some):
        kinds = ()  # as in nearly every file: one look for all of them
    for what, condition in kinds:
        rows = _rows_where(con, relation, condition) if condition else []
        if rows:
            _say(left_out, what, rows, line_of, ", ".join((header or ())[:4]))
            conditions.append(f"not coalesce({condition}, false)")
            gone += len(rows)
    last = _last_words(con, relation, keys, conditions, loaded)
    for row, what, value in last:
        left_out.say(what, line=line_of(row), value=value)
    if last:
        conditions.append(f"rowid + 1 not in ({', '.join(str(row) for row, _, _ in last)})")
    return conditions, gone + len(last)


def _say(left_out: Notebook, what: str, rows: list[int], line_of: Lines, value: str) -> None:
    shown = value if what == footers.HEADER_AGAIN else None
    for row in rows[:3]:
        left_out.say(what, line=line_of(row), value=shown)
    if len(rows) > 3:
        left_out.say(what, count=len(rows) - 3)


def _rule(keys: Sequence[str]) -> str | None:
    """The condition under which a row is a line drawn under a header or at the end."""
    if len(keys) < 2:
        return None
    drawn = _drawn(keys[0], keys[1:])
    if len(keys) > 2:  # a bar at the head of the line is a blank first cell
        drawn = f"({drawn} or {keys[0]} is null and {_drawn(keys[1], keys[2:])})"
    return drawn


def _drawn(key: str, others: Sequence[str]) -> str:
    """The condition under which a line is drawn in one cell, and nothing stands in the others."""
    alone = " and ".join(f"{other} is null" for other in others)
    return (
        f"left(ltrim({key}), 3) in ('---', '===', '___', '***', '+--', '+==') and {alone} "
        f"and regexp_full_match(trim({key}), '[-=_+|* ]{{5,}}')"
    )


def _again(header: Sequence[str] | None, keys: Sequence[str]) -> str | None:
    """The condition under which a row repeats the header cell for cell."""
    if header is None or sum(1 for cell in header if cell.strip()) < 2:
        return None
    return " and ".join(
        f"trim({key}) = {literal(cell.strip())}" if cell.strip() else f"{key} is null"
        for key, cell in zip(keys, header, strict=False)
    )


def _rows_where(con: duckdb.DuckDBPyConnection, relation: str, condition: str) -> list[int]:
    found = con.execute(f"select rowid + 1 from {relation}_cells where {condition} order by 1")
    return [int(row) for (row,) in found.fetchall()]


def _last_words(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    keys: Sequence[str],
    conditions: Sequence[str],
    loaded: int,
) -> list[tuple[int, str, str]]:
    """Totals and closing words, from the last row upwards as long as they go on."""
    where = " and ".join([f"rowid >= {loaded - 40}", *conditions])
    # Put in order here: of thousands of columns the engine would hold hundreds of megabytes.
    found = con.execute(
        f"select rowid + 1, {', '.join(keys)} from {relation}_cells where {where}"
    ).fetchall()
    last: list[tuple[int, str, str]] = []
    ends = sorted(found, key=lambda one: -one[0])[: footers.LOOKED_AT]
    signed = footers.signed([cells for _, *cells in ends], len(keys))
    for at, (row, *cells) in enumerate(ends):
        why = footers.LAST_WORDS if at < signed else footers.not_a_record(cells, len(keys))
        if why is None:
            break
        last.append((int(row), why, " | ".join(cell for cell in cells if cell)))
    return last


def above_note(name: str, above: Sequence[tuple[int, str]]) -> tuple[Note, ...]:
    """This will say which lines stood above the header."""
    if not above:
        return ()
    notes = Notebook(name)
    for line, value in above:
        notes.say(ABOVE, line=line, value=value)
    return notes.notes()


def whole_file_note(name: str, what: str, count: int = 1) -> Note:
    """This will make a note about a file as a whole."""
    return Note(what, count, (Example(name, None, None, None),))
