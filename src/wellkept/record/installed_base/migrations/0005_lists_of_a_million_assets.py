from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("installed_base", "0004_files_can_be_added")]

    operations = [
        migrations.RemoveIndex(
            model_name="asset",
            name="asset_to_merge",
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                condition=models.Q(("doubt", ""), _negated=True),
                fields=["number", "id"],
                name="asset_to_merge",
            ),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(fields=["state", "number"], name="asset_by_state"),
        ),
    ]
