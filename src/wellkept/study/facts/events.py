"""From staged event logs to numbered events, and from these to what each case went through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.methods.histories import NEVER
from wellkept.record.sources.field_changes import BEFORE
from wellkept.record.sources.words import StateWord
from wellkept.study.facts.log_reading import (
    NOUNS,
    Early,
    happened,
    key_of,
    owner_no,
    read_log,
    role_of,
)
from wellkept.study.facts.numbering import Numbered
from wellkept.study.facts.staged import NOT_SAID, Staged, union
from wellkept.study.facts.walking import Log, Words, walk_side_by_side

WALKED = {
    **dict.fromkeys(("first_s", "last_s", "first_ended_s", "final_s", "reopened_s"), "BIGINT"),
    **dict.fromkeys(("last_left_s", "closed_s", "cancelled_s", "restored_s"), "BIGINT"),
    **dict.fromkeys(("answered_s", "paused_s", "open_s", "ownerless_s"), "BIGINT"),
    **dict.fromkeys(("reopened", "handoffs", "bounces"), "INTEGER"),
    **dict.fromkeys(("last_word", "last_owner", "last_team"), "INTEGER"),
    **dict.fromkeys(("begins_reported", "ownerless_now"), "BOOLEAN"),
}
"""What a walk through the events can tell, with its type; `w_` stands before it in `walked`."""

ENDED = ("resolved", "closed", "cancelled")
NO_WORD = StateWord(None)

Mean = Callable[[str], StateWord | None]
"""Says what a word of a log means; None if nothing is known about it."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the words of the logs can tell: that something ended, that the customer was waited for.

    `mute`: no word of theirs ends anything, and most of their words are not known at all.

    `unknown`: words without a meaning, with the number of events that carry them.
    """

    events: int = 0
    ends: bool = False
    waits: bool = False
    mute: bool = False
    unknown: tuple[tuple[str, int], ...] = ()


def build(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    mean: Mean,
    numbered: Numbered,
    *,
    until_s: int,
    known_s: int | None,
    early: Early | None = None,
) -> Spoken:
    """This will make the event fact and `walked`, one row per case that has events.

    `mean` says what a word of a log means; the word is “state” or “state · substate”. The texts
    of the logs were numbered by `number_texts`, and `early` may be reading already.
    """
    logs = [s for s in staged if s.shape == "event"]
    union(
        con,
        "numbered",
        (_numbered(s, until_s, known_s) for s in logs),
        "case_no INTEGER, event_s BIGINT, word_no INTEGER, owner_no INTEGER, team_no INTEGER, "
        "known_s BIGINT, src SMALLINT, row BIGINT",
    )
    con.execute("CREATE VIEW logged AS SELECT * FROM numbered")
    texts = con.execute("SELECT no, text FROM word_text ORDER BY no").fetchall()
    meanings = [mean(text) for _, text in texts]
    _event_view(con, meanings)
    _holding_view(con)
    log = read_log(con, logs, numbered.together, early, until_s, known_s) if logs else None
    _walked(con, log, meanings, numbered.cases, until_s)
    happened = 0 if log is None else int(log.case_no.size)
    ends = any(word is not None and word.state in ENDED for word in meanings)
    unknown = _unknown([text for _, text in texts], meanings, log)
    return Spoken(
        events=happened,
        ends=ends,
        waits=any(word is not None and word.waiting_on == "customer" for word in meanings),
        mute=bool(logs) and not ends and 2 * sum(n for _, n in unknown) > happened,
        unknown=unknown,
    )


def _texts(s: Staged, noun: str) -> str:
    """The different things written of a noun, each with its clean text."""
    if noun == "word" and {"state", "substate"} <= s.roles:
        state, sub = s.clean("state", "d.state_raw"), s.clean("substate", "d.substate_raw")
        return (
            f"SELECT {key_of(s, noun, 'd.')} AS raw, nullif(concat_ws(' · ', {state}, {sub}), '') "
            f"AS text FROM (SELECT DISTINCT s.state_raw, s.substate_raw FROM {s.relation} s) d"
        )
    role = role_of(s, noun) or ""
    written = f"SELECT DISTINCT s.{role}_raw AS raw FROM {s.relation} s"
    if noun == "owner" and s.carries:
        written += f" WHERE s.{role}_raw <> {NOT_SAID} UNION SELECT {BEFORE} FROM {s.relation}"
    return f"SELECT raw, {s.clean(role, 'raw')} AS text FROM ({written}) d"


def number_texts(con: duckdb.DuckDBPyConnection, logs: Sequence[Staged]) -> None:
    """This will number the words, the owners and the teams of logs, each in order of its text."""
    for noun in NOUNS:
        parts = [_texts(s, noun) for s in logs if role_of(s, noun)]
        union(con, f"{noun}_texts", parts, "raw VARCHAR, text VARCHAR")
        con.execute(
            f"CREATE TABLE {noun}_number AS SELECT CAST(dense_rank() OVER (ORDER BY text) - 1 AS "
            f"INTEGER) AS no, text, raw FROM (SELECT DISTINCT raw, text FROM {noun}_texts "
            "WHERE text IS NOT NULL) d"
        )
        con.execute(
            f"CREATE VIEW {noun}_text AS SELECT no, any_value(text) AS text FROM {noun}_number "
            "GROUP BY no"
        )


def _numbered(s: Staged, until_s: int, known_s: int | None) -> str:
    known = s.moment("changed")
    return f"""
      SELECT c.case_no, s.event_at_s AS event_s, coalesce(w.no, -1) AS word_no,
        {owner_no(s, "coalesce(o.no, -1)")} AS owner_no, coalesce(t.no, -1) AS team_no,
        {known} AS known_s, CAST({s.src} AS SMALLINT) AS src, s.row
      FROM {s.relation} s JOIN case_key c ON c.raw = s.case_id_raw
        LEFT JOIN word_number w ON w.raw = {key_of(s, "word")}
        LEFT JOIN owner_number o ON o.raw = {key_of(s, "owner")}
        LEFT JOIN team_number t ON t.raw = {key_of(s, "team")}
      WHERE {happened(s, until_s, known_s)}"""


def _unknown(
    texts: Sequence[str], meanings: Sequence[StateWord | None], log: Log | None
) -> tuple[tuple[str, int], ...]:
    """Words that mean nothing to us, the most frequent first."""
    if log is None or not any(word is None for word in meanings):
        return ()
    times = np.bincount(log.word_no[log.word_no >= 0], minlength=len(texts))
    found = [
        (text, int(n))
        for text, word, n in zip(texts, meanings, times, strict=True)
        if word is None and n
    ]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0]))[:50])


def _event_view(con: duckdb.DuckDBPyConnection, meanings: Sequence[StateWord | None]) -> None:
    con.execute(
        "CREATE TABLE word_means (no INTEGER, state VARCHAR, waiting_on VARCHAR, queued BOOLEAN)"
    )
    rows = [
        (no, word.state, word.waiting_on, word.queued) for no, word in enumerate(meanings) if word
    ]
    if rows:
        con.executemany("INSERT INTO word_means VALUES (?, ?, ?, ?)", rows)
    con.execute("""
      CREATE VIEW event AS
      SELECT l.case_no, row_number() OVER (PARTITION BY l.case_no ORDER BY l.event_s, l.src, l.row)
          AS seq, l.event_s, w.text AS word, m.state, m.waiting_on, o.text AS owner,
        t.text AS team, l.known_s, l.src, l.row
      FROM logged l
        LEFT JOIN word_text w ON w.no = l.word_no
        LEFT JOIN word_means m ON m.no = l.word_no
        LEFT JOIN owner_text o ON o.no = l.owner_no
        LEFT JOIN team_text t ON t.no = l.team_no""")


def _holding_view(con: duckdb.DuckDBPyConnection) -> None:
    """Stretches under one owner: events joined while owner and team stay the same."""
    con.execute("""
      CREATE VIEW holding AS
      WITH held AS (
        SELECT e.case_no, e.seq, e.event_s, e.team, coalesce(e.state, '') IN
            ('resolved', 'closed', 'cancelled') AS over,
          CASE WHEN coalesce(m.queued, false) THEN NULL ELSE e.owner END AS owner,
          lead(e.event_s) OVER (PARTITION BY e.case_no ORDER BY e.seq) AS to_s
        FROM event e LEFT JOIN (SELECT DISTINCT w.text, m.queued FROM word_number w
          JOIN word_means m USING (no)) m ON m.text = e.word
      ), turned AS (
        SELECT *, (owner IS DISTINCT FROM lag(owner) OVER w OR team IS DISTINCT FROM
          lag(team) OVER w OR over IS DISTINCT FROM lag(over) OVER w)::INTEGER AS turn
        FROM held WINDOW w AS (PARTITION BY case_no ORDER BY seq)
      ), numbered AS (
        SELECT *, sum(turn) OVER (PARTITION BY case_no ORDER BY seq) AS stretch FROM turned
      )
      SELECT case_no, min(event_s) AS from_s, CASE WHEN bool_or(to_s IS NULL) THEN NULL
        ELSE max(to_s) END AS to_s, any_value(owner) AS owner, any_value(team) AS team
      FROM numbered WHERE NOT over GROUP BY case_no, stretch""")


def _walked(
    con: duckdb.DuckDBPyConnection,
    log: Log | None,
    meanings: Sequence[StateWord | None],
    cases: int,
    until_s: int,
) -> None:
    if log is None or not log.case_no.size:
        blank = ", ".join(f"CAST(NULL AS {kind}) AS w_{name}" for name, kind in WALKED.items())
        con.execute(
            f"CREATE TEMP VIEW walked AS SELECT CAST(NULL AS INTEGER) AS case_no, {blank} "
            "WHERE false"
        )
        return
    found = walk_side_by_side(log, flags(meanings), cases=cases, until_s=until_s)
    keep = found["first_s"] != NEVER
    kept = slice(None) if np.all(keep) else keep
    arrays: dict[str, NDArray[Any]] = {
        name: values[kept]
        for name, values in found.items()
        if not name.endswith("_s") or np.any(values != NEVER)
    }
    arrays["case_no"] = np.flatnonzero(keep).astype(np.int32)
    con.register("walks", arrays)  # read where they lie: the case fact is made of them
    never = "".join(
        f", CAST(NULL AS {kind}) AS w_{name}" for name, kind in WALKED.items() if name not in arrays
    )
    con.execute(f"CREATE TEMP VIEW walked AS SELECT {_nullable(arrays)}{never} FROM walks")


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """This will keep of `walked` when each case was first and last heard of, and free the rest."""
    con.execute(
        "CREATE TABLE heard AS SELECT case_no, w_first_s, w_last_s, w_begins_reported, "
        "w_handoffs IS NOT NULL AS w_handed FROM walked"
    )
    con.execute("DROP VIEW walked")
    con.execute("CREATE VIEW walked AS SELECT * FROM heard")
    con.unregister("walks")


def _nullable(arrays: Mapping[str, NDArray[Any]]) -> str:
    return ", ".join(
        "case_no"
        if name == "case_no"
        else (f"nullif({name}, {NEVER})" if name.endswith("_s") else name) + f" AS w_{name}"
        for name in arrays
    )


def flags(meanings: Sequence[StateWord | None]) -> Words:
    """This will turn the meaning of each word into flags by its number; the last one is no word."""
    words = [word or NO_WORD for word in meanings] + [NO_WORD]

    def flag(*states: str) -> NDArray[np.bool_]:
        return np.array([word.state in states for word in words], bool)

    return Words(
        ended=flag(*ENDED),
        closed=flag("closed"),
        cancelled=flag("cancelled"),
        restored=flag("restored"),
        answered=flag("acknowledged", "in_work", "restored", "resolved", "closed"),
        reported=flag("reported"),
        paused=np.array([word.waiting_on == "customer" for word in words], bool),
        queued=np.array([word.queued for word in words], bool),
        said=np.array([word.state is not None for word in words], bool),
    )
