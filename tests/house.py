"""The house as data: where its files are, for the tests that walk it."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "wellkept"


@cache
def kept_files() -> tuple[Path, ...]:
    """List every file that is or would be committed."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = filter(None, listing.stdout.split("\0"))
    return tuple(sorted({path for name in names if (path := ROOT / name).is_file()}))


def source_files() -> tuple[Path, ...]:
    """List the Python files of the package."""
    return tuple(sorted(SOURCE.rglob("*.py")))


def method_modules() -> tuple[str, ...]:
    """Name the public methods: a module or a folder of modules each, as in `tails`."""
    found = {path.stem for path in (SOURCE / "methods").iterdir() if path.suffix == ".py"}
    found |= {path.parent.name for path in (SOURCE / "methods").glob("*/__init__.py")}
    return tuple(sorted(name for name in found if not name.startswith("_")))


def tree(path: Path) -> ast.Module:
    """Parse a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    """Give a path as a person would say it, from the root of the project."""
    return path.relative_to(ROOT).as_posix()
