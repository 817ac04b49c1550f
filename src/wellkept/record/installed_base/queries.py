"""The life of an asset as values: what stood when, and what was held to be so when."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from wellkept.record.access.kept import Sql, asked, kept, moment, sql_of
from wellkept.record.installed_base.models import AssetEvent, Operation, Ownership, Placement


class What(StrEnum):
    """What a line of a life is about."""

    PLACE = "place"
    OWNER = "owner"
    OPERATOR = "operator"
    HOLDS = "holds"
    CHANGE = "change"


class Stood(NamedTuple):
    """Something that was so of an asset for a while, or a value that changed at a moment.

    `name` is the site, the customer or the other asset (`other` is its key, `product` its type),
    or the new value; `word` the slot, or what changed; `old` the value before; `reason` why it
    ended, or why the row was corrected, if anybody said so.
    """

    what: str
    from_at: datetime | None
    until_at: datetime | None
    recorded_at: datetime
    superseded_at: datetime | None
    name: str
    word: str
    old: str
    other: int | None
    product: str
    reason: str

    @property
    def is_held(self) -> bool:
        """Whether we hold it to be true now, past or present."""
        return self.superseded_at is None


HELD = (What.PLACE, What.OWNER, What.OPERATOR)
"""What an asset has from the one that it stands in, where it says nothing itself."""
DATES = ("from_at", "until_at", "recorded_at", "superseded_at")
TEXT, MOMENT, KEY = CharField(), DateTimeField(), IntegerField()
NO_TEXT, NO_MOMENT, NO_KEY = Value("", TEXT), Cast(Value(None), MOMENT), Cast(Value(None), KEY)


def life_of(asset: int, whats: Collection[What] = tuple(What)) -> list[Stood]:
    """This will read the life of an asset, given by its key, in one statement.

    `whats` says what of it. What begins first stands first; what began nobody knows when, before.
    """
    rows = asked(kept(_life, *sorted(whats), asset=asset))
    read = [Stood(what, *map(moment, row[: len(DATES)]), *row[len(DATES) :]) for what, *row in rows]
    return sorted(read, key=lambda one: (one.from_at is not None, one.from_at, one.recorded_at))


def _life(*whats: What, asset: int) -> Sql:
    first, *rest = [_rows(what, asset) for what in whats]
    return sql_of(first.union(*rest, all=True))


def _rows(what: What, asset: int) -> QuerySet[Any, Any]:
    if what is What.CHANGE:
        changes = AssetEvent.objects.filter(asset=asset).order_by()
        return changes.values_list(
            Value(what, TEXT), F("at"), NO_MOMENT, "recorded_at", NO_MOMENT,
            F("new"), F("word"), F("old"), NO_KEY, NO_TEXT, NO_TEXT,
        )  # fmt: skip
    if what in (What.OWNER, What.OPERATOR):
        rows: Any = Ownership.objects if what is What.OWNER else Operation.objects
        edges = rows.filter(asset=asset).order_by()
        return _edges(edges, what, F("customer__name"), NO_TEXT, NO_KEY, NO_TEXT)
    if what is What.PLACE:
        placed = Placement.objects.filter(asset=asset).order_by()
        name = Case(When(site=None, then=_called("parent")), default=F("site__name"))
        return _edges(placed, what, name, F("slot"), F("parent"), NO_TEXT)
    # What was merged into another row is that one, which stands where it stands.
    inside = Placement.objects.filter(parent=asset, asset__merged_into=None).order_by()
    product = _either("asset__product__name", "asset__product__number")
    return _edges(inside, what, _called("asset"), F("slot"), F("asset"), product)


def _edges(
    edges: QuerySet[Any, Any], what: What, name: Any, word: Any, other: Any, product: Any
) -> QuerySet[Any, Any]:
    return edges.values_list(
        Value(what, TEXT), *DATES, name, word, NO_TEXT, other, product, F("reason")
    )


def _called(asset: str) -> Case:
    """What an asset is called, as `str` of its row says it."""
    return _either(f"{asset}__serial", f"{asset}__number")


def _either(first: str, second: str) -> Case:
    return Case(When(**{first: ""}, then=F(second)), default=F(first))
