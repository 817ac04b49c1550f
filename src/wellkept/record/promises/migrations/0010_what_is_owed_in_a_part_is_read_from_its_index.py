from django.db import migrations, models

OWED = models.Q(
    ("ended_at__isnull", True),
    ("fulfilled_at__isnull", True),
    ("released_at__isnull", True),
    ("verdict__isnull", True),
    ("voided_at__isnull", True),
)
BESIDE = {
    "owner": (["owner", "consequence", "judged_due"], ["id", "team", "offered_to"]),
    "team": (["team", "consequence", "judged_due", "id"], ["owner", "offered_to"]),
    "site": (["site", "consequence", "judged_due", "id"], ["owner", "team", "offered_to"]),
}


class Migration(migrations.Migration):
    """SQLite knows no columns beside the keys of an index: there they become what they were."""

    dependencies = [("promises", "0009_a_correction_can_be_refused")]

    operations = [
        operation
        for part, (fields, beside) in BESIDE.items()
        for operation in (
            migrations.RemoveIndex(model_name="promise", name=f"promise_owed_by_{part}"),
            migrations.AddIndex(
                model_name="promise",
                index=models.Index(
                    condition=OWED, fields=fields, include=beside, name=f"promise_owed_by_{part}"
                ),
            ),
        )
    ]
