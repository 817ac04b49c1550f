"""Logs in which the events of a case stand together: a case is looked up once for each stretch."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.staged import Staged, count, in_order

FEWEST_ROWS = 100_000
"""In shorter logs every event is looked up by itself."""
LOOKED_AT = 10_000
NOBODY = -1
WORTH = 0.5
"""Stretches per row at the head of a log up to which they are worth finding."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where rows of one case begin, in order of the file, and the case: NOBODY if none is named."""

    first_row: NDArray[np.int64]
    case_no: NDArray[np.int64]

    @property
    def once(self) -> bool:
        """Whether each stretch is of a case, and no case has two."""
        named = bool(np.all(self.case_no != NOBODY))
        return named and bool(np.bincount(self.case_no, minlength=1).max() <= 1)

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """This will give the case of each row; shapes (n,) → (n,)."""
        if not rows.size:
            return np.zeros(0, self.case_no.dtype)
        end = max(int(rows.max()), int(self.first_row[-1])) + 1
        long = np.diff(np.append(self.first_row, end))
        found: NDArray[np.int64] = np.repeat(self.case_no, long)
        places = rows - self.first_row[0]
        whole = places.size == found.size and bool(np.all(places[1:] > places[:-1]))
        return found if whole else found[places]  # of every row once, in their order


def find(con: duckdb.DuckDBPyConnection, s: Staged) -> str | None:
    """This will make the relation of a log's stretches (row, raw) and name it.

    None where the log is short, or the events of a case do not stand together in it.
    """
    if not may_be_found(con, s):
        return None
    name = f"stretch_{s.src}"
    with in_order(con):
        con.execute(
            f"CREATE TABLE {name} AS SELECT row, case_id_raw AS raw, row <= before AS late FROM "
            f"(SELECT row, case_id_raw, lag(case_id_raw) OVER () AS other, lag(row) OVER () AS "
            f"before FROM {s.relation}) r "
            "WHERE before IS NULL OR row <= before OR case_id_raw IS DISTINCT FROM other"
        )
    if count(con, f"SELECT count(*) FROM {name} WHERE late"):
        return None  # the rows did not come in the order of the file: they tell of no stretches
    return name


def may_be_found(con: duckdb.DuckDBPyConnection, s: Staged) -> bool:
    """This will say whether a log is long, and stands together at its head."""
    if s.rows < FEWEST_ROWS or s.carries:
        return False
    head = con.execute(f"SELECT s.case_id_raw FROM {s.relation} s LIMIT {LOOKED_AT}").fetchall()
    turns = sum(one != other for one, other in pairwise(head))
    return turns + 1 <= WORTH * len(head)


def read(con: duckdb.DuckDBPyConnection, sql: str) -> Stretches:
    """This will read stretches by a selection of `row` and `case_no`."""
    rows = con.execute(sql).fetchnumpy()
    first, case_no = rows["row"], np.ma.filled(rows["case_no"], NOBODY)
    if np.any(first[1:] <= first[:-1]):
        by = np.argsort(first)
        first, case_no = first[by], case_no[by]
    return Stretches(first, case_no)


def sorted_by_case(parts: Sequence[Mapping[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    """This will sort the events of several logs by case and moment, those of one moment by row.

    Each part has `row`, `case_no`, `event_s` and more columns; the result has them without `row`.
    """
    ordered = [_by_row(part) for part in parts]
    names = [name for name in ordered[0] if name != "row"]
    whole = {
        name: ordered[0][name] if len(ordered) == 1 else np.concatenate([p[name] for p in ordered])
        for name in names
    }
    key = _one_key(whole["case_no"], whole["event_s"])
    if key is None:
        by = np.lexsort((whole["event_s"], whole["case_no"]))
    elif np.all(key[1:] >= key[:-1]):
        return whole
    else:
        by = np.argsort(key, kind="stable")
    with ThreadPoolExecutor(2) as pair:
        taken = pair.map(lambda values: values.take(by), whole.values())
        return dict(zip(whole, taken, strict=True))


def _by_row(part: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
    row = part["row"]
    if np.all(row[1:] > row[:-1]):
        return part
    by = np.argsort(row)
    return {name: values[by] for name, values in part.items()}


def _one_key(case_no: NDArray[np.int64], event_s: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Case and moment in one number, by which nearly sorted events sort fast; None if too far."""
    if not event_s.size:
        return event_s
    first, last = int(event_s.min()), int(event_s.max())
    if last - first >= 1 << 32:
        return None
    key: NDArray[np.int64] = (case_no.astype(np.int64) << 32) | (event_s - first)
    return key
