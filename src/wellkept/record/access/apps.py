"""Access as a room of Django."""

from django.apps import AppConfig

from wellkept.record.access import among


class Access(AppConfig):
    """It teaches queries a condition that is no way to rows, whoever asks first."""

    name = "wellkept.record.access"

    def ready(self) -> None:
        """This will register what queries may say."""
        among.register()
