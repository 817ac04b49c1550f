"""Our own people: accounts, teams, regions, roles with deputies, and what we commit to."""

import unicodedata
from datetime import timedelta

from wellkept.desk.demo import story
from wellkept.desk.demo.company import MANAGER, PEOPLE, ZONES
from wellkept.desk.demo.records import Company, moment
from wellkept.desk.demo.records import Person as Told
from wellkept.desk.demo_record.known import Known
from wellkept.methods import working_time
from wellkept.record.access.actions import open_account, shut_accounts
from wellkept.record.access.rules import Group, Scope
from wellkept.record.calendars.actions import add_calendar
from wellkept.record.cases.actions import set_commitments
from wellkept.record.cases.models import Commitment
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.actions import (
    add_person,
    add_region,
    add_role,
    add_team,
    end_roles,
    give_roles,
    let_go,
    report_absences,
    set_region,
    set_team,
)
from wellkept.record.organisation.models import Absence, Person, RoleHolding

COORDINATOR = "Alma Ricci"
"""As whom the demo opens: she alone coordinates everywhere."""
DOMAIN = "corvane.example"

GRANTS = {
    "coordinator": (Group.COORDINATOR, Scope.REGION),
    "engineer": (Group.ENGINEER, Scope.TEAM),
    "specialist": (Group.ENGINEER, Scope.TEAM),
    "parts clerk": (Group.PARTS, Scope.ALL),
    "quotes": (Group.SALES, Scope.ALL),
    "planner": (Group.PLANNER, Scope.ALL),
}
DESK, FIELD, PARTS, SALES, PLANNER = (
    "Service coordinator",
    "Field service lead",
    "Parts planner",
    "Sales support",
    "Maintenance planner",
)
HOLDINGS = (
    (DESK, COORDINATOR, "South", "Livia Serra"),
    (DESK, "Holly Marsh", "West", "Owen Pryce"),
    (DESK, "Aino Lehto", "North", None),
    (FIELD, "Bruno Keller", "South", "Carla Venturi"),
    (FIELD, "Callum Reid", "West", "Dawn Ashby"),
    (FIELD, "Eino Saarinen", "North", None),
    (PARTS, "Greta Olsson", None, "Piotr Zieliński"),
    (SALES, "Stella Moreau", None, "Hugo Lambert"),
    (PLANNER, "Wanda Frost", None, "Luca Ferraro"),
)
"""Role, who holds it, for which region (None: everywhere), and who stands in."""
AWAY = ("Owen Pryce", "Holly Marsh")
"""Who is away in the week of the Monday, and who stands in."""
UPDATE_H = {"safety": 12.0, "production_stopped": 12.0}
UPDATE_COVER_H = 20.0


def email_of(name: str) -> str:
    """This will give the invented address of somebody of the company.

    >>> email_of("Päivi Niemi")
    'paivi.niemi@corvane.example'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace(' ', '.')}@{DOMAIN}"


def organise(company: Company, known: Known) -> None:
    """This will write down who works here, in which team, for which region, in which role."""
    at = known.at(0)
    for region in ZONES:
        known.regions[region] = add_region(name=region, at=at, by=None)
    for team in dict.fromkeys(person.team for person in company.people):
        region_of = next((r for r in ZONES if team.startswith(f"{r} ")), None)
        within = known.regions[region_of] if region_of else None
        known.teams[team] = add_team(name=team, region=within, at=at, by=None)
    _employ(MANAGER, "service manager", (Group.MANAGER, Group.ADMINISTRATOR), known)
    for person in company.people:
        _employ(person.name, person.role, None, known)
    _gather(company.people, known)
    for role in (DESK, FIELD, PARTS, SALES, PLANNER):
        known.roles[role] = add_role(name=role, at=at, by=None)
    _hold_roles(known)
    _commit(known)


def _employ(name: str, trade: str, groups: tuple[Group, ...] | None, known: Known) -> None:
    at = known.at(0)
    if groups is None:
        group, scope = GRANTS[trade]
        grants = [(group, Scope.ALL if name == COORDINATOR else scope)]
    else:
        grants = [(group, Scope.ALL) for group in groups]
    email = email_of(name)
    account = open_account(email=email, name=name, password=None, grants=grants, at=at, by=None)
    known.people[name] = add_person(
        name=name, email=email, trade=trade, account=account, at=at, by=None
    )


def _gather(people: list[Told], known: Known) -> None:
    at = known.at(0)
    for name, team in known.teams.items():
        members = [known.people[person.name] for person in people if person.team == name]
        set_team(team=team, people=members, at=at, by=None)
    for name, region in known.regions.items():
        there = [
            known.people[p.name] for p in people if p.team in (f"{name} desk", f"{name} field")
        ]
        set_region(region=region, people=there, at=at, by=None)


def _hold_roles(known: Known) -> None:
    at = known.at(0)
    holdings = [
        RoleHolding(
            role=known.roles[role],
            person=known.people[person],
            region=known.regions[region] if region else None,
            deputy=known.people[deputy] if deputy else None,
            from_at=at,
        )
        for role, person, region, deputy in HOLDINGS
    ]
    give_roles(holdings=holdings, at=at, by=None)


def _commit(known: Known) -> None:
    """What is promised when a case comes in; around the clock for those who stand still."""
    at = known.at(0)
    hours = working_time.Calendar.parse("Mon-Fri 8-18")
    known.cover = add_calendar(name="Cover hours", hours=hours, at=at, by=None)
    set_commitments(
        commitments=[
            Commitment(
                consequence=Consequence.of(word).value,
                calendar=None if word in story.CRITICAL else known.cover,
                respond_min=round(story.RESPOND_H[word] * 60),
                restore_min=round(story.RESTORE_H[word] * 60),
                update_min=round(UPDATE_H.get(word, UPDATE_COVER_H) * 60),
                accountable=known.roles[DESK],
            )
            for word in story.CONSEQUENCES
        ],
        at=at,
        by=None,
    )


def leave(company: Company, known: Known, week: int) -> None:
    """This will write down who left in a week: their role ends, their account is shut."""
    at = known.at(week)
    for name, _, _, left in PEOPLE:
        told = next(person for person in company.people if person.name == name)
        if left is None or told.left_s is None or known.week_of(told.left_s) != week:
            continue
        person, left_at = known.people[name], moment(told.left_s)
        let_go(people=[person], until_on=left_at.date(), at=at, by=None)
        end_roles(holdings=list(person.holdings.all()), until_at=left_at, at=at, by=None)
        if person.account is not None:
            shut_accounts(accounts=[person.account], at=at, by=None)


def be_away(known: Known) -> None:
    """This will write down who is away in the week of the Monday."""
    monday = moment(known.monday_s)
    who, deputy = (known.people[name] for name in AWAY)
    away = _absence(who, deputy, known)
    report_absences(absences=[away], at=monday, by=None)


def _absence(who: Person, deputy: Person, known: Known) -> Absence:
    monday = moment(known.monday_s)
    return Absence(person=who, deputy=deputy, from_at=monday, until_at=monday + timedelta(days=5))
