"""Accounts, the groups they hold, the one table of personal data, and what a form may edit."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.kept import Sql, asked, kept, sql_of
from wellkept.record.access.rules import ONLY_ALL, Group, Scope, Scoped


class Editable(models.Model):
    """A row that people change by hand: it knows its version, so that no edit is lost in silence.

    Verbs change it through `edit`, which refuses a version that somebody else has moved on.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    edited_by = models.ForeignKey(
        "access.Account", models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


class PersonalData(Editable):
    """What is known of one human being: the only table that holds it, so that it can be erased.

    Accounts, our own people and contacts point here. Erasing empties the row and keeps its key.
    """

    scoped: ClassVar = Scoped(by_links=True)

    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    mobile = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "personal data"
        constraints = (
            models.CheckConstraint(
                name="personal_data_erased_is_empty",
                condition=Q(erased_at=None) | Q(name="", email="", phone="", mobile="", note=""),
                violation_error_message=_("Personal data that was erased stays empty."),
            ),
        )

    def __str__(self) -> str:
        return called(self.pk, self.name, self.erased_at)


def called(pk: int, name: str, erased_at: datetime | None) -> str:
    """This will say what a human being is called; of whom we know no name, by the key.

    >>> called(7, "Alma", None), called(7, "", None)
    ('Alma', 'Person 7')
    """
    return name or (f"Erased person {pk}" if erased_at else f"Person {pk}")


class Accounts(BaseUserManager["Account"]):
    """How Django finds an account at sign-in."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """This will find the account by its address, however it is capitalised."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """What signs in: an e-mail address and a password. The person behind it is another row."""

    scoped: ClassVar = Scoped(own="pk")

    email = models.EmailField(help_text="The address to sign in with.")
    personal = models.OneToOneField(PersonalData, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("email",),
                name="account_email_is_used_once",
                violation_error_message=_("Another account signs in with this address."),
            ),
            models.CheckConstraint(
                name="account_email_is_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message=_("An address to sign in with is kept in small letters."),
            ),
        )

    def __str__(self) -> str:
        return str(self.personal)

    @cached_property
    def held(self) -> frozenset[tuple[Group, Scope]]:
        """The groups that this account holds, each with its scope; read once for each request."""
        if not self.is_active:
            return frozenset()
        pairs = asked(kept(_held, account=self.pk))
        return frozenset((Group(group), Scope(scope)) for group, scope in pairs)

    @cached_property
    def groups(self) -> frozenset[Group]:
        """The groups alone."""
        return frozenset(group for group, _ in self.held)

    @cached_property
    def scopes(self) -> frozenset[Scope]:
        """The scopes alone."""
        return frozenset(scope for _, scope in self.held)

    def scopes_for(self, groups: Collection[Group]) -> frozenset[Scope]:
        """This will give the scopes for which any of some groups are held."""
        return frozenset(scope for group, scope in self.held if group in groups)

    def read_again(self) -> None:
        """This will forget what was read of its grants, since they have changed."""
        for name in ("held", "groups", "scopes"):
            self.__dict__.pop(name, None)


def _held(account: int) -> Sql:
    return sql_of(Grant.objects.filter(account=account).values_list("group", "scope"))


def group_choices() -> list[tuple[str, str]]:
    """This will list the groups for a form."""
    return [(group.value, group.value.replace("_", " ")) for group in Group]


def scope_choices() -> list[tuple[str, str]]:
    """This will list the scopes for a form."""
    return [(scope.value, scope.value) for scope in Scope]


class Grant(models.Model):
    """An account holds a group, for the rows that a scope reaches."""

    scoped: ClassVar = Scoped(own="account")

    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    group = models.CharField(max_length=20, choices=group_choices)
    scope = models.CharField(max_length=20, choices=scope_choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "account",
                    "group",
                    "scope",
                ),
                name="grant_is_held_once",
                violation_error_message=_("This account holds the group for this scope already."),
            ),
            models.CheckConstraint(
                name="grant_of_portal_is_for_a_customer",
                condition=Q(group="portal", scope="customer")
                | ~(Q(group="portal") | Q(scope="customer")),
                violation_error_message=_("The portal is for the rows of a customer, and only it."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.group} ({self.scope})"


class Choice(Editable):
    """What somebody chose for themselves, or a manager for the company (no account)."""

    scoped: ClassVar = Scoped(own="account")

    name = models.CharField(max_length=40)
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, db_index=False, related_name="choices"
    )
    value = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account", "name"),
                name="choice_is_made_once_by_an_account",
                violation_error_message=_("This is chosen already: change it."),
            ),
            models.UniqueConstraint(
                fields=("name",),
                condition=models.Q(account=None),
                name="choice_is_made_once_for_the_company",
                violation_error_message=_("This is chosen already: change it."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class SignInAttempt(models.Model):
    """Somebody tried to sign in and has not succeeded: counted by account and by address.

    `key` is the address asked from, or a hash of the account's: the table names nobody. Rows live
    as long as they count.
    """

    scoped: ClassVar = ONLY_ALL

    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("key", "at"), name="sign_in_attempt_by_key"),)

    def __str__(self) -> str:
        return f"{self.key} at {self.at:%Y-%m-%d %H:%M}"


def how_scoped(model: type[models.Model]) -> Scoped:
    """This will give what a model says of its scope; raises Unscoped where it says nothing."""
    found: Any = SCOPED_ELSEWHERE.get(model._meta.label_lower) or getattr(model, "scoped", None)
    if not isinstance(found, Scoped):
        raise Unscoped(
            f"{model._meta.label} does not say who may see its rows: give it "
            "scoped = Scoped(own=…, team=…, region=…), EVERYBODY or ONLY_ALL."
        )
    return found


class Unscoped(TypeError):
    """A model has not said how its rows are scoped, so nobody is shown any."""


SCOPED_ELSEWHERE = {
    name: ONLY_ALL
    for name in (
        "django_tasks_database.dbtaskresult",  # the work of the background
        "journal.entry",  # it stands below this room
        "auth.permission",
        "auth.group",
        "contenttypes.contenttype",
        "sessions.session",
    )
}
"""Models that cannot say it themselves."""
