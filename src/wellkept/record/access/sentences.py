"""What the database says when it refuses rows, in the words that the constraint carries."""

import re
from functools import cache

from django.apps import apps
from django.db import IntegrityError
from django.db.models import BaseConstraint, Field, Model, UniqueConstraint


def sentence_of(problem: IntegrityError) -> str:
    """This will turn a refusal of the database into the sentence of the constraint behind it."""
    said = str(problem)
    if "append-only" in said:
        return said.splitlines()[0]
    for name, sentence in _named().items():
        if re.search(rf"\b{re.escape(name)}\b", said):
            return sentence
    for columns, sentence in _by_columns().items():
        if said.endswith(columns):
            return sentence
    if "foreign key" in said.lower():
        return "Something that this refers to does not exist, or is still referred to by others."
    return f"The database refused this: {said.splitlines()[0]}"


@cache
def _named() -> dict[str, str]:
    found = {one.name: str(one.get_violation_error_message()) for _, one in _constraints()}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


@cache
def _by_columns() -> dict[str, str]:
    """SQLite names the columns of a unique constraint, not the constraint."""
    return {
        "UNIQUE constraint failed: "
        + ", ".join(f"{model._meta.db_table}.{_column(model, field)}" for field in one.fields): str(
            one.get_violation_error_message()
        )
        for model, one in _constraints()
        if isinstance(one, UniqueConstraint) and one.fields
    }


def _column(model: type[Model], field: str) -> str:
    found = model._meta.get_field(field)
    return (found.column if isinstance(found, Field) else None) or field


def _constraints() -> list[tuple[type[Model], BaseConstraint]]:
    return [(model, one) for model in apps.get_models() for one in model._meta.constraints]
