"""Opening the files of an import again: after a dry run, or after it was interrupted."""

from pathlib import Path

from wellkept.desk.exchange.opening import Wanted
from wellkept.record.journal.rules import Refusal
from wellkept.record.sources.models import ImportRun


class FilesGone(Refusal):
    """The files of an import are not where they lay."""


def wanted_again(run: ImportRun) -> Wanted:
    """This will give what was asked of an import, as it was asked; raises FilesGone."""
    folder = Path(run.folder)
    if not folder.exists():
        raise FilesGone(
            f"{folder} is not there any more. Put the files of import {run.pk} back, or take the "
            f"import back: wellkept import --undo {run.pk}"
        )
    return Wanted(folder, run.system, run.zone or None, run.plan.get("stated"), run.role)
