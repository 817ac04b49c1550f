"""`wellkept demo`: the demo company, measured, and open at its desk."""

import argparse
import os
import shutil
import socket
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from wellkept.desk import clock, links
from wellkept.desk.cli.measure import document_of, write
from wellkept.desk.cli.refusing import refuse
from wellkept.desk.cli.serve import answer, migrate, wake
from wellkept.study.facts.folder import Asked, open_folder

DEFAULT = Path("var") / "demo"
EXPORTS, REPORT, HOME = "corvane", "report.html", "company"
HOST = "127.0.0.1"


def demo(given: argparse.Namespace, now: datetime) -> int:
    """This will make folder and report, then the record, and open the desk until it is ended."""
    base = given.folder or DEFAULT
    try:
        lived = clock.demo_monday(base / HOME)
        monday = lived or this_monday(now)
        if lived is None or given.no_serve or not (base / REPORT).exists():
            make_folder(base, monday, now)
        print(f"Hold up the mirror: wellkept diagnose {base / EXPORTS}", file=sys.stderr)
        if given.no_serve:
            return 0
        os.environ.setdefault("WELLKEPT_ADDRESS", f"http://{HOST}:{given.port}")
        if refused := make_record(base, monday, now):
            return refused
    except clock.BadDemo as problem:
        return refuse(str(problem))
    except OSError as problem:
        why = problem.strerror or str(problem)
        return refuse(f"the demo company cannot be made in {base}: {why}; choose another --folder")
    port = free_port(given.port)
    if port is None:
        return refuse(f"the desk cannot be opened on port {given.port}; choose another --port")
    open_door(base / HOME, port)
    answer(HOST, port)
    return 0


def this_monday(now: datetime) -> date:
    """This will give the Monday of the week that a moment lies in."""
    return (now - timedelta(days=now.weekday())).date()


def make_folder(base: Path, monday: date, now: datetime) -> None:
    """This will write the exports of the company, measure them, and write the report."""
    from wellkept.desk.demo import write_demo

    folder = base / EXPORTS
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Making the demo company in {folder} …", file=sys.stderr)
    write_demo(folder, monday=monday)
    with open_folder(folder, Asked(now_s=int(now.timestamp()), by="region")) as facts:
        document = document_of(facts, by="region")
    write(base / REPORT, document)


def make_record(base: Path, monday: date, now: datetime) -> int:
    """This will play the company into its record, unless that was done; sets its clock to today."""
    home = (base / HOME).absolute()
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(base / REPORT, home / REPORT)
    os.environ["WELLKEPT_HOME"] = str(home)
    os.environ.pop("WELLKEPT_DATABASE", None)  # a demo never goes where a company may live
    if refused := wake():
        return refused
    migrate()
    begins = datetime.combine(monday, time(), UTC)
    clock.set_demo_clock(home, monday=begins, wall=now)
    from wellkept.desk.demo_record import build_record, hold_up_mirror, is_built, is_held

    if not is_built():
        print("Playing its three years into the record: half a minute …", file=sys.stderr)
        build_record(monday=monday)
    if not is_held():
        print("Holding up its mirror …", file=sys.stderr)
        hold_up_mirror(monday=monday)
    return 0


def open_door(home: Path, port: int) -> None:
    """This will print links that sign in once, for the coordinator and for the manager."""
    from wellkept.desk.demo_record import COORDINATOR, MANAGER
    from wellkept.record.access.models import Account

    links.end_links(home)
    said = {COORDINATOR: "coordinates; the tour begins here", MANAGER: "manages; Settings are hers"}
    for name, what in said.items():
        account = Account.objects.get(personal__name=name)
        token = links.make_link(home, account.pk)
        print(f"{name} {what}: http://{HOST}:{port}/demo/{token}/", flush=True)
    print("Each link signs in once, on this machine only.", flush=True)


def free_port(wanted: int) -> int | None:
    """This will give the port, or a free one where it is taken; None where none can be had."""
    for port in (wanted, 0):
        with socket.socket() as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trying.bind((HOST, port))
            except (OSError, OverflowError):
                continue
            return int(trying.getsockname()[1])
    return None
