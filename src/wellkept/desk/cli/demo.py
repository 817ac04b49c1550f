"""`wellkept demo`: the demo company, measured and shown."""

import argparse
import sys
from datetime import datetime, timedelta
from pathlib import Path

from wellkept.desk.cli.measure import document_of, write
from wellkept.desk.cli.refusing import refuse
from wellkept.study.facts.folder import Asked, open_folder

DEFAULT = Path("var") / "demo"


def demo(given: argparse.Namespace, now: datetime) -> int:
    """This will make the folder, measure it, write the report, and serve it until it is ended."""
    from wellkept.desk.demo import write_demo

    base = given.folder or DEFAULT
    folder, report = base / "corvane", base / "report.html"
    monday = (now - timedelta(days=now.weekday())).date()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        print(f"Making the demo company in {folder} …", file=sys.stderr)
        write_demo(folder, monday=monday)
        with open_folder(folder, Asked(now_s=int(now.timestamp()), by="region")) as facts:
            document = document_of(facts, by="region")
        write(report, document)
    except OSError as problem:
        why = problem.strerror or str(problem)
        return refuse(f"the demo company cannot be made in {base}: {why}; choose another --folder")
    print(f"Hold up the mirror: wellkept diagnose {folder}", file=sys.stderr)
    if given.no_serve:
        return 0
    from wellkept.desk.report.serve import serve

    try:
        serve(report, port=given.port, ready=lambda serving: print(serving.sentence, flush=True))
    except BrokenPipeError:
        raise
    except (OSError, OverflowError) as problem:
        return refuse(f"the report cannot be served on port {given.port}: {problem}")
    return 0
