"""The runner: one for a company, beside the pages, started again when killed, ended with them."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from builders import MONDAY, a_promise
from databases import on_sqlite
from wellkept.desk import findings
from wellkept.desk.background import runner
from wellkept.desk.cli import beside
from wellkept.record.search.index import reaches
from wellkept.study.facts import snapshot
from wellkept.study.facts.record import Known


def soon(true: Callable[[], bool]) -> bool:
    """Wait until it is true, for ten seconds at most."""
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def test_there_is_one_runner_for_a_company_and_a_page_can_tell(tmp_path: Path) -> None:
    assert not runner.is_at_work(tmp_path)
    with runner.only_one(tmp_path):
        assert runner.is_at_work(tmp_path)
        with pytest.raises(runner.AlreadyAtWork, match="one is enough"), runner.only_one(tmp_path):
            pass
    assert not runner.is_at_work(tmp_path)


def test_a_runner_that_was_killed_is_started_again_and_ends_with_the_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(["sleep", "60"]))
        return started[-1]

    monkeypatch.setattr(beside, "_start", start)
    monkeypatch.setattr(beside, "AGAIN_S", 0.01)
    with beside.runner_beside():
        started[0].kill()
        assert soon(lambda: len(started) == 2)
        assert started[1].poll() is None
    assert soon(lambda: all(one.poll() is not None for one in started))


def test_a_runner_ends_when_who_started_it_is_killed(tmp_path: Path) -> None:
    """The parent is killed -9: nothing tells the runner but that its parent is another one."""
    watch = (
        "import os, subprocess, sys; from wellkept.desk.cli.background import _end_with; "
        "print(os.getpid(), flush=True); _end_with(int(sys.argv[1]))"
    )
    start = (
        "import subprocess, sys, os, time; subprocess.Popen([sys.executable, '-c', sys.argv[1], "
        "str(os.getpid())], env={**os.environ}); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", start, watch], stdout=subprocess.PIPE, text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    ) as parent:  # fmt: skip
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
        assert soon(lambda: not _alive(child))


def _alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2][:4]
    except FileNotFoundError:
        return False


@on_sqlite
def test_facts_are_made_anew_when_the_record_grew_and_they_are_old_enough(
    record: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_promise()
    with override_settings(HOME=tmp_path):
        assert runner.is_behind(MONDAY), "there are none"
    known = Known(int(MONDAY.timestamp()), 0, None, "Etc/UTC", False, 0, {})
    made = snapshot.Generation(tmp_path, known, findings.last_mark())
    monkeypatch.setattr(findings, "current", lambda: made)
    monkeypatch.setattr(findings, "risk_now", lambda: "some")
    later = MONDAY + runner.REFRESH_AFTER
    assert not runner.is_behind(later), "nothing was written since"
    a_promise()
    assert not runner.is_behind(later - timedelta(seconds=1)) and runner.is_behind(later)


@on_sqlite
@pytest.mark.usefixtures("record")
def test_the_runner_takes_what_is_new_into_the_index_of_the_search() -> None:
    one = a_promise()
    runner.index_behind()
    assert reaches(connection)["promises_promise"] == one.pk
