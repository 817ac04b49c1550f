"""Where assets are, whose they are, who runs them: new edges, corrections, swaps.

No edge is ever overwritten. To end one, the open row is superseded and written again with its
end; so what we held to be true at any moment can still be read.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from wellkept.record.access.batches import among, insert, locked, update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.installed_base.actions.projecting import project
from wellkept.record.installed_base.actions.rights import KEEPERS, see_that_past
from wellkept.record.installed_base.models import Asset, Edge, Operation, Ownership, Placement
from wellkept.record.journal.rules import Refusal

AnyEdge = TypeVar("AnyEdge", bound=Edge)
Known = TypeVar("Known")
"""What an asset is told by: its key, or its name where it has none yet."""


class Overlaps(Refusal):
    """Two edges of one asset would hold at the same time."""


class RunsInCircles(Refusal):
    """An asset would stand in itself."""


class NotThere(Refusal):
    """The asset does not stand where it was to be taken from."""


class SlotTaken(Refusal):
    """Another component stands in the slot."""


@verb(*KEEPERS)
def place_assets(*, placements: Iterable[Placement], at: datetime, by: By) -> list[Placement]:
    """This will say where assets are: at a site, or in a slot of another asset.

    Give rows that are not saved. Where an asset has an open placement it ends where the new one
    starts (`at`, for a start that is not given). Rows with an end are history. Raises Overlaps,
    RunsInCircles, SlotTaken, NotYet.
    """
    fresh = list(placements)
    locked((one.parent for one in fresh if one.parent is not None), of=Asset)
    _see_slots(fresh)
    made = _add(fresh, Placement, at, by)
    _see_no_circle(made)
    note(made, project({one.asset_id for one in made}))
    return made


@verb(*KEEPERS)
def transfer_assets(*, ownerships: Iterable[Ownership], at: datetime, by: By) -> list[Ownership]:
    """This will say whose assets are, from when on. Raises Overlaps, NotYet."""
    made = _add(list(ownerships), Ownership, at, by)
    note(made, project({one.asset_id for one in made}))
    return made


@verb(*KEEPERS)
def hand_operation(*, operations: Iterable[Operation], at: datetime, by: By) -> list[Operation]:
    """This will say who runs assets, from when on. Raises Overlaps, NotYet."""
    made = _add(list(operations), Operation, at, by)
    note(made)
    return made


@verb(*KEEPERS)
def take_out(
    *,
    assets: Sequence[Asset],
    until_at: datetime,
    at: datetime,
    by: By,
    reason: str = "",
    seen: Mapping[int, int] | None = None,
) -> None:
    """This will end where assets are, without saying where they went, and keep why.

    `seen` has the key of the placement that somebody looked at, by the key of its asset: if another
    one is open by now, nothing is done. Raises NotThere, Overlaps, NotYet.
    """
    see_that_past(until_at, at)
    held = locked(assets, of=Asset)
    open_ones = {one.asset_id: one for one in among(_open(Placement), "asset", _keys(held))}
    for one in held:
        _see_that_there(one, open_ones.get(one.pk), (seen or {}).get(one.pk))
    ends = {one.pk: until_at for one in held}
    closed = _close(list(open_ones.values()), ends, at, by, reason=reason)
    note(closed, project(_keys(held)))


def _see_that_there(one: Asset, placed: Placement | None, seen: int | None) -> None:
    if placed is None:
        raise NotThere(
            _("%(number)s stands nowhere, so it cannot be taken out.") % {"number": one.number}
        )
    if seen not in (None, placed.pk):
        raise NotThere(
            _(
                "Somebody changed where %(number)s stands, after you had looked at it; nothing was "
                "done. Look at it as it is now, and decide again."
            )
            % {"number": one.number}
        )


@verb(*KEEPERS)
def swap_component(
    *, old: Asset, new: Asset, swapped_at: datetime, at: datetime, by: By
) -> Placement:
    """This will put one component into the slot of another, which is taken out of it.

    Raises NotThere where the old one stands in no asset, Overlaps, RunsInCircles, NotYet.
    """
    see_that_past(swapped_at, at)
    locked([old, new], of=Asset)
    standing = _open(Placement).filter(asset=old).first()
    if standing is None or standing.parent_id is None:
        raise NotThere(
            _("%(number)s stands in no other asset, so it cannot be swapped.")
            % {"number": old.number}
        )
    closed = _close([standing], {old.pk: swapped_at}, at, by)
    fresh = Placement(
        asset=new, parent_id=standing.parent_id, slot=standing.slot, from_at=swapped_at
    )
    made = _add([fresh], Placement, at, by)
    _see_no_circle(made)
    note(closed, made, project({old.pk, new.pk}))
    return made[0]


@verb(*KEEPERS)
def correct_edge(
    *, edge: AnyEdge, changes: Mapping[str, Any], reason: str, at: datetime, by: By
) -> AnyEdge:
    """This will say what an edge should have been: the row is superseded, a new one written.

    Raises NotThere for a row that was superseded already, Overlaps, RunsInCircles.
    """
    model = type(edge)
    given: Any = edge
    locked([given.asset], of=Asset)
    standing: Any = model._default_manager.get(pk=edge.pk)
    if standing.superseded_at is not None:
        raise NotThere(_("This row was corrected already; correct the one that took its place."))
    right: Any = _copy(standing, at, by)
    right.reason = reason
    for name, value in changes.items():
        setattr(right, name, value)
    _supersede([standing], at)
    made = _add([right], model, at, by)
    if isinstance(right, Placement):
        _see_no_circle([right])
    note(made, [standing], project({right.asset_id}))
    fixed: AnyEdge = right
    return fixed


# What all edges share


def _add(fresh: list[AnyEdge], model: type[AnyEdge], at: datetime, by: By) -> list[AnyEdge]:
    """Write edges; an open one of the same asset ends where a later one starts."""
    rows: list[Any] = fresh
    locked((one.asset for one in rows), of=Asset)
    keys = {one.asset_id for one in rows}
    standing: dict[int, Any] = {one.asset_id: one for one in among(_open(model), "asset", keys)}
    ends: dict[int, datetime] = {}
    for one in rows:
        one.recorded_at, one.recorded_by, one.superseded_at = at, by, None
        see_that_past(one.from_at, at)
        see_that_past(one.until_at, at)
        if one.until_at is None and one.asset_id in standing:
            ends[one.asset_id] = one.from_at = one.from_at or at
    _close([standing[key] for key in ends], ends, at, by)
    _see_no_overlap(rows, model)
    return insert(fresh)


def _close(
    rows: Sequence[AnyEdge],
    ends: Mapping[int, datetime],
    at: datetime,
    by: By,
    *,
    reason: str = "",
) -> list[AnyEdge]:
    closed = []
    for row in rows:
        held: Any = row
        end = ends[held.asset_id]
        if held.from_at is not None and end <= held.from_at:
            raise Overlaps(
                _(
                    "%(number)s was there from %(from_at)s UTC on; what follows must start "
                    "later. To say that it never was, correct that row."
                )
                % {"number": held.asset.number, "from_at": f"{held.from_at:%Y-%m-%d %H:%M}"}
            )
        after: Any = _copy(row, at, by)
        after.until_at, after.reason = end, reason or held.reason
        closed.append(after)
    _supersede(rows, at)
    return insert(closed)


def _copy(row: AnyEdge, at: datetime, by: By) -> AnyEdge:
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    del values["id"]
    fresh = type(row)(**values)
    fresh.recorded_at, fresh.recorded_by, fresh.superseded_at = at, by, None
    return fresh


def _supersede(rows: Sequence[AnyEdge], at: datetime) -> None:
    for row in rows:
        row.superseded_at = max(at, row.recorded_at)
    update(rows, ["superseded_at"])


def _see_no_overlap(rows: Sequence[Any], model: type[Edge]) -> None:
    """The check that PostgreSQL makes by a constraint, in a sentence, on both databases."""
    held = among(model._default_manager.filter(superseded_at=None), "asset", _assets(rows))
    spans: dict[int, list[tuple[datetime | None, datetime | None, Any]]] = {}
    for one in [*held, *rows]:
        known: Any = one
        spans.setdefault(known.asset_id, []).append((known.from_at, known.until_at, known))
    for of_one in spans.values():
        of_one.sort(key=lambda span: (span[0] is not None, span[0]))
        for (__, end, __), (begin, __, later) in pairwise(of_one):
            if begin is None or end is None or end > begin:
                raise Overlaps(
                    _(
                        "%(number)s would be in two places, or of two hands, at once. End the one "
                        "before the other starts, or correct the row that is wrong."
                    )
                    % {"number": later.asset.number}
                )


def _see_no_circle(made: Sequence[Placement]) -> None:
    """Walk up from each parent: whoever meets the asset again stands in itself."""
    above = {one.asset_id: one.parent_id for one in made if one.until_at is None}
    asked = {parent for parent in above.values() if parent is not None}
    while asked:
        found = among(_open(Placement).filter(parent__isnull=False), "asset", asked - above.keys())
        above |= {one.asset_id: one.parent_id for one in found}
        asked = {one.parent_id for one in found if one.parent_id is not None} - above.keys()
    for one in made:
        if stands_in_itself(one.asset_id, above):
            raise RunsInCircles(
                _(
                    "%(number)s would stand in itself, through what stands in it. Take "
                    "that out first."
                )
                % {"number": one.asset.number}
            )


def stands_in_itself(asset: Known, above: Mapping[Known, Known | None]) -> bool:
    """This will say whether who walks up from an asset meets one again; `above` has its parents."""
    step, seen = above.get(asset), {asset}
    while step is not None:
        if step in seen:
            return True
        seen.add(step)
        step = above.get(step)
    return False


def _see_slots(fresh: Sequence[Placement]) -> None:
    """What leaves its slot in the same batch does not stand in the way."""
    filled = [one for one in fresh if one.parent_id and one.slot and one.until_at is None]
    moving = {one.asset_id for one in fresh if one.until_at is None}
    standing = among(
        _open(Placement).exclude(slot=""), "parent", (one.parent_id or 0 for one in filled)
    )
    places: dict[tuple[int | None, str], set[int]] = {}
    for one in [*(row for row in standing if row.asset_id not in moving), *filled]:
        places.setdefault((one.parent_id, one.slot), set()).add(one.asset_id)
    for one in filled:
        if len(places[one.parent_id, one.slot]) > 1:
            raise SlotTaken(
                _("Another component stands in the slot “%(slot)s”; take it out or swap it.")
                % {"slot": one.slot}
            )


def _open(model: type[AnyEdge]) -> Any:
    return model._default_manager.filter(superseded_at=None, until_at=None)


def _keys(assets: Iterable[Asset]) -> set[int]:
    return {one.pk for one in assets}


def _assets(rows: Iterable[Any]) -> set[int]:
    return {one.asset_id for one in rows}
