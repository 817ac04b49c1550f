"""Where a page of a list begins: after which row, written into its address."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from wellkept.record.search.leading import LAST


class BadMark(ValueError):
    """The address names a place in a list that is none; the first page is shown instead."""


def after_row(order: Sequence[str], values: Sequence[Any] | None) -> Q:
    """This will leave the rows that come after a row.

    The first clause alone lets an index begin at the right place.
    """
    if values is None:
        return Q()
    names = [name.lstrip("-") for name in order]
    beyond = Q()
    for depth, name in enumerate(names):
        same = dict(zip(names[:depth], values[:depth], strict=True))
        way = "lt" if order[depth].startswith("-") else "gt"
        beyond |= Q(**same, **{f"{name}__{way}": values[depth]})
    way = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{names[0]}__{way}": values[0]}) & beyond


def mark_of(row: object, order: Sequence[str]) -> str:
    """This will write down where a row stands in the order."""
    values = [_reach(row, name.lstrip("-")) for name in order]
    told = json.dumps([v.isoformat() if isinstance(v, datetime) else v for v in values])
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_mark(mark: str, order: Sequence[str]) -> list[Any] | None:
    """This will read where a page begins; raises BadMark."""
    if not mark:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, binascii.Error) as problem:
        raise BadMark(mark) from problem
    if not isinstance(values, list) or len(values) != len(order):
        raise BadMark(mark)
    return [_value(one) for one in values]


def _value(one: object) -> object:
    if isinstance(one, str):
        return parse_datetime(one) or one
    if isinstance(one, int):
        return one
    raise BadMark(str(one))


def _reach(row: object, name: str) -> Any:
    found: Any = row
    for step in name.split("__"):
        found = getattr(found, step)
    return found


def key_below(mark: str) -> int:
    """This will give the key that a page begins below, if the list has the newest first."""
    try:
        values = read_mark(mark, ("-pk",))
    except BadMark:
        return LAST
    return values[0] if values and isinstance(values[0], int) else LAST
