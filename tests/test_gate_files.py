"""What may be committed: no addresses of this machine, no secrets, free licences, locks in step."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from house import ROOT, kept_files, shown

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")

# Each pattern is broken in two, so that this file does not find itself.
NOT_IN_A_FILE = {
    "the address of a package registry": (
        r"py" + r"pi\.org|files\.python" + r"hosted|registry\.npm" + r"js|deb\.deb" + r"ian\.org"
        r"|crates" + r"\.io|proxy\.go" + r"lang"
    ),
    "where packages come from": r"--(extra-)?index" + r"-url|--find" + r"-links|/opt/wh" + r"eels",
    "a path of one machine": r"/wo" + r"rk/(main|shared)|/ro" + r"ot/|/home/\w+/|\.py" + r"env/",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----",
    "a key of a cloud or a code host": r"\bAKI" + r"A[0-9A-Z]{16}\b|\bgh[pousr]" + r"_\w{30,}",
    "a password": r"(?i)\b(password|secret_key|api_key|token)\s*[:=]\s*['\"][^'\"<{]{6,}['\"]",
}
FREE = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Zlib|CC0|Unlicense)\b",
    re.IGNORECASE,
)
LESSER = {"psycopg": "LGPL-3.0-only", "psycopg-binary": "LGPL-3.0-only"}
"""Libraries that bind whoever changes them, not whoever uses them; each is a decision."""
BINDING = re.compile(r"\bA?GPL|General Public License", re.IGNORECASE)


def texts() -> list[tuple[Path, str]]:
    """Read every kept file that is text."""
    found = []
    for path in kept_files():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize("what", NOT_IN_A_FILE)
def test_no_file_carries(what: str) -> None:
    pattern = re.compile(NOT_IN_A_FILE[what])
    found = [
        f"{shown(path)}:{number}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == [], f"these lines carry {what}"


def test_each_pattern_finds_what_it_is_for() -> None:
    planted = {
        "the address of a package registry": "https://py" + "pi.org/simple",
        "where packages come from": "--index" + "-url x",
        "a path of one machine": "/wo" + "rk/main/src",
        "a private key": "-----BEGIN RSA PRIVATE" + " KEY-----",
        "a key of a cloud or a code host": "AKI" + "A" + "A" * 16,
        "a password": 'pass' + 'word = "hunter22"',
    }  # fmt: skip
    missed = [what for what, line in planted.items() if not re.search(NOT_IN_A_FILE[what], line)]
    assert missed == []
    assert planted.keys() == NOT_IN_A_FILE.keys()


def test_nothing_kept_is_too_big_to_clone_lightly() -> None:
    heavy = {shown(p): size for p in kept_files() if (size := p.stat().st_size) > 1_000_000}
    assert heavy == {}


# Locks


def pins(lock: str) -> dict[str, set[Version]]:
    """Read the packages of a lock and the versions that it pins, by marker or not."""
    found: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.!+-]+)", (ROOT / lock).read_text(), re.M):
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


def wanted(group: str | None = None) -> list[Requirement]:
    """Read what pyproject.toml asks for, to run or for a group of tools."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = table["dependency-groups"][group] if group else table["project"]["dependencies"]
    return [Requirement(name) for name in names]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_carries_its_hashes(lock: str) -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text(), flags=re.M)[1:]
    assert blocks
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(
    ("lock", "group"),
    [
        ("requirements.lock", None),
        ("requirements-dev.lock", None),
        ("requirements-dev.lock", "dev"),
    ],
)
def test_a_lock_is_in_step_with_what_is_asked_for(lock: str, group: str | None) -> None:
    pinned = pins(lock)
    behind = [
        str(need)
        for need in wanted(group)
        if not pinned.get(canonicalize_name(need.name))
        or not all(need.specifier.contains(v) for v in pinned[canonicalize_name(need.name)])
    ]
    assert behind == [], f"run scripts/lock: {lock} does not hold these"


def test_a_lock_holds_nothing_that_nobody_asks_for() -> None:
    asked = {canonicalize_name(need.name) for need in wanted()}
    roots = set()
    for block in re.split(r"^(?=[\w.-]+==)", (ROOT / "requirements.lock").read_text(), flags=re.M):
        if "wellkept (pyproject.toml)" in block:
            roots.add(canonicalize_name(block.split("==")[0]))
    assert roots == asked, "run scripts/lock"


def test_the_tools_lock_holds_the_run_lock_to_the_same_versions() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in run} == run


# Licences


def licence_of(name: str) -> str:
    """Gather all that a package says of its licence: the expression, the classifiers, the line."""
    about = importlib.metadata.metadata(name)
    classed = [c for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    line = (about.get_all("License") or [""])[0].splitlines()[:1]
    return " | ".join([*(about.get_all("License-Expression") or []), *classed, *line])


def test_what_runs_is_free_and_binds_nobody() -> None:
    here = {canonicalize_name(d.name) for d in importlib.metadata.distributions()}
    said = {name: licence_of(name) for name in pins("requirements.lock") if name in here}
    assert "numpy" in said
    assert {name: text for name, text in said.items() if BINDING.search(text)} == {}
    unclear = {name: text for name, text in said.items() if not FREE.search(text)}
    assert {name: LESSER.get(name) for name in unclear} == unclear, "docs/decisions/0010"


def test_a_binding_licence_would_be_seen() -> None:
    assert BINDING.search("AGPL-3.0-or-later")
    assert BINDING.search("GNU General Public License v3 (GPLv3)")
    assert not BINDING.search("BSD-3-Clause")


# Words that must agree


def test_the_licence_is_apache_and_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_ci_runs_the_readme_s_test_command() -> None:
    readme, ci = (ROOT / "README.md").read_text(), (ROOT / ".ci" / "run").read_text()
    assert "./wellkept demo" in readme
    assert "./wellkept test" in readme
    assert ci.strip().splitlines()[-1].startswith("./wellkept test")


def test_the_changelog_knows_the_present_version() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())
    version = table["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()
    assert f'__version__ = "{version}"' in (ROOT / "src/wellkept/__init__.py").read_text()
