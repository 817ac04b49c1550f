"""The cluster of a test run ends with the run, however that ends."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import postgres


def test_a_cluster_whose_run_was_killed_is_stopped_and_removed() -> None:
    folder = Path(tempfile.mkdtemp(prefix="wellkept-pytest-"))
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as leader:
        (folder / "leader").write_text(str(leader.pid))
        try:
            with postgres.locked(folder):
                postgres.ensure_running(folder)
        except postgres.NoPostgres as problem:
            shutil.rmtree(folder)
            pytest.skip(str(problem))
        finally:
            leader.kill()
        server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        assert postgres.lives(server)
    give_up = time.monotonic() + 60
    while (folder.exists() or postgres.lives(server)) and time.monotonic() < give_up:
        time.sleep(0.2)
    assert not folder.exists()
    assert not postgres.lives(server)


def test_a_process_that_lives_is_told_from_one_that_has_ended() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert postgres.lives(os.getpid())
    assert not postgres.lives(ended.pid)
