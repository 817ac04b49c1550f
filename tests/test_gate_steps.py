"""The gate itself: it names what is broken, goes on to the end, and closes with pytest's line."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from house import ROOT


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    """Load the gate as a module."""
    spec = importlib.util.spec_from_file_location("gate", ROOT / "scripts" / "gate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gate"] = module
    spec.loader.exec_module(module)
    return module


def python(code: str) -> tuple[str, ...]:
    """Give a step's command that runs a line of Python."""
    return (sys.executable, "-c", code)


def test_a_step_that_holds_prints_one_line(
    gate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = gate.take(gate.Step("format", python("print('42 files are fine')"), "Nothing."))
    assert outcome.code == 0
    assert capsys.readouterr().out.split() == ["format", "holds", f"{outcome.seconds:.1f}", "s"]


def test_a_broken_step_shows_all_it_said_and_what_to_do(
    gate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "import sys; print('line 7 is wrong'); sys.exit(3)"
    outcome = gate.take(gate.Step("lint", python(code), "Mend line 7."))
    said = capsys.readouterr().out
    assert outcome.code == 3
    assert "line 7 is wrong" in said
    assert "What to do: Mend line 7." in said
    assert "BROKEN" in said


def test_a_broken_step_closes_the_gate_but_not_the_later_steps(
    gate: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = (
        gate.Step("types", python("raise SystemExit(1)"), "Mend it."),
        gate.Step("tests", python("print('..'); print('2 passed in 0.01s')"), "", streams=True),
    )
    monkeypatch.setattr(gate, "STEPS", steps)
    assert gate.main() == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "2 passed in 0.01s"
    assert lines[-2] == "The gate stays closed: types broken."


def test_a_step_beside_the_others_is_taken_too_and_closes_the_gate(
    gate: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = (
        gate.Step("types", python("print('line 7'); raise SystemExit(1)"), "Mend it.", beside=True),
        gate.Step("tests", python("print('2 passed in 0.01s')"), "", streams=True),
    )
    monkeypatch.setattr(gate, "STEPS", steps)
    assert gate.main() == 1
    lines = capsys.readouterr().out.splitlines()
    assert "line 7" in lines and "What to do: Mend it." in lines
    assert [line.split()[0] for line in lines[lines.index("The gate") + 1 :][:2]] == [
        "types",
        "tests",
    ]
    assert lines[-1] == "2 passed in 0.01s"


def test_the_gate_opens_when_every_step_holds(
    gate: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    step = gate.Step("tests", python("print('2 passed in 0.01s')"), "", streams=True)
    monkeypatch.setattr(gate, "STEPS", (step,))
    assert gate.main() == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed in 0.01s"


def test_the_gate_takes_every_check_that_contributing_names(gate: ModuleType) -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tools = {Path(word).name for step in gate.STEPS for word in step.command}
    assert {"ruff", "lint-imports", "mypy", "pytest"} <= tools
    assert all(f"`{tool}" in told for tool in ("ruff", "lint-imports", "mypy", "pytest"))
    assert [step.name for step in gate.STEPS][-1] == "tests", "pytest's line must come last"
