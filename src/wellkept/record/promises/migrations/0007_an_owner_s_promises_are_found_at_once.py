from django.db import migrations, models

# SQLite takes, of two indexes that serve alike, the one made last: of what an owner owes that must
# stay the one of owed promises alone, so it is made anew after the one of all.


class Migration(migrations.Migration):
    dependencies = [("promises", "0006_urgency_knows_the_owner")]

    operations = [
        migrations.RemoveIndex(model_name="promise", name="promise_owed_by_owner"),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["owner", "consequence"], name="promise_by_owner"),
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
                fields=["owner", "consequence", "judged_due"],
                name="promise_owed_by_owner",
            ),
        ),
    ]
