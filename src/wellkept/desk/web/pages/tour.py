"""The tour of the demo company: six stops in a minute, and the report on its folder."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wellkept.desk import clock
from wellkept.desk.report.serve import headers_for
from wellkept.desk.web.asking import Asking
from wellkept.record.cases.models import CasePromise
from wellkept.record.mirror.models import Round
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise

REPORT = "report.html"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: where it leads, what the link says, and one sentence."""

    href: str
    title: str
    text: str


def tour(asking: Asking) -> HttpResponse:
    """This will show the stops; only a demo company has a tour (Http404)."""
    if not clock.is_demo(settings.HOME):
        raise Http404
    owed = asking.visible(Promise.objects.select_related("customer"))
    broken = owed.broken(asking.now)
    worst = broken.exclude(customer=None).by_urgency().first()
    stops = [_today(broken.count())]
    if worst is not None and worst.customer is not None:
        theirs = broken.felt_by(worst.customer).count()
        stops += [_customer(worst.customer, theirs), _case(worst)]
    stops += [_report()]
    held = asking.visible(Round.objects.exclude(revealed_at=None)).first()
    if held is not None:
        stops += [_mirror(held)]
    stops += [_promised(worst)]
    return asking.page("tour.html", stops=stops)


def _today(broken: int) -> Stop:
    said = _("%(count)s promises are past their date; the worst stand first, and what nobody "
             "answers for stands above them.") % {"count": f"{broken:,}"}  # fmt: skip
    return Stop(f"{reverse('today')}?whose=all", _("Today"), said)


def _customer(customer: Customer, broken: int) -> Stop:
    said = _("%(name)s is hurt most: %(count)s promises to them are past their date, and this page "
             "has every promise and every call.") % {"name": customer, "count": broken}  # fmt: skip
    return Stop(reverse("customer", args=[customer.pk]), _("The customer who is hurt"), said)


def _case(worst: Promise) -> Stop:
    said = _("“%(about)s”: read who had it, whom it waits for, and when it became nobody's.") % {
        "about": worst.about
    }
    link = CasePromise.objects.filter(promise=worst).first()
    href = (
        reverse("promise", args=[worst.pk])
        if link is None
        else reverse("case", args=[link.case_id])
    )
    return Stop(href, _("Their worst case"), said)


def _report() -> Stop:
    said = _(
        "By the date as said last, nearly everything was kept; by the date as first given, far "
        "less: the report on its folder has both numbers, and the names."
    )
    return Stop(reverse("tour_report"), _("The measures"), said)


def _mirror(held: Round) -> Stop:
    said = _("What they believe of themselves, locked before any record was opened: one gap that "
             "nobody sees, and one that everybody has got used to.")  # fmt: skip
    return Stop(reverse("mirror_gaps", args=[held.pk]), _("The mirror"), said)


def _promised(worst: Promise | None) -> Stop:
    said = _("Call them, say when, and write it down: what somebody says on the phone is a promise "
             "too.")  # fmt: skip
    asked = urlencode({"customer": str(worst.customer)}) if worst is not None else ""
    return Stop(f"{reverse('promise_new')}?{asked}", _("I promised…"), said)


def report(asking: Asking) -> HttpResponse:
    """This will show the report on the demo company's folder; Http404 where none was written."""
    file = Path(settings.HOME) / REPORT
    if not clock.is_demo(settings.HOME) or not file.exists():
        raise Http404
    page = file.read_text("utf-8")
    return HttpResponse(page, headers=headers_for(page))
