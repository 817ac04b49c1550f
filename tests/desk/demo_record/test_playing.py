"""The demo company in the record: rows, journal and numbers tell the folder's story."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from wellkept.desk.demo import believed, story
from wellkept.desk.demo.reckoning_promises import due_by_monday, kept, moves, owed
from wellkept.desk.demo.records import Company
from wellkept.desk.demo_record import (
    COORDINATOR,
    MANAGER,
    build_record,
    hold_up_mirror,
    is_built,
)
from wellkept.desk.mirroring.revealing import change_since, shown
from wellkept.record.access.models import Account
from wellkept.record.cases.models import Case, CaseEvent, CasePromise, Downtime
from wellkept.record.installed_base.models import Asset, Placement
from wellkept.record.journal.models import Entry
from wellkept.record.mirror.models import Round
from wellkept.record.organisation.models import Person
from wellkept.record.parties.models import Customer, Site
from wellkept.record.promises.models import Notice, Pause, Promise, PromiseMove

MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, tzinfo=UTC)
A_YEAR = 52

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def played(committed: Any, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Have the last year of the company played into an empty record."""
    monkeypatch.setattr(story, "WEEKS", A_YEAR)
    return build_record(monday=MONDAY)


def test_the_record_tells_the_story_that_the_folder_tells(played: Company) -> None:
    _as_many_rows_as_the_story(played)
    _as_many_promises_kept_as_the_hidden_truth(played)
    _whoever_waits_in_the_story_waits_on_today(played)
    _the_journal_has_every_week(played)
    _nobody_is_where_they_were_not(played)
    _other_systems_know_the_rows_by_names_of_their_own(played)
    _the_mirror_names_each_gap_of_the_story()


def _other_systems_know_the_rows_by_names_of_their_own(played: Company) -> None:
    assert all(one.external_ids.get().system == "ERP" for one in Customer.objects.all())
    whole = Asset.objects.filter(external_ids__kind="equipment")
    assert whole.count() == sum(asset.parent is None for asset in played.assets)
    tickets = Case.objects.filter(external_ids__kind="ticket")
    assert 0 < tickets.count() < Case.objects.count()
    last = tickets.latest("reported_at").reported_at
    assert not Case.objects.filter(reported_at__lt=last, external_ids=None).exists()


def _the_mirror_names_each_gap_of_the_story() -> None:
    hold_up_mirror(monday=MONDAY)
    asked, last, before = Round.objects.all()
    assert (asked.stage, last.stage, before.stage) == ("open", "revealed", "revealed")
    assert asked.invitations.count() == 2
    claims = {one["id"]: one for one in shown(last)["claims"]}
    names = {claim: one["name"]["key"] for claim, one in claims.items()}
    for claim, name in (
        (believed.OVERLOOKED, "overlooked"),
        (believed.NORMALISED, "normalised"),
        (believed.CONTESTED, "contested"),
        (believed.IN_HAND, "in_hand"),
        (believed.HELD, "held"),
        *((one, "unprovable") for one in believed.UNPROVABLE),
    ):
        assert names[claim] == name, claim
    assert claims[believed.IN_HAND]["owner"]["name"] == COORDINATOR
    assert last.shown is not None
    numbers = {row["claim"]: row for row in last.shown["numbers"]["rows"]}
    said = {one["group"]: one["value"] for one in numbers["P1"]["groups"]}
    assert said["executive"] == 96 and 82 < numbers["P1"]["records"]["value"] < 88
    assert before.revealed_at == NOW - timedelta(days=60)
    assert set(change_since(last)) == set(claims)
    assert not any(COORDINATOR in str(one.shown) for one in (last, before))


def _as_many_rows_as_the_story(played: Company) -> None:
    assert Customer.objects.count() == len(played.customers)
    assert Site.objects.count() == len(played.sites)
    assert Asset.objects.filter(site__isnull=False).count() == len(played.assets)
    assert Person.objects.count() == len(played.people) + 1  # and the manager
    assert Case.objects.count() == len(played.cases)
    assert CaseEvent.objects.count() == sum(len(case.events) for case in played.cases)
    assert Promise.objects.count() == len(played.promises)
    assert CasePromise.objects.count() == sum(one.case is not None for one in played.promises)
    assert Downtime.objects.count() == len(played.downtimes)
    told = moves(played.promises, played.promises)
    assert PromiseMove.objects.count() + Pause.objects.count() == told.moves
    assert PromiseMove.objects.filter(asked_by="us").count() == told.asked_by_us
    assert PromiseMove.objects.filter(asked_by="unknown").count() == told.asked_by_nobody
    assert Notice.objects.exists()


def _as_many_promises_kept_as_the_hidden_truth(played: Company) -> None:
    truth = kept(due_by_monday(played.promises, played.monday_s), played.monday_s)
    due = Promise.objects.filter(judged_due__lte=NOW).exclude(released_at__lte=F("judged_due"))
    assert due.count() == truth.due
    assert due.filter(fulfilled_at__lte=F("judged_due")).count() == truth.by_judged
    assert due.filter(fulfilled_at__lte=F("first_due")).count() == truth.by_first


def _whoever_waits_in_the_story_waits_on_today(played: Company) -> None:
    due = due_by_monday(played.promises, played.monday_s)
    waiting = owed(due, played.monday_s)
    broken = list(Promise.objects.broken(NOW).by_urgency().select_related("customer"))
    assert [one.about for one in broken[:3]] == [one.about for one in waiting[:3]]
    assert len(broken) == len(waiting)
    assert broken[0].customer is not None and broken[0].customer.name == story.WAITING_CUSTOMER
    assert Promise.objects.ownerless(NOW).broken(NOW).exists()
    day = NOW + timedelta(days=1)
    assert Promise.objects.due_between(NOW, day).exists()


def _the_journal_has_every_week(played: Company) -> None:
    made = Entry.objects.filter(verb="promises.make_promises").values_list("done_at", flat=True)
    weeks = {(NOW - at).days // 7 for at in made}
    assert weeks >= set(range(A_YEAR - 4))
    assert not Entry.objects.filter(done_at__gt=NOW).exists()


def _nobody_is_where_they_were_not(played: Company) -> None:
    assert not Placement.objects.filter(from_at__gt=NOW).exists()
    held = {account.personal.name for account in Account.objects.filter(is_active=True)}
    assert {COORDINATOR, MANAGER} <= held
    assert "Eino Saarinen" not in held  # he left eleven days ago, and handed nothing over
    assert is_built()


def test_a_day_that_is_no_monday_is_refused_and_nothing_is_written(record: Any) -> None:
    with pytest.raises(ValueError, match="is not a Monday"):
        build_record(monday=date(2026, 11, 17))
    assert not is_built()
