from django.db import migrations, models

IS_OPEN = models.Q(("cancelled_at__isnull", True), ("closed_at__isnull", True))


def of_part(part: str) -> migrations.AddIndex:
    return migrations.AddIndex(
        model_name="case",
        index=models.Index(
            condition=IS_OPEN,
            fields=[part, "consequence", "reported_at", "id"],
            name=f"case_open_by_{part}",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_lists_of_many_cases")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_open_by_owner"),
        of_part("owner"),
        of_part("team"),
        of_part("site"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("waiting_on", "nobody"), _negated=True),
                fields=["waiting_on", "id"],
                name="case_by_wait",
            ),
        ),
    ]
