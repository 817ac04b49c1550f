"""The guards of append-only tables survive what a migration does to them."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models

from databases import on_sqlite
from wellkept.record.journal.append_only import (
    append_only_models,
    guards,
    guards_standing,
    guards_wanted,
)
from wellkept.record.journal.models import Entry

pytestmark = pytest.mark.usefixtures("committed")


def wanted() -> set[str]:
    """Name the guards that should stand."""
    return guards_wanted(append_only_models(), connection.vendor)


def test_a_migration_sets_again_what_was_dropped() -> None:
    table = Entry._meta.db_table
    with connection.cursor() as cursor:
        for name in guards(table, connection.vendor):
            on = f' on "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'drop trigger "{name}"{on}')
    assert guards_standing(connection) != wanted()
    call_command("migrate", verbosity=0)
    assert guards_standing(connection) == wanted()


@on_sqlite
def test_sqlite_loses_the_guards_when_it_alters_a_table_and_a_migration_sets_them_again() -> None:
    was = Entry._meta.get_field("verb")
    longer = models.CharField(max_length=90)
    longer.set_attributes_from_name("verb")
    longer.model = Entry
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, was, longer, strict=True)
    lost = guards_standing(connection) != wanted()
    call_command("migrate", verbosity=0)
    assert lost, "if tables are altered in place, this may go"
    assert guards_standing(connection) == wanted()


def test_on_postgresql_a_guard_that_sleeps_does_not_count(database: Any) -> None:
    if database.vendor != "postgresql":
        assert guards_standing(database) == wanted()
        return
    with database.cursor() as cursor:
        cursor.execute("alter table journal_entry disable trigger user")
        asleep = guards_standing(database)
        cursor.execute("alter table journal_entry enable trigger user")
    assert asleep == wanted() - guards_wanted([Entry], database.vendor)
    assert guards_standing(database) == wanted()
