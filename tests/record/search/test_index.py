"""The index stands on both databases, and nothing that writes can forget it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models

from builders import a_customer, a_product, an_asset
from databases import on_sqlite
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.models import Customer
from wellkept.record.search import index
from wellkept.record.search.index import catch_up, every_index, lacks, reaches
from wellkept.record.search.queries import answering

pytestmark = pytest.mark.usefixtures("committed")


def test_every_noun_that_answers_is_indexed() -> None:
    assert {one.table for one in every_index()} == {
        "installed_base_asset", "installed_base_product", "parties_customer", "cases_case",
        "promises_promise",
    }  # fmt: skip
    assert lacks(connection) == []


def test_a_migration_makes_again_what_was_lost() -> None:
    nord = a_customer("Clinic Nord")
    sum(catch_up(connection))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("drop trigger parties_customer_words_changed")
        else:
            cursor.execute("drop index parties_customer_words")
    Customer.objects.filter(pk=nord.pk).update(name="Spital Ost")  # nothing follows it
    assert [one.table for one in lacks(connection)] == ["parties_customer"]
    call_command("migrate", verbosity=0)
    assert lacks(connection) == []
    assert answering("spital", Customer.objects.all()).first(2) == [nord]
    sum(catch_up(connection))
    assert answering("spital", Customer.objects.all()).first(2) == [nord]
    assert answering("clinic", Customer.objects.all()).first(2) == []


@on_sqlite
def test_sqlite_loses_the_triggers_when_it_alters_a_table_and_a_migration_sets_them_again() -> None:
    was = Customer._meta.get_field("name")
    longer = models.CharField(max_length=210)
    longer.set_attributes_from_name("name")
    longer.model = Customer
    with connection.schema_editor() as editor:
        editor.alter_field(Customer, was, longer, strict=True)
    lost = lacks(connection) != []
    call_command("migrate", verbosity=0)
    assert lost, "if tables are altered in place, this may go"
    assert lacks(connection) == []


@on_sqlite
def test_sqlite_takes_rows_in_by_chunks_and_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index, "CHUNK", 2)
    pump = a_product()
    assets = [an_asset(f"Q-{number:04d}", product=pump) for number in range(5)]
    taking = catch_up(connection)
    assert [next(taking), next(taking)] == [1, 2]  # the product, two of the assets
    assert reaches(connection)["installed_base_asset"] == assets[1].pk
    assert len(answering("q-00", Asset.objects.all()).first(9)) == 5
    assert list(catch_up(connection)) == [2, 1]
    assert reaches(connection)["installed_base_asset"] == assets[4].pk


@on_sqlite
def test_sqlite_s_own_check_finds_the_index_sound_after_every_kind_of_change(database: Any) -> None:
    rows = [an_asset(f"W-{number:04d}") for number in range(6)]
    sum(catch_up(connection))
    Asset.objects.filter(pk=rows[0].pk).update(serial="Über-1")
    rows[1].hardware_revision = "B"
    rows[1].save()
    Asset.objects.filter(pk=rows[2].pk).delete()
    an_asset("V-1")
    sum(catch_up(connection))
    with database.cursor() as cursor:
        for one in every_index():
            check = (
                f'insert into "{one.index}"("{one.index}", rank) values (\'integrity-check\', 1)'
            )
            cursor.execute(check)


@on_sqlite
def test_a_key_is_never_used_again_so_that_new_rows_stand_beyond_the_index() -> None:
    """What lets the index do without a trigger for new rows, which would cost more than a row."""
    with connection.cursor() as cursor:
        cursor.execute("select name, sql from sqlite_master where type = 'table'")
        made = dict(cursor.fetchall())
    assert all("AUTOINCREMENT" in made[one.table] for one in every_index())
