"""Jobs: once each, tried again where the reason may pass, and taken over from who was killed."""

import smtplib
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from builders import a_customer, an_account
from databases import on_sqlite
from desk.background.working import do_jobs
from desk.exchange.folders import P4, THREE
from desk.web.clients import everything, signed_in
from wellkept.desk.background import jobs, queue
from wellkept.record.access.rules import Group
from wellkept.record.journal.models import Entry
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ImportRun

FAULTS: dict[str, Callable[[], Exception]] = {
    "locked": lambda: OperationalError("database is locked"),
    "mail": lambda: smtplib.SMTPServerDisconnected("the mail server hung up"),
    "refused": lambda: Refusal("These files are not those of import 7."),
}


@task()
def stumble(how: str) -> None:
    """Stumble over one of FAULTS."""
    raise FAULTS[how]()


@task()
def greet() -> str:
    """Do something that works."""
    return "good morning"


@task()
def note_down(page: int, number: int) -> None:
    """Write a row of the record, as jobs do."""
    a_customer(f"Customer {page}.{number}")


def rows() -> list[DBTaskResult[Any, Any]]:
    return list(DBTaskResult.objects.all())


@pytest.mark.usefixtures("record")
def test_a_job_that_waits_already_is_not_put_on_the_list_twice() -> None:
    first, second = queue.enqueue_once(greet), queue.enqueue_once(greet)
    assert first == second and len(rows()) == 1
    do_jobs()
    assert queue.enqueue_once(greet) != first
    assert queue.found(greet, first) is not None


@on_sqlite
@pytest.mark.parametrize("how", ["locked", "mail"])
@pytest.mark.usefixtures("record")
def test_what_may_pass_is_tried_again_later_and_at_last_left(how: str) -> None:
    queue.enqueue_once(stumble, how)
    for tries in range(1, queue.ATTEMPTS + 1):
        do_jobs()
        job = queue.latest(stumble, how)
        assert job is not None and job.attempts == tries and job.reason == str(FAULTS[how]())
        assert job.state == ("again" if tries < queue.ATTEMPTS else "failed")
        if job.next_at is not None:
            assert job.next_at == job.since + queue.WAITS[tries - 1]
            DBTaskResult.objects.update(run_after=job.since)


@on_sqlite
@pytest.mark.usefixtures("record")
def test_a_refusal_is_not_tried_again_until_somebody_asks() -> None:
    key = queue.enqueue_once(stumble, "refused")
    do_jobs()
    assert queue.latest(stumble, "refused").state == "failed"  # type: ignore[union-attr]  # there
    assert queue.again(key) and not queue.again(key)
    assert not queue.again("no key")
    do_jobs()
    assert queue.failed_jobs() == 1


@pytest.mark.usefixtures("record")
def test_what_a_killed_runner_had_begun_goes_on() -> None:
    """A kill leaves a job as running, with chunks written: the next runner writes the rest."""
    desk = signed_in(an_account("Mara", everything(Group.MANAGER)))
    from desk.exchange.test_exchange_pages import send

    send(desk, "promises.csv", THREE + P4)
    run = ImportRun.objects.get()
    desk.post(f"/exchange/{run.pk}/write/")
    (row,) = rows()
    row.claim("a runner that is no more")
    do_jobs()
    assert not Promise.objects.exists(), "it is not taken from a runner that may live"
    assert queue.take_over() == 1
    do_jobs()
    run.refresh_from_db()
    assert (run.state, Promise.objects.count()) == ("applied", 3)
    queue.enqueue_once(jobs.write_import, run.pk)
    do_jobs()
    assert Promise.objects.count() == 3, "written once more, it changes nothing"


@on_sqlite
@pytest.mark.usefixtures("record")
def test_what_kills_every_runner_is_given_up_with_a_reason() -> None:
    queue.enqueue_once(greet)
    for _ in range(queue.ATTEMPTS):
        rows()[0].claim("one that will be killed")
        queue.take_over()
    (job,) = queue.newest(5)
    assert job.state == "failed" and "The runner ended while it was at this" in job.reason


@on_sqlite
@pytest.mark.usefixtures("record")
def test_old_jobs_are_forgotten() -> None:
    queue.enqueue_once(greet)
    do_jobs()
    wall = queue.newest(1)[0].since
    queue.forget_old(wall + queue.KEPT - timedelta(hours=1))
    assert len(rows()) == 1
    queue.forget_old(wall + queue.KEPT + timedelta(hours=1))
    assert rows() == []


@on_sqlite
@pytest.mark.usefixtures("record")
def test_settings_name_the_job_that_failed_with_its_reason_and_try_it_again() -> None:
    desk = signed_in(an_account("Mara", everything(Group.MANAGER)))
    assert "Nothing was done in the background yet" in desk.get("/settings/background/").text
    key = queue.enqueue_once(stumble, "refused")
    do_jobs()
    page = desk.get("/settings/background/").text
    assert "These files are not those of import 7." in page and "Traceback" not in page
    assert "None is at work here" in page
    answer = desk.post("/settings/background/", {"form": f"again-{key}"}, follow=True)
    assert "It is tried again." in answer.text
    assert desk.post("/settings/background/", {"form": f"again-{key}"}).status_code == 422


@on_sqlite
def test_pages_that_put_jobs_on_the_list_never_find_the_database_locked(committed: Any) -> None:
    """Four pages write while the runner takes, does and notes what they ask for."""
    errors: list[Exception] = []

    def ask(page: int) -> None:
        try:
            for number in range(10):
                queue.enqueue_once(note_down, page, number)
        except Exception as problem:
            errors.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(page,)) for page in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        do_jobs()
    do_jobs()
    assert errors == []
    assert [(row.status, len(row.worker_ids)) for row in rows()] == [("SUCCESSFUL", 1)] * 40
    assert Entry.objects.count() == 40
