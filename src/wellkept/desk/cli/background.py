"""`wellkept runner` and `wellkept refresh`: the work of the background, by hand or for good."""

import argparse
import os
import signal
import threading
from pathlib import Path

from wellkept.desk.cli.refusing import refuse

LOOK_S = 0.5


def runner(given: argparse.Namespace) -> int:
    """This will do the jobs of the company until it is ended; 2 where another runner does."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_DFL)  # a job that is cut off goes on at the next start
    if given.beside is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for whoever started it
        threading.Thread(target=_end_with, args=(given.beside,), daemon=True).start()
    if refused := _ready(given.home, tables=given.beside is None):
        return refused
    from django.conf import settings

    from wellkept.desk.background.runner import AlreadyAtWork, run

    try:
        run(Path(settings.HOME))
    except AlreadyAtWork as problem:
        return refuse(str(problem))
    return 0


def refresh(given: argparse.Namespace) -> int:
    """This will make facts and chances anew, and say from when they are."""
    if refused := _ready(given.home):
        return refused
    from django.conf import settings

    from wellkept.desk import clock, findings

    one = findings.refresh(clock.now(Path(settings.HOME)))
    known, risk = one.known.counts, findings.risk_now()
    print(f"{one.name}: {known['promise']:,} promises, {known['case']:,} cases as of now.")
    if risk is not None:
        learnt = risk.learnt
        print(f"Chances for {len(learnt.groups)} likenesses; {len(learnt.refused)} have too few.")
    return 0


def _ready(home: Path | None, *, tables: bool = True) -> int:
    if home is not None:
        os.environ["WELLKEPT_HOME"] = str(home.absolute())
    from wellkept.desk.cli.serve import migrate, wake

    if refused := wake():
        return refused
    if tables:
        migrate()
    return 0


def _end_with(process: int) -> None:
    """End when the process that started this one is no more, however it ended."""
    waiting = threading.Event()
    while os.getppid() == process:
        waiting.wait(LOOK_S)
    os._exit(0)
