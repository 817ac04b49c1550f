"""Staged tables: the roles of one file, typed, before they become facts.

A staged table is a DuckDB relation with `row` and one column per role: texts as VARCHAR (blank is
NULL), moments as `<role>_s` in whole seconds UTC, numbers as DOUBLE, lengths as `<role>_s`.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from wellkept.study.facts.source import literal

REVISIONS = ("software_revision", "hardware_revision")
TEXTS = (
    "case_id", "promise_id", "asset", "parent_asset", "product", "product_no", "family",
    "product_kind", "customer", "site", "region", "zone", "name", "owner", "team", "actor", "about",
    "kind", "channel", "consequence", "state", "substate", "reason", "moved_by", *REVISIONS,
)  # fmt: skip
STARTS = (
    "event_at", "occurred", "reported", "made", "not_before", "moved_at", "told_at", "down_from",
    "reopened",
)  # fmt: skip
ENDS = (
    "responded", "restored", "resolved", "closed", "cancelled", "first_due", "due", "done",
    "ended", "released", "respond_due", "old_due", "new_due", "down_to",
)  # fmt: skip
PRODUCT_DAYS = ("launched", "sale_ends", "support_ends")
ASSET_DAYS = ("installed", "warranty_ends")
DAYS = (*PRODUCT_DAYS, *ASSET_DAYS)
"""Roles that are days of a calendar wherever one stands; their seconds are those of UTC."""
FLAGS = (
    "verdict", "respond_verdict", "planned", "stood_still",
)  # fmt: skip
NUMBERS = (
    "reopen_count", "handoff_count", "move_count", "money", "expected_life",
)  # fmt: skip
LENGTHS = (
    "target", "lasted", "responded_after", "resolved_after",
)  # fmt: skip
HAPPENED = (
    "event_at", "occurred", "reported", "made", "moved_at", "down_from", "reopened", "responded",
    "restored", "resolved", "closed", "cancelled", "done", "ended", "released", "down_to",
    "changed",
)  # fmt: skip
"""Roles whose moments lie in the past; dues and windows may lie ahead."""


RAW = "@@"
"""Stands in `cleans` where the raw value goes."""
NOT_SAID = "chr(30)"
"""Stands for an owner of whom a log of changed fields says nothing: neither a name nor nobody."""
LOOKED_UP = ("case_id", "state", "substate", "owner", "team", "actor")
"""Roles of event logs that are looked up by what was written."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One file's rows in their roles. `order` ranks snapshots: the later file knows better.
    `again`: it is one of several snapshots of a list. `carries`: a log of changed fields, with whom
    the owner was taken from in `before`. `coded`: texts come from the file as codes of its own list
    of words, so that what is asked of a word is asked once.

    Event logs keep some texts as written in `<role>_raw`; `cleans` gives for each the SQL that
    makes the text of it, with RAW in the place of what was written. So a text is cleaned once for
    each different value, not once for each event.
    """

    src: int
    file: str
    shape: str
    relation: str
    raw: str
    roles: frozenset[str]
    rows: int
    order: int = 0
    layout: int = 0
    again: bool = False
    columns: tuple[str, ...] = ()
    name_key: str | None = None
    number_key: str | None = None
    serial_key: str | None = None
    address_keys: tuple[tuple[str, str], ...] = ()
    carries: bool = False
    coded: bool = False
    kind: str | None = None
    key: tuple[str, ...] = ()
    cleans: Mapping[str, str] = field(default_factory=dict)

    def clean(self, role: str, raw: str) -> str:
        """This will make the text of something written, as SQL."""
        return self.cleans[role].replace(RAW, raw)

    def text(self, role: str) -> str:
        """This will name a text column, NULL where the file has no such role."""
        return f's."{role}"' if role in self.roles else "CAST(NULL AS VARCHAR)"

    def moment(self, role: str) -> str:
        """This will name a moment column in seconds, NULL where the file has no such role."""
        return f's."{role}_s"' if role in self.roles else "CAST(NULL AS BIGINT)"

    def first_moment(self, *roles: str) -> str:
        """This will take the first of several moments that is recorded."""
        have = [self.moment(role) for role in roles if role in self.roles]
        return f"coalesce({', '.join(have)})" if have else "CAST(NULL AS BIGINT)"

    def first_text(self, *roles: str) -> str:
        """This will take the first of several texts that is recorded."""
        have = [self.text(role) for role in roles if role in self.roles]
        return f"coalesce({', '.join(have)})" if have else "CAST(NULL AS VARCHAR)"

    def number(self, role: str) -> str:
        """This will name a number column, NULL where the file has no such role."""
        return f's."{role}"' if role in self.roles else "CAST(NULL AS DOUBLE)"

    def flag(self, role: str) -> str:
        """This will name a yes-or-no column, NULL where the file has no such role."""
        return f's."{role}"' if role in self.roles else "CAST(NULL AS BOOLEAN)"

    def day(self, role: str) -> str:
        """This will name the flag that says the moment was written without a time."""
        return f's."{role}_day"' if role in self.roles else "CAST(NULL AS BOOLEAN)"


def row_name(alias: str, staged: Iterable[Staged]) -> str:
    """This will name a row that has no number of its own: its file and its row."""
    whens = " ".join(f"WHEN {s.src} THEN {literal(s.file)}" for s in staged)
    file = f"CASE {alias}.src {whens} END" if whens else "NULL"
    return f"concat({file}, ' row ', {alias}.row)"


def union(con: duckdb.DuckDBPyConnection, name: str, parts: Iterable[str], columns: str) -> None:
    """This will make the view `name` of all parts with these columns; without parts it is empty."""
    typed = ", ".join(
        f"CAST(NULL AS {kind}) AS {column}"
        for column, kind in (item.split() for item in columns.split(", "))
    )
    body = "".join(f" UNION ALL BY NAME ({part})" for part in parts)
    con.execute(f"CREATE VIEW {name} AS (SELECT {typed} WHERE false){body}")


def count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    """This will run a selection of one number."""
    row = con.execute(sql).fetchone()
    return int(row[0]) if row and row[0] is not None else 0


@contextmanager
def in_order(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """This will have the engine keep rows in the order of their files for a while."""
    held = con.execute("SELECT current_setting('preserve_insertion_order')").fetchone()
    con.execute("SET preserve_insertion_order = true")
    try:
        yield
    finally:  # as it was: whoever asked for it around this still needs it
        con.execute(f"SET preserve_insertion_order = {bool(held and held[0])}")
