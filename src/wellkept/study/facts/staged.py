"""Staged tables: the roles of one file, typed, before they become facts.

A staged table is a DuckDB relation with `row` and one column per role: texts as VARCHAR (blank is
NULL), moments as `<role>_s` in whole seconds UTC, numbers as DOUBLE, lengths as `<role>_s`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

TEXTS = (
    "case_id", "promise_id", "asset", "parent_asset", "product", "customer", "site", "region",
    "zone", "name", "owner", "team", "actor", "about", "kind", "channel", "consequence", "state",
    "substate", "reason", "moved_by",
)  # fmt: skip
STARTS = (
    "event_at", "occurred", "reported", "made", "not_before", "moved_at", "told_at", "down_from",
    "reopened",
)  # fmt: skip
ENDS = (
    "responded", "restored", "resolved", "closed", "cancelled", "first_due", "due", "done",
    "ended", "released", "respond_due", "old_due", "new_due", "down_to",
)  # fmt: skip
FLAGS = (
    "verdict", "respond_verdict", "planned",
)  # fmt: skip
NUMBERS = (
    "reopen_count", "handoff_count", "move_count", "money",
)  # fmt: skip
LENGTHS = (
    "target", "lasted",
)  # fmt: skip
HAPPENED = (
    "event_at", "occurred", "reported", "made", "moved_at", "down_from", "reopened", "responded",
    "restored", "resolved", "closed", "cancelled", "done", "ended", "released", "down_to",
    "changed",
)  # fmt: skip
"""Roles whose moments lie in the past; dues and windows may lie ahead."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One file's rows in their roles. `order` ranks snapshots: the later file knows better."""

    src: int
    file: str
    shape: str
    relation: str
    raw: str
    roles: frozenset[str]
    rows: int
    order: int = 0
    kind: str | None = None
    key: tuple[str, ...] = ()

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


def union(con: duckdb.DuckDBPyConnection, name: str, parts: Iterable[str], columns: str) -> None:
    """This will make the table `name` of all parts; without parts it is empty."""
    body = " UNION ALL BY NAME ".join(f"({part})" for part in parts)
    con.execute(f"CREATE TABLE {name} ({columns})")
    if body:
        con.execute(f"INSERT INTO {name} BY NAME {body}")


def count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    """This will run a selection of one number."""
    row = con.execute(sql).fetchone()
    return int(row[0]) if row and row[0] is not None else 0
