import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellkept.record.installed_base.models.assets
import wellkept.record.installed_base.models.products
import wellkept.record.installed_base.no_overlap


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0001_parties_as_it_begins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Asset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("number", models.CharField(help_text="Our own number.", max_length=60)),
                ("serial", models.CharField(blank=True, max_length=120)),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Why it may be another asset.",
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=wellkept.record.installed_base.models.assets.state_choices,
                        default="in_use",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("hardware_revision", models.CharField(blank=True, max_length=60)),
                ("software_revision", models.CharField(blank=True, max_length=60)),
                ("installed_on", models.DateField(blank=True, null=True)),
                ("warranty_until_on", models.DateField(blank=True, null=True)),
                (
                    "consequence",
                    models.PositiveSmallIntegerField(
                        choices=wellkept.record.installed_base.models.assets.consequence_choices,
                        default=2,
                    ),
                ),
                ("consequence_said_by", models.CharField(blank=True, max_length=120)),
                ("consequence_said_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cost_band",
                    models.CharField(
                        choices=wellkept.record.installed_base.models.assets.cost_band_choices,
                        default="unknown",
                        max_length=20,
                    ),
                ),
                ("cost_band_said_by", models.CharField(blank=True, max_length=120)),
                ("cost_band_said_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("merged_at", models.DateTimeField(editable=False, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets",
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
                    "merged_into",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="installed_base.asset",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets",
                        to="parties.site",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AssetEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("old", models.CharField(blank=True, max_length=120)),
                ("new", models.CharField(blank=True, max_length=120)),
                (
                    "reason",
                    models.CharField(blank=True, help_text="A code, never a name.", max_length=200),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="installed_base.asset",
                    ),
                ),
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
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("number", models.CharField(help_text="As the catalogue has it.", max_length=60)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=wellkept.record.installed_base.models.products.product_kind_choices,
                        default="hardware",
                        max_length=20,
                    ),
                ),
                ("family", models.CharField(blank=True, db_index=True, max_length=120)),
                ("released_on", models.DateField(blank=True, null=True)),
                ("sale_ends_on", models.DateField(blank=True, null=True)),
                ("support_ends_on", models.DateField(blank=True, null=True)),
                ("expected_life_years", models.PositiveSmallIntegerField(blank=True, null=True)),
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
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number",),
                        name="product_number_is_used_once",
                        violation_error_message="Another product has this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("support_ends_on__gte", models.F("released_on")),
                            ("released_on", None),
                            ("support_ends_on", None),
                            _connector="OR",
                        ),
                        name="product_support_ends_after_release",
                        violation_error_message="Support of a product cannot end before its release.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="asset",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assets",
                to="installed_base.product",
            ),
        ),
        migrations.CreateModel(
            name="ProductExternalId",
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
                        to="installed_base.product",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "kind", "external_id"),
                        name="product_external_id_is_used_once",
                        violation_error_message="Another row carries this number of the other system already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "needed",
                    models.BooleanField(
                        default=True, help_text="The asset does not work without it."
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="installed_base.product",
                    ),
                ),
            ],
            options={
                "ordering": ("product", "name"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("product", "name"),
                        name="slot_is_named_once",
                        violation_error_message="The product has a slot of this name already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetExternalId",
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
                        to="installed_base.asset",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "kind", "external_id"),
                        name="asset_external_id_is_used_once",
                        violation_error_message="Another row carries this number of the other system already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_at",
                    models.DateTimeField(blank=True, help_text="Empty: nobody knows.", null=True),
                ),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operations",
                        to="installed_base.asset",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operations",
                        to="parties.customer",
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
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__gt", models.F("from_at")),
                            ("from_at", None),
                            ("until_at", None),
                            _connector="OR",
                        ),
                        name="operation_ends_after_it_starts",
                        violation_error_message="It cannot end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__gte", models.F("recorded_at")),
                            ("superseded_at", None),
                            _connector="OR",
                        ),
                        name="operation_is_superseded_after_it_was_recorded",
                        violation_error_message="A row is superseded after it was recorded.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None), ("until_at", None)),
                        fields=("asset",),
                        name="operation_is_open_once",
                        violation_error_message="The asset has an open operation already; close it first.",
                    ),
                    wellkept.record.installed_base.no_overlap.NoOverlap(
                        name="operation_does_not_overlap",
                        violation_error_message="Two operations of one asset would overlap.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ownership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_at",
                    models.DateTimeField(blank=True, help_text="Empty: nobody knows.", null=True),
                ),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ownerships",
                        to="installed_base.asset",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ownerships",
                        to="parties.customer",
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
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__gt", models.F("from_at")),
                            ("from_at", None),
                            ("until_at", None),
                            _connector="OR",
                        ),
                        name="ownership_ends_after_it_starts",
                        violation_error_message="It cannot end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__gte", models.F("recorded_at")),
                            ("superseded_at", None),
                            _connector="OR",
                        ),
                        name="ownership_is_superseded_after_it_was_recorded",
                        violation_error_message="A row is superseded after it was recorded.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None), ("until_at", None)),
                        fields=("asset",),
                        name="ownership_is_open_once",
                        violation_error_message="The asset has an open ownership already; close it first.",
                    ),
                    wellkept.record.installed_base.no_overlap.NoOverlap(
                        name="ownership_does_not_overlap",
                        violation_error_message="Two ownerships of one asset would overlap.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_at",
                    models.DateTimeField(blank=True, help_text="Empty: nobody knows.", null=True),
                ),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("slot", models.CharField(blank=True, max_length=80)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="installed_base.asset",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="installed_base.asset",
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
                        related_name="placements",
                        to="parties.site",
                    ),
                ),
            ],
            options={
                "ordering": ("from_at", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__gt", models.F("from_at")),
                            ("from_at", None),
                            ("until_at", None),
                            _connector="OR",
                        ),
                        name="placement_ends_after_it_starts",
                        violation_error_message="It cannot end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__gte", models.F("recorded_at")),
                            ("superseded_at", None),
                            _connector="OR",
                        ),
                        name="placement_is_superseded_after_it_was_recorded",
                        violation_error_message="A row is superseded after it was recorded.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None), ("until_at", None)),
                        fields=("asset",),
                        name="placement_is_open_once",
                        violation_error_message="The asset has an open placement already; close it first.",
                    ),
                    wellkept.record.installed_base.no_overlap.NoOverlap(
                        name="placement_does_not_overlap",
                        violation_error_message="Two placements of one asset would overlap.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parent", None), ("site__isnull", False)),
                            models.Q(("parent__isnull", False), ("site", None)),
                            _connector="OR",
                        ),
                        name="placement_is_at_a_site_or_in_an_asset",
                        violation_error_message="An asset stands at a site or in another asset.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("asset")), _negated=True),
                            _connector="OR",
                        ),
                        name="placement_is_not_in_itself",
                        violation_error_message="An asset does not stand in itself.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("superseded_at", None),
                            ("until_at", None),
                            models.Q(("slot", ""), _negated=True),
                        ),
                        fields=("parent", "slot"),
                        name="slot_holds_one_component",
                        violation_error_message="Another component stands in this slot; take it out first.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(fields=["serial"], name="asset_by_serial"),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                condition=models.Q(("doubt", ""), _negated=True),
                fields=["doubt", "id"],
                name="asset_to_merge",
            ),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="asset_by_survivor",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.UniqueConstraint(
                fields=("number",),
                name="asset_number_is_used_once",
                violation_error_message="Another asset has this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("doubt", ""), ("merged_into", None)),
                fields=("product", "serial"),
                name="asset_serial_is_used_once",
                violation_error_message="Another asset of this product has this serial.",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="asset_is_not_merged_into_itself",
                violation_error_message="An asset is not merged into itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("serial", ""), _negated=True), ("doubt", "no_serial"), _connector="OR"
                ),
                name="asset_without_serial_is_in_doubt",
                violation_error_message="An asset without a serial stands on the merge list.",
            ),
        ),
    ]
