"""Who keeps the installed base, and the log of its assets."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import insert
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By
from wellkept.record.installed_base.models import Asset, AssetEvent
from wellkept.record.journal.rules import Refusal

KEEPERS = (
    Group.COORDINATOR,
    Group.MANAGER,
    Group.PLANNER,
    Group.ENGINEER,
    Group.PARTS,
    Group.SALES,
)
"""Who may say what stands where: everybody who works here."""
LEADERS = (Group.COORDINATOR, Group.MANAGER)
"""Who may say that two assets are one."""


class NotYet(Refusal):
    """Something would have happened after the moment at which it is written down."""


def see_that_past(moment: datetime | None, at: datetime) -> None:
    """This will raise NotYet for a moment that has not come: what is planned is no fact."""
    if moment is not None and moment > at:
        raise NotYet(
            _(
                "%(moment)s UTC is in the future; it is %(at)s UTC. Write down where an "
                "asset is, not where it is going to be."
            )
            % {"moment": f"{moment:%Y-%m-%d %H:%M}", "at": f"{at:%Y-%m-%d %H:%M}"}
        )


def log(
    assets: Iterable[Asset],
    word: str,
    *,
    at: datetime,
    by: By,
    happened: datetime | None = None,
    old: Mapping[int, str] | None = None,
    new: str = "",
    reason: str = "",
) -> None:
    """This will write what happened into the log of each asset; codes only."""
    insert(
        AssetEvent(
            asset=one,
            word=word,
            at=happened or at,
            recorded_at=at,
            by=by,
            old="" if old is None else old.get(one.pk, ""),
            new=new,
            reason=reason,
        )
        for one in assets
    )
