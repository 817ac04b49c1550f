from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_calendars_as_it_begins"),
        ("installed_base", "0005_lists_of_a_million_assets"),
        ("organisation", "0001_organisation_as_it_begins"),
        ("parties", "0002_what_other_systems_said"),
        ("promises", "0005_lists_of_a_million_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="promise",
            name="promise_urgency",
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
                fields=["consequence", "judged_due", "id", "owner"],
                name="promise_urgency",
            ),
        ),
    ]
