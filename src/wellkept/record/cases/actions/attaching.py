"""Adding files to cases."""

from collections.abc import Sequence
from datetime import datetime

from wellkept.record.access.rules import WRITERS
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.cases.models import Case, CaseFile
from wellkept.record.files.actions import Coming, attach


@verb(*sorted(WRITERS))
def attach_to_case(*, case: Case, files: Sequence[Coming], at: datetime, by: By) -> None:
    """This will keep files with a case. Raises NotToBeAttached, TooLarge: then none is kept."""
    kept = attach(files=files, at=at, by=by)
    made = CaseFile.objects.bulk_create([CaseFile(case=case, file=one) for one in kept])
    note(case, made)
