from typing import Any

from django.conf import settings
from django.db import migrations, models


def clear(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("installed_base", "Asset").objects.using(schema_editor.connection.alias)
    rows.filter(doubt="no_serial").update(doubt="")


class Migration(migrations.Migration):
    dependencies = [
        ("installed_base", "0002_what_other_systems_said"),
        ("parties", "0002_what_other_systems_said"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="asset", name="asset_serial_is_used_once"),
        migrations.RemoveConstraint(model_name="asset", name="asset_without_serial_is_in_doubt"),
        migrations.RunPython(clear, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("doubt", ""),
                    ("merged_into", None),
                    models.Q(("serial", ""), _negated=True),
                ),
                fields=("product", "serial"),
                name="asset_serial_is_used_once",
                violation_error_message="Another asset of this product has this serial.",
            ),
        ),
    ]
