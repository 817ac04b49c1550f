"""The root script: what `./wellkept` does on the first start, on the second, and when it cannot."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from house import ROOT

SCRIPT = ROOT / "wellkept"
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Load the script as if it stood in an empty clone that has its locks and nothing else."""
    here = tmp_path / "clone"
    here.mkdir()
    for lock in LOCKS:
        (here / lock).write_text(f"# {lock}\n")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("wellkept_start", str(SCRIPT))
    spec = importlib.util.spec_from_loader("wellkept_start", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    venv = here / ".venv"
    places = {
        "ROOT": here,
        "VENV": venv,
        "PYTHON": venv / "bin/python",
        "STAMP": venv / "wellkept.json",
    }
    for name, value in places.items():
        monkeypatch.setattr(module, name, value)
    yield module


class Commands:
    """Stands in for the shell: remembers what was run and answers with the codes it was given."""

    def __init__(self, *failing: str) -> None:
        self.failing = failing
        self.ran: list[str] = []

    def __call__(self, command: list[str], extra: object = None) -> int:
        line = " ".join(command)
        self.ran.append(line)
        return int(any(word in line for word in self.failing))


def installs(installed: list[str], package: str) -> bool:
    """Stands in for apt: remembers the package and says that it is there."""
    installed.append(package)
    return True


def with_pip(start: ModuleType, monkeypatch: pytest.MonkeyPatch, commands: Commands) -> None:
    """Give the script a pip and the stand-in shell."""
    monkeypatch.setattr(start, "run", commands)
    monkeypatch.setattr(start, "find_pip", lambda: ["pip"])


def test_the_first_start_makes_the_environment_and_the_second_fetches_nothing(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = Commands()
    with_pip(start, monkeypatch, commands)
    start.ensure(start.RUN_LOCK)
    assert [line.split()[0].rsplit("/", 1)[-1] for line in commands.ran] == ["pip", "uv"]
    assert all("--require-hashes" in line for line in commands.ran)
    commands.ran.clear()
    start.ensure(start.RUN_LOCK)
    assert commands.ran == []


def test_the_environment_sees_the_source_without_any_setting(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pip(start, monkeypatch, Commands())
    (start.ROOT / "src").mkdir()
    (start.ROOT / "src" / "cast.py").write_text("DISPATCHER = 'Alma'\n")
    start.ensure(start.RUN_LOCK)
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(
        [str(start.PYTHON), "-c", "import cast; print(cast.DISPATCHER)"],
        cwd=start.ROOT.parent,
        env=bare,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == "Alma", told.stderr


def test_a_changed_lock_is_installed_again(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = Commands()
    with_pip(start, monkeypatch, commands)
    start.ensure(start.RUN_LOCK)
    (start.ROOT / start.RUN_LOCK).write_text("# a newer lock\n")
    assert not start.is_ready(start.RUN_LOCK)
    commands.ran.clear()
    start.ensure(start.RUN_LOCK)
    assert any(line.endswith("/requirements.lock") for line in commands.ran)


def test_the_tools_bring_what_the_demo_needs_and_the_demo_never_takes_them_away(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = Commands()
    with_pip(start, monkeypatch, commands)
    start.ensure(start.DEV_LOCK)
    assert start.is_ready(start.RUN_LOCK)
    (start.ROOT / start.RUN_LOCK).write_text("# a newer lock\n")
    commands.ran.clear()
    start.ensure(start.RUN_LOCK)
    assert commands.ran[-1].endswith("/requirements-dev.lock")


def test_an_environment_of_another_python_is_made_anew(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_pip(start, monkeypatch, Commands())
    start.ensure(start.RUN_LOCK)
    (start.VENV / "left-over").write_text("from the other Python")
    kept = json.loads(start.STAMP.read_text())
    start.STAMP.write_text(json.dumps({**kept, "python": "3.99"}))
    monkeypatch.setattr(start, "stands", lambda: False)
    start.ensure(start.RUN_LOCK)
    assert not (start.VENV / "left-over").exists()
    assert "making .venv" in capsys.readouterr().err


def test_a_start_that_broke_off_goes_on_the_next_time(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pip(start, monkeypatch, Commands("requirements"))
    with pytest.raises(SystemExit):
        start.ensure(start.RUN_LOCK)
    assert not start.is_ready(start.RUN_LOCK)
    with_pip(start, monkeypatch, Commands())
    start.ensure(start.RUN_LOCK)
    assert start.is_ready(start.RUN_LOCK)


def test_where_uv_does_not_run_pip_installs_the_same_hashes(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = Commands("uv pip sync")
    with_pip(start, monkeypatch, commands)
    start.ensure(start.RUN_LOCK)
    assert commands.ran[-1].startswith("pip install")
    assert "--require-hashes" in commands.ran[-1]
    assert commands.ran[-1].endswith("/requirements.lock")
    assert "trying pip" in capsys.readouterr().err


def test_a_failed_install_says_what_happened_and_what_to_do(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_pip(start, monkeypatch, Commands("install", "sync"))
    with pytest.raises(SystemExit) as stopped:
        start.ensure(start.RUN_LOCK)
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert "requirements.lock could not be installed" in said
    assert "What to do:" in said
    assert "Traceback" not in said


def test_without_any_pip_the_person_is_told_the_debian_package(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "answer", lambda command: "")
    monkeypatch.setattr(start, "can_apt", lambda: False)
    with pytest.raises(SystemExit):
        start.find_pip()
    assert "apt-get install python3-pip" in capsys.readouterr().err


def test_root_on_a_bare_debian_gets_pip_from_debian(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []

    def answer(command: list[str]) -> str:
        is_pip = command[:3] == ["/usr/bin/python3", "-m", "pip"]
        return "pip 23.0.1 from somewhere" if is_pip and installed else ""

    monkeypatch.setattr(start, "answer", answer)
    monkeypatch.setattr(start, "can_apt", lambda: True)
    monkeypatch.setattr(start, "apt_install", partial(installs, installed))
    assert start.find_pip()[:3] == ["/usr/bin/python3", "-m", "pip"]
    assert installed == ["python3-pip"]


def test_what_tests_need_is_installed_for_root_and_named_for_others(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(start.shutil, "which", lambda name: None)
    monkeypatch.setattr(start, "can_apt", lambda: True)
    monkeypatch.setattr(start, "apt_install", partial(installs, installed))
    start.ensure_tools()
    assert installed == ["chromium", "gettext"]
    monkeypatch.setattr(start, "can_apt", lambda: False)
    start.ensure_tools()
    said = capsys.readouterr().err
    assert "apt-get install chromium" in said and "apt-get install gettext" in said
    monkeypatch.setattr(start.shutil, "which", lambda name: f"/usr/bin/{name}")
    start.ensure_tools()
    assert len(installed) == 2 and capsys.readouterr().err == ""


def test_the_words_go_where_they_belong(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []

    def become(command: list[str]) -> None:
        became.append(command)
        raise SystemExit(0)

    monkeypatch.setattr(start, "choose_python", lambda: None)
    monkeypatch.setattr(start, "ensure", lambda lock: None)
    monkeypatch.setattr(start, "ensure_tools", lambda: None)
    monkeypatch.setattr(start, "become", become)
    for words in (["demo"], ["measure", "exports"], [], ["test"], ["test", "-k", "tail"]):
        with pytest.raises(SystemExit):
            start.main(words)
    assert became == [
        ["-m", "wellkept", "demo"],
        ["-m", "wellkept", "measure", "exports"],
        ["-m", "wellkept", "--help"],
        ["scripts/gate.py"],
        ["-m", "pytest", "-k", "tail"],
    ]


def test_byte_code_is_kept_whatever_the_machine_says(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str | None] = []

    def instead(python: str, words: list[str]) -> None:
        found.append(os.environ.get("PYTHONDONTWRITEBYTECODE"))

    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(start.os, "execv", instead)
    start.become(["-m", "wellkept"])
    assert found == [None]


def test_a_python_that_is_not_there_is_named() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "demo"],
        env={**os.environ, "PYTHON": "/nowhere/python"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "PYTHON=/nowhere/python is not a program" in done.stderr
    assert "What to do:" in done.stderr


def test_an_old_python_is_told_what_is_needed(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.setattr(start, "OLDEST", (4, 0))
    monkeypatch.setattr(start.shutil, "which", lambda name: None)
    monkeypatch.setattr(start.sys, "base_prefix", sys.prefix)
    with pytest.raises(SystemExit):
        start.choose_python()
    assert "needs 3.11 or newer" in capsys.readouterr().err


def test_the_script_needs_nothing_but_the_standard_library() -> None:
    code = f"import runpy; runpy.run_path({str(SCRIPT)!r})"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, cwd="/"
    )
    assert done.returncode == 0, done.stderr


def test_the_script_may_be_run() -> None:
    assert os.access(SCRIPT, os.X_OK)
