"""What ties our rows to the rows of other systems, and what each import did."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account
from wellkept.record.access.rules import ONLY_ALL
from wellkept.record.sources.rules import RunState

Known = TypeVar("Known", bound="ExternalId")
ASKED_AT_ONCE = 10_000


class ExternalIdQuerySet(models.QuerySet[Known]):
    """What can be asked about the numbers of other systems."""

    def rows_of(self, *, system: str, kind: str, ids: Iterable[str]) -> dict[str, int]:
        """This will give the key of our row for each number that is known; one query in all."""
        known = self.filter(system=system, kind=kind, external_id__in=set(ids))
        return dict(known.values_list("external_id", "row"))

    def said_of(
        self, *, system: str, kind: str, ids: Iterable[str]
    ) -> dict[str, tuple[int, str, int]]:
        """This will give for each known number our row's key, what was said last, and its own key.

        Numbers are asked for in pieces that one statement can name.
        """
        wanted, found = sorted(set(ids)), {}
        for begin in range(0, len(wanted), ASKED_AT_ONCE):
            some = wanted[begin : begin + ASKED_AT_ONCE]
            known = self.filter(system=system, kind=kind, external_id__in=some)
            for name, row, said, key in known.values_list("external_id", "row", "said", "pk"):
                found[name] = (row, said, key)
        return found


class ExternalId(models.Model):
    """The name that another system gives to one of our rows; each importable noun has its table.

    class CustomerExternalId(ExternalId):
        row = models.ForeignKey(Customer, models.CASCADE, related_name="external_ids")

        class Meta(ExternalId.Meta):
            constraints = external_id_is_used_once("customer")
    """

    system = models.CharField(max_length=60, help_text="Which system, as in erp or helpdesk.")
    kind = models.CharField(max_length=60, help_text="Which of its tables or fields.")
    external_id = models.CharField(max_length=200)
    said = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the other system said last, so that the next import sees what it changed.",
    )
    run = models.BigIntegerField(null=True, help_text="Key of the import that said it.")
    file = models.PositiveSmallIntegerField(null=True, help_text="Number of its file in the run.")
    file_row = models.PositiveBigIntegerField(null=True, help_text="Row of that file, from 1.")

    objects = ExternalIdQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.external_id}"


def external_id_is_used_once(noun: str) -> tuple[models.UniqueConstraint]:
    """This will give the constraint that one name of one system means one of our rows."""
    return (
        models.UniqueConstraint(
            fields=(
                "system",
                "kind",
                "external_id",
            ),
            name=f"{noun}_external_id_is_used_once",
            violation_error_message=_(
                "Another row carries this number of the other system already."
            ),
        ),
    )


def state_choices() -> list[tuple[str, str]]:
    """This will list the states of an import."""
    return [(state.value, state.value) for state in RunState]


class ImportRun(models.Model):
    """One import of a folder: what was found, what it did so far, whose it is.

    `files` lists each file with its hash and rows, `recipe` is the text by which it was
    understood, `plan` what a dry run found, `counts` what was done. `upload` names the folder
    that the desk keeps for an upload, until the run is over.
    """

    scoped: ClassVar = ONLY_ALL

    state = models.CharField(max_length=10, choices=state_choices, default=RunState.TRIED.value)
    folder = models.CharField(max_length=500, help_text="Where the files lay.")
    upload = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=60, help_text="Which system wrote the files.")
    zone = models.CharField(max_length=60, blank=True, help_text="Empty: as the files say.")
    recipe = models.TextField(blank=True)
    role = models.CharField(max_length=80, help_text="The role that answers for what is new.")
    fingerprint = models.CharField(max_length=80)
    files = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    tells = models.JSONField(
        default=dict, help_text="What its files can tell at all: moves; when their feed was silent."
    )
    steps = models.PositiveIntegerField(default=0, help_text="How many chunks there are in all.")
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="imports")
    tried_at = models.DateTimeField(help_text="When it was looked through.")
    at = models.DateTimeField(null=True, help_text="The moment of everything that it wrote.")
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    raw_until_on = models.DateField(null=True, help_text="Its raw rows are kept until this day.")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="import_that_wrote_has_its_moment",
                condition=Q(state=RunState.TRIED.value) | Q(at__isnull=False),
                violation_error_message=_("An import that wrote something has the moment of it."),
            ),
        )

    def __str__(self) -> str:
        return f"import {self.pk} of {self.folder}"

    @property
    def is_running(self) -> bool:
        """Whether it began to write and has not come to its end."""
        return self.state == RunState.APPLYING.value


class ImportStep(models.Model):
    """One chunk of an import that is written: the rows it made, and how changed ones had been.

    `made` has the keys of new rows as spans by the label of their noun; `before` the values of
    rows that it changed. Labels and keys are plain values: rows of rooms above are meant. `told` is
    what the chunk did not take, or took with a doubt: who goes on after a kill tells it too.
    """

    scoped: ClassVar = ONLY_ALL

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="written_steps")
    noun = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    made = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    told = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("run", "noun", "number"),
                name="import_step_is_written_once",
                violation_error_message=_("This part of the import is written already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.noun} {self.number} of import {self.run_id}"


class RawBlock(models.Model):
    """Rows of an imported file as they were written, packed: JSON lines under zlib."""

    scoped: ClassVar = ONLY_ALL

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="raw_blocks")
    file = models.PositiveSmallIntegerField()
    first_row = models.PositiveBigIntegerField()
    last_row = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("run", "file", "first_row"),
                name="raw_rows_are_kept_once",
                violation_error_message=_("These raw rows are kept already."),
            ),
        )

    def __str__(self) -> str:
        return f"rows {self.first_row}-{self.last_row} of file {self.file}"
