"""`wellkept serve`: the pages of the company's folder and its runner, on loopback unless told."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from wellkept.desk.cli.refusing import refuse

SETTINGS = "wellkept.settings"
APPLICATION = "wellkept.desk.web.served"
WORKERS = min(max(os.cpu_count() or 1, 2), 8)
"""A process for each core: Python reckons one page at a time in each."""
THREADS = 4
"""A long answer (an export, an import) leaves three for the pages beside it."""
IDLE_S = 600
"""Threads stay that long without work, and with them their open database."""


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
    """This will run the web server, and a runner beside it, until it is told to end."""
    from django.db import connections
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from wellkept.desk.cli.beside import runner_beside

    import_module(APPLICATION)  # once for all workers, before they are forked
    connections.close_all()  # workers are forked: what is open here would be shared with them
    print(f"Wellkept answers at http://{host}:{port}/ (Ctrl-C ends it)", flush=True)
    server = Server(
        f"{APPLICATION}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=IDLE_S,
        log_level=LogLevels.warning,
        websockets=False,
    )
    with runner_beside():
        server.serve()
