"""That two assets are one, or are not: merging, splitting off again, the list of those in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import locked, update
from wellkept.record.access.editing import EDITED, see_as_seen, touched
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.installed_base.actions.keeping import Carried, doubt_of, let_one_carry
from wellkept.record.installed_base.actions.rights import LEADERS, log
from wellkept.record.installed_base.models import Asset, Placement
from wellkept.record.installed_base.rules import Doubt
from wellkept.record.journal.rules import Refusal
from wellkept.record.parties.fitting import is_in_doubt, is_merged, stands

Versions = Mapping[int, int]
"""The versions of rows that somebody looked at, by key."""


class NotToBeMerged(Refusal):
    """Assets cannot be merged as asked."""


class NotMerged(Refusal):
    """An asset that was not merged cannot be split off again."""


class StillInDoubt(Refusal):
    """The serial is still that of another asset of the product."""


@verb(*LEADERS, fits=stands)
def merge_assets(
    *,
    into: Asset,
    duplicates: Sequence[Asset],
    at: datetime,
    by: By,
    seen: Versions | None = None,
) -> None:
    """This will say that several rows are one asset; what points to each keeps pointing.

    A survivor in doubt carries the serial, if nobody else does. Raises NotToBeMerged for a survivor
    that is itself merged, or among the duplicates, and for assets of which one stands in another;
    MovedOn for a row whose version is not the one `seen`.
    """
    held = {one.pk: one for one in locked([into, *duplicates], of=Asset)}
    survivor = held[into.pk]
    keys = {one.pk for one in duplicates}
    if survivor.merged_into_id is not None:
        raise NotToBeMerged(
            _("%(number)s was itself merged into another; choose that one.")
            % {"number": survivor.number}
        )
    if survivor.pk in keys:
        raise NotToBeMerged(
            _("%(number)s cannot be merged into itself; leave it out.")
            % {"number": survivor.number}
        )
    see_as_seen(held.values(), seen)
    _see_apart(held)
    moved = Asset.objects.filter(merged_into__in=keys) | Asset.objects.filter(pk__in=keys)
    changing = list(moved.exclude(merged_into=survivor))
    for one in changing:
        one.merged_into, one.merged_at = survivor, at
    touched(changing, at=at, by=by)
    update(changing, ["merged_into", "merged_at", *EDITED])
    if survivor.doubt == Doubt.SAME_SERIAL:
        let_one_carry(_carried(survivor), first=survivor)
    elif survivor.doubt:
        survivor.doubt = doubt_of(survivor, _carried(survivor)).value
        update([survivor], ["doubt"])
    log(changing, "merged", at=at, by=by, new=survivor.number[:120])
    note(changing, [survivor] if changing else [], into=survivor.pk)


def _carried(one: Asset) -> Carried:
    return Carried(one.product_id, one.serial)


def _see_apart(held: Mapping[int, Asset]) -> None:
    """What stands in another is not that one."""
    inside = Placement.objects.current().filter(asset__in=held, parent__in=held).first()
    if inside is not None:
        raise NotToBeMerged(
            _("%(number)s stands in %(parent)s, so they are not one; leave one of them out.")
            % {
                "number": held[inside.asset_id].number,
                "parent": held[inside.parent_id or 0].number,
            }
        )


@verb(*LEADERS, fits=is_merged)
def split_off_assets(
    *, assets: Sequence[Asset], at: datetime, by: By, seen: Versions | None = None
) -> None:
    """This will undo merges: each row is an asset of its own again. Raises NotMerged, MovedOn.

    Two of one product and serial are in doubt again, and what was merged into a row before stays
    where it went with it.
    """
    held = locked(assets, of=Asset)
    for one in held:
        if one.merged_into_id is None:
            raise NotMerged(_("%(number)s was not merged into another.") % {"number": one.number})
    see_as_seen(held, seen)
    for one in held:
        one.merged_into = one.merged_at = None
        _doubt_again(one)
        # One by one: of several with one serial only the first can carry it.
        touched([one], at=at, by=by)
        update([one], ["merged_into", "merged_at", "doubt", *EDITED])
    log(held, "split_off", at=at, by=by)
    note(held)


def _doubt_again(one: Asset) -> None:
    """What was in doubt, or not, before it was merged is so again, but for a serial of another."""
    if one.doubt != Doubt.NUMBER_IS_SERIAL and one.serial:
        found = doubt_of(one, _carried(one))
        one.doubt = found.value if found == Doubt.SAME_SERIAL else Doubt.NONE.value


@verb(*LEADERS, fits=is_in_doubt)
def clear_doubt(
    *, assets: Sequence[Asset], at: datetime, by: By, seen: Versions | None = None
) -> None:
    """This will take assets off the merge list that somebody found to be their own.

    Raises StillInDoubt where another asset of the product has the serial, which only one of them
    can have; MovedOn.
    """
    held = locked(assets, of=Asset)
    see_as_seen(held, seen)
    clearing = [one for one in held if one.doubt]
    _see_that_none_carries_twice(clearing)
    for one in clearing:
        one.doubt = Doubt.NONE.value
    touched(clearing, at=at, by=by)
    update(clearing, ["doubt", *EDITED])
    note(clearing)


def _see_that_none_carries_twice(clearing: Iterable[Asset]) -> None:
    carried: set[Carried] = set()
    for one in clearing:
        mine = _carried(one)
        if mine in carried or doubt_of(one, mine) == Doubt.SAME_SERIAL:
            raise StillInDoubt(
                _(
                    "%(number)s has the serial %(serial)s of another: give it its own serial, or "
                    "merge it into the other."
                )
                % {"number": one.number, "serial": one.serial}
            )
        if one.serial:
            carried.add(mine)
