"""What people chose for themselves, and managers for the company."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wellkept.record.access.models import Account, Choice
from wellkept.record.access.rules import STAFF, Group
from wellkept.record.access.verbs import By, NotAllowed, note, see_that_holds_for_all, verb

LEADERS = frozenset({Group.ADMINISTRATOR, Group.MANAGER})


@verb(*STAFF)
def choose(*, name: str, account: Account | None, value: Any, at: datetime, by: By) -> Choice:
    """This will keep a choice, in place of the one before; `account` None: for the company.

    Everybody chooses for themselves. Raises NotAllowed where somebody chooses for another, or for
    the company, and does not lead, or sees a part of the rows only.
    """
    own = by is not None and account is not None and by.pk == account.pk
    if by is not None and not own and not by.groups & LEADERS:
        raise NotAllowed(_("Only a manager or an administrator chooses for others."))
    if not own:
        see_that_holds_for_all(by, *LEADERS)
    given = {"value": value, "edited_at": at, "edited_by": by}
    row, _made = Choice.objects.update_or_create(name=name, account=account, defaults=given)
    note(row)
    return row


def chosen(name: str, account: Account | None = None) -> Any:
    """This will give what was chosen; None where nobody chose."""
    row = Choice.objects.filter(name=name, account=account).first()
    return None if row is None else row.value
