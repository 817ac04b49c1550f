import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_access_as_it_begins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                (
                    "trade",
                    models.CharField(blank=True, help_text="As in field engineer.", max_length=80),
                ),
                ("from_on", models.DateField(blank=True, null=True)),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which they no longer work for us.",
                        null=True,
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "personal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to="access.personaldata",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__gt", models.F("from_on")),
                            ("from_on", None),
                            ("until_on", None),
                            _connector="OR",
                        ),
                        name="person_ends_after_it_starts",
                        violation_error_message="Nobody leaves before they come.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to="organisation.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__gt", models.F("from_at")),
                            ("from_at", None),
                            ("until_at", None),
                            _connector="OR",
                        ),
                        name="absence_ends_after_it_starts",
                        violation_error_message="It cannot end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy", None),
                            models.Q(("deputy", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="absence_deputy_is_another",
                        violation_error_message="Nobody is their own deputy.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
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
                        name="region_name_is_used_once",
                        violation_error_message="Another region has this name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="regions",
                        to="organisation.person",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="organisation.region",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "person"),
                        name="region_member_is_listed_once",
                        violation_error_message="This person works for the region already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("name", models.CharField(max_length=80)),
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
                        name="role_name_is_used_once",
                        violation_error_message="Another role has this name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Skill",
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
                        name="skill_name_is_used_once",
                        violation_error_message="Another skill has this name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldSkill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True)),
                (
                    "until_on",
                    models.DateField(blank=True, help_text="The first day without it.", null=True),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="organisation.person",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held",
                        to="organisation.skill",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__gt", models.F("from_on")),
                            ("from_on", None),
                            ("until_on", None),
                            _connector="OR",
                        ),
                        name="held_skill_ends_after_it_starts",
                        violation_error_message="It cannot end before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
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
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="organisation.region",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name",),
                        name="team_name_is_used_once",
                        violation_error_message="Another team has this name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleHolding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("product_family", models.CharField(blank=True, max_length=120)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputises",
                        to="organisation.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="organisation.person",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisation.region",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="organisation.role",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisation.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__gt", models.F("from_at")),
                            ("from_at", None),
                            ("until_at", None),
                            _connector="OR",
                        ),
                        name="role_holding_ends_after_it_starts",
                        violation_error_message="It cannot end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy", None),
                            models.Q(("deputy", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_holding_deputy_is_another",
                        violation_error_message="Nobody is their own deputy.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teams",
                        to="organisation.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="organisation.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("team", "person"),
                        name="team_member_is_listed_once",
                        violation_error_message="This person is in the team already.",
                    ),
                ],
            },
        ),
    ]
