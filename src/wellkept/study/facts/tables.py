"""The fact tables: what every source must give, and what every measure may read.

Moments are whole seconds since 1970-01-01 UTC and end in `_s`; a NULL moment has not happened, or
is not recorded. Numbers (`promise_no`, `case_no`, …) name a row inside one set of facts only; ids
(`promise_id`, `case_id`) are the source's own. `src` and `row` lead back to the file and its row.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a fact table: its SQL type and what it means, with its unit."""

    name: str
    type: str
    means: str


@dataclass(frozen=True, slots=True)
class FactTable:
    """One fact table: its grain in a sentence, and its columns in order."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    def create_sql(self) -> str:
        """This will give the statement that makes the empty table."""
        body = ", ".join(f'"{column.name}" {column.type}' for column in self.columns)
        return f'CREATE TABLE "{self.name}" ({body})'


WHO = (
    Column("customer", "VARCHAR", "the customer's name or number, NULL if not recorded"),
    Column("customer_no", "INTEGER", "a number for the customer, NULL if not recorded"),
    Column("site", "VARCHAR", "the place"),
    Column("asset", "VARCHAR", "the asset's own id or serial"),
    Column("region", "VARCHAR", "the region answering"),
    Column("owner", "VARCHAR", "the one named person responsible, NULL if nobody is"),
    Column("team", "VARCHAR", "team or queue; never an owner"),
    Column("consequence", "VARCHAR", "what a stop means to the customer; unknown if not recorded"),
    Column("urgency", "TINYINT", "0 safety, 1 production stopped, 2 unknown (ask), 3, 4"),
)
WHENCE = (
    Column("known_s", "BIGINT", "when the row became known, NULL if not recorded"),
    Column("src", "SMALLINT", "number of the source table"),
    Column("row", "BIGINT", "row in the source table, 1 is the first below the header"),
)

PROMISE = FactTable(
    "promise",
    "one dated commitment",
    (
        Column("promise_no", "BIGINT", "number of the row, in the order of the files"),
        Column("promise_id", "VARCHAR", "the source's id, or one made of its key"),
        Column("kind", "VARCHAR", "respond, arrive, restore, resolve, part_delivery, said, …"),
        Column("about", "VARCHAR", "what was promised, in words"),
        Column("case_id", "VARCHAR", "the case it belongs to, if any"),
        Column("case_no", "INTEGER", "number of that case, NULL if it is not known"),
        *WHO,
        Column("made_s", "BIGINT", "when it was given"),
        Column("first_due_s", "BIGINT", "the date first given"),
        Column("current_due_s", "BIGINT", "the date as said today"),
        Column("judged_due_s", "BIGINT", "first date, shifted only by what the customer asked for"),
        Column("judged_s", "BIGINT", "when it is judged: judged_due_s, or the verdict's moment"),
        Column("due_is_day", "BOOLEAN", "the date had no time: due at the end of that day"),
        Column("done_s", "BIGINT", "when it was fulfilled"),
        Column("ended_s", "BIGINT", "when it was given up unfulfilled"),
        Column("released_s", "BIGINT", "when the customer released us"),
        Column(
            "verdict",
            "VARCHAR",
            "kept or broken as the source says, where it gives no date of an end",
        ),
        Column("moves", "INTEGER", "times its date was changed"),
        Column("our_moves", "INTEGER", "of these, not asked for by the customer"),
        Column("moved_late", "INTEGER", "of ours, after the date had already passed"),
        Column("in_silence", "BOOLEAN", "it fell due while the feed was silent"),
        Column("settled", "BOOLEAN", "its end is recorded; otherwise lateness is a lower bound"),
        *WHENCE,
    ),
)

CASE = FactTable(
    "case",
    "one need or problem of a customer, from report to confirmed end",
    (
        Column("case_no", "INTEGER", "number of the row"),
        Column("case_id", "VARCHAR", "the source's id"),
        Column("about", "VARCHAR", "what is wrong, in words"),
        *WHO,
        Column("state", "VARCHAR", "present state"),
        Column("reported_s", "BIGINT", "when it was reported"),
        Column("occurred_s", "BIGINT", "when it happened, if recorded"),
        Column("entered_s", "BIGINT", "when records begin to cover it; NULL if from its report on"),
        Column("responded_s", "BIGINT", "first answer by a person"),
        Column("restored_s", "BIGINT", "when the customer could use the function again"),
        Column("resolved_s", "BIGINT", "when the cause was handled for good"),
        Column("closed_s", "BIGINT", "when nothing further was owed"),
        Column("cancelled_s", "BIGINT", "when it was cancelled"),
        Column("censored_s", "BIGINT", "last moment it is known to have been still open"),
        Column("resolved_by_closing", "BOOLEAN", "no resolution recorded: closing taken"),
        Column("ended_unknown", "BOOLEAN", "it ended, but nobody recorded when"),
        Column(
            "told_responded_s", "BIGINT", "answer by the source's own column, whatever events say"
        ),
        Column("told_restored_s", "BIGINT", "restoring by the source's own column"),
        Column("told_resolved_s", "BIGINT", "resolution by the source's own column"),
        Column("told_closed_s", "BIGINT", "closing by the source's own column"),
        Column("respond_due_s", "BIGINT", "judged date of its answer"),
        Column("restore_due_s", "BIGINT", "judged date of its restoring"),
        Column("resolve_due_s", "BIGINT", "judged date of its resolution"),
        Column("response_work_s", "BIGINT", "promise clock: report to answer, or to `until`"),
        Column("restore_work_s", "BIGINT", "promise clock: report to restoring, or to `until`"),
        Column("resolve_work_s", "BIGINT", "promise clock: report to resolution, or to `until`"),
        Column("first_ended_s", "BIGINT", "the first time it was called resolved or closed"),
        Column("reopened", "INTEGER", "times it went back to work; NULL if not recorded"),
        Column("reopened_s", "BIGINT", "first time it went back, NULL if never or not recorded"),
        Column("handoffs", "INTEGER", "changes of the person responsible; NULL if not recorded"),
        Column("bounces", "INTEGER", "of these, back to somebody who had it before"),
        Column("ownerless_s", "BIGINT", "seconds without a named person; NULL if not recorded"),
        Column("ownerless_now", "BOOLEAN", "still owed and without a named person"),
        Column("paused_s", "BIGINT", "seconds waiting for the customer; NULL if not recorded"),
        Column("pauses_acknowledged_s", "BIGINT", "of these, acknowledged by the customer"),
        Column("open_s", "BIGINT", "seconds from report to end, or to `until`"),
        Column("last_heard_s", "BIGINT", "last recorded event"),
        Column("settled", "BOOLEAN", "its end is recorded; otherwise durations are lower bounds"),
        *WHENCE,
    ),
)

EVENT = FactTable(
    "event",
    "one thing that happened to a case, in the words of the source",
    (
        Column("case_no", "INTEGER", "number of the case"),
        Column("seq", "BIGINT", "order inside the case"),
        Column("event_s", "BIGINT", "when it happened"),
        Column("word", "VARCHAR", "state or activity as the source wrote it"),
        Column("state", "VARCHAR", "the state it means, NULL if the word is not known"),
        Column("waiting_on", "VARCHAR", "who is waited for"),
        Column("owner", "VARCHAR", "named person, as the source wrote it"),
        Column("team", "VARCHAR", "team or queue"),
        *WHENCE,
    ),
)

HOLDING = FactTable(
    "holding",
    "one stretch of a case under one owner, or under none",
    (
        Column("case_no", "INTEGER", "number of the case"),
        Column("from_s", "BIGINT", "start"),
        Column("to_s", "BIGINT", "end; NULL while it lasts"),
        Column("owner", "VARCHAR", "named person; NULL is ownerless"),
        Column("team", "VARCHAR", "team or queue"),
    ),
)

DOWNTIME = FactTable(
    "downtime",
    "one stretch in which an asset could not be used",
    (
        Column("downtime_no", "INTEGER", "number of the row"),
        Column("downtime_id", "VARCHAR", "the source's id, or one made of its key"),
        Column("about", "VARCHAR", "reason as written"),
        *WHO,
        Column("from_s", "BIGINT", "when it went down"),
        Column("to_s", "BIGINT", "when it was back; NULL while down"),
        Column("censored_s", "BIGINT", "last moment it is known to have been still down"),
        Column("planned", "BOOLEAN", "a planned stop; NULL if not recorded"),
        Column("due_s", "BIGINT", "judged date of its return"),
        Column("settled", "BOOLEAN", "its end is recorded; otherwise its length is a lower bound"),
        *WHENCE,
    ),
)

ASSET = FactTable(
    "asset",
    "one asset that should be counted, whether it ever failed or not",
    (
        Column("asset", "VARCHAR", "the asset's own id or serial"),
        Column("customer", "VARCHAR", "the customer's name or number"),
        Column("in_register", "BOOLEAN", "it stands in a register of assets"),
    ),
)

WATCH = FactTable(
    "watch",
    "one stretch in which it was known whether an asset served; without any, it always was",
    (
        Column("asset", "VARCHAR", "the asset's own id or serial"),
        Column("from_s", "BIGINT", "start"),
        Column("to_s", "BIGINT", "end"),
    ),
)

FACTS = (PROMISE, CASE, EVENT, HOLDING, DOWNTIME, ASSET, WATCH)
"""All fact tables, in the order in which they are made."""

URGENCY = {
    "safety": 0,
    "production_stopped": 1,
    "unknown": 2,
    "degraded": 3,
    "inconvenience": 4,
}
"""Order of consequence classes: what is not known stands after production stopped, marked “ask”."""
