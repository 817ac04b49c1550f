"""Dates that were reckoned by hours or in a zone which somebody corrected: derived anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from wellkept.record.access.batches import update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.calendars.models import Calendar
from wellkept.record.parties.models import Site
from wellkept.record.promises.actions.rights import KEEPERS, hold
from wellkept.record.promises.models import Pause, Promise
from wellkept.record.promises.reckoning import project


@verb(*KEEPERS)
def reckon_again(
    *, calendars: Sequence[Calendar] = (), sites: Sequence[Site] = (), at: datetime, by: By
) -> int:
    """This will derive dates anew where the hours of calendars, or the zone of sites, were wrong.

    For whoever corrects them, in the same transaction. Pauses alone are reckoned in working time,
    so that no other promise changes; a first date never does. Gives how many changed.
    """
    agreed = Pause.objects.filter(acknowledged_at__isnull=False).values("promise")
    there = Q(site__in=sites, zone="", calendar__isnull=False)
    held = hold(Promise.objects.filter(Q(calendar__in=calendars) | there, pk__in=agreed))
    before = [(one.current_due, one.judged_due, one.left_s) for one in held]
    fields = project(held)
    changed = [
        one
        for one, was in zip(held, before, strict=True)
        if (one.current_due, one.judged_due, one.left_s) != was
    ]
    update(changed, fields)
    note(changed)
    return len(changed)
