"""Who an account is, read in one statement for each request: itself, its names, its grants."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import F

from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope


class ByMail(ModelBackend):
    """Signing in with address and password."""

    def get_user(self, user_id: int) -> Account | None:
        """This will read the account of a session, if it may still sign in."""
        known = Account.objects.select_related("personal", "person__personal")
        held = known.annotate(group=F("grants__group"), scope=F("grants__scope"))
        rows: list[Any] = list(held.filter(pk=user_id, is_active=True))  # one for each grant
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        account: Account = rows[0]
        account.held = frozenset(
            (Group(one.group), Scope(one.scope)) for one in rows if one.group is not None
        )
        return account
