"""`wellkept serve`: the pages of the company's folder and its runner, on loopback unless told."""

import argparse
import os
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from wellkept.desk.cli.refusing import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SETTINGS = "wellkept.settings"
APPLICATION = "wellkept.desk.web.served"
WORKERS = min(max(os.cpu_count() or 1, 2), 8)
"""A process for each core: Python reckons one page at a time in each."""
IN_FRONT = 64
"""So many requests are received, wait or are sent at once; connections there may be more."""
IDLE_S = 600
"""Threads in front stay that long without work."""
END_S = 10
"""At the end so long is waited for what is being sent."""


def serve(given: argparse.Namespace) -> int:
    """This will bring the tables up to date, then answer until Ctrl-C."""
    if given.home is not None:
        os.environ["WELLKEPT_HOME"] = str(given.home.absolute())
    os.environ.setdefault("WELLKEPT_ADDRESS", f"http://{given.host}:{given.port}")
    if refused := wake():
        return refused
    migrate()
    if given.host not in ("127.0.0.1", "localhost", "::1") and not os.environ.get("WELLKEPT_HTTPS"):
        print(
            "wellkept: this is open to the network without encryption; put a server with HTTPS in "
            "front of it and set WELLKEPT_HTTPS=1.",
            file=sys.stderr,
        )
    answer(given.host, given.port)
    return 0


def wake() -> int:
    """This will load Django with the company's settings; gives the exit code where it cannot."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    from wellkept.home import BadSetting

    try:
        django.setup()
    except BadSetting as problem:
        return refuse(str(problem))
    return 0


def migrate() -> None:
    """This will make the company's folder, and its tables as this version wants them."""
    from django.conf import settings
    from django.core.management import call_command

    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)


def answer(host: str, port: int) -> None:
    """This will run the server in front, its workers and a runner, until it is told to end."""
    from django.db import connections
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from wellkept.desk.cli.beside import runner_beside
    from wellkept.desk.cli.workers import workers_beside

    import_module(APPLICATION)  # once for all workers, before they are forked
    connections.close_all()  # workers are forked: what is open here would be shared with them
    print(f"Wellkept answers at http://{host}:{port}/ (Ctrl-C ends it)", flush=True)
    server = Server(
        f"{APPLICATION}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=IN_FRONT,
        blocking_threads_idle_timeout=IDLE_S,
        workers_kill_timeout=END_S,
        log_level=LogLevels.error,  # it warns of so many threads, but they only wait
        websockets=False,
    )
    with workers_beside(APPLICATION, WORKERS) as line, runner_beside():
        server.serve(target_loader=partial(_in_front, line), wrap_loader=False)


def _in_front(line: str) -> "WSGIApplication":
    from wellkept.desk.cli.line import front
    from wellkept.desk.cli.workers import follow_parent

    follow_parent()
    return front(line)
