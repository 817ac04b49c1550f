"""What can happen to our own people, their teams, roles, absences and skills."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from wellkept.record.access.editing import edit
from wellkept.record.access.models import Account, PersonalData
from wellkept.record.access.rules import STAFF, Group
from wellkept.record.access.verbs import (
    By,
    note,
    see_that_holds_for_all,
    see_that_reaches_all,
    verb,
)
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import (
    Absence,
    HeldSkill,
    Person,
    Region,
    RegionMember,
    Role,
    RoleHolding,
    Team,
    TeamMember,
)
from wellkept.record.organisation.reach import (
    see_that_reaches_holdings,
    see_that_reaches_parts,
    see_that_reaches_people,
)

LEADERS = (Group.MANAGER,)
"""Who says how we are organised."""
WORKERS = sorted(STAFF - {Group.READ_ONLY})
"""Who may say that they, or a colleague, are not there."""


class EndsBeforeItStarts(Refusal):
    """Something would end before it started."""


@verb(*LEADERS)
def add_person(
    *, name: str, email: str, trade: str, account: Account | None, at: datetime, by: By
) -> Person:
    """This will keep somebody who works for us; with an account, its personal data is theirs.

    Raises NotAllowed where an account is joined by somebody who sees a part of the rows only.
    """
    if account is not None:
        see_that_reaches_all(by, *LEADERS)
    if account is None:
        known = PersonalData(name=name, email=email)
        known.clean_fields()
        known.save()
    else:
        known = account.personal
    person = Person(personal=known, account=account, trade=trade)
    person.clean_fields()
    person.save()
    note(person, known)
    return person


@verb(*LEADERS)
def edit_person(
    *, person: Person, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change a person as a form says; raises Edited if somebody else was faster.

    Raises NotAllowed for a person outside one's teams and regions; and for whose account or data
    it is, unless one sees all rows.
    """
    if changes.keys() & {"account", "personal"}:
        see_that_reaches_all(by, *LEADERS)
    see_that_reaches_people(by, [person], *LEADERS)
    fields = edit(person, changes, seen=seen, at=at, by=by)
    note([person] if fields else [], fields=fields)


@verb(*LEADERS)
def let_go(*, people: Sequence[Person], until_on: date, at: datetime, by: By) -> None:
    """This will say that people no longer work for us from a day on; what they own is then
    ownerless unless a role of theirs has a deputy. Their account stays until it is shut.

    Raises NotAllowed for a person outside one's teams and regions.
    """
    see_that_reaches_people(by, people, *LEADERS)
    keys = [one.pk for one in people]
    Person.objects.filter(pk__in=keys).update(until_on=until_on)
    note(people, until_on=until_on)


@verb(*LEADERS)
def add_region(*, name: str, at: datetime, by: By) -> Region:
    """This will keep a region; raises NotTrue for a used name."""
    region = Region(name=name)
    region.clean_fields()
    region.save()
    note(region)
    return region


@verb(*LEADERS)
def add_team(*, name: str, region: Region | None, at: datetime, by: By) -> Team:
    """This will keep a team; raises NotTrue for a used name, NotAllowed for a foreign region."""
    see_that_reaches_parts(by, [] if region is None else [region], *LEADERS)
    team = Team(name=name, region=region)
    team.clean_fields()
    team.save()
    note(team)
    return team


@verb(*LEADERS)
def add_role(*, name: str, at: datetime, by: By) -> Role:
    """This will keep a role that people answer for things in; raises NotTrue for a used name."""
    role = Role(name=name)
    role.clean_fields()
    role.save()
    note(role)
    return role


@verb(*LEADERS)
def edit_part(
    *, part: Region | Team | Role, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will rename a region, a team or a role, or give a team its region; raises Edited.

    Raises NotAllowed for a region or a team that is not one's own; and where somebody who sees a
    part of the rows only gives a team its region, or renames a role, which is everybody's.
    """
    if isinstance(part, Team) and changes.get("region", part.region) != part.region:
        see_that_reaches_all(by, *LEADERS)
    if isinstance(part, Role):
        see_that_holds_for_all(by, *LEADERS)
    else:
        see_that_reaches_parts(by, [part], *LEADERS)
    fields = edit(part, changes, seen=seen, at=at, by=by)
    note([part] if fields else [], fields=fields)


@verb(*LEADERS)
def set_team(*, team: Team, people: Iterable[Person], at: datetime, by: By) -> None:
    """This will make exactly these people the team; each sees what the team sees.

    Raises NotAllowed for somebody who sees a part of the rows only.
    """
    see_that_reaches_all(by, *LEADERS)
    wanted = {one.pk for one in people}
    there = set(team.members.values_list("person", flat=True))
    team.members.exclude(person__in=wanted).delete()
    TeamMember.objects.bulk_create(
        TeamMember(team=team, person_id=key) for key in sorted(wanted - there)
    )
    note([team] if wanted != there else [], come=wanted - there, gone=there - wanted)


@verb(*LEADERS)
def set_region(*, region: Region, people: Iterable[Person], at: datetime, by: By) -> None:
    """This will make exactly these people work for the region; each sees what it sees.

    Raises NotAllowed for somebody who sees a part of the rows only.
    """
    see_that_reaches_all(by, *LEADERS)
    wanted = {one.pk for one in people}
    there = set(region.members.values_list("person", flat=True))
    region.members.exclude(person__in=wanted).delete()
    RegionMember.objects.bulk_create(
        RegionMember(region=region, person_id=key) for key in sorted(wanted - there)
    )
    note([region] if wanted != there else [], come=wanted - there, gone=there - wanted)


@verb(*LEADERS)
def give_roles(*, holdings: Sequence[RoleHolding], at: datetime, by: By) -> list[RoleHolding]:
    """This will have people hold roles, each from a moment, for a scope, with a deputy or none.

    Raises NotAllowed where somebody who sees a part of the rows only gives one outside it, or to
    people outside it: nobody answers for more by their own word.
    """
    see_that_reaches_holdings(by, holdings, *LEADERS)
    see_that_reaches_people(by, [one.deputy for one in holdings if one.deputy], *LEADERS)
    made = RoleHolding.objects.bulk_create(holdings)
    note(made)
    return made


@verb(*LEADERS)
def end_roles(*, holdings: Sequence[RoleHolding], until_at: datetime, at: datetime, by: By) -> None:
    """This will end holdings at a moment; those that end earlier keep their end.

    Raises NotAllowed as `give_roles` does.
    """
    see_that_reaches_holdings(by, holdings, *LEADERS)
    keys = [one.pk for one in holdings]
    running = list(RoleHolding.objects.held(until_at).filter(pk__in=keys))
    RoleHolding.objects.filter(pk__in=[one.pk for one in running]).update(until_at=until_at)
    note(running, until_at=until_at)


@verb(*WORKERS)
def report_absences(*, absences: Sequence[Absence], at: datetime, by: By) -> list[Absence]:
    """This will say that people are not there, and who stands in for each.

    Everybody says it of themselves. Raises NotAllowed where it is said of somebody outside one's
    teams and regions: who stands in gets what they own.
    """
    see_that_reaches_people(by, [one.person for one in absences], *WORKERS)
    made = Absence.objects.bulk_create(absences)
    note(made)
    return made


@verb(*WORKERS)
def end_absences(*, absences: Sequence[Absence], until_at: datetime, at: datetime, by: By) -> None:
    """This will say that people are back from a moment on.

    Raises EndsBeforeItStarts, and NotAllowed as `report_absences` does.
    """
    see_that_reaches_people(by, [one.person for one in absences], *WORKERS)
    for one in absences:
        if until_at <= one.from_at:
            raise EndsBeforeItStarts(
                _(
                    "The absence starts on %(from_at)s UTC, so it cannot end on %(until_at)s. "
                    "Give a later moment."
                )
                % {
                    "from_at": f"{one.from_at:%Y-%m-%d %H:%M}",
                    "until_at": f"{until_at:%Y-%m-%d %H:%M}",
                }
            )
    Absence.objects.filter(pk__in=[one.pk for one in absences]).update(until_at=until_at)
    note(absences, until_at=until_at)


@verb(*LEADERS, Group.PLANNER)
def give_skills(*, skills: Sequence[HeldSkill], at: datetime, by: By) -> list[HeldSkill]:
    """This will say what people can do, and until when the certificate holds.

    Raises NotAllowed for people outside one's teams and regions.
    """
    see_that_reaches_people(by, [one.person for one in skills], *LEADERS, Group.PLANNER)
    made = HeldSkill.objects.bulk_create(skills)
    note(made)
    return made
