"""Saying no: one sentence on stderr, and the exit code that goes with it."""

import errno
import sys
import traceback
from pathlib import Path

from wellkept.desk.cli.terminal import plain

REFUSED = 2
"""Exit code when something given cannot be used."""
BROKEN = 3
"""Exit code when Wellkept itself is at fault."""
TRACE = "WELLKEPT_TRACE"
"""Set to anything: a fault of Wellkept is shown with its whole trace."""


def refuse(text: str) -> int:
    """This will say on stderr why nothing was done, and give the exit code."""
    print(f"wellkept: {plain(text)}", file=sys.stderr)
    return REFUSED


def _is_full(fault: Exception) -> bool:
    """Whether a disk had no room: what SQLite, PostgreSQL and the system call it."""
    text = str(fault).casefold()
    full = "disk is full" in text or "no space left on device" in text
    return full or (isinstance(fault, OSError) and fault.errno == errno.ENOSPC)


def confess(fault: Exception) -> int:
    """This will say on stderr that the fault is ours and where it lies, and give the exit code."""
    if _is_full(fault):
        return refuse(
            "There is no room left on a disk: the company's folder is full, or the one for "
            "temporary files. What was committed stands. Free some space and give the command "
            "again; an import that was begun goes on: wellkept import --runs shows its number, for "
            "--resume."
        )
    frames = traceback.extract_tb(fault.__traceback__)
    at = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    text = plain(f"{type(fault).__name__}: {fault}")[:300]
    print(
        f"wellkept: this is a fault of Wellkept{at}, not of your records: {text}. Nothing was "
        f"changed. Please report it with what {TRACE}=1 shows when you run the command again.",
        file=sys.stderr,
    )
    return BROKEN
