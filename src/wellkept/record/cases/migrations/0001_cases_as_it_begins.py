import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellkept.record.cases.models.case
import wellkept.record.cases.models.ownership
import wellkept.record.installed_base.models.assets


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calendars", "0001_calendars_as_it_begins"),
        ("installed_base", "0001_installed_base_as_it_begins"),
        ("organisation", "0001_organisation_as_it_begins"),
        ("parties", "0001_parties_as_it_begins"),
        ("promises", "0001_promises_as_it_begins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
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
                    "about",
                    models.CharField(
                        help_text="What is wrong, in the customer's words.", max_length=300
                    ),
                ),
                ("detail", models.TextField(blank=True)),
                (
                    "channel",
                    models.CharField(
                        choices=wellkept.record.cases.models.case.channel_choices,
                        default="unknown",
                        max_length=12,
                    ),
                ),
                (
                    "asset_is_unknown",
                    models.BooleanField(
                        default=False, help_text="It is about an asset that nobody could name yet."
                    ),
                ),
                (
                    "consequence",
                    models.PositiveSmallIntegerField(
                        choices=wellkept.record.installed_base.models.assets.consequence_choices,
                        default=2,
                    ),
                ),
                (
                    "consequence_asked",
                    models.BooleanField(
                        default=False, help_text="The customer was asked what the stop means."
                    ),
                ),
                ("failure_mode", models.CharField(blank=True, max_length=60)),
                ("failure_mechanism", models.CharField(blank=True, max_length=60)),
                ("failure_cause", models.CharField(blank=True, max_length=60)),
                ("remedy", models.CharField(blank=True, max_length=60)),
                ("occurred_at", models.DateTimeField(blank=True, null=True)),
                ("reported_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=wellkept.record.cases.models.case.state_choices,
                        default="reported",
                        editable=False,
                        max_length=14,
                    ),
                ),
                (
                    "waiting_on",
                    models.CharField(
                        choices=wellkept.record.cases.models.case.waiting_on_choices,
                        default="nobody",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("acknowledged_at", models.DateTimeField(editable=False, null=True)),
                ("restored_at", models.DateTimeField(editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("cancelled_at", models.DateTimeField(editable=False, null=True)),
                ("reopened", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Rules that an import did not meet.",
                        max_length=60,
                    ),
                ),
                (
                    "accountable",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="organisation.role",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="installed_base.asset",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="parties.customer",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="organisation.person",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="parties.site",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="organisation.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occurred_at__lte", models.F("reported_at")),
                            ("occurred_at__isnull", True),
                            models.Q(("doubt", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="case_occurred_before_it_was_reported",
                        violation_error_message="It cannot have happened after it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asset__isnull", True), ("asset_is_unknown", False), _connector="OR"
                        ),
                        name="case_with_asset_knows_it",
                        violation_error_message="The asset is named, so it is not unknown.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(("cancelled_at__isnull", False), ("state", "cancelled")),
                            models.Q(
                                ("cancelled_at__isnull", True),
                                ("closed_at__isnull", True),
                                ("state__in", ["acknowledged", "in_work", "reported", "restored"]),
                            ),
                            models.Q(("doubt", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="case_is_closed_in_its_state",
                        violation_error_message="A case that is closed or cancelled has that moment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about", ""), _negated=True),
                        name="case_says_what_is_wrong",
                        violation_error_message="Say what is wrong.",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("closed_at__isnull", True)
                        ),
                        fields=["consequence", "reported_at", "id"],
                        name="case_urgency",
                    ),
                    models.Index(fields=["reported_at", "id"], name="case_by_report"),
                    models.Index(fields=["customer", "reported_at"], name="case_by_customer"),
                    models.Index(fields=["asset", "reported_at"], name="case_by_asset"),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("closed_at__isnull", True)
                        ),
                        fields=["owner", "consequence", "reported_at"],
                        name="case_open_by_owner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
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
                    "how",
                    models.CharField(
                        choices=wellkept.record.cases.models.ownership.how_choices, max_length=10
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="organisation.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="organisation.team",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ("from_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="assignment_ends_after_it_starts",
                        violation_error_message="It cannot end before it starts.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)),
                        fields=("case",),
                        name="assignment_is_open_once",
                        violation_error_message="The case has an owner already; hand it over.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_log",
                        to="cases.case",
                    ),
                ),
                (
                    "told",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="of_cases",
                        to="promises.contactlog",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "told"),
                        name="case_contact_is_linked_once",
                        violation_error_message="This line of the contact log hangs on the case already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=80)),
                ("state", models.CharField(blank=True, max_length=14)),
                ("waiting_on", models.CharField(blank=True, max_length=10)),
                (
                    "acknowledged",
                    models.BooleanField(
                        default=False, help_text="The customer acknowledged that we wait for them."
                    ),
                ),
                ("at", models.DateTimeField(help_text="When it happened.")),
                ("recorded_at", models.DateTimeField(help_text="When it was written down.")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_events",
                        to="organisation.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_events",
                        to="organisation.team",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="CaseExternalId",
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
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "kind", "external_id"),
                        name="case_external_id_is_used_once",
                        violation_error_message="Another row carries this number of the other system already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="case_remark_says_something",
                        violation_error_message="Write the note first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
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
                    "consequence",
                    models.PositiveSmallIntegerField(
                        choices=wellkept.record.installed_base.models.assets.consequence_choices
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        blank=True, help_text="Empty: the zone of the site.", max_length=60
                    ),
                ),
                ("respond_min", models.PositiveIntegerField(blank=True, null=True)),
                ("restore_min", models.PositiveIntegerField(blank=True, null=True)),
                ("update_min", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "accountable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="organisation.role",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="calendars.calendar",
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
                "ordering": ("consequence", "calendar"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consequence", "calendar"),
                        name="commitment_is_made_once",
                        violation_error_message="There is a commitment for this consequence and calendar.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("calendar__isnull", True)),
                        fields=("consequence",),
                        name="commitment_elsewhere_is_made_once",
                        violation_error_message="There is a commitment for this consequence elsewhere.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CasePromise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("set_apart", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="cases.case",
                    ),
                ),
                (
                    "promise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="of_case",
                        to="promises.promise",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made",
                        to="cases.commitment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Downtime",
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
                    "planned",
                    models.BooleanField(blank=True, help_text="Empty: not recorded.", null=True),
                ),
                ("cause", models.CharField(blank=True, max_length=60)),
                ("about", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "asset",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="downtimes",
                        to="installed_base.asset",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="downtimes",
                        to="cases.case",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("from_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="downtime_ends_after_it_starts",
                        violation_error_message="Downtime cannot end before it starts.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["asset", "from_at"], name="downtime_of_asset"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DowntimeExternalId",
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
                        to="cases.downtime",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "kind", "external_id"),
                        name="downtime_external_id_is_used_once",
                        violation_error_message="Another row carries this number of the other system already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("accepted", models.BooleanField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="cases.case",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers_made",
                        to="organisation.person",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ("offered_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted__isnull", True), ("answered_at__isnull", True)),
                            models.Q(("accepted__isnull", False), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="offer_answer_has_its_moment",
                        violation_error_message="An answer has its moment.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("case",),
                        name="offer_waits_once",
                        violation_error_message="The case is offered to somebody already.",
                    ),
                ],
            },
        ),
    ]
