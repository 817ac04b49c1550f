"""What can happen to accounts and to personal data."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wellkept.record.access.editing import edit
from wellkept.record.access.models import Account, Grant, PersonalData
from wellkept.record.access.rules import WRITERS, Group, Scope
from wellkept.record.access.verbs import By, NotAllowed, note, reaches_all, verb
from wellkept.record.journal.rules import Refusal

ERASED = ("name", "email", "phone", "mobile", "note")
EDITED = ("version", "edited_at", "edited_by")


class WeakPassword(Refusal):
    """The password is too easy to guess."""


class LastAdministrator(Refusal):
    """Nobody would be left who can let people in."""


class NotFirst(Refusal):
    """Accounts exist already, so an administrator opens the next one."""


@verb(Group.ADMINISTRATOR)
def open_account(
    *,
    email: str,
    name: str,
    password: str | None,
    grants: Iterable[tuple[Group, Scope]],
    at: datetime,
    by: By,
) -> Account:
    """This will open an account; without a password it is set by the link in a mail.

    Raises WeakPassword, and NotTrue where the address is used already.
    """
    if password is not None:
        _see_that_strong(password)
    person = PersonalData.objects.create(name=name, email=email)
    account = Account(email=email.strip().lower(), personal=person, created_at=at)
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.clean_fields()
    account.save()
    held = [Grant(account=account, group=group, scope=scope) for group, scope in grants]
    Grant.objects.bulk_create(held)
    note(account, held)
    return account


@verb(Group.ADMINISTRATOR)
def open_first_account(*, email: str, name: str, password: str, at: datetime, by: By) -> Account:
    """This will open the account of the first administrator; raises NotFirst, WeakPassword."""
    if Account.objects.exists():
        raise NotFirst(_("Somebody has an account here already: ask an administrator for yours."))
    first = [(Group.ADMINISTRATOR, Scope.ALL), (Group.MANAGER, Scope.ALL)]
    account = open_account(email=email, name=name, password=password, grants=first, at=at, by=by)
    note(account)
    return account


@verb(Group.ADMINISTRATOR)
def set_grants(
    *, account: Account, grants: Iterable[tuple[Group, Scope]], at: datetime, by: By
) -> None:
    """This will give an account exactly these groups; raises LastAdministrator."""
    had = _hold_administrators()
    wanted = set(grants)
    standing = {(Group(one.group), Scope(one.scope)): one for one in account.grants.all()}
    dropped = [one for key, one in standing.items() if key not in wanted]
    fresh = [
        Grant(account=account, group=group, scope=scope)
        for group, scope in sorted(wanted - standing.keys())
    ]
    Grant.objects.filter(pk__in=[one.pk for one in dropped]).delete()
    Grant.objects.bulk_create(fresh)
    account.read_again()
    _see_that_one_is_left(had)
    note([account] if dropped or fresh else [], given=len(fresh), taken=len(dropped))


@verb(Group.ADMINISTRATOR)
def shut_accounts(*, accounts: Sequence[Account], at: datetime, by: By) -> None:
    """This will keep accounts from signing in; their rows and deeds stay. LastAdministrator."""
    had = _hold_administrators()
    Account.objects.filter(pk__in=[one.pk for one in accounts]).update(is_active=False)
    for one in accounts:
        one.is_active = False
        one.read_again()
    _see_that_one_is_left(had)
    note(accounts)


@verb(*sorted(WRITERS))
def edit_personal_data(
    *, person: PersonalData, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change what is known of a person, as a form says; raises Edited.

    Raises NotTrue for a person who was erased: nothing is known of them again. Raises NotAllowed
    for somebody else who signs in, unless one manages all rows: mail would go elsewhere.
    """
    account = Account.objects.filter(personal=person).first()
    own = account is None or (by is not None and account.pk == by.pk)
    if not own and not reaches_all(by, Group.MANAGER):
        raise NotAllowed(
            _(
                "%(person)s signs in here, so this is changed by themselves, by a manager who sees "
                "everything, or by an administrator."
            )
            % {"person": account}
        )
    fields = edit(person, changes, seen=seen, at=at, by=by)
    note([person] if fields else [], fields=fields)


@verb(Group.ADMINISTRATOR)
def erase_person(*, people: Sequence[PersonalData], at: datetime, by: By) -> None:
    """This will erase what is known of people, at their wish: names, addresses, numbers, notes.

    Keys stay, so that promises and deeds still add up; who it was cannot be told any more. An
    account of theirs is shut and its address emptied. Erasing twice changes nothing.
    """
    had = _hold_administrators()
    keys = [one.pk for one in people]
    standing = list(PersonalData.objects.filter(pk__in=keys, erased_at=None))
    for one in standing:
        one.name = one.email = one.phone = one.mobile = one.note = ""
        one.erased_at = at
        one.version += 1
        one.edited_at, one.edited_by = at, by
    PersonalData.objects.bulk_update(standing, [*ERASED, "erased_at", *EDITED])
    accounts = list(Account.objects.filter(personal__in=standing))
    for account in accounts:
        account.email = f"erased-{account.pk}@person.invalid"
        account.is_active = False
        account.set_unusable_password()
    Account.objects.bulk_update(accounts, ["email", "is_active", "password"])
    _see_that_one_is_left(had)
    note(standing, accounts)


def _see_that_strong(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as problem:
        raise WeakPassword(" ".join(problem.messages)) from problem


def _hold_administrators() -> int:
    """How many let people in; until the verb ends nobody else can take that from one of them.

    Two who shut each other out at one moment would each see the other still there.
    """
    rows = Grant.objects.select_for_update().filter(group=Group.ADMINISTRATOR)
    list(rows.order_by("pk"))
    return _administrators()


def _administrators() -> int:
    return Grant.objects.filter(group=Group.ADMINISTRATOR, account__is_active=True).count()


def _see_that_one_is_left(had: int) -> None:
    if had and not _administrators():
        raise LastAdministrator(
            _(
                "This would leave nobody who can let people in; make somebody else "
                "administrator first."
            )
        )
