"""`wellkept`: the command line. Here the clock is read, once per command."""

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from wellkept import __version__
from wellkept.desk.cli import plan_reading
from wellkept.desk.cli.refusing import REFUSED, TRACE, confess, refuse
from wellkept.desk.cli.warming import warm

RECKONS = {
    "measure": ("scipy.special", "wellkept.desk.report"),
    "demo": ("scipy.special",),
    "plan": (
        "scipy.special",
        "wellkept.methods.allocation.regional_laying",
        "wellkept.methods.allocation.regional_kernels",
        "wellkept.methods.echelons.regional_kernels",
        "wellkept.methods.contract_hours.kernels",
        "wellkept.methods.replay.kernels",
        "wellkept.methods.demand.tables",
        "wellkept.methods.installed_base_demand.renewals",
        "wellkept.methods.compiled",
    ),
}
"""What the commands will need once they have read, and what takes long to load."""
SELDOM, LAST = (100_000, 20, 20), (2_000_000, 20, 20)
"""Most of what such a command makes stays until its end: to look for garbage as often as usual
takes a tenth of its time, and of one that ends with its answer even to look seldom takes some."""


class Words(argparse.ArgumentParser):
    """A parser that refuses in one sentence."""

    def error(self, message: str) -> NoReturn:
        """This will say what is wrong with the words of the command, and end."""
        refuse(f"{message}. ‘{self.prog} --help’ prints what it takes.")
        raise SystemExit(REFUSED)


def parser() -> argparse.ArgumentParser:
    """This will give the parser of all commands; docs/reference/command-line.md lists them."""
    top = Words(
        prog="wellkept",
        description="Wellkept keeps the promises that a company makes after the sale.",
    )
    top.add_argument("--version", action="version", version=f"wellkept {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _measure(commands.add_parser("measure", help="measure a folder of exports, worst cases named"))
    told = "answer, lock, and see what the records show of it"
    _diagnose(commands.add_parser("diagnose", help=told))
    _plan(commands.add_parser("plan", help="plan the stock of parts, piece by piece, with reasons"))
    _demo(commands.add_parser("demo", help="make the demo company, measure it, open its desk"))
    _serve(commands.add_parser("serve", help="open the desk of the company in WELLKEPT_HOME"))
    _runner(commands.add_parser("runner", help="do the work of the background, without the pages"))
    _home(commands.add_parser("refresh", help="make the facts behind measures and chances anew"))
    _import(commands.add_parser("import", help="bring a folder of exports into the record"))
    _file(commands.add_parser("backup", help="save the company to one file, while it works"))
    _file(commands.add_parser("restore", help="put a saved company into an empty folder"))
    return top


def run(words: Sequence[str] | None = None) -> int:
    """This will run one command and give its exit code: 0 done, 2 refused, 3 a fault of ours."""
    given = parser().parse_args(words)
    _speak_any_letter()
    beside, loading = None, None
    if given.command in RECKONS:
        gc.set_threshold(*(SELDOM if given.command == "demo" else LAST))
        beside = plan_reading.begin(given) if given.command == "plan" else None
        loading = warm(RECKONS[given.command])
    now = datetime.now(tz=UTC)
    try:
        code = _run(given, now, beside)
        sys.stdout.flush()
        gc.freeze()  # at its end a process would look through all of it once more
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _let_go_of_output()
        return 0
    except Exception as fault:
        if os.environ.get(TRACE):
            raise
        return confess(fault)
    finally:
        if loading is not None:
            loading.join()


def _run(given: argparse.Namespace, now: datetime, beside: plan_reading.Beside | None) -> int:
    if given.command in ("backup", "restore"):
        from wellkept.desk.cli import backup as keeping

        return keeping.backup(given, now) if given.command == "backup" else keeping.restore(given)
    if given.command == "import":
        from wellkept.desk.cli.importing import bring

        return bring(given)
    if given.command in ("runner", "refresh"):
        from wellkept.desk.cli import background

        return background.runner(given) if given.command == "runner" else background.refresh(given)
    if given.command == "serve":
        from wellkept.desk.cli.serve import serve

        return serve(given)
    if given.command == "demo":
        from wellkept.desk.cli.demo import demo

        return demo(given, now)
    if given.command == "diagnose":
        from wellkept.desk.cli.diagnose import run_diagnose

        return run_diagnose(given, now)
    if given.command == "plan":
        from wellkept.desk.cli.plan import plan

        return plan(given, now, beside)
    from wellkept.desk.cli.measure import measure

    return measure(given, now)


def _speak_any_letter() -> None:
    """A terminal that lacks a letter gets its number instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go_of_output() -> None:
    """Whoever read the output has gone (`… | head`): nothing is left to be said, not even late."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _measure(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("folder", type=Path, metavar="FOLDER", help="a folder of exports, or one file")
    add("--until", metavar="MOMENT", help="as of this moment (default: the last one recorded)")
    add("--since", metavar="MOMENT", help="only what was opened or fell due from then on")
    add("--known-at", metavar="MOMENT", help="only what was recorded by then")
    add("--by", metavar="COLUMN", help="compare the groups of this column")
    add("--zone", metavar="ZONE", help="time zone of times without one, e.g. Europe/Rome")
    add("--recipe", type=Path, metavar="FILE", help="recipe (default: wellkept.toml in FOLDER)")
    add("--write-recipe", action="store_true", help="print what was understood as a recipe")
    add("--json", action="store_true", help="print the measure document")
    add("--html", type=Path, metavar="FILE", help="write the report to this file")


def _diagnose(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("folder", type=Path, metavar="FOLDER", help="a folder of exports; an empty one will do")
    add("--answers", type=Path, metavar="FILE", help="answers (default: FOLDER.answers.toml)")
    add("--full", action="store_true", help="ask all 36 claims, not the twelve of the short form")
    add("--until", metavar="MOMENT", help="as of this moment (default: the last one recorded)")
    add("--zone", metavar="ZONE", help="time zone of times without one, e.g. Europe/Rome")
    add("--recipe", type=Path, metavar="FILE", help="recipe (default: wellkept.toml in FOLDER)")
    add("--json", action="store_true", help="print the diagnose document")
    add("--html", type=Path, metavar="FILE", help="write the brief to this file")
    add("--pdf", type=Path, metavar="FILE", help="write the brief's two pages to this file")


def _plan(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("folder", type=Path, metavar="FOLDER", help="a folder of exports, or one file")
    add("--until", metavar="MOMENT", help="as of this day (default: the last one recorded)")
    add("--zone", metavar="ZONE", help="zone that dates moments with an offset")
    add("--recipe", type=Path, metavar="FILE", help="recipe (default: wellkept.toml in FOLDER)")
    add("--budget", metavar="MONEY", help="spend no more than this on purchases")
    add("--what-if", action="append", default=[], metavar="CASE",
        help="plan again with one number changed: lead_days:VS-20=14, need=x1.2")  # fmt: skip
    add("--json", action="store_true", help="print the plan document")
    add("--html", type=Path, metavar="FILE", help="write the report to this file")
    add("--table", type=Path, metavar="FILE", help="write the table for the ERP (CSV)")


def _demo(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--folder", type=Path, metavar="PATH", help="where to make it (default: var/demo)")
    add("--port", type=int, default=8000, metavar="N", help="port of the desk (default: 8000)")
    add("--no-serve", action="store_true", help="write the report and end")


def _import(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("folder", type=Path, nargs="?", metavar="FOLDER", help="a folder of exports, or one file")
    add("--dry-run", action="store_true", help="say what would be done, and write nothing else")
    add("--yes", action="store_true", help="write without asking")
    add("--recipe", type=Path, metavar="FILE", help="recipe (default: wellkept.toml in FOLDER)")
    add("--zone", metavar="ZONE", help="time zone of times without one, e.g. Europe/Rome")
    add("--system", metavar="NAME", help="which system wrote the files (default: as before)")
    add(
        "--keys",
        action="append",
        metavar="KIND=SYSTEM",
        help="whose numbers of customers or sites the files use: customer=erp, or site=none",
    )
    add("--role", metavar="NAME", help="the role that answers for what is new")
    add("--resume", type=int, metavar="RUN", help="go on with an import that was interrupted")
    add("--undo", type=int, metavar="RUN", help="take an import back")
    add("--runs", action="store_true", help="list the imports")
    add("--json", action="store_true", help="print the result as JSON")


def _file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="the backup")


def _home(command: argparse.ArgumentParser) -> None:
    told = "the company's folder (or WELLKEPT_HOME)"
    command.add_argument("--home", type=Path, metavar="PATH", help=told)


def _runner(command: argparse.ArgumentParser) -> None:
    _home(command)
    told = "end when this process, which started it, is no more"
    command.add_argument("--beside", type=int, metavar="PID", help=told)


def _serve(command: argparse.ArgumentParser) -> None:
    _home(command)
    add = command.add_argument
    add("--host", default="127.0.0.1", help="address to answer at (default: 127.0.0.1)")
    add("--port", type=int, default=8000, metavar="N", help="port (default: 8000)")
