"""The house stands: what the import linter and ruff cannot see, and that both do see."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from house import ROOT, SOURCE, kept_files, method_modules, shown, source_files, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NOT_NAMES = {
    "utils", "util", "helpers", "helper", "common", "core", "services", "service",
    "managers", "manager", "signals", "exceptions", "misc", "shared", "base",
}  # fmt: skip
METHODS_MAY_USE = {"numpy", "scipy", "numba", "holidays"}  # the last as a table of dates
DESK = SOURCE / "desk"


def loaded_after(statement: str) -> set[str]:
    """Say which modules a fresh Python has loaded after a statement."""
    code = f"import sys\n{statement}\nprint(chr(10).join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


# Floors


def test_methods_load_without_the_web_the_engine_or_data_frames() -> None:
    assert method_modules(), "there are no methods"
    loaded = loaded_after(
        "import pkgutil, wellkept.methods as m\n"
        "for found in pkgutil.walk_packages(m.__path__, 'wellkept.methods.'):\n"
        "    __import__(found.name)"
    )
    assert {f"wellkept.methods.{name}" for name in method_modules()} <= loaded
    strangers = {"django", "duckdb", "pandas", "polars", "pyarrow", "holidays", "scipy.stats"}
    assert not loaded & strangers
    assert not {name for name in loaded if re.match(r"wellkept\.(desk|study|record)", name)}


def test_methods_import_numbers_and_nothing_else() -> None:
    allowed = METHODS_MAY_USE | sys.stdlib_module_names | {"wellkept"}
    strangers = [
        f"{shown(path)}: {name}"
        for path in sorted((SOURCE / "methods").rglob("*.py"))
        for name in look(path).imports
        if name.split(".")[0] not in allowed
    ]
    assert strangers == []


def test_the_command_line_starts_without_what_it_may_never_need() -> None:
    loaded = loaded_after("import wellkept.desk.cli.main")
    slow = {
        "scipy.stats",
        "scipy.special",
        "django",
        "pandas",
        "holidays",
        "matplotlib",
        "numba",
    }
    assert not loaded & slow


def test_measuring_a_folder_needs_no_web_framework() -> None:
    loaded = loaded_after("import wellkept.desk.cli.measure")
    assert "wellkept.study.measures.run" in loaded
    assert not loaded & {"django", "psycopg", "wellkept.settings"}


def test_nothing_imports_scipy_stats_for_it_takes_seconds() -> None:
    found = [
        shown(path)
        for path in source_files()
        if any(name.startswith("scipy.stats") for name in look(path).imports)
    ]
    assert found == []


Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at of a file: the modules it names in imports, at any depth; its strings that
    are not docstrings, with their lines; its functions with line and length.
    """

    imports: tuple[str, ...]
    strings: tuple[tuple[int, str], ...]
    functions: tuple[tuple[str, int, int], ...]


@cache
def look(path: Path) -> Looked:
    """Parse a file once for all who look: all files take two seconds."""
    imports: list[str] = []
    strings: list[ast.Constant] = []
    functions: list[tuple[str, int, int]] = []
    docstrings: set[int] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            imports += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            imports += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Constant):
            strings.append(node)
        elif isinstance(node, ast.Module | ast.ClassDef | Function):
            if node.body and isinstance(node.body[0], ast.Expr):
                docstrings.add(id(node.body[0].value))
            if isinstance(node, Function):
                length = (node.end_lineno or 0) - node.lineno + 1
                functions.append((node.name, node.lineno, length))
    said = [
        (one.lineno, one.value)
        for one in strings
        if isinstance(one.value, str) and id(one) not in docstrings
    ]
    return Looked(tuple(imports), tuple(said), tuple(functions))


PLANTED = {
    "methods/planted.py": "wellkept.desk",
    "study/facts/planted.py": "wellkept.study.measures",
    "study/measures/planted.py": "wellkept.study.diagnostic",
    "desk/report/planted.py": "wellkept.desk.demo",
    "desk/demo/planted.py": "wellkept.desk.brief",
    "record/sources/planted.py": "django",
    "record/journal/planted.py": "wellkept.record.parties.models",
    "record/organisation/rules.py": "django",
    "study/facts/rows.py": "wellkept.record.parties.models",
}
"""What is planted where it may not be imported; none of these helps another to be seen."""
A_ROOM = "record/fashions/__init__.py"
"""A room that no list names."""


@pytest.fixture(scope="module")
def uphill(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give what the linter says of a copy of the house in which all of it is planted."""
    folder = tmp_path_factory.mktemp("planted")
    copy = folder / "wellkept"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for where, imported in PLANTED.items():
        (copy / where).write_text(f"import {imported}\n")
    (copy / A_ROOM).parent.mkdir()
    (copy / A_ROOM).touch()
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(lint), "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("where", PLANTED)
def test_the_floors_give_way_to_no_import_that_runs_uphill(where: str, uphill: str) -> None:
    module = "wellkept." + where.removesuffix(".py").replace("/", ".")
    assert re.search(rf"^-? +{module} -> {PLANTED[where]} \(l\.1\)$", uphill, re.M), uphill


def test_a_room_that_no_list_names_is_seen_and_every_contract_can_be_broken(uphill: str) -> None:
    assert "- wellkept.record.fashions\n" in uphill
    assert "Contracts: 0 kept" in uphill, uphill


# The clock

READS_THE_CLOCK = (
    "from datetime import datetime, UTC\nNOW = datetime.now(UTC)\n",
    "import datetime as dt\nNOW = dt.datetime.now(dt.UTC)\n",
    "import datetime\nTODAY = datetime.date.today()\n",
    "import time\nNOW = time.time()\n",
    "from time import time_ns\nNOW = time_ns()\n",
    "from django.utils import timezone\nNOW = timezone.now()\n",
    "from django.db.models.functions import Now\nNOW = Now()\n",
)


def clock_alarms(snippet: str, where: str) -> list[str]:
    """Say which clock rules ruff raises on a snippet, as if it stood in a file of the house."""
    command = [sys.executable, "-m", "ruff", "check", "--output-format=json", "--stdin-filename"]
    done = subprocess.run(
        [*command, where, "-"], input=snippet, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout, done.stderr
    return [found["code"] for found in json.loads(done.stdout) if found["code"] == "TID251"]


@pytest.mark.parametrize("snippet", READS_THE_CLOCK)
def test_the_clock_is_banned_below_the_desk(snippet: str) -> None:
    for room in ("methods/tails", "record/sources/reading", "study/measures/catalogue"):
        assert clock_alarms(snippet, f"src/wellkept/{room}.py")


def test_the_desk_may_read_the_clock() -> None:
    assert clock_alarms(READS_THE_CLOCK[0], "src/wellkept/desk/cli/main.py") == []


ENGINE_CLOCK = re.compile(
    r"\b(now\s*\(\s*\)|today\s*\(\s*\)|current_(date|time|timestamp)\b|get_current_timestamp)",
    re.IGNORECASE,
)


def test_no_query_reads_the_clock_of_the_engine() -> None:
    found = [
        f"{shown(path)}:{line}: {text}"
        for path in source_files()
        if not path.is_relative_to(DESK)
        for line, text in look(path).strings
        if ENGINE_CLOCK.search(text)
    ]
    assert found == []


def test_a_query_that_reads_the_clock_would_be_seen() -> None:
    assert ENGINE_CLOCK.search("select * from promise where judged_due_s < epoch(now())")
    assert ENGINE_CLOCK.search("where day = CURRENT_DATE")
    assert not ENGINE_CLOCK.search("where known_s < $known_at")


# Names and sizes


def test_every_file_is_named_for_what_it_holds() -> None:
    named = [shown(path) for path in source_files() if NOT_NAMES & set(shown(path)[:-3].split("/"))]
    assert named == []


def test_the_tests_mirror_the_house() -> None:
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("*.py")} - {Path("real")}
    assert [str(folder) for folder in sorted(folders) if not (SOURCE / folder).is_dir()] == []


def test_no_file_outgrows_a_reader() -> None:
    python = [path for path in kept_files() if path.suffix == ".py" or path.name == "wellkept"]
    python = [path for path in python if path.parent.name != "migrations"]  # Django writes those
    long = {shown(p): n for p in python if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert long == {}


def test_no_function_outgrows_a_screen() -> None:
    long = [
        f"{shown(path)}:{line} {name}"
        for path in source_files()
        for name, line, length in look(path).functions
        if length > LONGEST_FUNCTION
    ]
    assert long == []


SILENCERS = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|fmt:\s*off)\b[^#]*$")
SILENCED_WHAT = re.compile(
    r"(noqa|type:\s*ignore|pragma:\s*no cover|fmt:\s*off)"
    r"(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w, -]+\])?"
)
PROMISES_TO_SELF = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")


def test_nothing_is_silenced_without_a_reason_beside_it() -> None:
    bare = [
        f"{shown(path)}:{number}: {line.strip()}"
        for path in kept_files()
        if path.suffix == ".py" or path.name == "wellkept"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if PROMISES_TO_SELF.search(line) or is_bare(line)
    ]
    assert bare == []


def is_bare(line: str) -> bool:
    """True if a line silences a check and gives no reason after it."""
    found = SILENCERS.search(line)
    if not found:
        return False
    reason = re.sub(SILENCED_WHAT, "", found.group()[1:])
    return len(re.findall(r"[a-z]{2,}", reason)) < 2


def test_a_bare_silencer_would_be_seen() -> None:
    mark = "# no" + "qa"
    assert is_bare(f"x = 1  {mark}: E501")
    assert is_bare("x = 1  # type: " + "ignore[arg-type]")
    assert is_bare(f"x = 1  {mark}: E501, DTZ001 why")
    assert not is_bare(f"x = 1  {mark}: E501 - the vendor's header is one line")
    assert not is_bare(f"x = 1  {mark}: DTZ001  (as stored)")
