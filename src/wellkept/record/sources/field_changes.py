"""Logs with one row per changed field: who changed what from which value to which.

Case systems keep their history so: case, field, old value, new value, moment. The changes of the
state, of the owner and of the team become columns of their own, as in any other log of events.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import duckdb

from wellkept.record.sources.notes import Note
from wellkept.record.sources.tables import RawColumn, RawTable
from wellkept.record.sources.words import normal

_FIELD = """field|field name|fieldname|field event|field changed|changed field|field label|
    attribute|attribute name|property|property name|items field|feld|feldname|champ|campo|
    change type|type of change|type"""
_NEW = """new value|newvalue|tostring|to string|items tostring|new|to|to value|value to|
    new value string|newvaluestring|value after|neuer wert|nouvelle valeur|nuovo valore|
    valor nuevo|nieuwe waarde"""
_OLD = """old value|oldvalue|fromstring|from string|items fromstring|old|from|from value|value from|
    previous value|value before|original value|alter wert|ancienne valeur|vecchio valore|
    valor anterior|oude waarde"""
_FIELDS = {
    "Status": """status|state|case status|ticket status|issue status|incident state|request state|
        incident status|workflow state|created""",
    "Owner": """owner|assignee|assigned to|assignedto|case owner|ticket owner|owner id|ownerid|
        owner name|assignee id|assigned agent|agent|technician|responsible|ownerassignment|
        ownerescalated|owneraccepted|owner assignment|bearbeiter|zustandig|assigne a|
        assegnatario|assegnato a|asignado a|behandelaar""",
    "Assignment group": """assignment group|assigned group|group|team|queue|support group|gruppe|
        groupe|gruppo|grupo|groep""",
}
_RECORD_KEY = "^(005|00G)[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$"  # a key in place of a name, row by row
BEFORE = "before"
"""In a spread relation: whom the owner was taken from; no column of the file."""


@dataclass(frozen=True, slots=True)
class _Columns:
    field: RawColumn
    new: RawColumn
    old: RawColumn


def spread(table: RawTable, con: duckdb.DuckDBPyConnection) -> RawTable:
    """This will give a log of changed fields a column for each of state, owner and team.

    Blank there: this row changes something else. Any other table is given back as it is.
    """
    found = _columns(table)
    if found is None:
        return table
    words = con.execute(
        f'SELECT DISTINCT "{found.field.key}" FROM {table.relation} '
        f'WHERE "{found.field.key}" IS NOT NULL LIMIT 5000'
    ).fetchall()
    told = {
        name: [word for (word,) in words if normal(str(word)) in _set(known)]
        for name, known in _FIELDS.items()
    }
    told = {name: mine for name, mine in told.items() if mine}
    if not {"Status", "Owner"} & told.keys():
        return table
    return _spread(table, con, found, told)


def _columns(table: RawTable) -> _Columns | None:
    named = {normal(column.header_as_found): column for column in reversed(table.columns)}
    picked = [
        next((named[header] for header in _phrases(known) if header in named), None)
        for known in (_FIELD, _NEW, _OLD)
    ]
    field, new, old = picked
    return _Columns(field, new, old) if field and new and old else None


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split("|")]


def _set(text: str) -> frozenset[str]:
    return frozenset(_phrases(text))


def _spread(
    table: RawTable,
    con: duckdb.DuckDBPyConnection,
    found: _Columns,
    told: dict[str, list[str]],
) -> RawTable:
    parts, columns = ["t.*"], list(table.columns)
    headers = {column.header.casefold() for column in table.columns}
    new, old = f't."{found.new.key}"', f't."{found.old.key}"'
    for name, words in told.items():
        is_it = f't."{found.field.key}" IN ({", ".join(_literal(one) for one in words)})'
        made = [one for one in words if normal(one) == "created"]
        said = f"coalesce({new}, '')"
        if name == "Owner":
            is_it = f"{is_it} AND {_readable(con, table, is_it, new, old)}"
            parts.append(f"CASE WHEN {is_it} THEN coalesce({old}, '') END AS {BEFORE}")
        if made:
            first = f't."{found.field.key}" IN ({", ".join(_literal(one) for one in made)})'
            said = f"CASE WHEN {first} THEN 'created' ELSE {new} END"
        key = f"c{len(columns)}"
        header = name if name.casefold() not in headers else f"{name} (new value)"
        parts.append(f"CASE WHEN {is_it} THEN {said} END AS {key}")
        columns.append(RawColumn(key, header, header))
    relation = f"{table.relation}_spread"
    con.execute(f"CREATE TABLE {relation} AS SELECT {', '.join(parts)} FROM {table.relation} t")
    what = ", ".join(f"‘{name}’" for name in told)
    note = Note(
        f"{table.name} tells one changed field a row (‘{found.field.header}’): its changes of "
        f"{what} are read as columns",
        table.rows,
    )
    return replace(table, relation=relation, columns=tuple(columns),
                   repaired=(*table.repaired, note), spread="Owner" in told)  # fmt: skip


def _readable(
    con: duckdb.DuckDBPyConnection, table: RawTable, is_it: str, new: str, old: str
) -> str:
    """Where each change stands twice, by name and by record key, the names are read."""
    key = f"regexp_matches(coalesce({new}, {old}, ''), '{_RECORD_KEY}')"
    row = con.execute(
        f"SELECT bool_or(NOT {key} AND coalesce({new}, {old}, '') <> '') "
        f"FROM {table.relation} t WHERE {is_it}"
    ).fetchone()
    return f"NOT {key}" if row is not None and row[0] else "true"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
