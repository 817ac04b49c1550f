"""The journal's one table."""

from typing import Any, Self

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Q
from django.db.models.expressions import RawSQL


class CurrentTransaction(Func):
    """The number of the running transaction on PostgreSQL; 0 on SQLite, where writers queue."""

    template = "0"

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        """This will ask PostgreSQL."""
        return "pg_current_xact_id()", []


class OldestRunning(Func):
    """The oldest transaction on PostgreSQL that may still commit."""

    template = "pg_snapshot_xmin(pg_current_snapshot())"


class TransactionNumber(models.BigIntegerField):  # type: ignore[type-arg]  # none at run time
    """A transaction's number: `xid8` on PostgreSQL, which never wraps; an integer on SQLite."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """This will name the column's type."""
        return "xid8" if connection.vendor == "postgresql" else "bigint"

    def from_db_value(self, value: Any, *_: Any) -> int | None:
        """This will give the number as an int; PostgreSQL's driver hands over its text."""
        return None if value is None else int(value)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        """This will hand over the number as text on PostgreSQL, which casts it to xid8."""
        if isinstance(value, int) and connection.vendor == "postgresql":
            return str(value)
        return super().get_db_prep_value(value, connection, prepared)


class EntryQuerySet(models.QuerySet["Entry"]):
    """What can be asked of the journal."""

    def settled(self) -> Self:
        """This will leave out what a transaction that still runs could yet precede.

        Numbers are given when a transaction writes, not when it commits: a reader that takes all
        rows below the oldest running transaction, and goes on from there, misses nothing.
        """
        if self.db_connection.vendor != "postgresql":
            return self
        return self.filter(transaction__lt=OldestRunning())

    def after(self, mark: tuple[int, int]) -> Self:
        """This will give settled rows after a mark, in order; (0, 0) gives all.

        The last row's `mark` is where the next reading goes on.
        """
        number, key = mark
        later = Q(transaction__gt=number) | Q(transaction=number, pk__gt=key)
        return self.settled().filter(later).order_by("transaction", "pk")

    def touching(self, row: models.Model) -> Self:
        """This will give the entries whose verb touched the row, the latest first."""
        kind = row._meta.label_lower
        if self.db_connection.vendor == "postgresql":
            return self.filter(keys__contains={kind: [row.pk]}).order_by("-pk")
        found = RawSQL(
            "exists (select 1 from json_each(journal_entry.keys, %s) where value = %s)",
            (f'$."{kind}"', row.pk),
            output_field=models.BooleanField(),
        )
        return self.filter(found).order_by("-pk")

    @property
    def db_connection(self) -> BaseDatabaseWrapper:
        """The connection that would answer."""
        return connections[self.db]


class Entry(models.Model):
    """One call of a verb: which, by whom, when, and the keys of every row it touched.

    It holds keys and codes only: names live where they can be erased. `by` is the key of the
    account, null where a run of the machine did it.
    """

    append_only = True

    transaction = TransactionNumber(db_default=CurrentTransaction(), editable=False)
    verb = models.CharField(max_length=80)
    by = models.BigIntegerField(null=True, db_index=True)
    done_at = models.DateTimeField()
    keys = models.JSONField()
    details = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = (
            models.Index(
                fields=(
                    "transaction",
                    "id",
                ),
                name="journal_in_order",
            ),
            models.Index(
                fields=(
                    "verb",
                    "done_at",
                ),
                name="journal_by_verb",
            ),
        )

    def __str__(self) -> str:
        return f"{self.done_at:%Y-%m-%d %H:%M} {self.verb} by {self.by or 'a run'}"

    @property
    def mark(self) -> tuple[int, int]:
        """Where a reader that has read this row goes on: see `after`."""
        return self.transaction, self.pk
