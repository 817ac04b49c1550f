"""An import again: its files opened, and written to the end, after a dry run or a kill."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from wellkept.desk.exchange.opening import Wanted, opened, stated_in
from wellkept.desk.exchange.running import Tell, apply, silent
from wellkept.desk.exchange.uploads import forget
from wellkept.record.journal.rules import Refusal
from wellkept.record.sources.models import ImportRun
from wellkept.record.sources.rules import RunState


class FilesGone(Refusal):
    """The files of an import are not where they lay."""


class OtherRecipe(Refusal):
    """The recipe beside the files is not the one with which they were tried."""


def wanted_again(run: ImportRun) -> Wanted:
    """This will give what was asked of an import, as it was asked; raises FilesGone."""
    folder = Path(run.folder)
    if not folder.exists():
        raise FilesGone(
            _(
                "%(folder)s is not there any more. Put the files of import %(pk)s back, or "
                "take the import back: wellkept import --undo %(pk)s"
            )
            % {"folder": folder, "pk": run.pk}
        )
    keys = run.plan.get("keys", {})
    return Wanted(
        folder, run.system, run.zone or None, run.plan.get("stated"), run.role, keys, run.pk
    )


def finish(run: ImportRun, *, now: datetime, tell: Tell = silent) -> ImportRun:
    """This will write an import to its end; one that is written already stays as it is.

    Raises FilesGone, OtherFiles, OtherRecipe, NotInThisState.
    """
    if run.state != RunState.APPLIED:
        _see_recipe(run)
        now = max(now, run.at or now)
        with opened(wanted_again(run), run.at or now) as folder:
            run = apply(folder, run, now=now, by=run.by, tell=tell)
    if run.upload:
        forget(Path(run.folder))
    return run


def _see_recipe(run: ImportRun) -> None:
    """Somebody who was told a doubt may have written a recipe since: it asks for another look."""
    folder = Path(run.folder)
    tried = run.state == RunState.TRIED and run.plan.get("beside", False)
    if tried and folder.exists() and stated_in(folder) != run.plan.get("stated"):
        raise OtherRecipe(
            _(
                "The recipe beside the files is not the one with which import %(pk)s was tried. "
                "Try the files again, and look at what the recipe makes of them."
            )
            % {"pk": run.pk}
        )
