from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_files_can_be_added")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "id"], name="case_by_state"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("cancelled_at__isnull", True), ("closed_at__isnull", True)),
                fields=["waiting_on", "consequence", "reported_at", "id"],
                name="case_open_by_wait",
            ),
        ),
    ]
