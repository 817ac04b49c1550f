import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Calendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("name", models.CharField(max_length=120)),
                ("from_on", models.DateField(blank=True, null=True)),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it is no longer in effect.",
                        null=True,
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name",),
                        name="calendar_name_is_used_once",
                        violation_error_message="Another calendar has this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__gt", models.F("from_on")),
                            ("from_on", None),
                            ("until_on", None),
                            _connector="OR",
                        ),
                        name="calendar_ends_after_it_starts",
                        violation_error_message="A calendar cannot end before it takes effect.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DatedHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("from_min", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("to_min", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dated",
                        to="calendars.calendar",
                    ),
                ),
            ],
            options={
                "ordering": ("on", "from_min"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_min", None), ("to_min", None)),
                            models.Q(
                                ("from_min__gte", 0),
                                ("from_min__lt", 1440),
                                ("to_min__gt", models.F("from_min")),
                                (
                                    "to_min__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("from_min"), "+", models.Value(1440)
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="dated_hours_are_of_one_day",
                        violation_error_message="Hours start within their day and last at most 24 h.",
                    ),
                    models.UniqueConstraint(
                        fields=("calendar", "on", "from_min"),
                        name="dated_hours_start_once",
                        violation_error_message="Two intervals of this date start at the same minute.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("name", models.CharField(max_length=200)),
                ("source", models.CharField(blank=True, max_length=120)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holidays",
                        to="calendars.calendar",
                    ),
                ),
            ],
            options={
                "ordering": ("on",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "on"),
                        name="holiday_is_named_once_a_day",
                        violation_error_message="The calendar has a holiday on this day already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeeklyHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(help_text="0 is Monday.")),
                ("from_min", models.PositiveSmallIntegerField(help_text="Minutes since midnight.")),
                ("to_min", models.PositiveSmallIntegerField()),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weekly",
                        to="calendars.calendar",
                    ),
                ),
            ],
            options={
                "ordering": ("weekday", "from_min"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weekday__lte", 6),
                            ("from_min__gte", 0),
                            ("from_min__lt", 1440),
                            ("to_min__gt", models.F("from_min")),
                            (
                                "to_min__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("from_min"), "+", models.Value(1440)
                                ),
                            ),
                        ),
                        name="weekly_hours_are_of_one_day",
                        violation_error_message="Hours start within their day and last at most 24 h.",
                    ),
                    models.UniqueConstraint(
                        fields=("calendar", "weekday", "from_min"),
                        name="weekly_hours_start_once",
                        violation_error_message="Two intervals of a day start at the same minute.",
                    ),
                ],
            },
        ),
    ]
