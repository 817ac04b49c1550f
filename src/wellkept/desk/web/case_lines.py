"""A case as one line of a page about something else: what, which number, where it is."""

from django.urls import reverse

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_words import STATE_SAID
from wellkept.record.cases.models import Case
from wellkept.record.cases.rules import State


def case_line(case: Case, asking: Asking) -> dict[str, object]:
    """This will freeze a case for a line; its moment is read in the zone of its site."""
    zone = times.zone_of(case.site.zone if case.site else None)
    return {
        "href": reverse("case", args=[case.pk]),
        "about": case.about,
        "number": case.number,
        "state": STATE_SAID[State(case.state)],
        "at": times.past(case.reported_at, asking.now, zone),
    }
