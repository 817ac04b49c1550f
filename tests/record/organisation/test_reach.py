"""Who sees a part of the rows decides within it: no verb widens what they or others reach.

Paul manages the pumps; Bruno is of the pumps, Carla of the fans, and so are their roles.
"""

import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import wellkept.record
from builders import MONDAY, a_person, a_promise, a_role, an_account
from wellkept.methods import working_time
from wellkept.record.access.actions import edit_personal_data
from wellkept.record.access.choosing import choose
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotAllowed, every_verb
from wellkept.record.calendars.actions import (
    add_calendar,
    add_public_holidays,
    forget_dates,
    rewrite_week,
    set_dated_hours,
)
from wellkept.record.cases.actions import edit_commitment, set_commitments
from wellkept.record.cases.models import Commitment
from wellkept.record.mirror.actions import (
    add_link,
    begin_answers,
    choose_gaps,
    end_link,
    finish_answers,
    invite_people,
    lock_round,
    open_round,
    rate_stories,
    reveal_round,
    save_answers,
)
from wellkept.record.mirror.models import AnswerLink
from wellkept.record.organisation.actions import (
    add_person,
    add_region,
    add_team,
    edit_part,
    edit_person,
    end_absences,
    end_roles,
    give_roles,
    give_skills,
    let_go,
    report_absences,
    set_region,
    set_team,
)
from wellkept.record.organisation.models import (
    Absence,
    HeldSkill,
    Person,
    Region,
    Role,
    RoleHolding,
    Skill,
    Team,
)
from wellkept.record.sources.actions import (
    begin_import,
    end_import,
    forget_raw_rows,
    name_rows,
    take_back_import,
    try_import,
    write_step,
)
from wellkept.record.sources.models import ImportRun, ImportStep

pytestmark = [
    pytest.mark.usefixtures("record"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
WEEK = working_time.Calendar.parse("Mon-Fri 8-17")


@dataclass(frozen=True)
class House:
    """Two teams in two regions, one of each Paul's; `mara` manages everything."""

    by: Account
    mara: Account
    paul: Person
    bruno: Person
    carla: Person
    pumps: Team
    fans: Team
    role: Role

    def holding(self, person: Person, **where: Any) -> RoleHolding:
        return RoleHolding(person=person, role=self.role, from_at=MONDAY, **where)

    def does(self, act: Callable[..., Any], **given: Any) -> Any:
        return act(at=MONDAY, by=self.by, **given)


@pytest.fixture(params=[Scope.OWN, Scope.TEAM, Scope.REGION])
def house(request: pytest.FixtureRequest, record: Any) -> House:
    """Have Paul, who manages a part, and by another group looks at everything."""
    by = an_account("Paul", (Group.MANAGER, request.param), (Group.READ_ONLY, Scope.ALL))
    mara = an_account("Mara", (Group.MANAGER, Scope.ALL))
    north, south = (add_region(name=name, at=MONDAY, by=None) for name in ("North", "South"))
    pumps = add_team(name="Pumps", region=north, at=MONDAY, by=None)
    fans = add_team(name="Fans", region=south, at=MONDAY, by=None)
    paul = a_person("Paul", account=by)
    bruno, carla = a_person("Bruno"), a_person("Carla")
    set_team(team=pumps, people=[paul, bruno], at=MONDAY, by=None)
    set_region(region=north, people=[paul], at=MONDAY, by=None)
    set_team(team=fans, people=[carla], at=MONDAY, by=None)
    return House(by, mara, paul, bruno, carla, pumps, fans, a_role())


def refused(house: House, act: Callable[..., Any], says: str, **given: Any) -> None:
    with pytest.raises(NotAllowed, match=says):
        house.does(act, **given)


def test_nobody_gives_a_role_beyond_their_part(house: House) -> None:
    for elsewhere in (
        house.holding(house.paul),
        house.holding(house.paul, product_family="Pumps"),
        house.holding(house.paul, team=house.fans),
        house.holding(house.paul, region=house.fans.region),
        house.holding(house.carla, deputy=house.paul, team=house.fans),
        house.holding(house.carla, deputy=house.paul, team=house.pumps),
    ):
        refused(house, give_roles, "You decide about roles that", holdings=[elsewhere])
    (held,) = give_roles(holdings=[house.holding(house.carla)], at=MONDAY, by=house.mara)
    refused(house, end_roles, "You decide about roles that", holdings=[held], until_at=MONDAY)


def test_nobody_stands_in_for_somebody_outside_their_part_by_their_own_word(house: House) -> None:
    away = Absence(person=house.carla, from_at=MONDAY, deputy=house.paul)
    refused(house, report_absences, "Carla is not of your teams", absences=[away])
    (kept,) = report_absences(absences=[away], at=MONDAY, by=house.mara)
    refused(house, end_absences, "Carla is not of your teams", absences=[kept], until_at=MONDAY)


def test_people_outside_a_part_are_decided_about_by_others(house: House) -> None:
    carla, says = house.carla, "Carla is not of your teams"
    refused(house, let_go, says, people=[carla], until_on=MONDAY.date())
    refused(house, edit_person, says, person=carla, changes={"trade": "x"}, seen=carla.version)
    skill = HeldSkill(person=carla, skill=Skill.objects.create(name="Welding"))
    refused(house, give_skills, says, skills=[skill])


def test_an_account_is_joined_to_a_person_by_those_who_see_everything(house: House) -> None:
    says = "You see a part of the rows"
    loose = an_account("Dario", (Group.PLANNER, Scope.ALL))
    refused(house, add_person, says, name="", email="", trade="", account=loose)
    paul = house.paul
    refused(house, edit_person, says, person=paul, changes={"account": loose}, seen=paul.version)


def test_parts_that_are_not_theirs_are_named_by_others(house: House) -> None:
    for part in (house.fans, house.fans.region):
        refused(house, edit_part, "is not yours", part=part, changes={"name": "x"}, seen=1)
    refused(house, add_team, "South is not yours", name="x", region=house.fans.region)
    says = "You see a part of the rows"
    refused(house, set_team, says, team=house.pumps, people=[house.carla])
    refused(house, set_region, says, region=house.pumps.region, people=[])


def test_what_is_everybody_s_is_changed_by_those_who_see_everything(house: House) -> None:
    says, days = "This is about everybody's rows", [MONDAY.date()]
    refused(house, edit_part, says, part=house.role, changes={"name": "x"}, seen=1)
    promised = Commitment(consequence=1, restore_min=60, accountable=house.role)
    refused(house, set_commitments, says, commitments=[promised])
    (kept,) = set_commitments(commitments=[promised], at=MONDAY, by=house.mara)
    changes = {"restore_min": None}
    refused(house, edit_commitment, says, commitment=kept, changes=changes, seen=1)
    cover = house.does(add_calendar, name="Ours", hours=WEEK)  # nobody reckons with it yet
    refused(house, rewrite_week, says, calendar=cover, hours=WEEK, seen=cover.version)
    refused(house, set_dated_hours, says, calendars=[cover], days=[])
    refused(house, forget_dates, says, calendars=[cover], dates=days)
    place = {"country": "IT", "subdivision": None, "years": [2026]}
    refused(house, add_public_holidays, says, calendars=[cover], **place)
    refused(house, choose, says, name="measures", account=None, value=["x"])
    refused(house, choose, says, name="digest", account=house.mara, value=False)
    run = ImportRun()
    refused(house, try_import, says, run=run)
    refused(house, begin_import, says, run=run, steps=1)
    refused(house, take_back_import, says, run=run, rows=[], renamed=[], restored=[])
    step = {"step": ImportStep(), "names": [], "renamed": [], "raw": []}
    refused(house, write_step, says, **step)
    refused(house, end_import, says, run=run, counts={})
    refused(house, forget_raw_rows, says, on=MONDAY.date())
    refused(house, name_rows, says, ids=Any, system="x", kind="x", names={})


def test_a_round_of_the_mirror_is_led_by_those_who_see_everything(house: House) -> None:
    says, asked = "A round is about everybody's records", {house.mara: "finance"}
    refused(house, open_round, says, form="short", claims_version="1", people={})
    given: dict[str, Any] = {"at": MONDAY, "by": house.mara}
    round = open_round(form="short", claims_version="1", people=asked, **given)
    refused(house, invite_people, says, round=round, people=asked)
    refused(house, add_link, says, round=round, group="finance", most=1, token_hash="h")
    link = add_link(round=round, group="finance", most=1, token_hash="h", **given)
    refused(house, end_link, says, link=link)
    assert AnswerLink.objects.get().ended_at is None
    refused(house, lock_round, says, round=round, actions=[], print_of=str)
    refused(house, reveal_round, says, round=round, shown={})
    refused(house, choose_gaps, says, round=round, promises={"P1": a_promise()})
    end_link(link=link, **given)


def test_nobody_writes_an_answer_down_for_somebody(house: House) -> None:
    says, none = "You may not do this", {"respondent": None}
    refused(house, begin_answers, says, round=None, group="finance", key_hash="k", link=None)
    refused(house, save_answers, says, answers=[], **none)
    refused(house, rate_stories, says, vignettes={}, **none)
    refused(house, finish_answers, says, **none)


def test_where_mail_of_others_goes_is_not_changed_by_who_sees_a_part(house: House) -> None:
    told: dict[str, Any] = {
        "person": house.mara.personal,
        "changes": {"email": "p@x.example"},
        "seen": 1,
    }
    refused(house, edit_personal_data, "Mara signs in here", **told)
    house.does(edit_personal_data, person=house.by.personal, changes={"phone": "1"}, seen=1)
    house.does(edit_personal_data, person=house.bruno.personal, changes={"phone": "2"}, seen=1)
    edit_personal_data(at=MONDAY, by=house.mara, **told | {"person": house.by.personal, "seen": 2})


def test_within_their_part_they_decide(record: Any, house: House) -> None:
    if (Group.MANAGER, Scope.OWN) in house.by.held:
        own = house.holding(house.paul, team=house.pumps)
        refused(house, give_roles, "You decide about roles that", holdings=[own])
    else:
        given = [house.holding(house.bruno, deputy=house.paul, team=house.pumps)]
        held = house.does(give_roles, holdings=given)
        house.does(end_roles, holdings=held, until_at=MONDAY.replace(hour=10))
        away = Absence(person=house.bruno, from_at=MONDAY, deputy=house.paul)
        house.does(report_absences, absences=[away])
        changes = {"name": "Pumps and fans"}
        house.does(edit_part, part=house.pumps, changes=changes, seen=house.pumps.version)
        house.does(let_go, people=[house.bruno], until_on=MONDAY.date())
    mine = Absence(person=house.paul, from_at=MONDAY, deputy=house.carla)
    assert house.does(report_absences, absences=[mine])
    assert Region.objects.count() == 2


OF_ROWS = "promises cases installed_base parties files"
"""Rooms whose verbs take rows that the desk found through the gate, within what the groups of the
verb decide about (`gate.decided`): tests/desk/web/test_scopes.py sends every form of theirs."""
FREELY: dict[str, str] = {
    "access.ask_for_link": "before anybody has signed in",
    "access.attempt_sign_in": "before anybody has signed in",
    "access.succeed_in_signing_in": "before anybody has signed in",
    "access.open_first_account": "while nobody has an account",
    "access.open_account": "an administrator sees everything",
    "access.set_grants": "an administrator sees everything",
    "access.shut_accounts": "an administrator sees everything",
    "access.erase_person": "an administrator sees everything",
    "organisation.add_region": "a new one holds nobody and no row",
    "organisation.add_role": "a new one is held by nobody",
    "calendars.add_calendar": "nothing is reckoned by a new one",
}
"""Verbs that no part limits, each with its reason."""


def test_every_verb_of_every_room_says_how_it_is_limited_to_a_part() -> None:
    """A verb that is new stands in one of the tests above, or here with the reason why not."""
    home = Path(wellkept.record.__path__[0])
    for file in home.rglob("*.py"):
        if "@verb(" in file.read_text():
            inside = file.relative_to(home).with_suffix("").parts
            import_module(".".join(("wellkept.record", *inside)))
    rooms = {one.name for one in pkgutil.iter_modules(wellkept.record.__path__)}
    verbs = {name for name in every_verb() if name.partition(".")[0] in rooms}
    calls = re.findall(r"refused\(\s*house,\s*(\w+),", Path(__file__).read_text())
    limited = {name for name in verbs if name.partition(".")[2] in calls}
    through_the_gate = {name for name in verbs if name.partition(".")[0] in OF_ROWS.split()}
    assert not limited & FREELY.keys() and FREELY.keys() <= verbs
    assert verbs - through_the_gate == (limited | FREELY.keys()) - through_the_gate
