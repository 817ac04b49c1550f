from collections.abc import Iterator
from typing import Any

from django.db import migrations

from wellkept.record.parties.rules import Doubt, likeness


def compare(apps: Any, schema_editor: Any) -> None:
    """Of customers that are called alike the first one stands, and the others are in doubt."""
    rows = apps.get_model("parties", "Customer").objects.using(schema_editor.connection.alias)
    told = rows.order_by("pk").values_list("pk", "name", "merged_into")
    # A statement for each row, prepared once, takes a tenth of what one with a case for each does.
    statement = "update parties_customer set alike = %s, doubt = %s where id = %s"
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(statement, list(doubted(told)))


def doubted(told: Any) -> Iterator[tuple[str, str, int]]:
    """Give for each customer its likeness and its doubt, with its key."""
    first: dict[str, int] = {}
    for key, name, merged_into in told:
        alike, means = likeness(name), merged_into or key
        another = first.setdefault(alike, means) != means and merged_into is None
        yield alike, (Doubt.SAME_NAME if another else Doubt.NONE).value, key


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_names_are_compared")]

    operations = [migrations.RunPython(compare, migrations.RunPython.noop)]
