"""A condition that is no way to rows: for those that something else has led to."""

from typing import Any

from django.db.models import CharField, ForeignKey
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In, Lookup


class _NoWay(Lookup[Any]):
    """The same as `in`, but no way to the rows: a sign hides the column from SQLite's planner."""

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> tuple[str, Any]:
        """This will put the sign before the column."""
        column, given = super().process_lhs(compiler, connection, lhs)
        return f"+{column}" if connection.vendor == "sqlite" else column, given


class Among(_NoWay, RelatedIn):
    """Of rows of another model.

    PostgreSQL then reads those once and keeps them, where else it would join them to each row, or
    begin with them. Where keys or words are named it weighs the ways by what it knows of the rows.
    """

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """This will say the condition; as a truth it is no join for PostgreSQL, nor an index's."""
        said, given = super().as_sql(compiler, connection)
        apart = connection.vendor == "postgresql" and not self.rhs_is_direct_value()
        return f"({said}) IS TRUE" if apart else said, given


class AmongWords(_NoWay, In):
    """Of words: of a state that most rows are in, an index is no way to a few of them."""

    lookup_name = "among"


def register() -> None:
    """This will let queries say `among` of a relation and of a word."""
    ForeignKey.register_lookup(Among)
    CharField.register_lookup(AmongWords)
