"""Rows of the mirror: rounds, who is asked, and answers that point to nobody.

No column leads from an answer to a person. Whoever answers holds a key; the row has its hash. No
moment stands at an answer either, which the journal could be laid beside.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account
from wellkept.record.access.rules import ONLY_ALL, SEALED, Scoped
from wellkept.record.mirror.rules import (
    MOST_BY_LINK,
    MOST_CHOSEN,
    Answering,
    Form,
    Stage,
    stage_of,
)
from wellkept.record.promises.models import Promise

GROUPS = [group.value for group in Answering]


def form_choices() -> list[tuple[str, str]]:
    """This will list the forms."""
    return [(one.value, one.value) for one in Form]


def group_choices() -> list[tuple[str, str]]:
    """This will list who answers."""
    return [(one.value, one.value.replace("_", " ")) for one in Answering]


class Round(models.Model):
    """One round of the mirror: opened, answered, locked, and laid beside the records once.

    `sha256` is the print of all answers at the moment of locking. `actions` are the promises to
    ourselves that ran then, by keys. `shown` is what the records showed: figures of groups large
    enough to be shown, and numbers of cases; no answer, and no name of a person.
    """

    scoped: ClassVar = ONLY_ALL

    form = models.CharField(max_length=10, choices=form_choices)
    claims_version = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Account, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    locked_at = models.DateTimeField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    actions = models.JSONField(default=list, editable=False)
    revealed_at = models.DateTimeField(null=True, editable=False)
    shown = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="round_locked_has_its_print",
                condition=Q(locked_at=None, sha256="")
                | (Q(locked_at__isnull=False) & ~Q(sha256="")),
                violation_error_message=_("A locked round has the print of its answers."),
            ),
            models.CheckConstraint(
                name="round_is_locked_before_it_is_revealed",
                condition=Q(revealed_at__isnull=True, shown__isnull=True)
                | Q(
                    locked_at__isnull=False,
                    revealed_at__isnull=False,
                    revealed_at__gte=F("locked_at"),
                    shown__isnull=False,
                ),
                violation_error_message=_("No record is opened while answers are open."),
            ),
        )

    def __str__(self) -> str:
        return f"Round {self.pk}"

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return stage_of(self.locked_at, self.revealed_at)


class Invitation(models.Model):
    """An account is asked to answer in a group. Whether it has, no row tells."""

    scoped: ClassVar = Scoped(own="account")

    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    account = models.ForeignKey(Account, models.PROTECT, related_name="mirror_invitations")
    group = models.CharField(max_length=20, choices=group_choices)

    class Meta:
        ordering = ("group", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "account"),
                name="invitation_to_round_is_sent_once",
                violation_error_message=_("This person is asked already."),
            ),
            models.CheckConstraint(
                name="invitation_is_for_a_group_of_ours",
                condition=Q(group__in=[g for g in GROUPS if g != Answering.CUSTOMER.value]),
                violation_error_message=_("A person is asked in one of our own groups."),
            ),
        )

    def __str__(self) -> str:
        return f"asked in {self.group}"


class AnswerLink(models.Model):
    """An address by which so many people of a group answer without a name."""

    scoped: ClassVar = ONLY_ALL

    round = models.ForeignKey(Round, models.CASCADE, related_name="links")
    group = models.CharField(max_length=20, choices=group_choices)
    most = models.PositiveSmallIntegerField(help_text="So many may answer by it.")
    token_hash = models.CharField(max_length=64, editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("group", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("token_hash",),
                name="link_token_is_used_once",
                violation_error_message=_("This link is there already."),
            ),
            models.CheckConstraint(
                name="link_is_for_a_known_group",
                condition=Q(group__in=GROUPS),
                violation_error_message=_("A link is for one of the groups that answer."),
            ),
            models.CheckConstraint(
                name="link_serves_so_many",
                condition=Q(most__gte=1, most__lte=MOST_BY_LINK),
                violation_error_message=format_lazy(
                    _("A link serves one to {most} people."), most=MOST_BY_LINK
                ),
            ),
        )

    def __str__(self) -> str:
        return f"link for {self.group}"


class Respondent(models.Model):
    """Somebody who answers: a group and the hash of a key. Not who, not when."""

    scoped: ClassVar = SEALED

    round = models.ForeignKey(Round, models.CASCADE, related_name="respondents")
    group = models.CharField(max_length=20, choices=group_choices)
    link = models.ForeignKey(AnswerLink, models.CASCADE, null=True, related_name="respondents")
    key_hash = models.CharField(max_length=64, editable=False)
    vignettes = models.JSONField(default=dict)
    finished = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "key_hash"),
                name="respondent_of_round_is_one",
                violation_error_message=_("Whoever holds this key answers already."),
            ),
            models.CheckConstraint(
                name="respondent_is_of_a_known_group",
                condition=Q(group__in=GROUPS),
                violation_error_message=_("Whoever answers belongs to one of the groups."),
            ),
        )

    def __str__(self) -> str:
        return f"somebody of {self.group}"


class Answer(models.Model):
    """One answer to one claim, or to one question to customers; `seconds` is how long it took."""

    scoped: ClassVar = SEALED

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="answers")
    claim = models.CharField(max_length=4)
    level = models.PositiveSmallIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True, help_text="In per cent.")
    recall = models.TextField(blank=True, help_text="Shown to its author only.")
    number = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    cannot_say = models.BooleanField(default=False)
    skipped = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("respondent", "claim"),
                name="answer_to_claim_is_one",
                violation_error_message=_("This claim is answered already."),
            ),
            models.CheckConstraint(
                name="answer_has_a_level_or_is_silent",
                condition=Q(
                    level__isnull=False, level__gte=0, level__lte=4, cannot_say=False, skipped=False
                )
                | (Q(level__isnull=True) & (Q(cannot_say=True) | Q(skipped=True))),
                violation_error_message=_("Choose a level, or say that you cannot say, or skip."),
            ),
            models.CheckConstraint(
                name="answer_confidence_is_a_chance",
                condition=Q(confidence=None) | Q(confidence__gte=0, confidence__lte=100),
                violation_error_message=_("A confidence lies between 0 and 100 per cent."),
            ),
            models.CheckConstraint(
                name="answer_range_is_in_order",
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")),
                violation_error_message=_("The low of a range lies above its high; exchange them."),
            ),
        )

    def __str__(self) -> str:
        return f"answer to {self.claim}"


class Choice(models.Model):
    """A gap that became a promise to ourselves: at most three of a round."""

    scoped: ClassVar = ONLY_ALL

    round = models.ForeignKey(Round, models.CASCADE, related_name="choices")
    claim = models.CharField(max_length=4)
    place = models.PositiveSmallIntegerField()
    promise = models.OneToOneField(Promise, models.PROTECT, related_name="mirror_choice")

    class Meta:
        ordering = ("round", "place")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "claim"),
                name="choice_of_claim_is_one",
                violation_error_message=_("This gap is a promise already."),
            ),
            models.UniqueConstraint(
                fields=("round", "place"),
                name="choice_has_its_place",
                violation_error_message=_("Somebody chose at the same moment; look again."),
            ),
            models.CheckConstraint(
                name="choice_is_one_of_three",
                condition=Q(place__gte=1, place__lte=MOST_CHOSEN),
                violation_error_message=_("At most three gaps of a round become promises."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.claim} of round {self.round_id}"
