"""The way from an empty record to the first promise: shown on Today to whoever can go it."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.pages.settings.shape import LEADERS
from wellkept.record.calendars.models import Calendar
from wellkept.record.cases.models import Case, Commitment
from wellkept.record.organisation.models import Person, Role
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise


class Step(NamedTuple):
    """One step: what to do, where, why, and whether it was done."""

    title: str
    href: str
    text: str
    done: bool


def first_steps(asking: Asking) -> tuple[Step, ...]:
    """This will say how to begin, to whoever may set it up; nothing once anything is promised."""
    if not asking.account.groups & LEADERS:
        return ()
    if Promise.objects.exists() or Case.objects.exists():
        return ()
    return (
        Step(
            _("Say who answers"), reverse("settings_roles"),
            _("At least one role, as service coordinator: every case and promise needs one."),
            Role.objects.exists(),
        ),
        Step(
            _("Say who works here"), reverse("settings_people"),
            _("Whoever owns a promise by name, and whoever signs in."),
            Person.objects.count() > 1,
        ),
        Step(
            _("Say when work is done"), reverse("settings_calendars"),
            _("Hours and holidays; without a calendar a promise runs around the clock."),
            Calendar.objects.exists(),
        ),
        Step(
            _("Say what is promised when a case comes in"), reverse("settings_commitments"),
            _("By when we answer, restore and call back, for each consequence of a stop."),
            Commitment.objects.exists(),
        ),
        Step(
            _("Bring what you have"), reverse("exchange"),
            _("Lists of customers, assets, cases or promises, as your ERP or help desk exports "
              "them; a dry run says what each row would do."),
            Customer.objects.exists(),
        ),
        Step(
            _("Take the first case in"), reverse("case_new"),
            _("Or write down what somebody promised on the phone: “I promised…”, above."),
            False,
        ),
    )  # fmt: skip
