"""The folder of a plan, read by a process of its own while this one loads what reckons.

A small folder takes as long to be read as Numba, SciPy and the kernels take to be loaded, and
Python does one thing at a time.
"""

from __future__ import annotations

import argparse
import os
import pickle
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wellkept.study.planning.folder import PlanFolder

SMALL = 1 << 24
"""So many bytes are read beside; more would take long to be handed over, and room twice."""
LIBRARIES = frozenset({"numpy", "duckdb"})
"""What starts threads of its own: a process that has any is not doubled."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A process that reads, and the end of the pipe where its answer comes out."""

    process: int
    answer: int

    def taken(self) -> PlanFolder | None:
        """This will wait for the folder; None where it was not read, for whatever reason."""
        said = b""
        try:
            with open(self.answer, "rb") as pipe:
                said = pipe.read()
        finally:
            if not said:
                os.kill(self.process, signal.SIGINT)
            _, ended = os.waitpid(self.process, 0)
        found: PlanFolder | None = pickle.loads(said) if ended == 0 else None
        return found


def begin(given: argparse.Namespace) -> Beside | None:
    """This will begin to read the folder of the command where that can be done beside it."""
    if not _can_be_doubled():
        return None
    answer, say = os.pipe()
    process = os.fork()
    if process:
        os.close(say)
        return Beside(process, answer)
    code = 1
    try:
        os.close(answer)
        if _is_small(given):
            _read(given, say)
            code = 0
    finally:
        os._exit(code)  # what went wrong the other process meets again, and says


def _read(given: argparse.Namespace, say: int) -> None:
    from wellkept.desk.cli.asking import a_zone
    from wellkept.study.planning.reading import read_plan_folder

    folder = read_plan_folder(given.folder, recipe=given.recipe, zone=a_zone(given.zone))
    with open(say, "wb") as pipe:
        pickle.dump(folder, pipe, protocol=pickle.HIGHEST_PROTOCOL)


def _can_be_doubled() -> bool:
    alone = not LIBRARIES & sys.modules.keys()
    return sys.platform == "linux" and alone and len(os.sched_getaffinity(0)) > 1


def _is_small(given: argparse.Namespace) -> bool:
    folder: Path = given.folder
    paths = folder.rglob("*") if folder.is_dir() else [folder]
    return sum(path.stat().st_size for path in paths if path.is_file()) <= SMALL
