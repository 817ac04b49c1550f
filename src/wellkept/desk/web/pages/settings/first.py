"""The first page of the settings: what can be set, and how much of it there is."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.background.queue import failed_jobs
from wellkept.desk.digest.choosing import NAME
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.pages.settings.shape import Section, settings_page
from wellkept.record.access.models import Choice
from wellkept.record.calendars.models import Calendar
from wellkept.record.cases.models import Commitment
from wellkept.record.organisation.models import Person, Region, Role, Team


def settings(asking: Asking) -> HttpResponse:
    """This will list what can be set."""
    return settings_page(asking, _("Settings"), lambda: [_list(asking)], {})


def _list(asking: Asking) -> Section:
    here = Person.objects.with_us(asking.now.date()).count()
    lines = (
        ("settings_people", _("People and accounts"), here, _("who works here, who signs in")),
        ("settings_roles", _("Roles"), Role.objects.count(), _("who answers, who stands in")),
        ("settings_teams", _("Regions and teams"),
         Region.objects.count() + Team.objects.count(), _("who sees which rows")),
        ("settings_commitments", _("Commitments"), Commitment.objects.count(),
         _("what we promise when a case comes in")),
        ("settings_calendars", _("Calendars"), Calendar.objects.count(),
         _("when work is done")),
        ("digest", _("Mail of the day"), Choice.objects.filter(name=NAME, value__on=False).count(),
         _("how many switched it off; yours, and what it would say now")),
        ("settings_background", _("Background"), failed_jobs(),
         _("jobs that failed, and why; what runs while nobody waits")),
    )  # fmt: skip
    return Section(
        _("What can be set"),
        heads=(_("What"), _("How many"), _("It says")),
        rows=tuple(
            (Cell(title, reverse(name)), Cell(f"{many:,}", kind="num"), Cell(said))
            for name, title, many, said in lines
        ),
    )
