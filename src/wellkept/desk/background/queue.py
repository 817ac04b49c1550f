"""The jobs that wait, run and ended: what a page says of them, and what is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""How long to wait after the first, second and third time before trying again."""
ATTEMPTS = len(WAITS) + 1
PASSING = (OperationalError, OSError)
"""What may pass: the database, a disk or the mail server was not reached."""
KILLED = "wellkept.RunnerEnded"
SENTENCE = gettext_noop(
    "The runner ended while it was at this, several times. Look at the memory and the disk."
)
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Job:
    """One job as a page shows it; `state` is waiting, running, done, failed or again."""

    key: str
    name: str
    state: str
    since: datetime
    attempts: int
    reason: str
    next_at: datetime | None


def enqueue_once(task: Task[Any, Any], *given: Any) -> str:
    """This will have a job done, unless the same one waits or runs; gives its key."""
    same = DBTaskResult.objects.filter(
        task_path=task.module_path,
        args_kwargs={"args": list(given), "kwargs": {}},
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    ).first()
    if same is not None:
        same.run_after = min(same.run_after, same.enqueued_at)
        same.save(update_fields=["run_after"])
        return str(same.pk)
    return str(task.enqueue(*given).id)


def job_of(row: DBTaskResult[Any, Any]) -> Job:
    """This will say how a job stands."""
    attempts = len(row.worker_ids)
    states = {
        TaskResultStatus.READY: "again" if attempts else "waiting",
        TaskResultStatus.RUNNING: "running",
        TaskResultStatus.SUCCESSFUL: "done",
        TaskResultStatus.FAILED: "failed",
    }
    state = states[TaskResultStatus(row.status)]
    since = row.finished_at or row.started_at or row.enqueued_at
    return Job(
        key=str(row.pk),
        name=row.task_path.rpartition(".")[2],
        state=state,
        since=since,
        attempts=attempts,
        reason=reason_of(row),
        next_at=row.run_after if state == "again" else None,
    )


def reason_of(row: DBTaskResult[Any, Any]) -> str:
    """This will give the sentence of what went wrong the last time; empty if nothing did."""
    if not row.exception_class_path:
        return ""
    last = str(row.traceback).strip().rpartition("\n")[2]
    name, mark, said = last.partition(": ")
    return said if mark and " " not in name else last


def newest(many: int) -> list[Job]:
    """This will list the last jobs, the newest first."""
    return [job_of(row) for row in DBTaskResult.objects.order_by("-enqueued_at")[:many]]


def asked(task: Task[Any, Any], since: datetime) -> list[list[Any]]:
    """This will list what jobs of this kind were given, whatever became of them."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path, enqueued_at__gte=since)
    return [given["args"] for given in rows.values_list("args_kwargs", flat=True)]


def failed_jobs() -> int:
    """This will count the jobs that failed and are not tried again."""
    return DBTaskResult.objects.failed().count()


def latest(task: Task[Any, Any], *given: Any) -> Job | None:
    """This will give the last job of this kind for the same things."""
    wanted = {"args": list(given), "kwargs": {}}
    rows = DBTaskResult.objects.filter(task_path=task.module_path, args_kwargs=wanted)
    row = rows.order_by("-enqueued_at").first()
    return None if row is None else job_of(row)


@dataclass(frozen=True, slots=True)
class Found:
    """One job with what it was given, and its answer once it is done."""

    job: Job
    given: tuple[Any, ...]
    answer: Any


def found(task: Task[Any, Any], key: str) -> Found | None:
    """This will find a job of this kind by its key."""
    row = DBTaskResult.objects.filter(task_path=task.module_path, pk=key).first()
    if row is None:
        return None
    return Found(job_of(row), tuple(row.args_kwargs["args"]), row.return_value)


def again(key: str) -> bool:
    """This will have a failed job tried once more; False where it is not failed any more."""
    try:
        row = DBTaskResult.objects.failed().filter(pk=UUID(key)).first()
    except ValueError:
        return False
    if row is None:
        return False
    row.worker_ids = []
    _wait(row, row.enqueued_at)
    return True


def take_over() -> int:
    """This will put back what a runner had begun that is no more; gives how many.

    Only the one runner may call it: what is running then belongs to nobody.
    """
    left = list(DBTaskResult.objects.running())
    for row in left:
        if len(row.worker_ids) < ATTEMPTS:
            _wait(row, row.enqueued_at)
            continue
        row.status = TaskResultStatus.FAILED
        row.finished_at = row.started_at
        row.exception_class_path, row.traceback = KILLED, SENTENCE
        row.save()
    return len(left)


def mend() -> int:
    """This will have failed jobs tried again where the reason may pass; gives how many."""
    tired = 0
    for row in DBTaskResult.objects.failed():
        tries = len(row.worker_ids)
        if row.finished_at is not None and 0 < tries < ATTEMPTS and _may_pass(row):
            _wait(row, row.finished_at + WAITS[tries - 1])
            tired += 1
    return tired


def _may_pass(row: DBTaskResult[Any, Any]) -> bool:
    try:
        fault = import_string(row.exception_class_path)
    except ImportError:
        return False
    return isinstance(fault, type) and issubclass(fault, PASSING)


def forget_old(wall: datetime) -> None:
    """This will take away jobs that ended long ago."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=wall - KEPT)
    if old.exists():
        old.delete()


def _wait(row: DBTaskResult[Any, Any], until: datetime) -> None:
    row.status = TaskResultStatus.READY
    row.run_after = until
    row.save(update_fields=["status", "run_after", "worker_ids"])
