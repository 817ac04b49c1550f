"""Two who edit one row at once both see what the other did; nothing is lost in silence."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from builders import MONDAY, a_customer, a_site, an_account
from wellkept.record.access.editing import Edited, Gone
from wellkept.record.journal.models import Entry
from wellkept.record.parties.actions import edit_customer, edit_site
from wellkept.record.parties.models import Customer, Site

pytestmark = pytest.mark.usefixtures("record")
LATER = MONDAY + timedelta(minutes=5)


def test_an_edit_moves_the_version_and_is_noted_with_the_names_of_the_fields() -> None:
    alma, nord = an_account("Alma"), a_customer("Clinic Nord")
    edit_customer(customer=nord, changes={"name": "Clinic North"}, seen=1, at=LATER, by=alma)
    kept = Customer.objects.get(pk=nord.pk)
    assert (kept.name, kept.version, kept.edited_by, kept.edited_at) == (
        "Clinic North",
        2,
        alma,
        LATER,
    )
    entry = Entry.objects.get(verb="parties.edit_customer")
    assert entry.keys == {"parties.customer": [nord.pk]}
    assert entry.details == {"fields": ["name"]}


def test_the_slower_of_two_is_shown_who_was_faster_and_what_differs() -> None:
    alma, bruno, site = an_account("Alma"), an_account("Bruno"), a_site(name="Main building")
    opened_by_bruno = Site.objects.get(pk=site.pk)
    edit_site(site=site, changes={"name": "Building A"}, seen=1, at=LATER, by=alma)
    with pytest.raises(Edited, match="Alma changed this at 2026-03-02 09:05 UTC") as caught:
        edit_site(
            site=opened_by_bruno,
            changes={"name": "Block A", "access_notes": "Ring twice."},
            seen=opened_by_bruno.version,
            at=LATER + timedelta(minutes=1),
            by=bruno,
        )
    conflict = caught.value
    assert (conflict.by, conflict.when, conflict.version) == (alma, LATER, 2)
    shown = {one.field: (one.now, one.yours) for one in conflict.differs}
    assert shown == {"name": ("Building A", "Block A"), "access_notes": ("", "Ring twice.")}
    assert Site.objects.get(pk=site.pk).name == "Building A"


def test_having_seen_both_the_slower_may_save_over_the_faster() -> None:
    site = a_site(name="Main building")
    edit_site(site=site, changes={"name": "Building A"}, seen=1, at=LATER, by=None)
    edit_site(site=site, changes={"name": "Block A"}, seen=2, at=LATER, by=None)
    assert Site.objects.get(pk=site.pk).version == 3


def test_saving_what_is_already_so_changes_nothing() -> None:
    nord = a_customer("Clinic Nord")
    before = Entry.objects.count()
    edit_customer(customer=nord, changes={"name": "Clinic Nord"}, seen=1, at=LATER, by=None)
    assert Customer.objects.get(pk=nord.pk).version == 1
    assert Entry.objects.count() == before


def test_an_edit_of_a_row_that_is_gone_says_so() -> None:
    site = a_site()
    Site.objects.filter(pk=site.pk).delete()
    with pytest.raises(Gone, match="was removed while you had it open"):
        edit_site(site=site, changes={"name": "Block A"}, seen=1, at=LATER, by=None)


def test_a_zone_that_does_not_exist_is_refused_with_what_to_write() -> None:
    site = a_site()
    with pytest.raises(ValidationError, match="IANA names, as Europe/Rome"):
        edit_site(site=site, changes={"zone": "Middle Earth"}, seen=1, at=LATER, by=None)
    assert Site.objects.get(pk=site.pk).zone == "Europe/Rome"
