"""The one gate: each model says who sees its rows, and nobody sees more."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import CaptureQueriesContext

from builders import MONDAY, a_contact, a_customer, a_person, a_role, a_site, an_account
from wellkept.record.access.gate import visible
from wellkept.record.access.models import Account, PersonalData, Unscoped, how_scoped
from wellkept.record.access.rules import Group, Scope, Scoped
from wellkept.record.files.models import Attachment
from wellkept.record.journal.models import Entry
from wellkept.record.organisation.models import Region, RegionMember, Role, Team, TeamMember
from wellkept.record.parties.models import Customer, Site

pytestmark = pytest.mark.usefixtures("record")


def in_region(region: Region, name: str = "Bruno") -> Account:
    account = an_account(name, (Group.PLANNER, Scope.REGION))
    person = a_person(name, account=account)
    RegionMember.objects.create(region=region, person=person)
    return account


def test_every_model_of_the_house_says_how_it_is_scoped() -> None:
    silent = []
    for model in apps.get_models():
        try:
            how_scoped(model)
        except Unscoped:
            silent.append(model._meta.label)
    assert silent == []


def test_every_path_of_every_model_leads_to_an_account() -> None:
    everywhere = an_account(
        "Alma",
        *[(Group.ENGINEER, scope) for scope in (Scope.OWN, Scope.TEAM, Scope.REGION)],
        (Group.PORTAL, Scope.CUSTOMER),
    )
    for model in apps.get_models():
        if model is Account or how_scoped(model).everybody:
            continue
        assert not visible(model._default_manager.all(), to=everywhere).exclude(
            pk__in=visible(model._default_manager.all(), to=everywhere).values("pk")
        ), model._meta.label


def test_a_model_that_says_nothing_is_refused_loudly() -> None:
    class Secret(models.Model):
        class Meta:
            app_label = "parties"
            managed = False

    try:
        with pytest.raises(Unscoped, match="does not say who may see its rows"):
            visible(Secret._default_manager.all(), to=an_account())
    finally:
        del apps.all_models["parties"]["secret"]
        apps.clear_cache()


def test_a_planner_sees_the_sites_of_the_region_and_their_customers_once() -> None:
    north, south = Region.objects.create(name="North"), Region.objects.create(name="South")
    nord, mill = a_customer("Clinic Nord"), a_customer("Mill East")
    sites = [a_site(nord, region=north), a_site(nord, region=north, name="Annexe")]
    a_site(mill, region=south)
    bruno = in_region(north)
    assert set(visible(Site.objects.all(), to=bruno)) == set(sites)
    assert list(visible(Customer.objects.all(), to=bruno)) == [nord]


def test_a_list_behind_the_gate_is_one_query(record: Any) -> None:
    bruno = in_region(Region.objects.create(name="North"))
    assert bruno.scopes == {Scope.REGION}
    for rows in (Site.objects.all(), Customer.objects.all(), PersonalData.objects.all()):
        with CaptureQueriesContext(record) as asked:
            list(visible(rows, to=bruno))
        assert len(asked) == 1


def test_an_owner_sees_their_own_customers_and_their_team_those_of_the_team() -> None:
    team = Team.objects.create(name="Pumps")
    alma = an_account("Alma", (Group.SALES, Scope.OWN))
    chief = an_account("Chief", (Group.MANAGER, Scope.TEAM))
    TeamMember.objects.create(team=team, person=a_person("Chief", account=chief))
    hers = a_customer("Clinic Nord", owner=a_person("Alma", account=alma))
    the_teams = a_customer("Mill East", team=team)
    a_customer("Nobody's")
    assert list(visible(Customer.objects.all(), to=alma)) == [hers]
    assert list(visible(Customer.objects.all(), to=chief)) == [the_teams]


def test_scopes_add_up_and_all_is_everything() -> None:
    north = Region.objects.create(name="North")
    account = in_region(north)
    a_site(region=north)
    a_site(a_customer("Mill East"))
    assert visible(Site.objects.all(), to=account).count() == 1
    account.grants.create(group=Group.READ_ONLY, scope=Scope.ALL)
    assert visible(Site.objects.all(), to=Account.objects.get(pk=account.pk)).count() == 2


def test_whoever_holds_nothing_or_was_shut_sees_nothing() -> None:
    a_customer()
    nobody, shut = an_account("Nobody"), an_account("Alma")
    nobody.grants.all().delete()
    shut.is_active = False
    for account in (nobody, shut):
        assert not visible(Customer.objects.all(), to=account)
        assert not visible(Region.objects.all(), to=account)


def test_the_journal_is_for_those_who_see_everything() -> None:
    a_customer()
    assert visible(Entry.objects.all(), to=an_account()).exists()
    assert not visible(Entry.objects.all(), to=in_region(Region.objects.create(name="North")))


def test_personal_data_is_seen_through_the_contact_it_belongs_to() -> None:
    north = Region.objects.create(name="North")
    nord, mill = a_customer("Clinic Nord"), a_customer("Mill East")
    a_site(nord, region=north)
    rossi, other = a_contact("Dr Rossi", nord), a_contact("Ms Other", mill)
    bruno = in_region(north)
    shown = set(visible(PersonalData.objects.all(), to=bruno))
    assert rossi.personal in shown
    assert other.personal not in shown


def test_a_portal_account_sees_nothing_that_is_open_to_the_company() -> None:
    alma = in_region(Region.objects.create(name="North"))
    guest = an_account("Guest", (Group.PORTAL, Scope.CUSTOMER))
    a_role()
    assert visible(Role.objects.all(), to=alma).exists(), "it is open to the company"
    assert not visible(Role.objects.all(), to=guest)
    assert not visible(Region.objects.all(), to=guest)
    assert not visible(Customer.objects.all(), to=guest)


def test_an_attachment_is_seen_by_whoever_added_it() -> None:
    bruno = an_account("Bruno", (Group.ENGINEER, Scope.OWN))
    told = {"kind": "image/png", "size_bytes": 1, "added_at": MONDAY}
    mine = Attachment.objects.create(name="pump.png", added_by=bruno, sha256="a" * 64, **told)
    Attachment.objects.create(name="other.png", sha256="b" * 64, **told)
    assert list(visible(Attachment.objects.all(), to=bruno)) == [mine]


def test_a_scope_without_a_path_sees_no_row() -> None:
    assert Scoped(own="owner").paths(Scope.TEAM) == ()
    assert Scoped(own="owner").paths(Scope.OWN) == ("owner",)
