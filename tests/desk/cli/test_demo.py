"""`wellkept demo`: what it makes, what it reuses, which door it opens."""

import argparse
import json
import socket
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from builders import an_account
from desk.web.clients import everything
from wellkept.desk import clock
from wellkept.desk.cli import demo as command
from wellkept.desk.links import make_link, use_link
from wellkept.record.access.models import PersonalData
from wellkept.record.access.rules import Group

THURSDAY = datetime(2026, 11, 19, 10, tzinfo=UTC)
MONDAY = date(2026, 11, 16)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Have every step of the command only say what it was asked."""
    done: list[Any] = []

    def make_folder(base: Path, monday: date, now: datetime) -> None:
        done.append(("folder", monday))
        (base / command.REPORT).write_text("<p>report</p>")

    def make_record(base: Path, monday: date, now: datetime) -> int:
        done.append(("record", monday))
        (base / command.HOME).mkdir(exist_ok=True)
        begins = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
        clock.set_demo_clock(base / command.HOME, monday=begins, wall=now)
        return 0

    monkeypatch.setattr(command, "make_folder", make_folder)
    monkeypatch.setattr(command, "make_record", make_record)
    monkeypatch.setattr(command, "open_door", lambda home, port: done.append("door"))
    monkeypatch.setattr(command, "answer", lambda host, port: done.append(("answers", host)))
    return done


def asked(folder: Path, *, no_serve: bool = False) -> argparse.Namespace:
    return argparse.Namespace(folder=folder, port=0, no_serve=no_serve)


def test_it_makes_folder_and_record_of_this_week_and_opens_on_loopback(
    tmp_path: Path, steps: list[Any]
) -> None:
    assert command.demo(asked(tmp_path), THURSDAY) == 0
    assert steps == [("folder", MONDAY), ("record", MONDAY), "door", ("answers", "127.0.0.1")]


def test_a_later_start_opens_what_is_there_with_its_monday_today(
    tmp_path: Path, steps: list[Any]
) -> None:
    command.demo(asked(tmp_path), THURSDAY)
    steps.clear()
    later = datetime(2026, 12, 2, 8, tzinfo=UTC)
    command.demo(asked(tmp_path), later)
    assert steps == [("record", MONDAY), "door", ("answers", "127.0.0.1")]
    offset = clock.demo_offset(tmp_path / command.HOME)
    assert (later - offset).date() == MONDAY


def test_without_serving_no_record_is_made(tmp_path: Path, steps: list[Any]) -> None:
    assert command.demo(asked(tmp_path, no_serve=True), THURSDAY) == 0
    assert steps == [("folder", MONDAY)]


def test_a_demo_file_that_is_damaged_is_said(
    tmp_path: Path, steps: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / command.HOME
    home.mkdir()
    (home / clock.DEMO_FILE).write_text(json.dumps({"offset_s": 0, "monday": "soon"}))
    assert command.demo(asked(tmp_path), THURSDAY) == 2
    assert "make it again" in capsys.readouterr().err


def test_a_port_that_is_taken_is_replaced_by_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert command.free_port(port) not in (None, port)
    assert command.free_port(99_999) is not None


@pytest.mark.usefixtures("record")
def test_the_door_has_a_link_for_the_coordinator_and_one_for_the_manager(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = make_link(tmp_path, 1)
    people = {
        name: an_account(name.split()[0], everything(group))
        for name, group in (("Alma Ricci", Group.COORDINATOR), ("Nora Holm", Group.MANAGER))
    }
    for name, account in people.items():
        PersonalData.objects.filter(pk=account.personal_id).update(name=name)
    command.open_door(tmp_path, 8123)
    lines = [line for line in capsys.readouterr().out.splitlines() if "/demo/" in line]
    tokens = [line.rstrip("/").rpartition("/")[2] for line in lines]
    assert all("http://127.0.0.1:8123/demo/" in line for line in lines)
    assert [use_link(tmp_path, token) for token in tokens] == [one.pk for one in people.values()]
    assert use_link(tmp_path, old) is None
