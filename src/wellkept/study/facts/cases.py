"""The case fact: what lists and logs say of a case, and which of the two is believed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import duckdb

from wellkept.study.facts import kept
from wellkept.study.facts.registers import Known
from wellkept.study.facts.staged import Staged, count, row_name
from wellkept.study.facts.tables import CASE, URGENCY
from wellkept.study.facts.written import dues, keep_dues


@dataclass(frozen=True, slots=True)
class Speaks:
    """What the words of the event logs can tell at all; if they cannot, columns decide."""

    ends: bool = False
    waits: bool = False
    mute: bool = False  # they end nothing, and most of their words are not known


FACTS = """
    WITH r AS (
      SELECT r.* EXCLUDE (customer, site, asset, region, consequence),
        {who}, {consequence} AS consequence
      FROM case_rows r {joined}
    ), weighed AS (
      SELECT r.*, w.* EXCLUDE (case_no), n.customer_no, o.text AS last_owner_name,
        t.text AS last_team, d.text AS last_word_text,
        coalesce(r.reported_s, r.occurred_s, w.w_first_s) AS begun_s, {ended} AS over_s,
        coalesce(r.cancelled_s, w.w_cancelled_s,
          CASE WHEN r.means = 'cancelled' THEN coalesce(r.closed_s, r.resolved_s) END) AS gone_s
      FROM r LEFT JOIN walked w USING (case_no)
        LEFT JOIN customer_number n ON n.customer = r.customer
        LEFT JOIN (SELECT DISTINCT no, text FROM owner_number) o ON o.no = w.w_last_owner
        LEFT JOIN (SELECT DISTINCT no, text FROM team_number) t ON t.no = w.w_last_team
        LEFT JOIN (SELECT DISTINCT no, text FROM word_number) d ON d.no = w.w_last_word
    )
    , e AS (
      SELECT w.* REPLACE (CASE WHEN {quiet} IS NULL THEN w.over_s END AS over_s),
        {censored} AS censored_s
      FROM weighed w{snapshots}
    )
    SELECT e.case_no, coalesce(e.key, {row_name}) AS case_id, e.about,
      e.customer, CAST(e.customer_no AS INTEGER) AS customer_no, e.site, e.asset, e.region,
      CASE WHEN e.w_ownerless_s IS NULL THEN e.owner ELSE e.last_owner_name END AS owner,
      coalesce(e.last_team, e.team) AS team,
      e.consequence, {urgency} AS urgency,
      coalesce(e.last_word_text, e.state) AS state,
      e.begun_s AS reported_s, e.occurred_s,
      CASE WHEN e.begun_s < {begin} THEN {begin} END AS entered_s,
      coalesce(e.responded_s, CASE WHEN e.w_begins_reported
        OR e.reported_s IS NOT NULL THEN e.w_answered_s END) AS responded_s,
      coalesce(e.restored_s, e.w_restored_s) AS restored_s,
      e.over_s AS resolved_s, {closed} AS closed_s,
      e.gone_s AS cancelled_s,
      e.has_resolved AND e.resolved_s IS NULL AND e.over_s IS NOT NULL AS resolved_by_closing,
      e.censored_s,
      e.over_s IS NULL AND e.gone_s IS NULL AND e.censored_s IS NULL AND {unheard}
        AND (NOT e.tells_ends OR (NOT e.tells_ending AND e.restored_s IS NOT NULL)
          OR coalesce(e.means IN ('resolved', 'closed', 'cancelled'), false))
        AS ended_unknown,
      e.responded_s AS told_responded_s, e.restored_s AS told_restored_s,
      e.resolved_s AS told_resolved_s, e.closed_s AS told_closed_s, e.respond_due_s,
      coalesce(e.w_first_ended_s, CASE WHEN e.w_first_s IS NULL THEN e.over_s END) AS first_ended_s,
      CAST(coalesce({reopened}, e.reopen_count,
        CASE WHEN e.reopened_s IS NOT NULL THEN 1 END) AS INTEGER) AS reopened,
      coalesce(e.w_reopened_s, e.reopened_s) AS reopened_s,
      CAST(coalesce(e.w_handoffs, e.handoff_count) AS INTEGER) AS handoffs,
      CAST(e.w_bounces AS INTEGER) AS bounces, e.w_ownerless_s AS ownerless_s,
      coalesce(e.w_ownerless_now, e.over_s IS NULL AND e.gone_s IS NULL AND e.owner IS NULL
        AND NOT coalesce(e.means IN ('resolved', 'closed', 'cancelled'), false)
        AND {names_owners}) AS ownerless_now,
      {paused} AS paused_s,
      greatest(coalesce(e.w_open_s + greatest(e.w_first_s - e.begun_s, 0),
        least(coalesce(e.over_s, e.gone_s, {until_s}), {until_s}) - e.begun_s), 0) AS open_s,
      coalesce(e.w_last_s, e.changed_s) AS last_heard_s,
      e.over_s IS NOT NULL OR e.gone_s IS NOT NULL AS settled, e.changed_s AS known_s, e.src,
      e.row{resolve_due}{dues}
    FROM e WHERE e.begun_s IS NULL OR e.begun_s <= {until_s}"""
"""What lists (`case_rows`) and logs (`walked`) say, weighed; `_resolved` says which is believed."""


def build(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    *,
    silences: Sequence[tuple[int, int]],
    speaks: Speaks,
    until_s: int,
    records_begin_s: int | None,
    known: Known,
    twice: bool,
    resolve_due: str | None,
) -> None:
    """This will make the case fact from `case_rows` (as written) and `walked` (from events).

    Beside its own columns it keeps what promises are made of: see `keep_dues`. `resolve_due`: the
    judged date of a resolution, where each row tells it by itself.
    """
    there = dues(staged, twice=twice)
    listed = _said(con, "case_rows")
    again = count(con, "SELECT count(*) FROM snapshot WHERE NOT latest") > 0
    facts = _facts(
        staged, silences, speaks, until_s, records_begin_s, known, there, resolve_due,
        again=again, owners="owner" in listed,
    )  # fmt: skip
    written = [f"written_{name}" for name in ("key", *there)] if there else []
    blank = _blank(listed | _said(con, "walked"), silences, records_begin_s, known, again=again)
    kept.keep(con, CASE, facts, blank=blank, more=written)
    keep_dues(con, there)
    con.execute(
        "CREATE TABLE told_handoffs AS SELECT r.handoff_count AS handoffs FROM case_rows r "
        "JOIN walked w USING (case_no) "
        "WHERE r.handoff_count IS NOT NULL AND w.w_handoffs IS NOT NULL"
    )


NEEDS = {
    "about": ("about",),
    "customer": ("customer",),
    "customer_no": ("customer",),
    "site": ("site",),
    "asset": ("asset",),
    "region": ("region",),
    "owner": ("owner", "w_last_owner"),
    "team": ("team", "w_last_team"),
    "state": ("state", "w_last_word"),
    "occurred_s": ("occurred_s",),
    "responded_s": ("responded_s", "w_answered_s"),
    "restored_s": ("restored_s", "w_restored_s"),
    "closed_s": ("closed_s", "w_closed_s"),
    "cancelled_s": ("cancelled_s", "w_cancelled_s", "means"),
    "told_responded_s": ("responded_s",),
    "told_restored_s": ("restored_s",),
    "told_resolved_s": ("resolved_s",),
    "told_closed_s": ("closed_s",),
    "respond_due_s": ("respond_due_s",),
    "reopened_s": ("reopened_s", "w_reopened_s"),
    "known_s": ("changed_s",),
}
"""A column of the fact is blank in every row unless one of these says something in some row."""
BEGINNING = 2048


def _blank(
    said: Collection[str],
    silences: Sequence[tuple[int, int]],
    records_begin_s: int | None,
    known: Known,
    *,
    again: bool,
) -> set[str]:
    """The columns in which nothing will stand: what they are made of is blank in every row.

    `again`: a file of some list is not the latest.
    """
    there = set(said)
    blank = {name for name, needs in NEEDS.items() if not there & set(needs)}
    if known.assets or known.sites or known.customers:
        blank -= {"customer", "customer_no", "site", "region"}
    if records_begin_s is None:
        blank.add("entered_s")
    if not silences and not again:
        blank.add("censored_s")
    return blank


def _said(con: duckdb.DuckDBPyConnection, relation: str) -> set[str]:
    """The columns of a relation that are not blank in every row; most say so at the beginning."""
    names = [str(name) for name, *_ in con.execute(f"DESCRIBE {relation}").fetchall()]
    said = _filled(con, f"(SELECT * FROM {relation} LIMIT {BEGINNING}) b", names)
    return said | _filled(con, relation, [name for name in names if name not in said])


def _filled(con: duckdb.DuckDBPyConnection, relation: str, names: Sequence[str]) -> set[str]:
    if not names:
        return set()
    counts = ", ".join(f"count({name})" for name in names)
    row = con.execute(f"SELECT {counts} FROM {relation}").fetchone() or ()
    return {name for name, number in zip(names, row, strict=True) if number}


def _facts(
    staged: Sequence[Staged],
    silences: Sequence[tuple[int, int]],
    speaks: Speaks,
    until_s: int,
    records_begin_s: int | None,
    known: Known,
    there: Iterable[str],
    resolve_due: str | None,
    *,
    again: bool,
    owners: bool,
) -> str:
    """`again`: a file of some list is not the latest; `owners`: a list names owners."""
    unseen = "CASE WHEN w.over_s IS NULL AND NOT p.latest THEN p.last_s END"
    begin = "CAST(NULL AS BIGINT)" if records_begin_s is None else str(records_begin_s)
    ended = _resolved(speaks)
    reopened = "w.w_reopened" if speaks.ends else "CAST(NULL AS BIGINT)"
    quiet = _in_silence("w.over_s", "w.begun_s", silences)
    closed = "coalesce(e.closed_s, e.w_closed_s)"
    if speaks.ends:
        closed = f"CASE WHEN e.w_first_s IS NULL OR e.w_final_s IS NOT NULL THEN {closed} END"
    written = "".join(f", e.{name} AS written_{name}" for name in there)
    paused = "w.w_paused_s" if speaks.waits else "CAST(NULL AS BIGINT)"
    return FACTS.format(
        names_owners="true" if owners else "false",
        censored=f"coalesce({quiet}, {unseen})" if again else quiet,
        snapshots=" LEFT JOIN snapshot p ON p.src = w.src" if again else "",
        begin=begin,
        closed=closed,
        ended=ended,
        consequence=known.consequence("r"),
        dues=", e.key IS NOT NULL AS written_key" + written if written else "",
        joined=known.joined("r"),
        who=known.who("r"),
        paused=paused.replace("w.", "e."),
        quiet=quiet,
        resolve_due=f", {resolve_due} AS resolve_due_s" if resolve_due else "",
        reopened=reopened.replace("w.", "e."),
        row_name=row_name("e", staged),
        unheard="true" if speaks.mute else "e.w_first_s IS NULL",
        until_s=until_s,
        urgency=urgency("e.consequence"),
    )


def _in_silence(end: str, start: str, silences: Sequence[tuple[int, int]]) -> str:
    """What ends in a silence of the feed is only known to have lasted until the silence began."""
    whens = " ".join(
        f"WHEN {end} > {begin} AND {end} <= {stop} THEN greatest({begin}, {start})"
        for begin, stop in silences
    )
    return f"CASE {whens} END" if whens else "CAST(NULL AS BIGINT)"


def _resolved(speaks: Speaks) -> str:
    """Closed is not resolved when a later event says otherwise."""
    column = "coalesce(r.resolved_s, CASE WHEN r.means = 'cancelled' THEN NULL ELSE r.closed_s END)"
    if not speaks.ends:
        return column
    return f"""CASE
          WHEN w.case_no IS NULL THEN {column}
          WHEN w.w_final_s IS NULL OR w.w_cancelled_s IS NOT NULL THEN NULL
          WHEN r.resolved_s IS NOT NULL AND r.resolved_s >= coalesce(w.w_last_left_s, r.resolved_s)
            THEN r.resolved_s
          ELSE w.w_final_s END"""


def urgency(expression: str) -> str:
    """This will give the order of urgency of a consequence class as SQL."""
    cases = " ".join(f"WHEN '{name}' THEN {rank}" for name, rank in URGENCY.items())
    return f"CAST(CASE {expression} {cases} ELSE 2 END AS TINYINT)"
