"""Kernels: kept on disk where that is possible, compiled anew where not, loaded when needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from house import SOURCE
from wellkept.methods import compiled

SEARCH = (
    "from wellkept.methods import stocking\n"
    "found = stocking.cheapest_lots(1.5, 2.0, order_cost=100., holding=20., backorder=150.)\n"
    "print(int(found.reorder_point), int(found.lot), round(float(found.cost), 4))"
)


@compiled.inner_kernel
def half(x: float) -> float:
    return x / 2


@compiled.kernel
def quarter(x: float) -> float:
    return half(half(x))


def run(code: str, **environment: str) -> str:
    """Run code in a fresh Python and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_machine_code_is_kept_in_the_folder_that_the_environment_names(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    said = run(SEARCH, NUMBA_CACHE_DIR=str(kept), PYTHONPATH=str(SOURCE.parent))
    assert said == "3 5 107.9236"
    assert list(kept.rglob("lot_kernels.*.nbi"))
    files = {file: file.stat().st_mtime_ns for file in kept.rglob("*.nb?")}
    translators = SEARCH + "\nimport sys\nprint('numba.np.linalg' in sys.modules)"
    said = run(translators, NUMBA_CACHE_DIR=str(kept), PYTHONPATH=str(SOURCE.parent))
    assert said == "3 5 107.9236\nFalse"  # what only compiles was not loaded again
    assert files == {file: file.stat().st_mtime_ns for file in kept.rglob("*.nb?")}


def test_a_package_that_cannot_be_written_gives_the_same_numbers(tmp_path: Path) -> None:
    """A file stands where each folder for kept code would be, so that nobody could write there."""
    package = tmp_path / "site" / "wellkept"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in [package, *(path for path in package.rglob("*") if path.is_dir())]:
        (folder / "__pycache__").write_text("no folder")
    home = tmp_path / "home"
    home.write_text("no folder either")
    said = run(
        SEARCH, PYTHONPATH=str(package.parent), HOME=str(home), XDG_CACHE_HOME=str(home / "cache")
    )
    assert said == "3 5 107.9236"


def test_a_kernel_that_is_wrong_is_not_hushed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise RuntimeError("something else")

    monkeypatch.setattr("numba.njit", refuse)
    with pytest.raises(RuntimeError, match="something else"):
        compiled.kernel(len)


def test_a_kernel_that_only_kernels_call_says_so_instead_of_ending_the_process() -> None:
    with pytest.raises(TypeError, match="half is called by other kernels only"):
        half(3.0)
    assert quarter(3.0) == 0.75


@pytest.mark.parametrize("method", ["stocking", "echelons", "allocation", "replay"])
def test_a_method_is_imported_without_its_compiler(method: str) -> None:
    loaded = run(
        f"import sys, wellkept.methods.{method}\nprint('numba' in sys.modules)",
        PYTHONPATH=str(SOURCE.parent),
    )
    assert loaded == "False"
