"""The search as a room of Django: it keeps an index, and no rows of its own."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from wellkept.record.search.index import set_up_after_migration
from wellkept.record.search.lookups import teach


class Search(AppConfig):
    """It indexes the texts of every model that says what it answers with."""

    name = "wellkept.record.search"

    def ready(self) -> None:
        """This will have the indexes set up after each migration, and SQLite taught to fold."""
        connection_created.connect(teach, dispatch_uid="fold")
        post_migrate.connect(set_up_after_migration, dispatch_uid="search")
