from typing import Any

from django.db import migrations

from wellkept.record.parties.rules import Doubt, likeness

BATCH = 2_000


def compare(apps: Any, schema_editor: Any) -> None:
    """Of customers that are called alike the first one stands, and the others are in doubt."""
    rows = apps.get_model("parties", "Customer").objects.using(schema_editor.connection.alias)
    seen: set[str] = set()
    batch: list[Any] = []
    for one in rows.only("name", "merged_into").order_by("pk").iterator(chunk_size=BATCH):
        one.alike = likeness(one.name)
        if one.merged_into_id is None:
            one.doubt = Doubt.SAME_NAME.value if one.alike in seen else Doubt.NONE.value
            seen.add(one.alike)
        batch.append(one)
        if len(batch) == BATCH:
            rows.bulk_update(batch, ["alike", "doubt"])
            batch = []
    rows.bulk_update(batch, ["alike", "doubt"])


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_names_are_compared")]

    operations = [migrations.RunPython(compare, migrations.RunPython.noop)]
