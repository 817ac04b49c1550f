"""Customers as a list, and one customer: what we promised them, kept and broken, by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_lines import case_line
from wellkept.desk.web.elsewhere import names_elsewhere
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.listing import Cell, Choice, Column, Listing, shown
from wellkept.desk.web.merged import Merged, as_merged, means, same_keys
from wellkept.desk.web.people import names_for
from wellkept.desk.web.promise_rows import Told, row_of, rows_of, told_with_ways
from wellkept.desk.web.reaching import reaches
from wellkept.desk.web.rights import decides
from wellkept.desk.web.wording import Worded
from wellkept.methods import bounds
from wellkept.record.access.verbs import may
from wellkept.record.access.wording import said
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.actions import add_customers, merge_customers
from wellkept.record.parties.models import Contact, Customer, Site
from wellkept.record.parties.rules import Doubt
from wellkept.record.promises.actions import make_promises, note_contact
from wellkept.record.promises.models import ContactLog, Promise
from wellkept.record.promises.models.promise import PromiseQuerySet
from wellkept.record.promises.rules import FAILED
from wellkept.study.measures.speech import share

SHOWN = 25
LATEST = 10

CUSTOMER_DOUBT_SAID = Worded(
    {Doubt.SAME_NAME: gettext_noop("called like another, but for the way it is written")}
)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises were kept by one date: the share with its interval, in words."""

    title: str
    text: str
    n: int
    k: int
    said: str
    between: str


def customers(asking: Asking) -> HttpResponseBase:
    """This will list customers, or send them as a file."""
    rows = asking.visible(Customer.objects.standing()).select_related("owner__personal", "group")
    adds, merges = may(asking.account, add_customers), may(asking.account, merge_customers)
    return shown(asking, "customers.html", _listing(), rows, adds=adds, merges=merges)


def _listing() -> Listing[Customer]:
    return Listing(
        title=_("Customers"),
        columns=(
            Column(_("Customer"), lambda c: Cell(c.name, href("customer", c.pk)),
                   lambda c: c.name),
            Column(_("Number"), lambda c: Cell(c.number, kind="whole"), lambda c: c.number),
            Column(_("Group"), lambda c: Cell(str(c.group or "")), lambda c: str(c.group or "")),
            Column(_("Looked after by"), lambda c: Cell(str(c.owner or _("nobody"))),
                   lambda c: str(c.owner or "")),
        ),
        order=("name", "pk"),
        filters=(
            Choice("known", _("Record"),
                   (("", _("any")), ("doubt", _("may be another customer"))),
                   lambda rows, value: rows.to_merge()),
        ),
        searched=True,
        empty=_("No customer is kept yet. Add one; a manager brings a list in through Exchange."),
    )  # fmt: skip


def customer(asking: Asking, pk: int) -> HttpResponse:
    """This will show one customer, if it may be seen."""
    one, same, others = _found(asking, pk)
    ledger = asking.visible(Promise.objects.filter(customer__in=same))
    cases = asking.visible(Case.objects.filter(customer__in=same)).select_related("site")
    owed, failed = _promised(ledger, same, asking)
    lines = list(cases.order_by("-reported_at", "-pk")[: LATEST + 1])
    sites = list(asking.visible(Site.objects.filter(customer__in=same)))
    rows = rows_of(owed, asking)
    return asking.page(
        "customer.html",
        elsewhere=names_elsewhere(one),
        keeps=decides(asking, one, note_contact),
        merges=decides(asking, one, merge_customers),
        into=means(asking, one),
        merged=others,
        doubt=CUSTOMER_DOUBT_SAID[Doubt(one.doubt)] if one.doubt else "",
        may_promise=reaches(asking, one, make_promises),
        customer=one,
        kept=_kept(ledger, asking),
        owed=rows,
        names=names_for(rows, asking),
        failed=[row_of(row, asking) for row in failed[:LATEST]],
        more_failed=len(failed) > LATEST,
        cases=[case_line(case, asking) for case in lines[:LATEST]],
        more_cases=len(lines) > LATEST,
        sites=sites,
        people=[_contact(contact, sites) for contact in _contacts(same)],
        log=[_said(line, asking) for line in _log(same)],
        assets=one.assets_kept,
    )  # fmt: skip


def _found(asking: Asking, pk: int) -> tuple[Any, list[int], list[Merged]]:
    """A customer that may be seen, the keys of all rows that mean it, and those merged into it.

    One statement, and two more for a row that was itself merged into another one. Its assets are
    those of all of them, as the list that its page leads to has them.
    """
    named = Customer.objects.select_related("owner__personal", "group", "team")
    seen = asking.visible(Customer.objects.filter(pk=OuterRef("pk")), led=True)
    rows = named.filter(Q(pk=pk) | Q(merged_into=pk)).order_by("pk")
    found: list[Any] = list(rows.annotate(assets_kept=_assets(asking), seen=Exists(seen)))
    one: Any = next((row for row in found if row.pk == pk and row.seen), None)
    if one is None:
        raise Http404
    others = as_merged(row for row in found if row.pk != pk and row.seen)
    one.has_merged = len(found) > 1
    if one.merged_into_id is None:
        one.assets_kept = sum(row.assets_kept for row in found)
        return one, [row.pk for row in found], others
    same = same_keys(one)
    one.assets_kept = asking.visible(Asset.objects.standing().filter(customer__in=same)).count()
    return one, same, others


def _assets(asking: Asking) -> Coalesce:
    """How many assets of a customer the one who asks may see, counted with its row."""
    there = asking.visible(Asset.objects.standing().filter(customer=OuterRef("pk")), led=True)
    there = there.order_by()
    return Coalesce(Subquery(there.values("customer").annotate(many=Count("pk")).values("many")), 0)


def _promised(
    ledger: PromiseQuerySet, same: list[int], asking: Asking
) -> tuple[list[Told], list[Told]]:
    """What is owed to them, the most urgent first, and what failed, the latest first.

    One statement for both. It names the customers once more, so that an index leads to the rows.
    """
    owed = ledger.owed().by_urgency()[:SHOWN]
    failed = ledger.failed(asking.now).filter(judged_due__isnull=False)
    lately = failed.order_by("-judged_due", "-pk")[: LATEST + 1]
    either = Q(pk__in=owed.values("pk")) | Q(pk__in=lately.values("pk"))
    told = told_with_ways(Promise.objects.filter(either, customer__in=same).by_urgency(), asking)
    late = [(row.judged_due, row.pk, row) for row in told
            if row.judged_due is not None and row.standing(asking.now) in FAILED]  # fmt: skip
    latest = sorted(late, reverse=True)[: LATEST + 1]
    return [row for row in told if row.is_owed][:SHOWN], [row for _, _, row in latest]


def _kept(ledger: PromiseQuerySet, asking: Asking) -> list[Kept]:
    counted = ledger.filter(voided_at=None, released_at=None)
    found = counted.aggregate(**_counts("judged_due", asking), **_counts("first_due", asking))
    return [
        _share(_("Kept by the judged date"), _("shifted only by what they asked for"),
               found["judged_due_n"], found["judged_due_k"]),
        _share(_("Kept by the first date"), _("as we first said it"),
               found["first_due_n"], found["first_due_k"]),
    ]  # fmt: skip


def _counts(due: str, asking: Asking) -> dict[str, Count]:
    """How many fell due by one date, and how many of them were kept by it."""
    fell_due = Q(**{f"{due}__lte": asking.now})
    return {
        f"{due}_n": Count("pk", filter=fell_due),
        f"{due}_k": Count("pk", filter=fell_due & Q(fulfilled_at__lte=F(due))),
    }


def _share(title: str, text: str, n: int, k: int) -> Kept:
    if not n:
        return Kept(title, text, 0, 0, _("nothing fell due"), "")
    found = bounds.share(k, n)
    between = f"{share(found.low)} – {share(found.high)}"
    return Kept(title, text, n, k, share(k / n), between)


def _contacts(same: list[int]) -> list[Contact]:
    rows = Contact.objects.filter(customer__in=same).select_related("personal")
    return list(rows.order_by("pk")[:SHOWN])


def _contact(contact: Contact, sites: Sequence[Site]) -> dict[str, str]:
    """Who it is; where, if the site is one of those that may be seen."""
    known = contact.personal
    return {
        "name": str(known),
        "role": contact.role,
        "email": known.email,
        "phone": known.phone or known.mobile,
        "site": next((str(one) for one in sites if one.pk == contact.site_id), ""),
        "consent": said(contact.consent),
    }


def _log(same: list[int]) -> list[ContactLog]:
    rows = ContactLog.objects.filter(customer__in=same)
    return list(rows.select_related("by__personal", "contact__personal")[:SHOWN])


def _said(line: ContactLog, asking: Asking) -> dict[str, object]:
    return {
        "at": times.past(line.at, asking.now, times.zone_of(None)),
        "about": line.about,
        "channel": said(line.channel),
        "who": str(line.by or line.contact or ""),
        "from_customer": line.from_customer,
    }
