import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellkept.record.installed_base.models.assets
import wellkept.record.promises.models.happenings
import wellkept.record.promises.models.promise


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calendars", "0001_calendars_as_it_begins"),
        ("installed_base", "0001_installed_base_as_it_begins"),
        ("organisation", "0001_organisation_as_it_begins"),
        ("parties", "0001_parties_as_it_begins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "channel",
                    models.CharField(
                        choices=wellkept.record.promises.models.happenings.channel_choices,
                        max_length=12,
                    ),
                ),
                (
                    "from_customer",
                    models.BooleanField(default=False, help_text="They told us, not we them."),
                ),
                ("about", models.TextField(blank=True, help_text="What was said.")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_log",
                        to="organisation.person",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_log",
                        to="parties.contact",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_log",
                        to="parties.customer",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["customer", "-at"], name="contact_log_of_customer"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
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
                    "kind",
                    models.CharField(
                        choices=wellkept.record.promises.models.promise.kind_choices, max_length=20
                    ),
                ),
                ("made_to", models.CharField(default="customer", max_length=12)),
                ("about", models.CharField(max_length=300)),
                (
                    "consequence",
                    models.PositiveSmallIntegerField(
                        choices=wellkept.record.installed_base.models.assets.consequence_choices,
                        default=2,
                    ),
                ),
                ("source", models.CharField(default="said", max_length=12)),
                ("offered_at", models.DateTimeField(editable=False, null=True)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "not_before",
                    models.DateTimeField(blank=True, help_text="The start of a window.", null=True),
                ),
                ("first_due", models.DateTimeField(blank=True, null=True)),
                ("current_due", models.DateTimeField(blank=True, null=True)),
                ("judged_due", models.DateTimeField(editable=False, null=True)),
                ("left_s", models.BigIntegerField(editable=False, null=True)),
                ("due_precision", models.CharField(default="moment", max_length=8)),
                (
                    "target_s",
                    models.PositiveBigIntegerField(
                        blank=True, help_text="Working seconds.", null=True
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        blank=True, help_text="Empty: the zone of the site.", max_length=60
                    ),
                ),
                ("penalty_minor", models.BigIntegerField(blank=True, null=True)),
                ("downtime_minor_per_h", models.BigIntegerField(blank=True, null=True)),
                ("at_stake_minor", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("verdict", models.CharField(blank=True, max_length=8, null=True)),
                ("fulfilled_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "provisional",
                    models.BooleanField(default=False, help_text="Until the customer confirms."),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                ("voided_at", models.DateTimeField(editable=False, null=True)),
                ("voided_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Rules that an import did not meet.",
                        max_length=60,
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=300)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=wellkept.record.promises.models.promise.cause_choices,
                        max_length=12,
                    ),
                ),
                (
                    "accountable",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="organisation.role",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="installed_base.asset",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="calendars.calendar",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
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
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_promises",
                        to="organisation.person",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="promises.promise",
                    ),
                ),
                (
                    "offered_to",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offered_promises",
                        to="organisation.person",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="organisation.person",
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
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="parties.site",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="organisation.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_due__gte", models.F("made_at")),
                            ("made_at__isnull", True),
                            ("first_due__isnull", True),
                            models.Q(("doubt", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="promise_due_after_made",
                        violation_error_message="A promise cannot fall due before it is made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("current_due__isnull", False), ("first_due__isnull", False)),
                            ("verdict__isnull", False),
                            _connector="OR",
                        ),
                        name="promise_has_a_date_or_a_verdict",
                        violation_error_message="A promise needs a due date, or the verdict of its source.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judged_due__isnull", False), ("left_s__isnull", True)),
                            models.Q(("judged_due__isnull", True), ("left_s__isnull", False)),
                            models.Q(("first_due__isnull", True), ("judged_due__isnull", True)),
                            _connector="OR",
                        ),
                        name="promise_is_dated_or_paused",
                        violation_error_message="A promise has a judged date or working time left.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fulfilled_at__isnull", True),
                            models.Q(("ended_at__isnull", True), ("released_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="promise_ends_once",
                        violation_error_message="A promise is fulfilled, or released, or ended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="promise_void_has_a_reason",
                        violation_error_message="Say why the promise is void.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(("ended_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="promise_end_has_a_reason",
                        violation_error_message="Say why the promise will not be fulfilled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_at__isnull", True),
                            models.Q(("evidence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="promise_release_has_evidence",
                        violation_error_message="Only the customer releases: say how we know.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("currency", ""), _negated=True),
                            models.Q(
                                ("at_stake_minor__isnull", True),
                                ("downtime_minor_per_h__isnull", True),
                                ("penalty_minor__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="promise_money_has_a_currency",
                        violation_error_message="Money needs its currency.",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("fulfilled_at__isnull", True),
                            ("released_at__isnull", True),
                            ("verdict__isnull", True),
                            ("voided_at__isnull", True),
                        ),
                        fields=["consequence", "judged_due", "id"],
                        name="promise_urgency",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("fulfilled_at__isnull", True),
                            ("released_at__isnull", True),
                            ("verdict__isnull", True),
                            ("voided_at__isnull", True),
                        ),
                        fields=["judged_due", "id"],
                        name="promise_owed_by_due",
                    ),
                    models.Index(
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
                    models.Index(fields=["customer", "judged_due"], name="promise_by_customer"),
                    models.Index(
                        condition=models.Q(("offered_to__isnull", False)),
                        fields=["offered_to"],
                        name="promise_by_offer",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="promise_by_survivor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
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
                    "waited_for",
                    models.CharField(
                        choices=wellkept.record.promises.models.happenings.waited_for_choices,
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "evidence",
                    models.CharField(
                        blank=True, help_text="How we know they agreed.", max_length=300
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="promises.promise",
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
                        name="pause_ends_after_it_starts",
                        violation_error_message="A pause cannot end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acknowledged_at__isnull", True),
                            models.Q(("evidence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pause_acknowledged_has_evidence",
                        violation_error_message="The customer acknowledged it: say how we know.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)),
                        fields=("promise",),
                        name="pause_runs_once",
                        violation_error_message="The promise is paused already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "in_time",
                    models.BooleanField(
                        help_text="Told at or before the date it was then judged by."
                    ),
                ),
                (
                    "told",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="promises.contactlog",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="DateCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_first_due", models.DateTimeField()),
                ("new_first_due", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "ordering": ("asked_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="correction_has_a_reason",
                        violation_error_message="Say why the date was wrong.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", True)),
                        fields=("promise",),
                        name="correction_waits_once",
                        violation_error_message="A correction of this promise waits for a second person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=16)),
                ("at", models.DateTimeField(help_text="When it happened.")),
                ("recorded_at", models.DateTimeField(help_text="When it was written down.")),
                ("due", models.DateTimeField(help_text="The date it led to.", null=True)),
                (
                    "detail",
                    models.BigIntegerField(
                        help_text="Key of the move, notice, pause, …", null=True
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
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
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promise_events",
                        to="organisation.person",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="PromiseExternalId",
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
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "kind", "external_id"),
                        name="promise_external_id_is_used_once",
                        violation_error_message="Another row carries this number of the other system already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_due", models.DateTimeField()),
                ("new_due", models.DateTimeField()),
                (
                    "asked_by",
                    models.CharField(
                        choices=wellkept.record.promises.models.happenings.asked_by_choices,
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "evidence",
                    models.CharField(
                        blank=True, help_text="How we know who asked.", max_length=300
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        help_text="When it was asked; empty: not recorded.", null=True
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old_due", models.F("new_due")), _negated=True),
                        name="move_changes_the_date",
                        violation_error_message="A move changes the date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", "customer"), _negated=True),
                            models.Q(("evidence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="move_by_customer_has_evidence",
                        violation_error_message="The customer asked: say how we know.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
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
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="remark_says_something",
                        violation_error_message="Write why.",
                    ),
                ],
            },
        ),
    ]
