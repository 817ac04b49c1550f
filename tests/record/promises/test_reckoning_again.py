"""Hours, a zone or a site were wrong: what was reckoned by them is reckoned again, nothing else."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from builders import HOUR, a_promise, a_site
from wellkept.methods import working_time
from wellkept.record.calendars.actions import add_calendar, rewrite_week, set_dated_hours
from wellkept.record.calendars.models import Calendar
from wellkept.record.journal.models import Entry
from wellkept.record.parties.actions import edit_site
from wellkept.record.parties.models import Site
from wellkept.record.promises.actions import edit_promise, pause_promises, reckon_again
from wellkept.record.promises.models import Pause, Promise

pytestmark = pytest.mark.usefixtures("record")
NINE = datetime(2024, 1, 1, 8, tzinfo=UTC)  # Monday in Rome
DUE = datetime(2024, 1, 2, 16, tzinfo=UTC)
TOLD: dict[str, Any] = {"at": datetime(2024, 1, 8, tzinfo=UTC), "by": None}


def office() -> Calendar:
    hours = working_time.Calendar.parse("Mon-Fri 9-17")
    return add_calendar(name="Office", hours=hours, **TOLD)


def waited(calendar: Calendar, site: Site) -> Promise:
    """Have a promise that waited an hour on Monday morning, as the customer had agreed."""
    one = a_promise(made_at=NINE, first_due=DUE, calendar=calendar, site=site)
    pause = Pause(promise=one, from_at=NINE, until_at=NINE + HOUR, waited_for="customer")
    pause.acknowledged_at, pause.evidence = NINE, "mail"
    pause_promises(pauses=[pause], **TOLD)
    assert dates(one) == (DUE, datetime(2024, 1, 3, 9, tzinfo=UTC))
    return one


def dates(one: Promise) -> tuple[datetime | None, datetime | None]:
    found = Promise.objects.get(pk=one.pk)
    return found.first_due, found.judged_due


def test_where_hours_are_corrected_the_judged_date_follows_and_the_first_one_stays() -> None:
    cover = office()
    one, other = waited(cover, a_site()), a_promise(first_due=DUE, made_at=NINE, calendar=cover)
    before = dates(other)
    closed = working_time.DatedHours(date(2024, 1, 3), (), "a feast that nobody had entered")
    set_dated_hours(calendars=[cover], days=[closed], **TOLD)
    assert reckon_again(calendars=[cover], **TOLD) == 1
    assert dates(one) == (DUE, datetime(2024, 1, 4, 9, tzinfo=UTC))
    assert dates(other) == before, "it never waited"
    assert Entry.objects.get(verb="promises.reckon_again").keys == {"promises.promise": [one.pk]}
    hours = working_time.Calendar.parse("Mon-Fri 9-18")
    rewrite_week(calendar=cover, hours=hours, seen=1, **TOLD)
    assert reckon_again(calendars=[cover], **TOLD) == 1
    assert dates(one) == (DUE, DUE + HOUR)
    assert reckon_again(calendars=[cover], **TOLD) == 0


def test_where_a_zone_is_corrected_or_the_site_was_another_the_judged_date_follows() -> None:
    ward = a_site()
    one = waited(office(), ward)
    edit_site(site=ward, changes={"zone": "Europe/London"}, seen=1, **TOLD)
    assert reckon_again(sites=[ward], **TOLD) == 1
    assert dates(one) == (DUE, DUE), "at nine in Rome London was closed"
    edit_promise(promise=one, changes={"site": a_site()}, seen=1, **TOLD)
    assert dates(one) == (DUE, datetime(2024, 1, 3, 9, tzinfo=UTC))
