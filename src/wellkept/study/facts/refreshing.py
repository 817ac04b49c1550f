"""Making the facts of what changed anew, beside those that stay: a generation from the last one.

The journal names what changed; cases that are still open go on by themselves. Facts of these are
made from their own rows. A generation keeps the file of all facts as it was (a link to it), the
fresh facts beside it, and the keys of those that they replace.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np

from wellkept.study.facts.changes import Changes, Journal
from wellkept.study.facts.record import Known, make
from wellkept.study.facts.record_asking import EVERY, Wanted, asking
from wellkept.study.facts.record_columns import (
    CASE_READS,
    IMPORT_READS,
    PROMISE_READS,
    REGISTER_READS,
    among,
)
from wellkept.study.facts.record_cut import Cut
from wellkept.study.facts.record_reading import Address, Vendor, workshop
from wellkept.study.facts.snapshot import (
    MARKS,
    PARTS,
    TABLES,
    Generation,
    Mark,
    current,
    publish,
    publish_folder,
    see,
)
from wellkept.study.facts.source import literal
from wellkept.study.facts.staged import count

MOST = 0.1
"""Share of replaced facts beyond which all are made anew."""
BY_CASE = {"r_case": "id", "r_case_event": "case_id", "r_assignment": "case_id"}
BY_PROMISE = {
    "r_promise": "id",
    "r_case_promise": "promise_id",
    "r_move": "promise_id",
    "r_notice": "promise_id",
    "r_pause": "promise_id",
    "r_correction": "promise_id",
}


def refresh(home: Path, address: Address, *, now_s: int, mark: Mark) -> Generation:
    """This will bring the last generation up to date, or make the first one.

    `mark` is where the journal stood before. Where registers changed, rows were taken away, the
    logs tell what no log told before, or a tenth of the facts would be replaced, all facts are
    made anew, as `publish` does.
    """
    last = current(home)
    if last is None or last.known.until_s > now_s:
        return publish(home, address, now_s=now_s, mark=mark)
    with workshop() as con:
        for table in PARTS:
            see(con, last.folder, table, name=f"last_{table}")
        cut = Cut(now_s, None, replays=False)
        with asking(con, address) as record:
            changes = Journal(record, last.mark).changes(_still_open(con))
            small = not changes.everything and len(changes.cases | changes.promises) <= MOST * (
                1 + last.known.counts["case"] + last.known.counts["promise"]
            )
            if small:
                record.take(_wanted(record.vendor, changes))
        if small:
            fresh = make(con, cut, last.known.speaks)
            if set(fresh.speaks) == set(last.known.speaks):
                return publish_folder(
                    home,
                    now_s=now_s,
                    mark=mark,
                    write=lambda folder: _write(con, last, fresh, changes, folder),
                )
    return publish(home, address, now_s=now_s, mark=mark)


def _still_open(con: duckdb.DuckDBPyConnection) -> set[int]:
    rows = con.execute("SELECT row FROM last_case WHERE NOT settled OR ownerless_now").fetchall()
    return {int(key) for (key,) in rows}


def _wanted(vendor: Vendor, changes: Changes) -> Iterator[Wanted]:
    """Rows of what changed, and the registers that they point to; assets only as far as needed."""
    for one in CASE_READS + PROMISE_READS:
        if one.into in BY_CASE:
            yield one, among(vendor, BY_CASE[one.into], changes.cases)
        elif one.into in BY_PROMISE:
            yield one, among(vendor, BY_PROMISE[one.into], changes.promises)
        else:
            yield one, among(vendor, "id", changes.downtimes)
    for one in (*REGISTER_READS, *IMPORT_READS):
        yield one, _assets(vendor, changes) if one.into == "r_asset" else EVERY


def _assets(vendor: Vendor, changes: Changes) -> str:
    """Assets that are named, and those into which they were merged."""
    named = " UNION ".join(
        f"SELECT asset_id FROM {table} WHERE {among(vendor, 'id', keys)}"
        for table, keys in (
            ("cases_case", changes.cases),
            ("promises_promise", changes.promises),
            ("cases_downtime", changes.downtimes),
        )
    )
    merged = f"SELECT merged_into_id FROM installed_base_asset WHERE id IN ({named})"
    return f"id IN ({named} UNION {merged})"


def _write(
    con: duckdb.DuckDBPyConnection, last: Generation, fresh: Known, changes: Changes, folder: Path
) -> Known:
    """The files of a generation: links to what stays, the fresh facts, the keys they replace."""
    for table in TABLES:
        _link(last.folder / f"{table}.parquet", folder / f"{table}.parquet")
    replaced = {
        "promise": changes.promises,
        "case": changes.cases,
        "event": changes.cases,
        "holding": changes.cases,
        "downtime": changes.downtimes,
    }
    for table, key in PARTS.items():
        gone = {"key": np.array(sorted(replaced[table]), np.int64)}
        con.execute(f"CREATE TABLE gone_{table} AS SELECT key FROM gone")
        assert gone  # read by the statement above through its name
        _delta(con, last.folder, folder, table, key)
    for table in MARKS:
        kept = literal(str(last.folder / f"{table}.parquet"))
        rows = f'SELECT * FROM read_parquet({kept}) UNION SELECT * FROM "{table}"'
        _copy(con, rows, folder / f"{table}.parquet")
    for table in PARTS:
        see(con, folder, table, name=f"now_{table}")
    counts = {
        table: count(con, f"SELECT count(*) FROM now_{table}")
        for table in ("promise", "case", "downtime")
    }
    return replace(
        fresh,
        first_s=min(fresh.first_s, last.known.first_s),
        has_calendar=fresh.has_calendar or last.known.has_calendar,
        events=count(con, "SELECT count(*) FROM now_event"),
        counts={**last.known.counts, **counts},
    )


def _delta(con: duckdb.DuckDBPyConnection, old: Path, new: Path, table: str, key: str) -> None:
    rows, gone = f'SELECT * FROM "{table}"', f"SELECT key FROM gone_{table}"
    before = old / f"{table}.delta.parquet"
    if before.exists():
        was = f"SELECT * FROM read_parquet({literal(str(before))})"
        rows = (
            f"SELECT * FROM ({was}) d ANTI JOIN gone_{table} g ON g.key = d.{key} "
            f"UNION ALL BY NAME {rows}"
        )
        known = literal(str(old / f"{table}.gone.parquet"))
        gone = f"{gone} UNION SELECT key FROM read_parquet({known})"
    _copy(con, rows, new / f"{table}.delta.parquet")
    _copy(con, gone, new / f"{table}.gone.parquet")


def _copy(con: duckdb.DuckDBPyConnection, rows: str, file: Path) -> None:
    con.execute(f"COPY ({rows}) TO {literal(str(file))} (FORMAT parquet)")


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # another disk, or one without links
        shutil.copyfile(old, new)
