"""The journal as a room of Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from wellkept.record.journal.append_only import guard_after_migration


class Journal(AppConfig):
    """The lowest room. It guards every append-only table, whichever room keeps it."""

    name = "wellkept.record.journal"

    def ready(self) -> None:
        """This will have the guards set again after each migration, which may remake a table."""
        post_migrate.connect(guard_after_migration, dispatch_uid="append-only")
