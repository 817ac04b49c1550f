import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellkept.record.parties.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_access_as_it_begins"),
        ("calendars", "0001_calendars_as_it_begins"),
        ("organisation", "0001_organisation_as_it_begins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "number",
                    models.CharField(
                        blank=True, help_text="Our own number, if any.", max_length=60
                    ),
                ),
                ("merged_at", models.DateTimeField(editable=False, null=True)),
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
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="of_group",
                        to="parties.customer",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="parties.customer",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="customers",
                        to="organisation.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="customers",
                        to="organisation.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), ("merged_into", None)
                        ),
                        fields=("number",),
                        name="customer_number_is_used_once",
                        violation_error_message="Another customer has this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("group", None),
                                models.Q(("group", models.F("id")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("merged_into", None),
                                models.Q(("merged_into", models.F("id")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="customer_is_not_in_itself",
                        violation_error_message="A customer is not its own group, nor merged into itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_at", None), ("merged_into", None)),
                            models.Q(("merged_at__isnull", False), ("merged_into__isnull", False)),
                            _connector="OR",
                        ),
                        name="customer_merge_is_dated",
                        violation_error_message="A merge has a moment.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["name", "id"], name="customer_by_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerExternalId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "system",
                    models.CharField(
                        help_text="Which system, as in erp or helpdesk.", max_length=60
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="Which of its tables or fields.", max_length=60),
                ),
                ("external_id", models.CharField(max_length=200)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_ids",
                        to="parties.customer",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "kind", "external_id"),
                        name="customer_external_id_is_used_once",
                        violation_error_message="Another row carries this number of the other system already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("name", models.CharField(max_length=200)),
                ("address", models.TextField(blank=True)),
                (
                    "country",
                    models.CharField(
                        blank=True, help_text="Two letters of ISO 3166.", max_length=2
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        max_length=60, validators=[wellkept.record.parties.models.must_be_zone]
                    ),
                ),
                (
                    "access_notes",
                    models.TextField(blank=True, help_text="Gate, badge, whom to call."),
                ),
                (
                    "cover_calendar",
                    models.ForeignKey(
                        blank=True,
                        help_text="When we owe service.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="calendars.calendar",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="parties.customer",
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
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="organisation.region",
                    ),
                ),
                (
                    "required_calendar",
                    models.ForeignKey(
                        blank=True,
                        help_text="When the customer needs the function.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requires",
                        to="calendars.calendar",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("zone", ""), _negated=True),
                        name="site_has_a_zone",
                        violation_error_message="A site needs its time zone.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["name", "id"], name="site_by_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                    "role",
                    models.CharField(
                        blank=True, help_text="As in maintenance manager.", max_length=120
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        choices=wellkept.record.parties.models.consent_choices,
                        default="unknown",
                        max_length=20,
                    ),
                ),
                ("consent_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="contact",
                        to="access.personaldata",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="parties.customer",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="parties.site",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent", "unknown"), ("consent_at__isnull", False), _connector="OR"
                        ),
                        name="contact_consent_is_dated",
                        violation_error_message="Consent that was given or withdrawn has its moment.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteExternalId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "system",
                    models.CharField(
                        help_text="Which system, as in erp or helpdesk.", max_length=60
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="Which of its tables or fields.", max_length=60),
                ),
                ("external_id", models.CharField(max_length=200)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_ids",
                        to="parties.site",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "kind", "external_id"),
                        name="site_external_id_is_used_once",
                        violation_error_message="Another row carries this number of the other system already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactExternalId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "system",
                    models.CharField(
                        help_text="Which system, as in erp or helpdesk.", max_length=60
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="Which of its tables or fields.", max_length=60),
                ),
                ("external_id", models.CharField(max_length=200)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_ids",
                        to="parties.contact",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "kind", "external_id"),
                        name="contact_external_id_is_used_once",
                        violation_error_message="Another row carries this number of the other system already.",
                    )
                ],
            },
        ),
    ]
