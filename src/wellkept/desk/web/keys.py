"""The first keys of several lists, and how long each is, in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from wellkept.record.access.kept import Sql, sql_of

COUNTED = 1_000
"""Rows are counted up to here; above it a page says "1,000+"."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The first keys of a list in its order, and its length up to COUNTED and one more."""

    first: tuple[int, ...] = ()
    many: int = 0

    def without(self, others: Iterable[int]) -> "Keys":
        """This will leave out some rows, all of which are in the list."""
        gone = set(others)
        return Keys(tuple(key for key in self.first if key not in gone), self.many - len(gone))


def said(many: int) -> str:
    """This will say how long a list is.

    >>> said(1000), said(1001)
    ('1,000', '1,000+')
    """
    return f"{COUNTED:,}+" if many > COUNTED else f"{many:,}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One list: so many of its first keys, and its length up to COUNTED and so many more."""

    rows: QuerySet[Any]
    first: int
    more: int = 0


def keys_asked(lists: Sequence[Wanted]) -> Sql:
    """This will ask for the first keys of ordered lists, and their lengths: one statement for all.

    A list is ordered by columns of its own, each rising. Which index serves the first keys and
    which the length are two questions, so they are asked apart; the condition is written once.
    """
    asked, bound = ["select 0 as list, 2 as kind, 0 as pk"], list[Any]()
    for number, one in enumerate(lists):
        try:
            said = sql_of(one.rows.order_by().values("pk"))
        except EmptyResultSet:
            continue  # a scope that shows nothing
        if one.first:
            keys = f"{said.text} order by {_order(one.rows)} limit {one.first}"
            asked.append(f"select {number} as list, 0 as kind, x.* from ({keys}) x")
            bound += said.bound
        most = COUNTED + 1 + one.more
        many = f"select count(*) from ({said.text} limit {most}) counted"
        asked.append(f"select {number} as list, 1 as kind, ({many}) as pk")
        bound += said.bound
    return Sql(" union all ".join(asked), tuple(bound))


def keys_found(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, Keys]:
    """This will read what was asked, by the name of each list."""
    first: dict[str, list[int]] = {name: [] for name in names}
    many = dict.fromkeys(names, 0)
    for number, kind, value in rows:
        if kind == 0:
            first[names[number]].append(value)
        elif kind == 1:
            many[names[number]] = value
    return {name: Keys(tuple(first[name]), many[name]) for name in names}


def _order(rows: QuerySet[Any]) -> str:
    """The columns by which a list is ordered, as the database writes them."""
    meta, quoted = rows.model._meta, connection.ops.quote_name
    fields = [meta.pk if name == "pk" else meta.get_field(name) for name in rows.query.order_by]
    return ", ".join(f"{quoted(meta.db_table)}.{quoted(one.column)}" for one in fields)
