"""The rows of a list that somebody sees in part: which are near, and which the parts lead to."""

from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, ExpressionWrapper, Q, QuerySet, Subquery

from wellkept.desk.web.keys import COUNTED
from wellkept.desk.web.marks import key_below
from wellkept.record.access.kept import Sql, asked, columns_of, keys_of
from wellkept.record.search.leading import LAST

NEAR = 8_000
"""Through so many of the newest rows a list is walked; what they do not fill, indexes lead to."""
Parts = tuple[QuerySet[Any, Any], ...]
"""What somebody sees, in parts to each of which an index leads; none where they see all."""


def near(order: tuple[str, ...], rows: QuerySet[Any, Any], after: Q, mark: str) -> Q:
    """This will keep a walk to the next NEAR rows of the table, whoever sees them."""
    every = rows.model._default_manager.order_by(*order)
    if order != ("-pk",):
        # Read from the index of the order alone.
        end = every.filter(after).values_list(order[0], flat=True)[NEAR : NEAR + 1].first()
        return Q() if end is None else Q(**{f"{order[0]}__lte": end})
    if (below := key_below(mark)) != LAST:
        return Q(pk__gt=below - NEAR)
    top = Subquery(every.values("pk")[:1])
    return Q(pk__gt=ExpressionWrapper(top - NEAR, output_field=BigIntegerField()))


def first_keys(order: tuple[str, ...], rows: QuerySet[Any, Any], parts: Parts, most: int) -> Sql:
    """This will ask for the first keys of the parts, each found by its index and put in order."""
    meta, quoted = rows.model._meta, connections[rows.db].ops.quote_name
    # Gathered first: in hope of a page PostgreSQL would walk the whole table in the order.
    keys = keys_of(parts)
    gathered = f"with keys(pk) as materialized ({keys.text}) select keys.pk from keys"
    if order == ("-pk",):
        return Sql(f"{gathered} order by keys.pk desc limit {most}", keys.bound)
    # A cross join lets SQLite begin with the keys, where it would walk the order to its end.
    column, own = quoted(meta.get_field(order[0]).column), quoted(meta.pk.column)
    return Sql(
        f"{gathered} cross join {quoted(meta.db_table)} named where named.{own} = keys.pk "
        f"order by named.{column}, keys.pk limit {most}",
        keys.bound,
    )


def most_urgent(order: tuple[str, ...], parts: Parts, most: int) -> tuple[list[int], int]:
    """This will give the first keys in an order by columns of its own, and the length of the list.

    An index of each part holds these columns: they are gathered from it, and no row is read. The
    length is told up to COUNTED and one more.
    """
    found = columns_of(parts, order)
    if found is None:
        return [], 0
    said = ", ".join(order)
    text = (
        f"with owed({said}) as materialized ({found.text}) select true, pk from "
        f"(select {said} from owed order by {said} limit {most}) first "
        "union all select false, count(*) from owed"
    )
    rows = asked(Sql(text, found.bound))
    many = sum(value for is_key, value in rows if not is_key)
    return [value for is_key, value in rows if is_key], min(many, COUNTED + 1)


def many_in(parts: Parts) -> int:
    """This will count the rows in any of the parts, up to COUNTED and one more."""
    keys = keys_of(parts, COUNTED + 1)
    counted = f"select count(*) from (select 1 from ({keys.text}) keys limit {COUNTED + 1}) few"
    ((many,),) = asked(Sql(counted, keys.bound))
    return int(many)
