import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import wellkept.record.access.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PersonalData",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=60)),
                ("mobile", models.CharField(blank=True, max_length=60)),
                ("note", models.TextField(blank=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "personal data",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at", None),
                            models.Q(
                                ("email", ""),
                                ("mobile", ""),
                                ("name", ""),
                                ("note", ""),
                                ("phone", ""),
                            ),
                            _connector="OR",
                        ),
                        name="personal_data_erased_is_empty",
                        violation_error_message="Personal data that was erased stays empty.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "email",
                    models.EmailField(help_text="The address to sign in with.", max_length=254),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                (
                    "personal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="access.personaldata",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("email",),
                        name="account_email_is_used_once",
                        violation_error_message="Another account signs in with this address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="account_email_is_lower_case",
                        violation_error_message="An address to sign in with is kept in small letters.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=wellkept.record.access.models.group_choices, max_length=20
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=wellkept.record.access.models.scope_choices, max_length=20
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "group", "scope"),
                        name="grant_is_held_once",
                        violation_error_message="This account holds the group for this scope already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", "portal"), ("scope", "customer")),
                            models.Q(
                                ("group", "portal"),
                                ("scope", "customer"),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="grant_of_portal_is_for_a_customer",
                        violation_error_message="The portal is for the rows of a customer, and only it.",
                    ),
                ],
            },
        ),
    ]
