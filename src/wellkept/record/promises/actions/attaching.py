"""Adding files to promises."""

from collections.abc import Sequence
from datetime import datetime

from wellkept.record.access.rules import WRITERS
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.files.actions import Coming, attach
from wellkept.record.promises.models import Promise, PromiseFile


@verb(*sorted(WRITERS))
def attach_to_promise(*, promise: Promise, files: Sequence[Coming], at: datetime, by: By) -> None:
    """This will keep files with a promise. Raises NotToBeAttached, TooLarge: then none is kept."""
    kept = attach(files=files, at=at, by=by)
    made = PromiseFile.objects.bulk_create([PromiseFile(promise=promise, file=one) for one in kept])
    note(promise, made)
