"""The gate: every check that a change must pass, in the order of what it costs.

`./wellkept test` runs it inside the environment. Each step prints one line when it holds, and all
that it has to say when it does not. The last lines repeat every step, then pytest's own summary.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name, its command, and what to do when it does not hold.

    `streams`: it is shown as it goes. `beside`: it uses one core and runs while others do.
    """

    name: str
    command: tuple[str, ...]
    advice: str
    streams: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step went; `said` is all that it printed."""

    step: Step
    code: int
    seconds: float
    said: str

    @property
    def line(self) -> str:
        """Give the outcome as one line."""
        verdict = "holds" if self.code == 0 else "BROKEN"
        return f"{self.step.name:<10} {verdict:<7} {self.seconds:7.1f} s"


STEPS = (
    Step(
        "format",
        (str(TOOLS / "ruff"), "format", "--check", "--output-format=concise", "."),
        "Run .venv/bin/ruff format .",
    ),
    Step(
        "lint",
        (str(TOOLS / "ruff"), "check", "--output-format=concise", "."),
        "Mend each line above; .venv/bin/ruff check --fix . does the plain ones.",
    ),
    Step(
        "floors",
        (str(TOOLS / "lint-imports"), "--no-logo"),
        "Move the import, or the code, to the floor where it belongs: docs/rooms.md.",
    ),
    Step(
        "types",
        (str(TOOLS / "mypy"),),
        "Mend each line above; a silenced type needs its reason beside it.",
        beside=True,
    ),
    Step(
        "tests",
        (sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal"),
        "Run one alone with ./wellkept test tests/… -k name.",
        streams=True,
    ),
)


def read_lines(command: tuple[str, ...]) -> Iterator[str | int]:
    """Yield what a command prints, line by line, and last its exit code."""
    quiet = {**os.environ, "PYTHONUNBUFFERED": "1"}
    quiet.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start Python often: what is read stays read
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=quiet,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as running:
        assert running.stdout is not None
        yield from running.stdout
    yield running.returncode


def take(step: Step) -> Outcome:
    """Run one step, showing a long one as it goes and a broken one in full."""
    return told(run(step))


def run(step: Step) -> Outcome:
    """Run one step, showing a long one as it goes."""
    started = time.perf_counter()
    said: list[str] = []
    code = 1
    for piece in read_lines(step.command):
        if isinstance(piece, int):
            code = piece
            continue
        said.append(piece)
        if step.streams:
            print(piece, end="", flush=True)
    return Outcome(step, code, time.perf_counter() - started, "".join(said))


def told(outcome: Outcome) -> Outcome:
    """Print how a step went: one line, and all that it said when it does not hold."""
    step = outcome.step
    if outcome.code != 0:
        print("" if step.streams else outcome.said.strip())
        print(f"What to do: {step.advice}")
    print(outcome.line, flush=True)
    return outcome


def summary(outcomes: list[Outcome], seconds: float) -> str:
    """Give the closing lines: every step, the verdict, and last pytest's own last line."""
    lines = ["", "The gate", *(outcome.line for outcome in outcomes)]
    broken = [outcome.step.name for outcome in outcomes if outcome.code != 0]
    if broken:
        lines.append(f"The gate stays closed: {', '.join(broken)} broken.")
    else:
        lines.append(f"The gate is open after {seconds:.0f} s.")
    last = [line for line in outcomes[-1].said.splitlines() if line.strip()]
    return "\n".join([*lines, *last[-1:]])


def main() -> int:
    """Take every step, also after a broken one, and fail if any is broken."""
    begun = time.perf_counter()
    with ThreadPoolExecutor() as pool:
        started = {step.name: pool.submit(run, step) for step in STEPS if step.beside}
        here = {step.name: take(step) for step in STEPS if not step.beside}
        late = {name: told(one.result()) for name, one in started.items()}
    outcomes = [(here | late)[step.name] for step in STEPS]
    print(summary(outcomes, time.perf_counter() - begun), flush=True)
    return 0 if all(outcome.code == 0 for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
