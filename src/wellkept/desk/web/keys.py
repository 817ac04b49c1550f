"""The first keys of several lists, and how long each is, in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNTED = 1_000
"""Rows are counted up to here; above it a page says "1,000+"."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The first keys of a list in its order, and its length up to COUNTED and one more."""

    first: tuple[int, ...] = ()
    many: int = 0


def said(many: int) -> str:
    """This will say how long a list is.

    >>> said(1000), said(1001)
    ('1,000', '1,000+')
    """
    return f"{COUNTED:,}+" if many > COUNTED else f"{many:,}"


def keys_of(lists: Mapping[str, QuerySet[Any]], first: int) -> dict[str, Keys]:
    """This will give the first keys of ordered lists, and their lengths: one statement for all.

    A list is ordered by columns of its own, each rising. Which index serves the first keys and
    which the length are two questions, so they are asked apart; the condition is written once.
    """
    asked: list[str] = []
    bound: list[Any] = []
    names = list(lists)
    for number, name in enumerate(names):
        rows = lists[name]
        try:
            text, values = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue  # a scope that shows nothing
        if first:
            keys = f"{text} order by {_order(rows)} limit {first}"
            asked.append(f"select {number} as list, 0 as kind, x.* from ({keys}) x")
            bound += values
        many = f"select count(*) from ({text} limit {COUNTED + 1}) counted"
        asked.append(f"select {number} as list, 1 as kind, ({many}) as pk")
        bound += values
    found: dict[str, Keys] = dict.fromkeys(names, Keys())
    if not asked:
        return found
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(asked), bound)
        for number, kind, value in cursor.fetchall():
            known = found[names[number]]
            found[names[number]] = (
                Keys(known.first, value) if kind else Keys((*known.first, value), known.many)
            )
    return found


def _order(rows: QuerySet[Any]) -> str:
    """The columns by which a list is ordered, as the database writes them."""
    meta, quoted = rows.model._meta, connection.ops.quote_name
    fields = [meta.pk if name == "pk" else meta.get_field(name) for name in rows.query.order_by]
    return ", ".join(f"{quoted(meta.db_table)}.{quoted(one.column)}" for one in fields)
