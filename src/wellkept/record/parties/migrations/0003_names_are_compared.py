from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_what_other_systems_said")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="alike",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="What its name has in common.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="doubt",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Why it may be another customer.",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["alike", "id"], name="customer_by_likeness"),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(models.Q(("doubt", ""), _negated=True), ("merged_into", None)),
                fields=["name", "id"],
                name="customer_to_merge",
            ),
        ),
    ]
