"""What is new is made within the reach of the deed; a need that is reported goes to whose it is."""

from itertools import product
from typing import Any

import pytest
from django.conf import settings

from builders import HOUR, a_customer, a_person, an_account, an_asset
from desk.web.clients import signed_in
from desk.web.company import Company, a_company
from wellkept.desk import clock
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.cases.actions import report_cases
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.actions import transfer_assets
from wellkept.record.installed_base.models import Ownership
from wellkept.record.organisation.models import Team, TeamMember
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise

READS = (Group.READ_ONLY, Scope.ALL)


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


def somebody(*held: tuple[Group, Scope], team: Team) -> Account:
    account = an_account("Rita", *held)
    TeamMember.objects.create(team=team, person=a_person("Rita", account=account))
    return account


def typed(**given: str) -> dict[str, str]:
    return {"about": "Ring back", "due_on": "2031-03-03", "channel": "phone"} | given


def test_a_promise_is_made_within_the_reach_and_a_case_goes_to_whose_it_is(
    company: Company,
) -> None:
    ours, theirs = Team.objects.create(name="Ours"), Team.objects.create(name="Theirs")
    of = {team: a_customer(f"Mill {team}", team=team) for team in (ours, theirs)}
    machine = {team: an_asset(number=f"M-{team}") for team in of}
    owned = [Ownership(asset=machine[team], customer=of[team]) for team in of]
    transfer_assets(ownerships=owned, at=company.now, by=None)
    held = {
        ((Group.COORDINATOR, Scope.ALL),): {ours, theirs},
        (READS, (Group.COORDINATOR, Scope.TEAM)): {ours},
        (READS, (Group.ENGINEER, Scope.OWN)): set(),
        (READS,): None,
    }
    for (groups, may), team in product(held.items(), of):
        client = signed_in(somebody(*groups, team=ours))
        for named in ({"customer": f"Mill {team}"}, {"asset": f"M-{team}"}):
            before = Promise.objects.count(), Case.objects.count()
            told = client.post("/promises/new/", typed(**named))
            made = Promise.objects.count() - before[0]
            assert made == (may is not None and team in may), (groups, team, named)
            if made:
                assert Promise.objects.latest("pk").team == team
            elif may is not None:
                assert "another part than yours" in told.text and "Ring back" in told.text
            client.post("/cases/new/", typed(**named))
            taken = Case.objects.count() - before[1]
            assert taken == (may is not None), (groups, team, named)
            if taken:
                assert Case.objects.latest("pk").team == team
                client.post("/cases/new/", typed(about="Mine", mine="1", **named))
                owner = Case.objects.latest("pk").owner
                assert (owner is not None) == (team in (may or ())), (groups, team, named)
    pages = signed_in(somebody(READS, (Group.COORDINATOR, Scope.TEAM), team=ours))
    for team, customer in of.items():
        page = pages.get(f"/customers/{customer.pk}/").text
        assert (f'?customer=Mill%20{team}">I promised' in page) == (team == ours)
        assert "Take a case in" in page


def test_who_works_on_a_case_may_promise_to_its_customer(company: Company) -> None:
    field = Team.objects.create(name="Field")
    rita = somebody(READS, (Group.ENGINEER, Scope.OWN), team=field)
    client, nord = signed_in(rita), Customer.objects.get(name="Clinic Nord")
    mine = Case(about="It hums", customer=nord, accountable=company.role, owner=rita.person,
                reported_at=company.now - HOUR)  # fmt: skip
    assert client.post("/promises/new/", typed(customer="Clinic Nord")).status_code == 422
    report_cases(cases=[mine], at=company.now, by=None)
    assert client.post("/promises/new/", typed(customer="Clinic Nord")).status_code == 302


def test_who_sees_no_more_of_a_case_they_took_in_is_told_with_whom_it_is(company: Company) -> None:
    team = Team.objects.create(name="Pumps")
    a_customer("Mill East", team=team)
    seer = an_account("Sam", (Group.COORDINATOR, Scope.OWN))
    a_person("Sam", account=seer)
    told = signed_in(seer).post("/cases/new/", typed(), follow=True)
    assert told.status_code == 200 and "so you do not see it yourself" in told.text
