"""Cases as written: lists and logs, one row per case, numbered, before they become facts."""

from collections.abc import Mapping, Sequence

import duckdb

from wellkept.study.facts.source import literal
from wellkept.study.facts.staged import Staged, count, union
from wellkept.study.facts.tables import CASE

TEXTS = (
    "customer", "site", "asset", "region", "owner", "team", "about", "kind", "consequence",
    "state", "means",
)  # fmt: skip
MOMENTS = (
    "reported", "occurred", "responded", "restored", "resolved", "closed", "cancelled",
    "reopened", "due", "first_due", "respond_due", "changed",
)  # fmt: skip
FLAGS = ("verdict", "respond_verdict")
NUMBERS = ("reopen_count", "handoff_count", "move_count")
DAYS = ("due_day", "first_due_day", "respond_due_day")
OWN = (*TEXTS, *(f"{m}_s" for m in MOMENTS), *FLAGS, *NUMBERS, *DAYS, "target_s", "promise_kind")
COLUMNS = ", ".join(
    [
        "key VARCHAR, ord INTEGER, src SMALLINT, row BIGINT, layout INTEGER, target_s BIGINT",
        "promise_kind VARCHAR, has_resolved BOOLEAN, tells_ends BOOLEAN, tells_ending BOOLEAN",
        *(f"{name} VARCHAR" for name in TEXTS),
        *(f"{name}_s BIGINT" for name in MOMENTS),
        *(f"{name} BOOLEAN" for name in (*FLAGS, *DAYS)),
        *(f"{name} DOUBLE" for name in NUMBERS),
    ]
)
TELL_ENDS = frozenset(["restored", "resolved", "closed", "cancelled", "state", "done", "down_to",
                       "resolved_after"])  # fmt: skip
"""Without any of these a list cannot say that something ended, so nothing is known to be open."""
TELL_ENDING = TELL_ENDS - {"restored", "down_to"}
"""Without any of these a list tells no end but that the function was back."""
VARYING = {"state", "means", "owner", "team"}


ALSO = {
    "reported": ("reported", "made", "down_from"),
    "occurred": ("occurred", "down_from"),
    "restored": ("restored", "down_to"),
    "resolved": ("resolved", "done"),
}
"""Where a list of cases has no column of its own for a moment, these stand for it."""
DUES = {
    "first_due_s": ("BIGINT", "first_due"),
    "due_s": ("BIGINT", "due"),
    "target_s": ("BIGINT", "target"),
    "due_day": ("BOOLEAN", "due"),
    "first_due_day": ("BOOLEAN", "first_due"),
    "respond_due_s": ("BIGINT", "respond_due"),
    "respond_due_day": ("BOOLEAN", "respond_due"),
    "verdict": ("BOOLEAN", "verdict"),
    "respond_verdict": ("BOOLEAN", "respond_verdict"),
    "move_count": ("DOUBLE", "move_count"),
}
"""What may be written about dates promised on a case: its type, and the role that writes it."""
MOVED = {"earliest_due_s": "BIGINT", "due_s_changes": "INTEGER"}
"""What is known besides where a date was written more than once."""
PROMISING = {"due", "first_due", "target", "verdict", "respond_due", "respond_verdict"}
"""Roles of which one alone makes a promise of a case."""
SAYING = ("due_s", "first_due_s", "target_s", "respond_due_s", "verdict", "respond_verdict")
MORE = ", earliest_due_s BIGINT, due_s_changes INTEGER, case_no INTEGER"


def build(
    con: duckdb.DuckDBPyConnection, staged: Sequence[Staged], *, cases: int, until_s: int
) -> None:
    """This will make `case_rows`, one row per case; `cases` is how many numbers cases have."""
    logs = [s for s in staged if s.shape == "event"]
    speak = [_speaks_of_cases(s) for s in logs]
    _told(con, [s for s, says in zip(logs, speak, strict=True) if says], until_s)
    listed = sum(s.rows for s in staged if s.shape == "case")
    _one_per_case(con, told=any(speak), listed=listed, unlisted=cases > listed)


def placed(lists: Sequence[Staged]) -> list[str]:
    """Each list with the numbers of its cases: after all rows of the lists before it."""
    parts, before = [], 0
    for s in lists:
        parts.append(f"{_listed(s)[:-len(_from(s))]}, CAST({before} + s.row - 1 AS INTEGER) "
                     f"AS case_no{_from(s)}")  # fmt: skip
        before += s.rows
    return parts


def _from(s: Staged) -> str:
    return f" FROM {s.relation} s"


def dues(staged: Sequence[Staged], *, twice: bool) -> dict[str, str]:
    """This will give what any file may write about dates promised on a case: column and type.

    `twice`: a case is told of by several rows, so that its date may have moved.
    """
    told = [s for s in staged if s.shape in ("case", "event")]
    roles = {role for s in told for role in s.roles}
    if not roles & PROMISING:
        return {}
    moving = twice or any(s.shape == "event" and "due" in s.roles for s in told)
    there = {name: kind for name, (kind, role) in DUES.items() if role in roles}
    if moving and "due" in roles:
        there |= MOVED
    if any(s.kind is not None for s in told):
        there["promise_kind"] = "VARCHAR"
    return there


def resolve_due(staged: Sequence[Staged], *, twice: bool) -> str | None:
    """This will give the judged date of a case's resolution as SQL, told by its own row `e`.

    So it can be told where no answer is promised, nothing lists promises or moves, and no row has
    two dates; else None. `twice`: a case is told of by several rows.
    """
    told = [s for s in staged if s.shape in ("case", "event")]
    roles = {role for s in told for role in s.roles}
    other = {"respond_due", "respond_verdict"} & roles
    apart = any(s.shape in ("promise", "move") or s.kind is not None for s in staged)
    if twice or other or apart or two_dates(staged):
        return None
    dates = {"due": "e.due_s", "target": "e.begun_s + e.target_s"}
    there = [date for role, date in dates.items() if role in roles]
    return f"coalesce({', '.join(there)})" if there else None


def two_dates(staged: Sequence[Staged]) -> bool:
    """This will say whether one row can hold two dates, or a log the dates of one case."""
    return any("first_due" in s.roles or (s.shape == "event" and "due" in s.roles) for s in staged)


def keep_dues(con: duckdb.DuckDBPyConnection, there: Mapping[str, str]) -> None:
    """This will make `case_dues`: of the cases that were promised anything, what was written.

    The case fact keeps the columns `there` beside its own, each as `written_<column>`.
    """
    kinds = {name: kind for name, (kind, _) in DUES.items()} | MOVED | {"promise_kind": "VARCHAR"}
    columns = {
        name: f"c.written_{name}" if name in there else f"CAST(NULL AS {kind})"
        for name, kind in kinds.items()
    }
    if "due_s" in there and not MOVED.keys() <= there.keys():  # it never moved
        columns |= {"earliest_due_s": "c.written_due_s", "due_s_changes": "CAST(0 AS INTEGER)"}
    own = ", ".join(f"c.{one.name}" for one in CASE.columns if one.name not in columns)
    said = " OR ".join(f"c.written_{name} IS NOT NULL" for name in SAYING if name in there)
    key = "CASE WHEN c.written_key THEN c.case_id END" if there else "c.case_id"
    con.execute(
        f"CREATE VIEW case_dues AS SELECT {own}, {key} AS key, "
        + ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
        + f' FROM "case" c WHERE {said or "false"}'
    )


def _listed(s: Staged) -> str:
    parts = [
        f"{s.text('case_id')} AS key, CAST({s.order} AS INTEGER) AS ord",
        f"CAST({s.src} AS SMALLINT) AS src, s.row, {s.layout} AS layout",
        *(f"{s.text(name)} AS {name}" for name in TEXTS),
        *(f"{_moment(s, name)} AS {name}_s" for name in MOMENTS),
        *(f"{s.flag(name)} AS {name}" for name in FLAGS),
        *(f"{s.number(name)} AS {name}" for name in NUMBERS),
        *(f"{s.day(name.removesuffix('_day'))} AS {name}" for name in DAYS),
        *_constants(s),
        f"{s.moment('target')} AS target_s",
    ]
    return f"SELECT {', '.join(parts)} FROM {s.relation} s"


def _moment(s: Staged, name: str) -> str:
    """A moment as written, else the report and the length of time after it."""
    written = s.first_moment(*ALSO.get(name, (name,)))
    if f"{name}_after" not in s.roles:
        return written
    return f"coalesce({written}, {s.moment('reported')} + {s.moment(f'{name}_after')})"


def _constants(s: Staged) -> list[str]:
    kind = "CAST(NULL AS VARCHAR)" if s.kind is None else literal(s.kind)
    told = s.roles - {"state"} if s.shape == "event" else s.roles
    return [
        f"{'true' if 'resolved' in s.roles else 'false'} AS has_resolved",
        f"{'true' if TELL_ENDS & told else 'false'} AS tells_ends",
        f"{'true' if TELL_ENDING & told else 'false'} AS tells_ending",
        f"{kind} AS promise_kind",
    ]


def _speaks_of_cases(s: Staged) -> bool:
    """Whether a log has columns about the case itself, beside what changes from event to event."""
    about = {*TEXTS, *MOMENTS, *FLAGS, *NUMBERS, "target"} - VARYING
    return bool(about & s.roles)


def _told(con: duckdb.DuckDBPyConnection, logs: Sequence[Staged], until_s: int) -> None:
    """One row per case: of everything that belongs to it, the last value that any log wrote."""
    roles = {role for s in logs for role in s.roles}
    said = [
        *(name for name in (*TEXTS, *FLAGS, *NUMBERS) if name in roles and name not in VARYING),
        *(f"{name}_s" for name in (*MOMENTS, "target") if name in roles),
        *(name for name in DAYS if _role(name) in roles),
    ]
    more = ", case_no INTEGER, event_at_s BIGINT"
    union(con, "telling", (_telling(s, said) for s in logs), COLUMNS + more)
    parts = [
        "case_no, any_value(key) AS key, min(src) AS src, arg_min(row, (src, -row)) AS row",
        "any_value(promise_kind) AS promise_kind, bool_or(has_resolved) AS has_resolved",
        "bool_or(tells_ends) AS tells_ends, bool_or(tells_ending) AS tells_ending",
        *(f"arg_max({name}, (event_at_s, src, row)) AS {name}" for name in said),
    ]
    if "due" in roles:
        parts += [
            "arg_min(due_s, (event_at_s, src, row)) AS earliest_due_s",
            "CAST(count(DISTINCT due_s) - 1 AS INTEGER) AS due_s_changes",
        ]
    once = (
        f"SELECT {', '.join(parts)} FROM telling "
        f"WHERE event_at_s IS NULL OR event_at_s <= {until_s} GROUP BY case_no"
    )
    union(con, "told_once", [once] if logs else [], COLUMNS + MORE)
    con.execute("CREATE TABLE told AS SELECT * FROM told_once")


def _telling(s: Staged, said: Sequence[str]) -> str:
    """What each event of a log says of its case."""
    parts = [
        "k.case_no, k.id AS key, s.event_at_s",
        f"CAST({s.src} AS SMALLINT) AS src, s.row",
        *(f's."{name}"' for name in said if _role(name) in s.roles),
        *_constants(s),
    ]
    return f"SELECT {', '.join(parts)} FROM {s.relation} s JOIN case_key k ON k.raw = s.case_id_raw"


def _role(column: str) -> str:
    return column.removesuffix("_s").removesuffix("_day")


def _one_per_case(
    con: duckdb.DuckDBPyConnection, *, told: bool, listed: int, unlisted: bool
) -> None:
    """A case in a list and in a log: the list's own columns first, the log's after."""
    shared = [*OWN, "key", "has_resolved", "tells_ends", "tells_ending", "src", "row",
              "earliest_due_s", "due_s_changes"]  # fmt: skip
    rows = f"SELECT case_no, {', '.join(shared)} FROM listed_once"
    if told:
        both = ", ".join(f"coalesce(l.{name}, t.{name}) AS {name}" for name in shared)
        rows = f"SELECT case_no, {both} FROM listed_once l FULL JOIN told t USING (case_no)"
    if unlisted and _only_logged(con, listed):
        rows = f"{rows} UNION ALL BY NAME SELECT * FROM only_logged"
    con.execute(f"CREATE VIEW case_rows AS {rows}")


def _only_logged(con: duckdb.DuckDBPyConnection, listed: int) -> bool:
    """Cases that no list knows and whose logs say nothing of them: all there is is a number.

    Those that a list knows have a number below `listed`.
    """
    rest = (
        f"SELECT DISTINCT id, case_no FROM case_key k WHERE k.case_no >= {listed} AND NOT EXISTS "
        "(SELECT 1 FROM told t WHERE t.case_no = k.case_no)"
    )
    con.execute(f"CREATE TABLE unlisted AS {rest}")
    if not count(con, "SELECT count(*) FROM unlisted"):
        return False
    con.execute(
        "CREATE TABLE only_logged AS SELECT case_no, k.id AS key, g.src, g.row, "
        "false AS tells_ends, false AS tells_ending FROM unlisted k JOIN ("
        "SELECT case_no, min(src) AS src, max(row) AS row FROM logged "
        "GROUP BY case_no) g USING (case_no)"
    )
    return True
