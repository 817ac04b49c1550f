"""The event fact of the record: the log as it is, in its order, under who held each case then."""

from collections.abc import Sequence

import duckdb
import numpy as np

from wellkept.study.facts.record_logs import Logs, event_column
from wellkept.study.facts.source import literal
from wellkept.study.facts.staged import in_order

EVENTS = """
    CREATE VIEW event AS
    SELECT case_no, CAST(seq AS BIGINT) AS seq, at_s AS event_s, ({words})[said + 1] AS word,
      ({states})[said + 1] AS state, ({waits})[said + 1] AS waiting_on,
      CAST(nullif(owner_no, -1) AS VARCHAR) AS owner, ({teams})[team_no + 1] AS team, known_s,
      CAST(0 AS SMALLINT) AS src, row
    FROM event_kept"""
"""Texts are found in lists by their numbers: a join would give up the order of the rows."""


def build(con: duckdb.DuckDBPyConnection, logs: Logs) -> None:
    """This will make the event fact, kept in the order of case and moment.

    `logs` must have been asked for all cases: it knows who held them.
    """
    case, place, holder = logs.events["case"], logs.events["place"], logs.holder
    begins = np.append(True, case[1:] != case[:-1])[: case.size]
    first = np.maximum.accumulate(np.where(begins, np.arange(case.size, dtype=np.int32), 0))
    arrays = {
        "case_no": logs.case_ids.astype(np.int32)[case],
        "seq": np.arange(1, case.size + 1, dtype=np.int32) - first,
        "at_s": logs.events["at_s"],
        "said": logs.events["word_no"],
        "known_s": event_column(con, "recorded_s")[place],
        "row": event_column(con, "id")[place],
    }
    for name in ("owner_no", "team_no"):  # the last one stands for nobody
        arrays[name] = np.append(logs.held[name], np.int32(-1))[holder]
    with in_order(con):
        con.execute("CREATE TABLE event_kept AS SELECT * FROM arrays")
    found = con.execute(
        "SELECT no, word, means, nullif(waiting_on, '') FROM word_number ORDER BY no"
    ).fetchall()
    texts = {no: said for no, *said in found}
    none = [None, None, None]
    said = [texts.get(no, none) for no in range(1 + max(texts, default=-1))]
    words, states, waits = (_listed([one[place] for one in said]) for place in range(3))
    teams = con.execute("SELECT name FROM r_team JOIN team_place USING (id) ORDER BY no").fetchall()
    con.execute(
        EVENTS.format(
            words=words, states=states, waits=waits, teams=_listed([name for (name,) in teams])
        )
    )


def _listed(texts: Sequence[str | None]) -> str:
    """Texts as a list in SQL; a character that no statement can hold is told by its number."""
    parts = (
        "NULL" if one is None else literal(one).replace("\0", "' || chr(0) || '") for one in texts
    )
    return f"CAST([{', '.join(parts)}] AS VARCHAR[])"
