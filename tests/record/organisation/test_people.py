"""Who is there, who stands in, and who therefore answers; the rule in Python and in SQL."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import MONDAY, a_person, a_promise, an_account
from databases import undone
from wellkept.record.access.actions import erase_person
from wellkept.record.access.editing import Edited
from wellkept.record.access.gate import visible
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotAllowed, NotTrue
from wellkept.record.organisation.actions import (
    EndsBeforeItStarts,
    add_person,
    add_region,
    add_role,
    add_team,
    edit_part,
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
    Role,
    RoleHolding,
    Skill,
    Team,
)
from wellkept.record.organisation.queries import present_owner, present_owners
from wellkept.record.organisation.rules import Whereabouts
from wellkept.record.organisation.rules import present_owner as answers
from wellkept.record.promises.models import Promise

pytestmark = pytest.mark.usefixtures("record")
DAY = timedelta(days=1)


def away(person: Person, deputy: Person | None = None, days: int | None = 5) -> Absence:
    until = None if days is None else MONDAY + days * DAY
    absence = Absence(person=person, from_at=MONDAY - DAY, until_at=until, deputy=deputy)
    return report_absences(absences=[absence], at=MONDAY, by=None)[0]


def holds(person: Person, deputy: Person | None = None, name: str = "Coordinator") -> RoleHolding:
    role, _ = Role.objects.get_or_create(name=name)
    holding = RoleHolding(person=person, role=role, from_at=MONDAY - 30 * DAY, deputy=deputy)
    return give_roles(holdings=[holding], at=MONDAY, by=None)[0]


def test_an_owner_who_is_there_answers() -> None:
    bruno = a_person("Bruno")
    assert present_owner(bruno, MONDAY) == bruno
    assert present_owner(None, MONDAY) is None


def test_an_absent_owner_without_a_deputy_counts_as_none() -> None:
    bruno = a_person("Bruno")
    absence = away(bruno)
    assert present_owner(bruno, MONDAY) is None
    end_absences(absences=[absence], until_at=MONDAY, at=MONDAY, by=None)
    assert present_owner(bruno, MONDAY) == bruno


def test_who_will_be_away_is_there_until_then() -> None:
    bruno = a_person("Bruno")
    absence = Absence(person=bruno, from_at=MONDAY + DAY)
    report_absences(absences=[absence], at=MONDAY, by=None)
    assert present_owner(bruno, MONDAY) == bruno
    assert present_owner(bruno, MONDAY + DAY) is None


def test_what_an_erased_colleague_had_is_ownerless_as_if_they_had_left() -> None:
    bruno = a_person("Bruno")
    one = a_promise(owner=bruno)
    assert not Promise.objects.ownerless(MONDAY)
    erase_person(people=[bruno.personal], at=MONDAY, by=None)
    assert present_owner(bruno, MONDAY) is None
    assert not Person.objects.answered_for(MONDAY)
    assert list(Promise.objects.ownerless(MONDAY)) == [one]


def test_a_role_that_ended_keeps_its_end() -> None:
    over, running = holds(a_person("Bruno")), holds(a_person("Carla"))
    end_roles(holdings=[over], until_at=MONDAY - DAY, at=MONDAY, by=None)
    end_roles(holdings=[over, running], until_at=MONDAY, at=MONDAY, by=None)
    ends = [RoleHolding.objects.get(pk=one.pk).until_at for one in (over, running)]
    assert ends == [MONDAY - DAY, MONDAY]


def test_the_deputy_of_the_absence_answers_before_the_deputy_of_the_role() -> None:
    bruno, carla, dario = a_person("Bruno"), a_person("Carla"), a_person("Dario")
    holds(bruno, deputy=dario)
    away(bruno, deputy=carla)
    assert present_owner(bruno, MONDAY) == carla
    away(carla)
    assert present_owner(bruno, MONDAY) == dario


def test_a_deputy_of_a_deputy_does_not_count() -> None:
    bruno, carla, dario = a_person("Bruno"), a_person("Carla"), a_person("Dario")
    away(bruno, deputy=carla)
    away(carla, deputy=dario)
    assert present_owner(bruno, MONDAY) is None


def test_what_a_departed_owner_had_is_ownerless_once_the_role_ended() -> None:
    bruno, carla = a_person("Bruno"), a_person("Carla")
    holding = holds(bruno, deputy=carla)
    let_go(people=[bruno], until_on=MONDAY.date(), at=MONDAY, by=None)
    assert present_owner(bruno, MONDAY - DAY) == bruno
    assert present_owner(bruno, MONDAY) == carla
    end_roles(holdings=[holding], until_at=MONDAY, at=MONDAY, by=None)
    assert present_owner(bruno, MONDAY) is None


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    gone=st.sets(st.integers(0, 4)),
    absences=st.lists(
        st.tuples(st.integers(0, 4), st.none() | st.integers(0, 4), st.integers(-1, 2)), max_size=5
    ),
    roles=st.lists(
        st.tuples(st.integers(0, 4), st.none() | st.integers(0, 4), st.integers(-1, 2)), max_size=5
    ),
)
def test_the_rule_in_python_and_in_sql_is_one(
    record: object,
    gone: set[int],
    absences: list[tuple[int, int | None, int]],
    roles: list[tuple[int, int | None, int]],
) -> None:
    with undone(record):
        people = [
            a_person(f"P{number}", until_on=MONDAY.date() if number in gone else None)
            for number in range(5)
        ]
        role = Role.objects.create(name="Coordinator")
        for kind, rows in ((Absence, absences), (RoleHolding, roles)):
            for person, deputy, days in rows:
                if deputy == person:
                    continue
                told = {"role": role} if kind is RoleHolding else {}
                kind._default_manager.create(
                    person=people[person],
                    deputy=None if deputy is None else people[deputy],
                    from_at=MONDAY - 3 * DAY,
                    until_at=MONDAY + days * DAY,
                    **told,
                )
        in_python = present_owners([one.pk for one in people], MONDAY)
        in_sql = set(Person.objects.answered_for(MONDAY).values_list("pk", flat=True))
        assert {key for key, found in in_python.items() if found is not None} == in_sql
        themselves = {key for key, found in in_python.items() if found == key}
        assert themselves == set(Person.objects.present(MONDAY).values_list("pk", flat=True))


def test_somebody_whom_nobody_knows_does_not_answer() -> None:
    assert answers(7, {}) is None
    assert answers(1, {1: Whereabouts(away=True, deputies=(9,))}) is None


def test_nobody_is_their_own_deputy_and_nothing_ends_before_it_starts() -> None:
    bruno = a_person("Bruno")
    with pytest.raises(NotTrue, match="Nobody is their own deputy"):
        away(bruno, deputy=bruno)
    with pytest.raises(NotTrue, match="cannot end before it starts"):
        away(bruno, days=-3)
    absence = away(bruno)
    with pytest.raises(EndsBeforeItStarts, match="Give a later moment"):
        end_absences(absences=[absence], until_at=MONDAY - 2 * DAY, at=MONDAY, by=None)


def test_an_expired_skill_is_no_skill() -> None:
    bruno, skill = a_person("Bruno"), Skill.objects.create(name="High voltage")
    held = HeldSkill(person=bruno, skill=skill, until_on=date(2026, 3, 2))
    give_skills(skills=[held], at=MONDAY, by=None)
    assert HeldSkill.objects.valid(date(2026, 3, 1)).exists()
    assert not HeldSkill.objects.valid(date(2026, 3, 2)).exists()


def test_who_joins_a_team_sees_what_the_team_sees_until_they_leave() -> None:
    account = an_account("Bruno", (Group.ENGINEER, Scope.TEAM))
    bruno = add_person(name="", email="", trade="engineer", account=account, at=MONDAY, by=None)
    pumps = add_team(name="Pumps", region=None, at=MONDAY, by=None)
    assert bruno.personal == account.personal
    for members, seen in (([bruno], [pumps]), ([], [])):
        set_team(team=pumps, people=members, at=MONDAY, by=None)
        assert list(visible(Team.objects.all(), to=account)) == seen


def test_a_region_is_worked_for_by_exactly_those_who_are_named() -> None:
    north = add_region(name="North", at=MONDAY, by=None)
    bruno, carla = a_person("Bruno"), a_person("Carla")
    set_region(region=north, people=[bruno], at=MONDAY, by=None)
    set_region(region=north, people=[carla], at=MONDAY, by=None)
    assert [member.person for member in north.members.all()] == [carla]
    with pytest.raises(NotTrue, match="Another region has this name"):
        add_region(name="North", at=MONDAY, by=None)


@pytest.mark.parametrize("scope", [Scope.OWN, Scope.TEAM, Scope.REGION])
def test_who_sees_a_part_does_not_decide_who_sees_which(scope: Scope) -> None:
    account = an_account("Nora", (Group.MANAGER, scope))
    nora = add_person(name="", email="", trade="manager", account=account, at=MONDAY, by=None)
    north = add_region(name="North", at=MONDAY, by=None)
    pumps = add_team(name="Pumps", region=None, at=MONDAY, by=account)
    with pytest.raises(NotAllowed, match="You see a part of the rows"):
        set_team(team=pumps, people=[nora], at=MONDAY, by=account)
    with pytest.raises(NotAllowed, match="You see a part of the rows"):
        set_region(region=north, people=[nora], at=MONDAY, by=account)
    moved = {"region": north}
    with pytest.raises(NotAllowed, match="You see a part of the rows"):
        edit_part(part=pumps, changes=moved, seen=pumps.version, at=MONDAY, by=account)
    assert not pumps.members.exists() and not north.members.exists()
    everybody = an_account("Mia", (Group.MANAGER, Scope.ALL))
    set_team(team=pumps, people=[nora], at=MONDAY, by=everybody)
    assert [member.person for member in pumps.members.all()] == [nora]


def test_a_role_is_kept_renamed_and_named_once(record: Any) -> None:
    role = add_role(name="Dispatcher", at=MONDAY, by=None)
    edit_part(part=role, changes={"name": "Coordinator"}, seen=1, at=MONDAY, by=None)
    role.refresh_from_db()
    assert (role.name, role.version) == ("Coordinator", 2)
    with pytest.raises(NotTrue, match="Another role has this name"):
        add_role(name="Coordinator", at=MONDAY, by=None)


def test_a_region_renamed_by_two_is_not_lost_in_silence(record: Any) -> None:
    region = add_region(name="South", at=MONDAY, by=None)
    edit_part(part=region, changes={"name": "Sud"}, seen=1, at=MONDAY, by=None)
    with pytest.raises(Edited):
        edit_part(part=region, changes={"name": "Meridione"}, seen=1, at=MONDAY, by=None)
