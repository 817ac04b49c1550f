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
    """This will give the first keys of ordered lists, and their lengths: one statement for all."""
    asked: list[str] = []
    bound: list[Any] = []
    names = list(lists)
    for number, name in enumerate(names):
        keys, every = lists[name].values("pk")[:first], lists[name].order_by().values("pk")
        try:
            wanted = [(0, *keys.query.sql_with_params())] if first else []
            counted = every[: COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:
            continue  # a scope that shows nothing
        wanted.append((1, f"select count(*) from ({counted[0]}) counted", counted[1]))
        for kind, text, values in wanted:
            asked.append(f"select {number} as list, {kind} as kind, x.* from ({text}) x")
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
