"""Doing the jobs that wait in the test's own process, whose database no other process sees."""

from unittest import mock

from wellkept.desk.background.runner import do_waiting

CLOSING = "django_tasks_db.management.commands.db_worker.close_old_connections"


def do_jobs() -> None:
    """Do what waits, without closing the connection in whose transaction the test lives."""
    with mock.patch(CLOSING):
        do_waiting()
