"""The runner: one process for a company, which does the jobs and what falls due by itself."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from wellkept.desk import clock, findings
from wellkept.desk.background import jobs, queue
from wellkept.desk.digest import sending
from wellkept.desk.exchange import uploads
from wellkept.record.search.index import catch_up
from wellkept.record.sources.actions import raw_rows_due

LOG = logging.getLogger("wellkept.runner")
LOCK = "runner.lock"
PAUSE_S = 1.0
PLAN_S = 30.0
AFTER_A_FAULT_S = 5.0
REFRESH_AFTER = timedelta(minutes=10)
"""Facts are made anew when the record has grown and they are at least so old."""
TRIES = 10
CHUNKS = 40
"""So many chunks of new rows are indexed between looking for jobs: some seconds."""


class AlreadyAtWork(Exception):
    """Another runner does the jobs of this company."""


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """This will hold the company's lock for runners; it goes with the process, however that ends.

    Raises AlreadyAtWork. A page that looks whether somebody holds it is waited for.
    """
    with (home / LOCK).open("a") as file:
        for left in range(TRIES, -1, -1):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as problem:
                if not left:
                    raise AlreadyAtWork(
                        f"A runner does the jobs of {home} already; one is enough."
                    ) from problem
                time.sleep(0.05)
        yield


def is_at_work(home: Path) -> bool:
    """This will tell whether a runner does the jobs of a company."""
    try:
        file = (home / LOCK).open("r")
    except FileNotFoundError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def run(home: Path) -> None:
    """This will do jobs until the process is ended; raises AlreadyAtWork."""
    with only_one(home):
        planned = -PLAN_S
        took_over = False
        while True:
            try:
                if not took_over:
                    queue.take_over()
                    took_over = True
                if time.monotonic() - planned >= PLAN_S:
                    plan(clock.now(home))
                    queue.forget_old(wall := datetime.now(tz=UTC))
                    uploads.forget_old(home, wall)
                    planned = time.monotonic()
                do_waiting()
                index_behind()
                time.sleep(PAUSE_S)
            except OperationalError as problem:
                LOG.warning("The runner does not reach the database: %s", problem)
                close_old_connections()
                time.sleep(AFTER_A_FAULT_S)


def do_waiting() -> None:
    """This will do the jobs that are due now, one after the other, and mend what may pass."""
    if DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        ).run()
        queue.mend()


def index_behind() -> None:
    """This will take what is new into the index of the search, a little at a time.

    Not all at once after a large import: jobs go first.
    """
    for _ in islice(catch_up(connection), CHUNKS):
        pass


def plan(now: datetime) -> None:
    """This will put on the list what is due by itself."""
    if is_behind(now):
        queue.enqueue_once(jobs.refresh_findings)
    if raw_rows_due(now.date()).exists():
        queue.enqueue_once(jobs.forget_raw_rows)
    asked = queue.asked(jobs.send_digest, datetime.now(tz=UTC) - timedelta(days=2))
    for account, day in sending.due_now(now).items():
        if [account, day] not in asked:
            queue.enqueue_once(jobs.send_digest, account, day)


def is_behind(now: datetime) -> bool:
    """This will tell whether facts are to be made anew: grown since, and old enough; or none."""
    one = findings.current()
    if one is None or findings.risk_now() is None:
        return True
    old = now.timestamp() - one.known.until_s >= REFRESH_AFTER.total_seconds()
    return old and one.mark != findings.last_mark()
