"""Who an account is, read in one statement for each request: itself, its names, its grants."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import DateTimeField, Model

from wellkept.record.access.kept import Sql, asked, kept, moment, sql_of
from wellkept.record.access.models import Account, PersonalData
from wellkept.record.access.rules import Group, Scope
from wellkept.record.organisation.models import Person

READ: tuple[tuple[str, type[Model]], ...] = (
    ("", Account),
    ("personal__", PersonalData),
    ("person__", Person),
    ("person__personal__", PersonalData),
)
"""The rows that are read, each with the way to it."""


class ByMail(ModelBackend):
    """Signing in with address and password."""

    def get_user(self, user_id: int) -> Account | None:
        """This will read the account of a session, if it may still sign in."""
        rows = asked(kept(_known, account=user_id))  # one for each grant
        if not rows:
            return None
        *values, _, _ = rows[0]
        account, personal, person, named = _made(values)
        if not self.user_can_authenticate(account):
            return None
        account.personal = personal
        if person is None:
            Person._meta.get_field("account").remote_field.set_cached_value(account, None)
        else:
            person.account, person.personal = account, named
        account.held = frozenset(
            (Group(group), Scope(scope)) for *_, group, scope in rows if group is not None
        )
        return account  # type: ignore[no-any-return]  # the first row of READ


def _known(account: int) -> Sql:
    names = [f"{way}{field.attname}" for way, model in READ for field in _fields(model)]
    rows = Account.objects.filter(pk=account, is_active=True)
    return sql_of(rows.values_list(*names, "grants__group", "grants__scope"))


def _made(values: list[Any]) -> list[Any]:
    """The rows, one after the other as they were read; None where there is none."""
    made: list[Any] = []
    for _, model in READ:
        fields = _fields(model)
        own, values = values[: len(fields)], values[len(fields) :]
        read = [
            moment(one) if isinstance(field, DateTimeField) else field.to_python(one)
            for field, one in zip(fields, own, strict=True)
        ]
        names = [field.attname for field in fields]
        made.append(None if read[0] is None else model.from_db("default", names, read))
    return made


def _fields(model: type[Model]) -> Any:
    """The fields of a row, its key first."""
    return model._meta.concrete_fields
