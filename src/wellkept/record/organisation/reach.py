"""How far somebody who sees a part of the rows may decide about people, teams and regions.

Whoever holds a group for their own, their team's or their region's rows decides within that part:
about the people of their teams and regions, and about roles held there. Nobody widens what they,
or others, may see or do beyond their own part.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import By, NotAllowed, reaches_all
from wellkept.record.organisation.models import Person, Region, RoleHolding, Team


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody decides about; `everything`, or keys of people, teams and regions."""

    everything: bool = False
    people: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    regions: frozenset[int] = frozenset()

    def has_person(self, person: int | None) -> bool:
        """This will tell whether a person is within it; nobody always is."""
        return self.everything or person is None or person in self.people

    def has_place(self, *, region: int | None, team: int | None) -> bool:
        """This will tell whether a region, a team or both are within it; *everywhere* is not."""
        if self.everything:
            return True
        known = (region is None or region in self.regions) and (team is None or team in self.teams)
        return known and (region is not None or team is not None)

    def has_holding(self, holding: RoleHolding) -> bool:
        """This will tell whether a role is held within it, by somebody within it."""
        place = self.has_place(region=holding.region_id, team=holding.team_id)
        return place and self.has_person(holding.person_id)


def reach_of(by: By, *groups: Group) -> Reach:
    """This will say what somebody decides about, by the scopes for which they hold the groups."""
    if by is None or reaches_all(by, *groups):
        return Reach(everything=True)
    scopes = by.scopes_for(groups)
    regions, teams = Q(pk__in=()), Q(pk__in=())
    if Scope.REGION in scopes:
        regions = Q(members__person__account=by)
    mine = frozenset(Region.objects.filter(regions).values_list("pk", flat=True))
    if Scope.TEAM in scopes:
        teams = Q(members__person__account=by)
    theirs = Team.objects.filter(teams | Q(region__in=mine)).values_list("pk", flat=True)
    ours = frozenset(theirs)
    people = Person.objects.filter(
        Q(account=by) | Q(teams__team__in=ours) | Q(regions__region__in=mine)
    )
    return Reach(False, frozenset(people.values_list("pk", flat=True)), ours, mine)


def see_that_reaches_people(by: By, people: Iterable[Person], *groups: Group) -> None:
    """This will refuse a decision about people outside somebody's teams and regions: NotAllowed."""
    asked = list(people)
    reach = reach_of(by, *groups)
    for one in asked:
        if not reach.has_person(one.pk):
            raise NotAllowed(
                _(
                    "%(person)s is not of your teams and regions, so you may not decide this for "
                    "them. Ask a manager who sees everything, or an administrator."
                )
                % {"person": one}
            )


def see_that_reaches_parts(by: By, parts: Iterable[Region | Team], *groups: Group) -> None:
    """This will refuse a decision about regions and teams that are not somebody's: NotAllowed."""
    reach = reach_of(by, *groups)
    for one in parts:
        region = one.pk if isinstance(one, Region) else None
        if not reach.has_place(region=region, team=one.pk if isinstance(one, Team) else None):
            raise NotAllowed(
                _(
                    "%(part)s is not yours, so you may not decide about it. Ask a manager who "
                    "sees everything, or an administrator."
                )
                % {"part": one}
            )


def see_that_reaches_holdings(by: By, holdings: Iterable[RoleHolding], *groups: Group) -> None:
    """This will refuse roles held elsewhere, or by or for people of others: NotAllowed."""
    reach = reach_of(by, *groups)
    for one in holdings:
        if not reach.has_holding(one):
            raise NotAllowed(
                _(
                    "You decide about roles that people of your teams and regions hold there, not "
                    "about %(role)s of %(person)s. Ask a manager who sees everything, or an "
                    "administrator."
                )
                % {"role": one.role, "person": one.person}
            )
