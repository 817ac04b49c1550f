"""After a large import: PostgreSQL is told that everybody sees what it wrote."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Model

from wellkept.desk.exchange.weighing import Noun
from wellkept.record.access.batches import quoted
from wellkept.record.sources.models import ImportRun

LOG = logging.getLogger("wellkept.exchange")
LARGE = 10_000
"""Rows of one noun. Of fewer, to look at each again costs a list less than to vacuum its table."""


def let_all_be_seen(run: ImportRun, nouns: Iterable[type[Noun]]) -> None:
    """This will vacuum the tables of which an import wrote many rows; on PostgreSQL alone.

    Lists that are read from an index look at each row again until a vacuum has seen it, and the
    planner knows the table as it was. By itself PostgreSQL comes round within minutes, and not at
    all where less than a fifth of a table is new. Whoever works goes on meanwhile. Nothing is done
    inside a transaction, and what the database refuses is logged and left to its own round.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    large = [one.ids for one in nouns if one.ids and _written(run, one.noun) >= LARGE]
    tables = [quoted(_table(ids)) for ids in large]
    if tables:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"vacuum (analyze, skip_locked) {', '.join(tables)}")
        except DatabaseError:  # what was written stands; lists are slower until its own round
            LOG.warning("PostgreSQL did not vacuum %s.", ", ".join(tables), exc_info=True)


def _table(ids: type[Model]) -> str:
    """The table of the rows that numbers of a source belong to."""
    model: Any = ids._meta.get_field("row").related_model
    return str(model._meta.db_table)


def _written(run: ImportRun, noun: str) -> int:
    counts = run.counts.get(noun, {})
    return int(counts.get("create", 0)) + int(counts.get("update", 0))
