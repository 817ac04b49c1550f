from collections.abc import Iterator
from typing import Any

from django.db import migrations

from wellkept.record.parties.rules import Doubt, likeness


def compare(apps: Any, schema_editor: Any) -> None:
    """Customers that are called alike only now are in doubt; what was denied before stays denied."""
    rows = apps.get_model("parties", "Customer").objects.using(schema_editor.connection.alias)
    told = rows.order_by("pk").values_list("pk", "name", "alike", "doubt", "merged_into")
    statement = "update parties_customer set alike = %s, doubt = %s where id = %s"
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(statement, list(changed(told)))


def changed(told: Any) -> Iterator[tuple[str, str, int]]:
    """Give for each customer that is called otherwise, or doubted now: likeness, doubt, key."""
    first: dict[str, tuple[str, int]] = {}
    for key, name, before, doubt, merged_into in told:
        alike, means = likeness(name), merged_into or key
        other, another = first.setdefault(alike, (before, means))
        if other != before and another != means and merged_into is None:
            doubt = doubt or Doubt.SAME_NAME.value
        if alike != before or doubt:
            yield alike, doubt, key


class Migration(migrations.Migration):
    dependencies = [("parties", "0004_names_that_are_there")]

    operations = [migrations.RunPython(compare, migrations.RunPython.noop)]
