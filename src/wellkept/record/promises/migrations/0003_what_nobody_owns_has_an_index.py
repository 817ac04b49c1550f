import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_calendars_as_it_begins"),
        ("installed_base", "0003_no_serial_is_no_doubt"),
        ("organisation", "0001_organisation_as_it_begins"),
        ("parties", "0002_what_other_systems_said"),
        ("promises", "0002_what_other_systems_said"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="promise",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promises",
                to="organisation.person",
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
                    ("owner__isnull", True),
                ),
                fields=["judged_due", "id"],
                name="promise_owed_by_nobody",
            ),
        ),
    ]
