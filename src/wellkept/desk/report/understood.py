"""What was understood of the folder, what was repaired, what was left out and why."""

from wellkept.desk.report.cases import where
from wellkept.desk.report.quantities import SPACE, percent, size, whole
from wellkept.desk.report.reading import Fields, block, count, items, length, number, shown, text
from wellkept.desk.report.rows import (
    Column,
    Example,
    Note,
    NotRead,
    SourceFile,
    Suspicion,
    Table,
    Understood,
)
from wellkept.desk.report.words import FACTS, HOWS, SHAPES

MOST_FILES = 60
MOST_COLUMNS = 120
MOST_COLUMNS_IN_ALL = 600
MOST_NOTES = 60
MOST_EXAMPLES = 5
MOST_SUSPICIONS = 40


def understood_of(document: Fields) -> Understood:
    """Return what was understood, in words."""
    understood, source = block(document, "understood"), block(document, "source")
    return Understood(
        zone=zone_sentence(block(understood, "zone")),
        facts=tuple(_facts(block(understood, "facts"))),
        files=tuple(_file(file) for file in items(source, "files", MOST_FILES)),
        not_read=tuple(
            NotRead(text(file, "name", 120), text(file, "why", 300))
            for file in items(source, "not_read", MOST_FILES)
        ),
        tables=_tables(items(understood, "tables", MOST_FILES)),
        repaired=tuple(_note(n, "what") for n in items(understood, "repaired", MOST_NOTES)),
        left_out=tuple(_note(n, "why") for n in items(understood, "left_out", MOST_NOTES)),
        suspicions=tuple(
            Suspicion(text(s, "text", 600), text(s, "advice", 600))
            for s in items(understood, "suspicions", MOST_SUSPICIONS)
        ),
        not_shown=tuple(_not_shown(understood, source)),
    )


def zone_sentence(zone: Fields) -> str:
    """Return in which zone times are said, and how that is known."""
    name, how = text(zone, "name", 60), text(zone, "how", 90)
    if not name and how.startswith("days only"):
        return "Only days are recorded, no time of day."
    if not name and how.startswith("some times carry"):
        return "Some times carry an offset, others none: those are read and shown as UTC."
    if not name:
        return "The time zone is unknown: times are read and shown as UTC."
    return f"Times are {name}" + (f" ({how})." if how else ".")


def _facts(facts: Fields) -> list[str]:
    said = []
    for name, (one, many) in FACTS.items():
        n = count(facts, name)
        if n:
            said.append(f"{whole(n)}{SPACE}{one if n == 1 else many}")
    return said


def _file(file: Fields) -> SourceFile:
    separator = {"\t": "tab", " ": "space"}.get(
        str(file.get("separator")), text(file, "separator", 8)
    )
    parts = (
        text(file, "format", 20).upper(),
        text(file, "encoding", 30),
        f"separator {separator}" if separator else "",
    )
    return SourceFile(
        name=text(file, "name", 120),
        format=", ".join(part for part in parts if part),
        rows=whole(count(file, "rows")),
        size=size(count(file, "bytes")),
    )


def _tables(tables: list[Fields]) -> tuple[Table, ...]:
    """Return the tables; once enough columns are listed, the rest are only counted."""
    left, listed = MOST_COLUMNS_IN_ALL, []
    for table in tables:
        rows = _table(table, min(left, MOST_COLUMNS))
        left -= len(rows.columns)
        listed.append(rows)
    return tuple(listed)


def _table(table: Fields, at_most: int) -> Table:
    listed = items(table, "columns", at_most)
    more = length(table, "columns") - len(listed)
    named = [_role(column) for column in listed if column.get("role")]
    return Table(
        file=text(table, "file", 120),
        shape=SHAPES.get(text(table, "shape"), text(table, "shape", 40)),
        rows=whole(count(table, "rows")),
        used=whole(count(table, "used")),
        roles=", ".join(named[:12]) + (", …" if len(named) > 12 else ""),
        why=tuple(shown(str(why), 300) for why in list(table.get("why") or ())[:MOST_EXAMPLES]),
        columns=tuple(_column(column) for column in listed),
        more=f"{whole(more)} more columns are not listed here." if more > 0 else "",
    )


def _role(column: Fields) -> str:
    return text(column, "role", 40).replace("_", " ")


def _column(column: Fields) -> Column:
    filled, blank = number(column, "filled"), number(column, "blank")
    share = "" if filled is None or blank is None else "none"
    if filled is not None and blank:
        share = f"{whole(blank)} ({percent(blank / (filled + blank))})"
    how = text(column, "how", 40)
    return Column(
        header=text(column, "header", 80),
        role=_role(column) or ("–" if how == "ignored" else "segment"),
        how=HOWS.get(how, how),
        format=text(column, "format", 60),
        filled="" if filled is None else whole(filled),
        blank=share,
    )


def _note(note: Fields, what: str) -> Note:
    return Note(
        what=text(note, what, 300),
        count=whole(count(note, "count")),
        examples=tuple(_example(example) for example in items(note, "examples", MOST_EXAMPLES)),
    )


def _example(example: Fields) -> Example:
    column = text(example, "column", 60)
    return Example(
        where=", ".join(part for part in (where(example), column) if part),
        value=text(example, "value", 80),
        became=text(example, "became", 80),
    )


def _not_shown(understood: Fields, source: Fields) -> list[str]:
    """Return a sentence for each list that was cut."""
    lists = (
        ("files", length(source, "files"), MOST_FILES),
        ("files that were not read", length(source, "not_read"), MOST_FILES),
        ("tables", length(understood, "tables"), MOST_FILES),
        ("kinds of repair", length(understood, "repaired"), MOST_NOTES),
        ("reasons for leaving out", length(understood, "left_out"), MOST_NOTES),
        ("suspicions", length(understood, "suspicions"), MOST_SUSPICIONS),
    )
    return [
        f"{whole(held - most)} more {name} are in the output of --json."
        for name, held, most in lists
        if held > most
    ]
