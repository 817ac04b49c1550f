from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("installed_base", "0006_a_part_knows_its_classes")]

    operations = [
        migrations.RemoveIndex(model_name="asset", name="asset_by_serial"),
        migrations.RemoveIndex(model_name="asset", name="asset_to_merge"),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(fields=["serial", "product"], name="asset_by_serial"),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                condition=models.Q(models.Q(("doubt", ""), _negated=True), ("merged_into", None)),
                fields=["number", "id"],
                name="asset_to_merge",
            ),
        ),
    ]
