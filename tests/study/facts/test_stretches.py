"""Events of a long log are looked up by stretches and sorted as numbers: nothing else changes."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from study.facts.folders import Found, facts
from wellkept.study.facts import log_reading, numbering, stretches
from wellkept.study.facts.stretches import Stretches, sorted_by_case

LISTED = """
SELECT 'C' || lpad(i::VARCHAR, 3, '0') AS "Ticket", 'Customer ' || (i % 7) AS "Customer",
  make_timestamp(1767225600000000 + i::BIGINT * 3600000000) AS "Opened at",
  CASE WHEN i % 3 > 0 THEN make_timestamp(1767225600000000 + i::BIGINT * 7200000000
    + 3600000000) END AS "Resolved at",
  make_timestamp(1767225600000000 + i::BIGINT * 3600000000 + 86400000000) AS "Due date"
FROM range(40) t(i)"""
LOG = """
SELECT CASE WHEN {blank} AND (e // 4) % 9 = 5 THEN '' ELSE
    CASE WHEN e % 2 = 0 AND {spaced} THEN ' ' ELSE '' END
    || 'C' || lpad((e // 4)::VARCHAR, 3, '0') END AS "Ticket",
  make_timestamp(1767225600000000 + (e // 4)::BIGINT * 3600000000
    + (hash(e) % 5)::BIGINT * 1800000000) AS "Changed at",
  ['New', 'In progress', 'Waiting for customer', 'Resolved'][1 + (hash(e * 7) % 4)::INT] AS "State",
  ['Alma', 'Bruno', '', 'Carla'][1 + (hash(e * 3) % 4)::INT] AS "Agent"
FROM range({cases} * 4) t(e) ORDER BY {order}"""
LOGS = {
    "every case once": {"cases": 40, "order": "e"},
    "newest first, cases that no list knows": {"cases": 46, "order": "e DESC"},
    "ids with blanks, rows without an id": {"cases": 40, "order": "e", "spaced": True,
                                           "blank": True},
}  # fmt: skip


def written(where: Path, kind: str, log: dict[str, Any]) -> Path:
    where.mkdir()
    sql = LOG.format(**({"spaced": False, "blank": False} | log))
    options = "FORMAT parquet" if kind == "parquet" else "FORMAT csv, HEADER"
    with duckdb.connect() as con:
        con.execute(f"COPY ({LISTED}) TO '{where}/tickets.{kind}' ({options})")
        con.execute(f"COPY ({sql}) TO '{where}/log.{kind}' ({options})")
    return where


def told(found: Found) -> dict[str, list[str]]:
    """All facts, in an order of their own, without the names of the files."""
    return {
        fact: sorted(repr(row).replace(".parquet", ".csv") for row in rows)
        for fact, rows in found.tables.items()
    }


@pytest.mark.parametrize("name", LOGS)
def test_stretches_of_a_log_tell_what_its_events_tell_one_by_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_reading, "MOST_LISTED", 0)
    one_by_one = told(facts(written(tmp_path / "csv", "csv", LOGS[name])))
    for module in (stretches, numbering):
        monkeypatch.setattr(module, "FEWEST_ROWS", 1)
    together = told(facts(written(tmp_path / "parquet", "parquet", LOGS[name])))
    assert one_by_one["event"] and one_by_one == together


numbers = st.integers(0, 5)
rows = st.lists(st.tuples(numbers, st.sampled_from([0, 1, 7, 1 << 33])), max_size=30)


@settings(max_examples=50)
@given(st.lists(rows, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_events_sort_by_case_and_moment_and_as_they_were_written(
    logs: list[list[tuple[int, int]]], chance: Any
) -> None:
    parts, whole = [], []
    for src, log in enumerate(logs):
        order = list(range(len(log)))
        chance.shuffle(order)  # the engine may give rows in any order
        array = np.array([(row, *log[row]) for row in order], np.int64).reshape(-1, 3)
        parts.append({"row": array[:, 0], "case_no": array[:, 1], "event_s": array[:, 2],
                      "word_no": 100 * src + array[:, 0]})  # fmt: skip
        whole += [(case, at, 100 * src + row) for row, (case, at) in enumerate(log)]
    found = sorted_by_case(parts)
    names = ("case_no", "event_s", "word_no")
    assert list(zip(*(found[n].tolist() for n in names), strict=True)) == sorted(whole)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(-1, 5)), min_size=1, max_size=9))
def test_each_row_belongs_to_the_case_whose_stretch_it_lies_in(
    long: list[tuple[int, int]],
) -> None:
    ends = np.cumsum([rows for rows, _ in long])
    first: NDArray[np.int64] = np.concatenate([[0], ends[:-1]]) + 3
    case = np.array([number for _, number in long])
    every = np.repeat(case, [rows for rows, _ in long])
    at = np.arange(every.size) + 3
    assert Stretches(first, case).of(at[::-1]).tolist() == every[::-1].tolist()
    assert Stretches(first, case).of(at[:1]).tolist() == every[:1].tolist()
