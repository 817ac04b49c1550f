"""One row per thing: several snapshots of a list, parts of a list, rows written twice."""

from dataclasses import dataclass

import duckdb

from wellkept.study.facts.staged import count, in_order


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging found: things seen in several files, and rows repeated inside one file."""

    seen_again: int
    filled: int
    repeated: int
    repeats: tuple[tuple[int, int, str], ...]

    @property
    def twice(self) -> bool:
        """Whether anything is told of by more than one row."""
        return bool(self.seen_again or self.filled or self.repeated)


def merge(
    con: duckdb.DuckDBPyConnection, name: str, *, dates: tuple[str, ...] = (), in_step: bool = False
) -> Merged:
    """This will make `<name>_once` with the latest row of each `key` and the earliest dates beside.

    `name` has key, ord (rank of the file), layout (files with the same columns), src, row. Where
    files of several layouts speak of one key, each fills what those before it leave blank.
    For each of `dates` a column `earliest_<date>` keeps the value of the earliest row, and
    `<date>_changes` counts how often it changed. Rows whose key is NULL are things of their own.
    Where no key comes twice nothing is copied. `in_step`: the keys may well ascend or descend from
    row to row, which is cheaper to see than that all of them differ.
    """
    twice = 0
    if not (in_step and _in_step(con, name)):
        twice = count(con, f"SELECT count(key) - count(DISTINCT key) FROM {name}")
    alone = "".join(
        f", {date} AS earliest_{date}, CAST(0 AS INTEGER) AS {date}_changes" for date in dates
    )
    if not twice:
        con.execute(f"CREATE VIEW {name}_once AS SELECT *{alone} FROM {name}")
        return Merged(0, 0, 0, ())
    again = count(
        con,
        f"SELECT count(*) FROM (SELECT key FROM {name} WHERE key IS NOT NULL "
        "GROUP BY key, layout HAVING count(DISTINCT ord) > 1) d",
    )
    repeated = con.execute(
        f"SELECT src, row, key FROM (SELECT src, row, key, row_number() OVER "
        f"(PARTITION BY key, src ORDER BY row DESC) AS nth FROM {name} WHERE key IS NOT NULL) r "
        "WHERE nth > 1 ORDER BY src, row"
    ).fetchall()
    filled = count(
        con,
        f"SELECT count(*) FROM (SELECT key FROM {name} WHERE key IS NOT NULL "
        "GROUP BY key HAVING count(DISTINCT layout) > 1) d",
    )
    _collapse(con, name, dates, alone)
    if filled:
        _fill(con, name)
    return Merged(again, filled, len(repeated), tuple(repeated[:5]))


def _in_step(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether each key is above the one before it, or each below: then none comes twice."""
    with in_order(con):
        row = con.execute(
            "SELECT count(*), count(*) FILTER (key > before), count(*) FILTER (key < before) FROM "
            f"(SELECT key, lag(key) OVER () AS before FROM {name}) k"
        ).fetchone()
    return row is not None and row[0] - 1 in row[1:]


def _collapse(
    con: duckdb.DuckDBPyConnection, name: str, dates: tuple[str, ...], alone: str
) -> None:
    over = "OVER (PARTITION BY key, layout ORDER BY ord, row ROWS BETWEEN UNBOUNDED PRECEDING AND "
    all_rows = over + "UNBOUNDED FOLLOWING)"
    before = "".join(
        f", lag({date}) OVER (PARTITION BY key, layout ORDER BY ord, row) AS p_{date}"
        for date in dates
    )
    firsts = "".join(
        f", first({date}) {all_rows} AS earliest_{date}, CAST(count(*) FILTER (WHERE {date} <> "
        f"p_{date}) {all_rows} AS INTEGER) AS {date}_changes"
        for date in dates
    )
    drop = "".join(f", p_{date}" for date in dates)
    con.execute(
        f"CREATE TABLE {name}_once AS SELECT * EXCLUDE (nth{drop}) FROM (SELECT *{firsts}, "
        "row_number() OVER (PARTITION BY key, layout ORDER BY ord DESC, row DESC) AS nth "
        f"FROM (SELECT *{before} FROM {name} WHERE key IS NOT NULL) k) r WHERE nth = 1"
    )
    con.execute(
        f"INSERT INTO {name}_once BY NAME SELECT *{alone} FROM {name} WHERE key IS NULL "
        "ORDER BY src, row"
    )


def _fill(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """One row per key over all layouts: of each column the first value that is recorded."""
    columns = [row[0] for row in con.execute(f"DESCRIBE {name}_once").fetchall()]
    firsts = ", ".join(
        f"first({one} ORDER BY layout, src, row) FILTER (WHERE {one} IS NOT NULL) AS {one}"
        for one in columns
        if one not in ("key", "src", "row", "case_no")
    )
    same = ", ".join(
        f"first({one} ORDER BY layout, src, row) AS {one}"
        for one in ("src", "row", "case_no")
        if one in columns
    )
    con.execute(
        f"CREATE TABLE filled AS SELECT key, {same}, {firsts} FROM {name}_once "
        f"WHERE key IS NOT NULL GROUP BY key UNION ALL BY NAME "
        f"SELECT * FROM {name}_once WHERE key IS NULL"
    )
    con.execute(f"DROP TABLE {name}_once")
    con.execute(f"ALTER TABLE filled RENAME TO {name}_once")
