"""Numbers of cases: a list's own places first, then the cases that only logs know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from wellkept.study.facts.merging import Merged, merge
from wellkept.study.facts.staged import Staged, count, union
from wellkept.study.facts.stretches import FEWEST_ROWS, Stretches, find, read
from wellkept.study.facts.written import COLUMNS, placed


@dataclass(frozen=True, slots=True)
class Numbered:
    """How cases were numbered: what merging found, how many numbers, and the stretches of logs.

    `together` has, by source, the logs in which the events of a case stand together.
    """

    merged: Merged
    cases: int
    together: Mapping[int, Stretches]


def number_cases(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> Numbered:
    """This will make `listed_once` and `case_key`, and say how cases were numbered.

    A listed case is numbered by its place in its file; a case that only logs know comes after, in
    order of its id. `case_key` leads from the id as a log writes it to the number.
    """
    lists = [s for s in staged if s.shape == "case"]
    logs = [s for s in staged if s.shape == "event"]
    union(con, "listed", placed(lists), COLUMNS + ", case_no INTEGER")
    listed = sum(s.rows for s in lists)
    in_step = len(lists) == 1 and listed >= FEWEST_ROWS
    merged = merge(con, "listed", dates=("due_s",), in_step=in_step)
    relations = {s.src: found for s in logs if (found := find(con, s)) is not None}
    if len(logs) == 1 and relations:
        whole = _every_one_listed(con, logs[0], relations[logs[0].src])
        if whole is not None:
            return Numbered(merged, listed, {logs[0].src: whole})
    cases = _keys(con, logs, relations, listed)
    together = {
        src: read(con, f"SELECT w.row, k.case_no FROM {one} w LEFT JOIN case_key k USING (raw)")
        for src, one in relations.items()
    }
    return Numbered(merged, cases, together)


def _every_one_listed(con: duckdb.DuckDBPyConnection, s: Staged, relation: str) -> Stretches | None:
    """The stretches of a log where a list knows every case, and none comes twice; else None.

    Then `case_key` is read from both where they stand.
    """
    keys = f"SELECT w.raw, {s.clean('case_id', 'w.raw')} AS id, w.row FROM {relation} w"
    joined = f"({keys}) i LEFT JOIN listed_once l ON l.key = i.id"
    found = read(con, f"SELECT i.row, l.case_no FROM {joined}")
    if not found.once:
        return None
    con.execute(f"CREATE VIEW case_key AS SELECT i.raw, i.id, l.case_no FROM {joined}")
    return found


def _keys(
    con: duckdb.DuckDBPyConnection,
    logs: Sequence[Staged],
    relations: Mapping[int, str],
    listed: int,
) -> int:
    """Make `case_key`, and give how many numbers are used."""
    written = []
    for s in logs:
        raws = f"SELECT DISTINCT s.case_id_raw AS raw FROM {s.relation} s"
        if s.src in relations:
            raws = f"SELECT DISTINCT raw FROM {relations[s.src]}"
        written.append(f"SELECT raw, {s.clean('case_id', 'raw')} AS id FROM ({raws}) d")
    union(con, "written_ids", written, "raw VARCHAR, id VARCHAR")
    con.execute(
        f"CREATE TABLE matched AS SELECT w.raw, w.id, l.case_no FROM (SELECT "
        f"{'DISTINCT ' if len(logs) > 1 else ''}raw, id FROM written_ids) w "
        "LEFT JOIN listed_once l ON l.key = w.id"
    )
    if count(con, "SELECT count(*) FROM matched WHERE id IS NULL"):  # asked of each id, not event
        con.execute("DELETE FROM matched WHERE id IS NULL")
    if not count(con, "SELECT count(*) FROM matched WHERE case_no IS NULL"):
        con.execute("ALTER TABLE matched RENAME TO case_key")
        return listed
    con.execute(
        f"CREATE TABLE case_key AS SELECT raw, id, case_no FROM matched WHERE case_no IS NOT NULL "
        "UNION ALL SELECT m.raw, m.id, n.case_no FROM matched m JOIN (SELECT id, CAST("
        f"{listed} + row_number() OVER (ORDER BY id) - 1 AS INTEGER) AS case_no FROM "
        "(SELECT DISTINCT id FROM matched WHERE case_no IS NULL) d) n ON n.id = m.id "
        "WHERE m.case_no IS NULL"
    )
    con.execute("DROP TABLE matched")
    return max(count(con, "SELECT max(case_no) + 1 FROM case_key"), listed)
