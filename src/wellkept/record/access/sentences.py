"""What the database says when it refuses rows, in the words that the constraint carries."""

import re
from functools import cache
from typing import Any

from django.apps import apps
from django.db import IntegrityError
from django.db.models import BaseConstraint, Field, Model, UniqueConstraint
from django.utils.translation import gettext as _

from wellkept.record.journal.append_only import REFUSAL


def sentence_of(problem: IntegrityError) -> str:
    """This will turn a refusal of the database into the sentence of the constraint behind it."""
    said = str(problem)
    if "append-only" in said:
        return said.splitlines()[0].replace(REFUSAL, _(REFUSAL))
    for name, sentence in _named().items():
        if re.search(rf"\b{re.escape(name)}\b", said):
            return str(sentence)
    for columns, sentence in _by_columns().items():
        if said.endswith(columns):
            return str(sentence)
    if "foreign key" in said.lower():
        return _("Something that this refers to does not exist, or is still referred to by others.")
    return _("The database refused this: %(said)s") % {"said": said.splitlines()[0]}


@cache
def _named() -> dict[str, Any]:
    """What each constraint says; a lazy text, in whatever language it is then read."""
    found = {one.name: one.violation_error_message for __, one in _constraints()}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


@cache
def _by_columns() -> dict[str, Any]:
    """SQLite names the columns of a unique constraint, not the constraint."""
    return {
        "UNIQUE constraint failed: "
        + ", ".join(f"{model._meta.db_table}.{_column(model, field)}" for field in one.fields): (
            one.violation_error_message
        )
        for model, one in _constraints()
        if isinstance(one, UniqueConstraint) and one.fields
    }


def _column(model: type[Model], field: str) -> str:
    found = model._meta.get_field(field)
    return (found.column if isinstance(found, Field) else None) or field


def _constraints() -> list[tuple[type[Model], BaseConstraint]]:
    return [(model, one) for model in apps.get_models() for one in model._meta.constraints]
