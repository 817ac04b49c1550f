"""Labels for cutting: any column of any file, or of the facts, as a label of each fact's rows."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import duckdb

from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.values import blank_sql
from wellkept.study.facts.source import quoted
from wellkept.study.facts.staged import Staged

FACT_COLUMNS = {
    "case": ("customer", "site", "asset", "region", "owner", "team", "consequence", "state"),
    "promise": ("kind", "customer", "site", "asset", "region", "owner", "team", "consequence"),
    "downtime": ("about", "customer", "site", "asset", "region", "consequence"),
}


def cut_by(
    con: duckdb.DuckDBPyConnection,
    column: str,
    tables: Mapping[int, RawTable],
    staged: Sequence[Staged],
) -> None:
    """This will make `by_<fact>` (no, label) for each fact that the column can cut.

    A column of a file is meant first, then one of the facts. A promise of a case takes the label
    of its case. Raises Unreadable, naming what there is, when nothing has such a column.
    """
    keys = {
        src: raw.key
        for src, table in tables.items()
        for raw in table.columns
        if raw.header.lower() == column.lower() or raw.header_as_found.lower() == column.lower()
    }
    made = [fact for fact in FACT_COLUMNS if _make(con, fact, column, keys, staged)]
    if not made:
        raise Unreadable(_unknown(column, tables))


def _make(
    con: duckdb.DuckDBPyConnection,
    fact: str,
    column: str,
    keys: Mapping[int, str],
    staged: Sequence[Staged],
) -> bool:
    parts = [_from_file(s, keys[s.src]) for s in staged if s.src in keys]
    number = f"{fact}_no"
    if parts and fact == "case":
        con.execute(f"CREATE TABLE by_case AS {_of_cases(parts, staged, keys)}")
        if _useful(con, fact):
            return True
    elif parts:
        body = " UNION ALL ".join(parts)
        con.execute(
            f"CREATE TABLE by_{fact} AS SELECT f.{number} AS no, l.label FROM {fact} f "
            f"LEFT JOIN ({body}) l ON l.src = f.src AND l.row = f.row"
        )
        if fact == "promise":
            _through_cases(con)
        if _useful(con, fact):
            return True
    if column.lower() not in FACT_COLUMNS[fact]:
        return False
    con.execute(
        f"CREATE TABLE by_{fact} AS SELECT {number} AS no, "
        f'CAST({quoted(column.lower())} AS VARCHAR) AS label FROM "{fact}"'
    )
    return _useful(con, fact)


def _from_file(s: Staged, key: str) -> str:
    raw = f"t.{quoted(key)}"
    label = f"CASE WHEN {blank_sql(raw)} THEN NULL ELSE trim(CAST({raw} AS VARCHAR)) END"
    return f"SELECT {s.src} AS src, t.row, {label} AS label FROM {s.raw} t"


def _of_cases(parts: Sequence[str], staged: Sequence[Staged], keys: Mapping[int, str]) -> str:
    """A case's label: from its own row, else the last one written in its log."""
    logs = [s for s in staged if s.src in keys and s.shape == "event"]
    body = " UNION ALL ".join(parts)
    if not logs:
        return (
            'SELECT f.case_no AS no, l.label FROM "case" f '
            f"LEFT JOIN ({body}) l ON l.src = f.src AND l.row = f.row"
        )
    told = " UNION ALL ".join(
        f"SELECT c.case_no, l.row, l.label FROM ({_from_file(s, keys[s.src])}) l "
        f"JOIN {s.relation} s ON s.row = l.row JOIN case_key c ON c.raw = s.case_id_raw "
        "WHERE l.label IS NOT NULL"
        for s in logs
    )
    return (
        'SELECT f.case_no AS no, coalesce(l.label, e.label) AS label FROM "case" f '
        f"LEFT JOIN ({body}) l ON l.src = f.src AND l.row = f.row AND l.src NOT IN "
        f"({', '.join(str(s.src) for s in logs)}) "
        f"LEFT JOIN (SELECT case_no, arg_max(label, row) AS label FROM ({told}) t GROUP BY 1) e "
        "ON e.case_no = f.case_no"
    )


def _through_cases(con: duckdb.DuckDBPyConnection) -> None:
    if not con.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_name = 'by_case'"
    ).fetchone():
        return
    con.execute(
        "CREATE TABLE by_both AS SELECT p.promise_no AS no, coalesce(o.label, b.label) AS label "
        "FROM promise p JOIN by_promise o ON o.no = p.promise_no "
        "LEFT JOIN by_case b ON b.no = p.case_no"
    )
    con.execute("DROP TABLE by_promise")
    con.execute("ALTER TABLE by_both RENAME TO by_promise")


def _useful(con: duckdb.DuckDBPyConnection, fact: str, *, drop: bool = True) -> bool:
    some = con.execute(f"SELECT 1 FROM by_{fact} WHERE label IS NOT NULL LIMIT 1").fetchone()
    if some is None and drop:
        con.execute(f"DROP TABLE by_{fact}")
    return some is not None


def _unknown(column: str, tables: Mapping[int, RawTable]) -> str:
    headers = [raw.header for table in tables.values() for raw in table.columns]
    near = get_close_matches(column, headers, n=3, cutoff=0.5) or headers[:12]
    return (
        f"--by {column}: no file has such a column that belongs to a promise, a case or a "
        f"downtime. There are: {', '.join(dict.fromkeys(near))}."
    )
