from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promises", "0004_files_can_be_added")]

    operations = [
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("fulfilled_at__isnull", True),
                    ("released_at__isnull", True),
                    ("verdict__isnull", True),
                    ("voided_at__isnull", True),
                ),
                fields=["id"],
                name="promise_owed_by_key",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("fulfilled_at__isnull", True),
                    ("released_at__isnull", True),
                    ("verdict__isnull", True),
                    ("voided_at__isnull", True),
                ),
                fields=["team", "consequence", "judged_due"],
                name="promise_owed_by_team",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("fulfilled_at__isnull", True),
                    ("released_at__isnull", True),
                    ("verdict__isnull", True),
                    ("voided_at__isnull", True),
                ),
                fields=["site", "consequence", "judged_due"],
                name="promise_owed_by_site",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(
                    ("ended_at__isnull", False),
                    ("released_at__isnull", False),
                    ("voided_at__isnull", False),
                    _connector="OR",
                ),
                fields=["id"],
                name="promise_ended_otherwise",
            ),
        ),
    ]
