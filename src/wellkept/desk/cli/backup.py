"""`wellkept backup FILE` and `wellkept restore FILE`: the company in one file, and back."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from wellkept.desk.cli.refusing import refuse
from wellkept.desk.cli.serve import wake


def backup(given: argparse.Namespace, now: datetime) -> int:
    """This will save the company to a new file and say what it holds."""
    if refused := wake():
        return refused
    from wellkept.desk.backup.archive import Unusable
    from wellkept.desk.backup.company import back_up
    from wellkept.desk.backup.rows import NotPossible

    try:
        saved = back_up(given.file, now=now)
    except (NotPossible, Unusable) as problem:
        return refuse(str(problem))
    except OSError as problem:
        return refuse(_cannot(problem, given.file))
    size = given.file.stat().st_size / 1e6
    print(f"Backup: {given.file} ({size:,.1f} MB, {saved.attachments:,} attachments), checked.")
    if saved.lost:
        print(
            f"wellkept: the content of {len(saved.lost):,} attachments was already missing and "
            f"is not in the backup, first: {saved.lost[0]}. Look for it in an older backup.",
            file=sys.stderr,
        )
    return 0


def restore(given: argparse.Namespace) -> int:
    """This will put a saved company into an empty folder and say from when it is."""
    if refused := wake():
        return refused
    from django.conf import settings

    from wellkept.desk.backup.archive import Unusable
    from wellkept.desk.backup.company import restore as bring_back
    from wellkept.desk.backup.rows import NotPossible

    try:
        manifest = bring_back(given.file)
    except (NotPossible, Unusable) as problem:
        return refuse(str(problem))
    except OSError as problem:
        return refuse(_cannot(problem, given.file))
    print(f"Restored: {settings.HOME}, as it was on {manifest.made_at}.")
    return 0


def _cannot(problem: OSError, file: Path) -> str:
    why = problem.strerror or str(problem)
    return f"{problem.filename or file}: {why}; choose another place, or mend its permissions"
