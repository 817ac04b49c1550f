"""What rows mean one thing: a row, those merged into it, and the one that it was merged into."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

from wellkept.desk.web.asking import Asking

SHOWN = 10


class Merged(NamedTuple):
    """A row that means the same: its key, its name, its number."""

    pk: int
    name: str
    number: str


def same_keys(one: Any) -> list[int]:
    """This will give the keys of all rows that mean what a row means, asked only where it must.

    The row was read with `has_merged`: whether any was merged into it.
    """
    if not one.has_merged and one.merged_into_id is None:
        return [one.pk]
    return list(type(one).objects.same_as(one).order_by("pk").values_list("pk", flat=True))


def means(asking: Asking, one: Any) -> Merged | None:
    """This will give the row that a row was merged into; nameless where it is not to be seen."""
    if one.merged_into_id is None:
        return None
    rows = asking.visible(type(one).objects.filter(pk=one.merged_into_id))
    return next((_merged(row) for row in rows), Merged(0, "", ""))


def merged_rows(asking: Asking, one: Any) -> list[Merged]:
    """This will give the first rows that were merged into a row, as far as they are to be seen."""
    if not one.has_merged:
        return []
    rows = asking.visible(type(one).objects.filter(merged_into=one)).order_by("pk")
    return as_merged(rows[:SHOWN])


def as_merged(rows: Iterable[Any]) -> list[Merged]:
    """This will freeze the first of rows that mean the same."""
    return [_merged(row) for row in islice(rows, SHOWN)]


def _merged(row: Any) -> Merged:
    return Merged(row.pk, str(row), row.number)
