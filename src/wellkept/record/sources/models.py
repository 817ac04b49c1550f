"""What ties our rows to the rows of other systems."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

Known = TypeVar("Known", bound="ExternalId")


class ExternalIdQuerySet(models.QuerySet[Known]):
    """What can be asked about the numbers of other systems."""

    def rows_of(self, *, system: str, kind: str, ids: Iterable[str]) -> dict[str, int]:
        """This will give the key of our row for each number that is known; one query in all."""
        known = self.filter(system=system, kind=kind, external_id__in=set(ids))
        return dict(known.values_list("external_id", "row"))


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
            violation_error_message="Another row carries this number of the other system already.",
        ),
    )
