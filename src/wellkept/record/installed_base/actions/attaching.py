"""Adding files to assets."""

from collections.abc import Sequence
from datetime import datetime

from wellkept.record.access.rules import WRITERS
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.files.actions import Coming, attach
from wellkept.record.installed_base.models import Asset, AssetFile


@verb(*sorted(WRITERS))
def attach_to_asset(*, asset: Asset, files: Sequence[Coming], at: datetime, by: By) -> None:
    """This will keep files with an asset. Raises NotToBeAttached, TooLarge: then none is kept."""
    kept = attach(files=files, at=at, by=by)
    made = AssetFile.objects.bulk_create([AssetFile(asset=asset, file=one) for one in kept])
    note(asset, made)
