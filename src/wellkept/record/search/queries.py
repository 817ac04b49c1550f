"""Finding rows that answer to what was typed: the index names candidates, the texts decide.

A row answers where each word stands in one of its texts, or of the rows that answer for it. The
index is asked once, how many rows each word could find; then the rarest word leads to the rows.
Where even that is frequent, the newest candidates are looked at first.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models import Model as AnyModel
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull

from wellkept.record.access.kept import Sql, sql_of
from wellkept.record.search.index import searched
from wellkept.record.search.leading import LAST, Lead, leads
from wellkept.record.search.measuring import FEW, Measured, Model, answering_for, measured
from wellkept.record.search.rules import is_short, number_meant, words_of

Row = TypeVar("Row", bound=AnyModel)
FOUND = "found(pk) as materialized ({scan})"
"""Gathered first: in hope of a page PostgreSQL would walk the whole table instead."""
NEAR = 5_000
"""Through so many of the newest rows PostgreSQL looks before it is led to all that may answer."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[Row]):
    """The rows that answer; `newest` are those among the newest candidates, None where not needed.

    Where it stands, going through all `rows` may take long: ask `first`. `near` are those among the
    newest rows, where many are likely. `seen` are the rows before words were looked for. `scan` has
    the keys of `rows` on PostgreSQL, found by one look at each candidate.
    """

    rows: QuerySet[Row]
    seen: QuerySet[Row]
    newest: QuerySet[Row] | None = None
    near: QuerySet[Row] | None = None
    order: tuple[str, ...] = ("-pk",)
    scan: Sql | None = None

    def first(self, many: int) -> list[Row]:
        """This will give so many rows in their order, in one statement."""
        if self.rows.query.is_empty():
            return []  # the text of a query that finds nothing would still be made
        near = self.newest if self.near is None else self.near
        if near is not None:
            keys = self._near_first(near, many)
            return list(self.seen.filter(pk__in=RawSQL(keys.text, keys.bound)).order_by("-pk"))
        return list(self.rows.order_by(*self.order)[:many])

    def _near_first(self, near: QuerySet[Row], many: int) -> Sql:
        """Their keys: the second half is begun only where the first fills no page."""
        few = sql_of(near.order_by("-pk").values("pk")[:many])
        rest = self._last_first(many)
        begun = f"where (select count(*) from few) < {many}"
        if connections[self.rows.db].vendor == "sqlite":
            # It would ask such a condition of the first row that it has found, not before.
            begun = f"limit (select case when count(*) < {many} then {many} else 0 end from few)"
        return Sql(
            f"with few(pk) as materialized ({few.text}), every(pk) as (select pk from few union "
            f"select pk from (select pk from ({rest.text}) rest {begun}) more) "
            f"select pk from every order by pk desc limit {many}",
            (*few.bound, *rest.bound),
        )

    def _last_first(self, many: int) -> Sql:
        if self.scan is None:
            return sql_of(self.rows.order_by("-pk").values("pk")[:many])
        return Sql(
            f"with {FOUND.format(scan=self.scan.text)} select pk from found order by pk desc "
            f"limit {many}",
            self.scan.bound,
        )

    def scanned(self, scan: Sql, below: int, many: int) -> tuple[list[int], int]:
        """This will give so many of the last keys of a scan below one, and how many it has."""
        with connections[self.rows.db].cursor() as cursor:
            cursor.execute(
                f"with {FOUND.format(scan=scan.text)} select array(select pk from found where "
                f"pk < {below} order by pk desc limit {many}), (select count(*) from found)",
                scan.bound,
            )
            keys, every = cursor.fetchone()
        return keys, every


def answering(typed: str, rows: QuerySet[Row], below: int = LAST) -> Answer[Row]:
    """This will leave the rows that answer to what was typed; scopes and filters of them hold.

    One statement asks the index, a second one where it must choose. `newest` looks at rows with a
    key below the given one. Nothing typed leaves nothing.
    """
    return answering_each(typed, rows, below=below)[0]


def answering_each(typed: str, *rows: QuerySet[Any], below: int = LAST) -> tuple[Answer[Any], ...]:
    """This will leave, of rows of several models, those that answer to what was typed.

    The index is asked once for all of them.
    """
    words = words_of(typed)
    long = tuple(word for word in words if not is_short(word))
    if not words:
        return tuple(Answer(one.none(), one) for one in rows)
    if not long:
        return tuple(_beginning(one, words) for one in rows)
    connection, models = connections[rows[0].db], [one.model for one in rows]
    found = measured(connection, models, long)
    some = [model for model in models if found.finds_all(model, long)]
    leading = leads(connection, some, long, found, below)
    return tuple(
        _answer(one, words, found, leading[one.model], below)
        if one.model in leading
        else Answer(one.none(), one)
        for one in rows
    )


def _answer(
    rows: QuerySet[Row], words: tuple[str, ...], found: Measured, lead: Lead | None, below: int
) -> Answer[Row]:
    held = rows
    for word in words:
        held = held.filter(_holds(rows.model, word, found))
    if lead is None:
        return Answer(held, rows)
    led = held.filter(pk__in=RawSQL(lead.keys.text, lead.keys.bound))
    if not lead.whole:
        # PostgreSQL may walk the keys instead, and would not stop where the selection does.
        walked = connections[held.db].vendor == "postgresql"
        newest = led.filter(pk__gt=lead.since) if walked else led
        return Answer(held, rows, newest, near=newest if walked else None)
    near = _near(held) if lead.many and below == LAST else None
    return Answer(led, rows, near=near, scan=_scan(held) if lead.many else None)


def _scan(held: QuerySet[Row]) -> Sql | None:
    """Named as a set of keys, each candidate would be read once to be one, and again as a row.

    Each arm of what a leading word may stand in has an index, and PostgreSQL joins their answers.
    """
    if connections[held.db].vendor != "postgresql":
        return None
    try:
        return sql_of(held.order_by().values("pk"))
    except EmptyResultSet:
        return None


def _near(held: QuerySet[Row]) -> QuerySet[Row] | None:
    """PostgreSQL would compare all candidates to put them in order; SQLite does in no time."""
    if connections[held.db].vendor != "postgresql":
        return None
    top = Subquery(held.model._default_manager.order_by("-pk").values("pk")[:1])
    low = ExpressionWrapper(top - NEAR, output_field=BigIntegerField())
    return held.filter(pk__gt=low, pk__lte=top)  # between two bounds it guesses few, and walks


def _beginning(rows: QuerySet[Row], words: tuple[str, ...]) -> Answer[Row]:
    """Words of one or two signs: the beginning of a number or a name, or a row's number."""
    said, seen = searched(rows.model), rows
    for word in words:
        any_of, number = Q(pk__in=()), number_meant(word, said.letter)
        if number is not None:
            any_of |= Q(pk=number)
        for name in said.begins:
            any_of |= Q(**{f"{name}__{_how_often(rows.model, name, word)}": word})
        rows = rows.filter(any_of)
    return Answer(rows, seen, order=(*said.begins[:1], "pk"))


def _how_often(model: Model, name: str, word: str) -> str:
    some = model._default_manager.filter(**{f"{name}__begins": word}).order_by().values("pk")
    return "often_begins" if some[: FEW + 1].count() > FEW else "begins"


def _holds(model: Model, word: str, found: Measured) -> Q:
    """The word stands in a text of the row, or of a row that answers for it."""
    said, any_of = searched(model), Q()
    holds = "holds_too" if found.own.get((model, word), 0) > FEW else "holds"
    for name in said.texts:
        any_of |= Q(**{f"{name}__{holds}": word})
    for relation, ends, only_few in answering_for(model):
        keys = found.holders.get((ends, word))
        if keys:
            any_of |= Q(**{f"{relation.attname}__in": keys})
        elif keys is None and not only_few:
            for name in searched(ends).texts:
                any_of |= Q(**{f"{relation.name}__{name}__holds": word})
    people = found.people.get((model, word), [])
    if people is None:
        # Looked for row by row: as a set it would be all of those who are called so.
        called = model._default_manager.filter(pk=OuterRef("pk"), **{f"{said.people}__holds": word})
        any_of |= Q(IsNull(Subquery(called.values("pk")[:1]), False))
    numbers = [*found.named.get((model, word), []), *(people or [])]
    return any_of | Q(pk__in=numbers) if numbers else any_of
