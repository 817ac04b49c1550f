"""Rows of our own organisation. A person is not an account; a role is not an access group."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account, Editable, PersonalData
from wellkept.record.access.rules import EVERYBODY, Scoped


def _ends_after(noun: str, start: str, end: str, says: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{noun}_ends_after_it_starts",
        condition=Q(**{f"{end}__gt": F(start)}) | Q(**{start: None}) | Q(**{end: None}),
        violation_error_message=says,
    )


def _named_once(noun: str, sentence: Any) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=("name",),
        name=f"{noun}_name_is_used_once",
        violation_error_message=sentence,
    )


class Region(Editable):
    """A part of the world that is served together; sites belong to one."""

    scoped: ClassVar = Scoped(region="members__person__account")

    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("name",)
        constraints = (_named_once("region", _("Another region has this name.")),)

    def __str__(self) -> str:
        return self.name


class Team(Editable):
    """People who share work. A team is never an owner."""

    scoped: ClassVar = Scoped(team="members__person__account", region="region", few=True)

    name = models.CharField(max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="teams")

    class Meta:
        ordering = ("name",)
        constraints = (_named_once("team", _("Another team has this name.")),)

    def __str__(self) -> str:
        return self.name


def is_with_us(on: date) -> Q:
    """This will give the condition that somebody works for us on a day; who was erased does not."""
    begun = Q(from_on=None) | Q(from_on__lte=on)
    return begun & (Q(until_on=None) | Q(until_on__gt=on)) & Q(personal__erased_at=None)


class PersonQuerySet(models.QuerySet["Person"]):
    """What can be asked about people."""

    def with_us(self, on: date) -> Self:
        """This will leave the people who work for us on a day."""
        return self.filter(is_with_us(on))

    def present(self, at: datetime) -> Self:
        """This will leave the people who work for us and are not away at a moment."""
        away = Absence.objects.running(at).filter(person=OuterRef("pk"))
        return self.with_us(at.date()).filter(~Exists(away))

    def answered_for(self, at: datetime) -> Self:
        """This will leave the people whose things somebody answers for at a moment.

        That is whoever is present, or has a deputy who is: the rule `present_owner`, in SQL. What
        anybody else owns is ownerless.
        """
        there = Person.objects.present(at).values("pk")
        stood_in = Absence.objects.running(at).filter(deputy__in=there).values("person")
        held_in = RoleHolding.objects.held(at).filter(deputy__in=there).values("person")
        return self.filter(Q(pk__in=there) | Q(pk__in=stood_in) | Q(pk__in=held_in))


class Person(Editable):
    """Somebody who works for us, with or without an account: dispatcher, engineer, planner."""

    scoped: ClassVar = Scoped(everybody=True, few=True)

    personal = models.OneToOneField(PersonalData, models.PROTECT, related_name="person")
    account = models.OneToOneField(
        Account, models.PROTECT, null=True, blank=True, related_name="person"
    )
    trade = models.CharField(max_length=80, blank=True, help_text="As in field engineer.")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(
        null=True, blank=True, help_text="The first day on which they no longer work for us."
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints = (
            _ends_after("person", "from_on", "until_on", _("Nobody leaves before they come.")),
        )

    def __str__(self) -> str:
        return str(self.personal)


class TeamMember(models.Model):
    """A person works in a team, and sees its rows."""

    scoped: ClassVar = EVERYBODY

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="teams")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "team",
                    "person",
                ),
                name="team_member_is_listed_once",
                violation_error_message=_("This person is in the team already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in team {self.team_id}"


class RegionMember(models.Model):
    """A person works for a region, and sees its rows."""

    scoped: ClassVar = EVERYBODY

    region = models.ForeignKey(Region, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="regions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "region",
                    "person",
                ),
                name="region_member_is_listed_once",
                violation_error_message=_("This person works for the region already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in region {self.region_id}"


class Role(Editable):
    """What somebody answers for: service coordinator, parts planner, contract manager."""

    scoped: ClassVar = EVERYBODY

    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("name",)
        constraints = (_named_once("role", _("Another role has this name.")),)

    def __str__(self) -> str:
        return self.name


class RoleHoldingQuerySet(models.QuerySet["RoleHolding"]):
    """What can be asked about holdings."""

    def held(self, at: datetime) -> Self:
        """This will leave the holdings that run at a moment."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


class RoleHolding(models.Model):
    """A person holds a role for a while, for a region, a team, a product family, or everywhere."""

    scoped: ClassVar = EVERYBODY

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    role = models.ForeignKey(Role, models.PROTECT, related_name="holdings")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True)
    product_family = models.CharField(max_length=120, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    deputy = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="deputises"
    )

    objects = RoleHoldingQuerySet.as_manager()

    class Meta:
        constraints = (
            _ends_after(
                "role_holding", "from_at", "until_at", _("It cannot end before it starts.")
            ),
            models.CheckConstraint(
                name="role_holding_deputy_is_another",
                condition=Q(deputy=None) | ~Q(deputy=F("person")),
                violation_error_message=_("Nobody is their own deputy."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role_id}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """What can be asked about absences."""

    def running(self, at: datetime) -> Self:
        """This will leave the absences that run at a moment."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


class Absence(models.Model):
    """A person is not there: from a moment until a moment, or until they say otherwise."""

    scoped: ClassVar = EVERYBODY

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    deputy = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="stands_in"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = (
            _ends_after("absence", "from_at", "until_at", _("It cannot end before it starts.")),
            models.CheckConstraint(
                name="absence_deputy_is_another",
                condition=Q(deputy=None) | ~Q(deputy=F("person")),
                violation_error_message=_("Nobody is their own deputy."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} away from {self.from_at:%Y-%m-%d}"


class Skill(Editable):
    """What a job may ask for: a licence, a product course, a language."""

    scoped: ClassVar = EVERYBODY

    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("name",)
        constraints = (_named_once("skill", _("Another skill has this name.")),)

    def __str__(self) -> str:
        return self.name


class HeldSkillQuerySet(models.QuerySet["HeldSkill"]):
    """What can be asked about skills."""

    def valid(self, on: date) -> Self:
        """This will leave the skills that are valid on a day."""
        begun = Q(from_on=None) | Q(from_on__lte=on)
        return self.filter(begun, Q(until_on=None) | Q(until_on__gt=on))


class HeldSkill(models.Model):
    """A person can do something, until the certificate expires."""

    scoped: ClassVar = EVERYBODY

    person = models.ForeignKey(Person, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="held")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True, help_text="The first day without it.")

    objects = HeldSkillQuerySet.as_manager()

    class Meta:
        constraints = (
            _ends_after("held_skill", "from_on", "until_on", _("It cannot end before it starts.")),
        )

    def __str__(self) -> str:
        return f"{self.skill_id} of {self.person_id}"
