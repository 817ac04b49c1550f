import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellkept.record.sources.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=wellkept.record.sources.models.state_choices,
                        default="tried",
                        max_length=10,
                    ),
                ),
                ("folder", models.CharField(help_text="Where the files lay.", max_length=500)),
                ("upload", models.CharField(blank=True, max_length=40)),
                (
                    "system",
                    models.CharField(help_text="Which system wrote the files.", max_length=60),
                ),
                (
                    "zone",
                    models.CharField(
                        blank=True, help_text="Empty: as the files say.", max_length=60
                    ),
                ),
                ("recipe", models.TextField(blank=True)),
                (
                    "role",
                    models.CharField(
                        help_text="The role that answers for what is new.", max_length=80
                    ),
                ),
                ("fingerprint", models.CharField(max_length=80)),
                ("files", models.JSONField(default=list)),
                ("plan", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                (
                    "steps",
                    models.PositiveIntegerField(
                        default=0, help_text="How many chunks there are in all."
                    ),
                ),
                ("tried_at", models.DateTimeField(help_text="When it was looked through.")),
                (
                    "at",
                    models.DateTimeField(
                        help_text="The moment of everything that it wrote.", null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "raw_until_on",
                    models.DateField(help_text="Its raw rows are kept until this day.", null=True),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "tried"), ("at__isnull", False), _connector="OR"
                        ),
                        name="import_that_wrote_has_its_moment",
                        violation_error_message="An import that wrote something has the moment of it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noun", models.CharField(max_length=80)),
                ("number", models.PositiveIntegerField()),
                ("made", models.JSONField(default=dict)),
                ("before", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="written_steps",
                        to="sources.importrun",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "noun", "number"),
                        name="import_step_is_written_once",
                        violation_error_message="This part of the import is written already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RawBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.PositiveSmallIntegerField()),
                ("first_row", models.PositiveBigIntegerField()),
                ("last_row", models.PositiveBigIntegerField()),
                ("content", models.BinaryField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="raw_blocks",
                        to="sources.importrun",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "file", "first_row"),
                        name="raw_rows_are_kept_once",
                        violation_error_message="These raw rows are kept already.",
                    ),
                ],
            },
        ),
    ]
