"""A constraint that two periods of one row's do not overlap: PostgreSQL checks it as it writes.

SQLite has no such constraint; there the verb checks, and writers queue, so that the check holds.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model


class NoOverlap(BaseConstraint):
    """Among rows not superseded, the periods [from_at, until_at) of one asset do not overlap.

    Written with ranges of the key itself, so that no extension of PostgreSQL is needed.
    """

    def constraint_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """This will give the clause for a table that PostgreSQL makes; nothing for SQLite."""
        if schema_editor is None or schema_editor.connection.vendor != "postgresql":
            return ""
        return (
            f'constraint "{self.name}" exclude using gist '
            "(int8range(asset_id, asset_id, '[]') with &&, "
            "tstzrange(from_at, until_at) with &&) where (superseded_at is null)"
        )

    def create_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """This will give the statement that adds it to a table that stands."""
        clause = self.constraint_sql(model, schema_editor)
        return f'alter table "{model._meta.db_table}" add {clause}' if model and clause else ""

    def remove_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """This will take the constraint off again."""
        if model is None or schema_editor is None:
            return ""
        if schema_editor.connection.vendor != "postgresql":
            return ""
        return f'alter table "{model._meta.db_table}" drop constraint "{self.name}"'

    def validate(
        self, model: type[Model], instance: Model, exclude: Any = None, using: str = "default"
    ) -> None:
        """This will check nothing: the verb does, with the neighbours in hand."""

    def __eq__(self, other: object) -> bool:
        """This will tell migrations whether the constraint changed."""
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__
