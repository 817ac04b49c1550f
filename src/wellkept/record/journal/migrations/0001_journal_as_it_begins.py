from django.db import migrations, models

import wellkept.record.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "transaction",
                    wellkept.record.journal.models.TransactionNumber(
                        db_default=wellkept.record.journal.models.CurrentTransaction(),
                        editable=False,
                    ),
                ),
                ("verb", models.CharField(max_length=80)),
                ("by", models.BigIntegerField(db_index=True, null=True)),
                ("done_at", models.DateTimeField()),
                ("keys", models.JSONField()),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [
                    models.Index(fields=["transaction", "id"], name="journal_in_order"),
                    models.Index(fields=["verb", "done_at"], name="journal_by_verb"),
                ],
            },
        ),
    ]
