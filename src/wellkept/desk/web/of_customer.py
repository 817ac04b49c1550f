"""A list of one customer: what names it, and what names a row that means the same."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.listing import Choice
from wellkept.desk.web.merged import same_keys
from wellkept.record.parties.models import Customer

NAME = "customer"
LONGEST = 18
"""So many digits has a key at most."""


def of_customer(asking: Asking) -> tuple[Choice, ...]:
    """This will give the filter by the customer that the address names by its key, if any is seen.

    It leaves what a customer's page counts: its own rows, and those of rows merged into it.
    """
    wanted = asking.address.get(NAME, "")
    if not (wanted.isdecimal() and len(wanted) <= LONGEST):
        return ()
    merged = Exists(Customer.objects.filter(merged_into=OuterRef("pk")))
    rows = Customer.objects.filter(pk=int(wanted)).annotate(has_merged=merged)
    one = asking.visible(rows, led=True).first()
    if one is None:
        return ()
    same = same_keys(one)
    options = (("", _("any")), (wanted, str(one)))
    return (
        Choice(NAME, _("Customer"), options, lambda found, _key: found.filter(customer__in=same)),
    )
