"""Text files into tables: the fast way when all is well, the careful way when it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from wellkept.record.sources import text
from wellkept.record.sources.counting import Counted, count_records
from wellkept.record.sources.dialect import dialect_of
from wellkept.record.sources.files import Payload
from wellkept.record.sources.finishing import above_note, finish, whole_file_note
from wellkept.record.sources.layout import Layout, layout_of
from wellkept.record.sources.load import PLAIN, load_cells
from wellkept.record.sources.notes import Note, Notebook, Unreadable
from wellkept.record.sources.records import Record, records, settled_returns
from wellkept.record.sources.rewriting import rewrite
from wellkept.record.sources.tables import Dialect, Origin, RawTable

HEAD = 1 << 18
SAMPLE_LINES = 1200
FAST_FROM = 1 << 17  # below this size the careful way costs nothing
LARGE = 4 << 20  # below this size the careful way is taken where it has more to say

NULS = "NUL bytes in the text were left away."
BLANK_LINES = "Blank lines among the records were passed over."
NOT_A_TABLE = "it is a text without columns"


@dataclass(frozen=True, slots=True)
class Sighted:
    """What a look at a text file says about how to read it."""

    path: Path
    name: str
    seen: text.Scan
    encoding: text.Encoding
    dialect: Dialect
    score: float
    layout: Layout
    titles: tuple[tuple[int, str], ...]  # lines above the header

    @property
    def as_it_is(self) -> bool:
        """This will tell whether the bytes of the file are plain UTF-8."""
        plain = self.encoding.name in ("utf-8", "utf-8-sig") and self.seen.utf8
        return plain and not self.seen.nuls

    @property
    def straightforward(self) -> bool:
        """This will tell whether the strict reader may take the file, once it is UTF-8."""
        seen = self.seen
        return (
            seen.size >= FAST_FROM
            and not seen.returns
            and not (seen.pairs and seen.line_feeds and not seen.quoted)
            and len(self.dialect.separator or "") == 1
            and self.dialect.escape is None
            and not self.dialect.spaced
            and self.layout.first_data <= 1
            and self.layout.width > 1
        )


def sight(path: Path, name: str) -> Sighted:
    """This will look at a text file: encoding, dialect, header."""
    seen = text.scan(path)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    encoding = text.encoding_of(head, seen)
    sample = list(islice(text.lines(path, encoding), SAMPLE_LINES))
    whole = len(sample) < SAMPLE_LINES
    found = dialect_of(sample)
    dialect, skip = found.dialect, found.skip
    mended = Notebook(name)
    rows = list(records(sample, dialect, None, mended))
    if mended.notes() or any(row.lines > 1 for row in rows):
        widths = Counter(len(row.cells) for row in rows if row.cells)
        width = max(widths, key=lambda one: (widths[one], -one), default=1)
        rows = list(records(sample, dialect, width))  # which tells an open quote from long cells
    if not whole and len(rows) > 1:
        rows.pop()  # it may be cut off
    layout = layout_of([row.cells for row in rows[skip:]])
    above = [*range(skip), *(at + skip for at in layout.above)]
    layout = Layout(layout.first_data + skip, layout.header, tuple(above), layout.width)
    titles = tuple((rows[at].line, _shown(rows[at].cells, dialect)) for at in above)
    return Sighted(path, name, seen, encoding, dialect, found.score, layout, titles)


def _shown(cells: Sequence[str], dialect: Dialect) -> str:
    between = dialect.separator if len(dialect.separator or "") == 1 else " "
    return (between or " ").join(cells).strip()


def is_prose(sighted: Sighted) -> bool:
    """This will tell running text from a table: a table has even rows, or says so by name."""
    said = sighted.name.lower().removesuffix(".gz").endswith((".csv", ".tsv", ".tab", ".psv"))
    return not said and (sighted.dialect.separator is None or sighted.score < 0.6)


def read_text(
    payload: Payload, con: duckdb.DuckDBPyConnection, relation: str, scratch: Path
) -> RawTable | None:
    """This will load a text file; None when it is prose and not a table."""
    sighted = sight(payload.path, payload.name)
    if is_prose(sighted):
        return None
    quick = _quick(sighted, con, relation, scratch) if sighted.straightforward else None
    if quick is not None:
        loaded, width, first, notes = quick
    else:
        loaded, width, first, notes = _careful(sighted, con, relation, scratch)
    origin = Origin(
        path=payload.source,
        members=payload.members,
        encoding=sighted.encoding.name,
        dialect=sighted.dialect,
        first_line=first,
        skipped_records=sighted.layout.first_data,
        counted=quick is not None and not sighted.encoding.name.startswith(("utf-16", "utf-32")),
    )

    def line_of(row: int) -> int | None:
        return None if first is None else first + row - 1

    done = finish(con, relation, width, sighted.layout.header, loaded, notes, line_of)
    return RawTable(
        name=payload.name,
        relation=relation,
        columns=done.columns,
        rows=done.rows,
        format="tsv" if sighted.dialect.separator == "\t" else "csv",
        encoding=sighted.encoding.name.removesuffix("-sig"),
        separator=sighted.dialect.separator,
        bytes=payload.source.stat().st_size if not payload.members else sighted.seen.size,
        repaired=(*_decoding(sighted), *notes.notes()),
        left_out=(*above_note(payload.name, sighted.titles), *done.left_out),
        origin=origin,
    )


def _decoding(sighted: Sighted) -> tuple[Note, ...]:
    notes: list[Note] = []
    if sighted.encoding.said:
        notes.append(
            whole_file_note(sighted.name, sighted.encoding.said, sighted.encoding.mended or 1)
        )
    if sighted.seen.nuls and not sighted.encoding.name.startswith("utf-16"):
        notes.append(whole_file_note(sighted.name, NULS, sighted.seen.nuls))
    return tuple(notes)


Loaded = tuple[int, int, int | None, Notebook]  # rows, width, line of row 1, notes


def _quick(
    sighted: Sighted, con: duckdb.DuckDBPyConnection, relation: str, scratch: Path
) -> Loaded | None:
    """Read in bulk; a file in another encoding is written as UTF-8 first."""
    if sighted.as_it_is:
        return _fast(sighted, sighted.path, con, relation)
    target = scratch / f"{relation}.utf8"
    try:
        text.write_utf8(sighted.path, sighted.encoding, target)
        return _fast(sighted, target, con, relation)
    finally:
        target.unlink(missing_ok=True)


def _fast(
    sighted: Sighted, path: Path, con: duckdb.DuckDBPyConnection, relation: str
) -> Loaded | None:
    """Believe the bulk reader only when an independent count agrees."""
    layout = sighted.layout
    try:
        rows = load_cells(
            con, relation, path, sighted.dialect, layout.width, skip=layout.first_data
        )
    except duckdb.Error:
        return None
    counted = count_records(path, sighted.dialect.quote)
    if rows != counted.records - layout.first_data:
        return None
    if counted.blank and sighted.seen.size < LARGE:
        return None  # the careful way says where
    first = layout.first_data + 1 if counted.straight else None
    notes = Notebook(sighted.name)
    if counted.blank:
        notes.say(BLANK_LINES, count=counted.blank)
    return rows, layout.width, first, notes


def _careful(
    sighted: Sighted, con: duckdb.DuckDBPyConnection, relation: str, scratch: Path
) -> Loaded:
    """Read record by record, mend what can be mended, and load what was written."""
    target = scratch / f"{relation}.csv"
    try:
        done, notes = rewrite(
            lambda notes: data_rows(sighted, notes), target, sighted.layout.width, sighted.name
        )
        rows = load_cells(
            con, relation, target, PLAIN, done.width, new_line="\\n", longest=done.longest
        )
    except (duckdb.Error, UnicodeError) as error:
        raise Unreadable(
            f"{sighted.name} could not be read as a table ({str(error).splitlines()[0]}). "
            "Export it again as UTF-8 CSV."
        ) from error
    finally:
        target.unlink(missing_ok=True)
    if rows != done.rows:
        raise Unreadable(
            f"{sighted.name} could not be read safely: {done.rows} rows were found but {rows} "
            "loaded. Export it again as UTF-8 CSV."
        )
    return rows, done.width, done.first_line, notes


def data_rows(sighted: Sighted, notes: Notebook | None = None) -> Iterator[Record]:
    """This will yield the data rows of a text file, blank lines passed over."""
    first_data = sighted.layout.first_data
    blank_since = 0
    for number, record in enumerate(_all_records(sighted, notes)):
        if number < first_data:
            continue
        cells = record.cells
        if not cells or cells == [""]:
            blank_since += 1
            continue
        if blank_since:
            if notes is not None:
                notes.say(BLANK_LINES, line=record.line - 1, count=blank_since)
            blank_since = 0
        yield record


def _all_records(sighted: Sighted, notes: Notebook | None) -> Iterator[Record]:
    seen, layout = sighted.seen, sighted.layout
    feeds = seen.line_feeds + seen.pairs
    stream: Iterator[str]
    if seen.returns and feeds > 5 * seen.returns:
        whole = text.lines(sighted.path, sighted.encoding, newline="\n")
        stream = settled_returns(whole, sighted.dialect.separator, layout.width, notes)
    else:
        stream = text.lines(sighted.path, sighted.encoding)
    if sighted.encoding.name == "utf-8":
        stream = _unmarked(stream)
    return records(stream, sighted.dialect, layout.width, notes)


def _unmarked(stream: Iterator[str]) -> Iterator[str]:
    first = next(stream, None)
    if first is not None:
        yield first.removeprefix("\ufeff")
    yield from stream


def lines_in(path: Path, table: RawTable, wanted: Collection[int]) -> dict[int, int]:
    """This will look through a text file again for the lines where given data rows begin."""
    origin = table.origin
    if origin.counted and origin.dialect is not None:
        skipped = origin.skipped_records
        found: Counted = count_records(
            path, origin.dialect.quote, {row + skipped for row in wanted}
        )
        return {record - skipped: line for record, line in found.starts.items()}
    sighted = sight(path, table.name)
    asked, last = set(wanted), max(wanted)
    lines: dict[int, int] = {}
    for number, row in enumerate(data_rows(sighted), 1):
        if number in asked:
            lines[number] = row.line
        if number >= last:
            break
    return lines
