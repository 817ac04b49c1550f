"""What was understood of a folder, as plain values: zones, tables, repairs, what was left out."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from wellkept.record.sources.notes import Example, Note
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.reading import lines_of
from wellkept.record.sources.roles import REGISTERS, ROLES
from wellkept.record.sources.tables import RawTable, SourceFile
from wellkept.record.sources.understanding import Understanding
from wellkept.study.facts.staged import count
from wellkept.study.facts.staging import Stage, Unread, unread_values

Json = dict[str, Any]
FACTS = ("promise", "case", "downtime")


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything known about one table of the folder."""

    table: RawTable
    profiles: tuple[ColumnProfile, ...]
    known: Understanding
    stage: Stage | None


@dataclass(slots=True)
class Ledger:
    """Collects what is said about the folder while facts are made."""

    repaired: list[Note] = field(default_factory=list)
    left_out: list[Note] = field(default_factory=list)
    suspicions: list[tuple[str, str]] = field(default_factory=list)

    def suspect(self, text: str, advice: str) -> None:
        """This will add a suspicion once."""
        if (text, advice) not in self.suspicions:
            self.suspicions.append((text, advice))


class FolderWhere:
    """Finds the file and the physical line of a row; lines are looked up when first asked."""

    def __init__(self, tables: Mapping[int, RawTable]) -> None:
        """Keep the tables by their source number."""
        self.tables = tables
        self.wanted: dict[int, set[int]] = {}
        self.found: dict[int, dict[int, int]] = {}

    def of(self, src: int | None, row: int | None) -> tuple[str | None, int | None]:
        """This will give the file's name and the line in it, None where there is none."""
        if src is None or row is None or src not in self.tables:
            return None, None
        table = self.tables[src]
        known = self.found.setdefault(src, {})
        if row not in known:
            known |= lines_of(table, [row])
        return table.name, known.get(row)


def document(
    con: duckdb.DuckDBPyConnection,
    understood: Sequence[Understood],
    ledger: Ledger,
    zone: Json,
    *,
    events: int,
) -> Json:
    """This will give the `understood` part of the measure document."""
    tables = [_table(one) for one in understood]
    return {
        "zone": zone,
        "tables": tables,
        "repaired": [_note(note, "what") for note in ledger.repaired],
        "left_out": [_note(note, "why") for note in ledger.left_out],
        "suspicions": [{"text": text, "advice": advice} for text, advice in ledger.suspicions],
        "facts": {name: count(con, f'SELECT count(*) FROM "{name}"') for name in FACTS}
        | {"event": events},
    }


def notes_of(con: duckdb.DuckDBPyConnection, one: Understood, where: FolderWhere) -> Iterable[Note]:
    """This will name the values that could not be read, with file, line, column and value."""
    if one.stage is None:
        return
    for found in one.stage.unread:
        place = f"“{found.header}” ({ROLES[found.role].meaning})"
        what = f"{one.table.name}: no {_kind(found)} in {place}: left blank there"
        yield Note(what, found.count, tuple(_examples(con, one, found, where)))


def source_document(
    folder: str, files: Sequence[SourceFile], understood: Sequence[Understood], fingerprint: str
) -> Json:
    """This will give the `source` part of the measure document."""
    read = [
        {
            "name": one.table.name,
            "format": one.table.format,
            "encoding": one.table.encoding,
            "separator": one.table.separator,
            "rows": one.table.rows,
            "bytes": one.table.bytes,
        }
        for one in understood
    ]
    ignored = [
        {"name": file.name, "why": file.why, "state": file.state}
        for file in files
        if file.state != "read"
    ]
    return {"folder": folder, "files": read, "not_read": ignored, "fingerprint": fingerprint}


def _examples(
    con: duckdb.DuckDBPyConnection, one: Understood, found: Unread, where: FolderWhere
) -> Iterable[Example]:
    src = one.stage.staged.src if one.stage else 0
    for row, value in unread_values(con, one.table, found):
        file, line = where.of(src, row)
        yield Example(file or one.table.name, line, found.header, value)


def _kind(found: Unread) -> str:
    return {"moment": "date or time", "duration": "length of time", "number": "number"}.get(
        ROLES[found.role].kind, "known word"
    )


def _table(one: Understood) -> Json:
    used = 0
    if one.stage is not None:
        used = one.table.rows - sum(note.count for note in one.stage.left_out)
    by_key = {column.key: column for column in one.known.roles.values()}
    clocks = {c.clock_key: c for c in one.known.roles.values() if c.clock_key}
    columns = []
    for profile in one.profiles:
        column = by_key.get(profile.key) or clocks.get(profile.key)
        columns.append(
            {
                "header": profile.header,
                "role": column.role if column else None,
                "how": column.how if column else _how(one, profile.key),
                "format": _format(column),
                "filled": profile.rows - profile.blank,
                "blank": profile.blank,
                "distinct": profile.distinct,
            }
        )
    return {
        "file": one.table.name,
        "shape": one.known.shape,
        "rows": one.table.rows,
        "used": used,
        "columns": columns,
        "why": list(one.known.why),
    }


def _how(one: Understood, key: str) -> str:
    """What becomes of a column without a role."""
    staged = one.stage.staged if one.stage is not None else None
    if staged is not None and key in (staged.number_key, staged.serial_key):
        return "number"
    if staged is not None and staged.shape in REGISTERS and key == staged.name_key:
        return "name"
    if staged is not None and key in dict(staged.address_keys).values():
        return "address"
    return "ignored" if key in one.known.ignored else "segment"


def _format(column: Any) -> str | None:
    if column is None or not column.formats:
        return None
    return " | ".join(one.pattern for one in column.formats)


def _note(note: Note, key: str) -> Json:
    return {
        key: note.what,
        "count": note.count,
        "examples": [
            {
                "file": e.file,
                "line": e.line,
                "column": e.column,
                "value": e.value,
                "became": e.became,
            }
            for e in note.examples
        ],
    }


def fingerprint(files: Sequence[SourceFile]) -> str:
    """This will give one SHA-256 over the names and contents of all files that were read."""
    whole = hashlib.sha256()
    for file in sorted(files, key=lambda one: one.name):
        if file.state == "read":
            with file.path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            whole.update(f"{file.name} {digest}\n".encode())
    return f"sha256:{whole.hexdigest()}"
