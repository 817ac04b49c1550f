"""What somebody may make something about: a customer, an asset within the reach of the deed.

A row that is there is asked itself (`deeds.see_that_decides`); one that is new is asked by what it
names. Whoever may promise at all may promise to customers, and about assets, of their part, and to
those of whom a case that is open is theirs.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.record.access import gate
from wellkept.record.access.verbs import NotAllowed, may, who_may
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.models import Customer

Named = Customer | Asset
"""What a new promise or case is about."""


def reaches(asking: Asking, row: Named, action: Callable[..., Any]) -> bool:
    """This will tell whether the one who asks may do a deed about a row that they see."""
    groups, account = who_may(action), asking.account
    if not may(account, action):
        return False
    if gate.decides_all_seen(account, groups):
        return True
    same = type(row)._default_manager.filter(pk=row.pk)
    if gate.decided(same, by=account, groups=groups).exists():
        return True
    about = {"customer" if isinstance(row, Customer) else "asset": row.pk}
    theirs = Case.objects.open().filter(**about)
    return gate.decided(theirs, by=account, groups=groups).exists()


def see_that_reaches(
    asking: Asking, customer: Customer | None, asset: Asset | None, action: Callable[..., Any]
) -> None:
    """This will refuse a deed about a customer or an asset of another part: NotAllowed."""
    for row in (customer, asset):
        if row is not None and not reaches(asking, row, action):
            raise NotAllowed(
                _(
                    "%(row)s is of another part than yours, so you neither promise anything nor "
                    "own anything there. Take a case in: it goes to those whose part it is."
                )
                % {"row": row}
            )
