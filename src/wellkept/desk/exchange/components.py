"""Assets that stand in other assets, as registers say it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext

from wellkept.desk.exchange.assets import named_here
from wellkept.desk.exchange.meant import meant
from wellkept.desk.exchange.names import snapshots
from wellkept.desk.exchange.numbers import by_name
from wellkept.desk.exchange.reasons import IN_CIRCLES, NO_PARENT
from wellkept.desk.exchange.weighing import (
    Change,
    Noun,
    Offer,
    Weighed,
    Work,
    Written,
    attempt,
    keys_by_name,
)
from wellkept.record.access.batches import among
from wellkept.record.installed_base.actions import RunsInCircles, place_assets, stands_in_itself
from wellkept.record.installed_base.models import Asset, AssetExternalId, Placement

Keys = Mapping[str, int]
Known = int | str
"""An asset of the record by its key, a new one by its name."""


class Components(Noun):
    """Assets that stand in other assets; all of them are there when these are placed."""

    noun = "component"
    ids = None

    def __init__(self, work: Work) -> None:
        """Remember, chunk by chunk, in what assets are to stand."""
        super().__init__(work)
        self._above: dict[Known, Known | None] = {}

    def weigh(self, offers: Sequence[Offer]) -> Weighed:
        """Those that do not stand where the files say, and may stand there."""
        children, parents = self._keys(offers)
        offered = self._offered(offers)
        standing = self._standing(children.values())
        found = Weighed()
        for one in offers:
            child, parent = children.get(one.id), parents.get(one.parent)
            if parent is None and one.parent not in offered:
                found.skipped += 1
                self.work.problems.skip(self.noun, one, NO_PARENT)
            elif child is None and one.id not in offered:
                continue
            elif child is not None and parent is not None and standing.get(child) == parent:
                found.same += 1
            else:
                found.create.append(one)
        self._see_no_circle(found, children, parents)
        return found

    def _see_no_circle(self, found: Weighed, children: Keys, parents: Keys) -> None:
        """Try the placings on what stands in what, as the verb will, without writing."""
        child: dict[str, Known] = {one.id: children.get(one.id, one.id) for one in found.create}
        parent: dict[str, Known] = {
            one.parent: parents.get(one.parent, one.parent) for one in found.create
        }
        self._above = self._standing([*child.values(), *parent.values()]) | self._above

        def act(some: Sequence[Offer]) -> None:
            tried = self._above | {child[one.id]: parent[one.parent] for one in some}
            if any(stands_in_itself(child[one.id], tried) for one in some):
                raise RunsInCircles
            self._above = tried

        refused = [one for one, _ in attempt(found.create, act, nullcontext)]
        for one in refused:
            self.work.problems.skip(self.noun, one, IN_CIRCLES)
        found.skipped += len(refused)
        gone = {one.id for one in refused}
        found.create = [one for one in found.create if one.id not in gone]

    def _standing(self, assets: Iterable[Known]) -> dict[Known, Known | None]:
        """In what assets of the record stand, all the way up."""
        found: dict[Known, Known | None] = {}
        asked = {one for one in assets if isinstance(one, int)}
        while asked:
            rows = among(Placement.objects.current(), "asset", asked)
            found.update(dict.fromkeys(asked))
            found.update((row.asset_id, row.parent_id) for row in rows)
            asked = {row.parent_id for row in rows if row.parent_id is not None} - found.keys()
        return found

    def _offered(self, offers: Sequence[Offer]) -> set[str]:
        """Names among these that the files offer as assets, and the record can hold."""
        asked = "SELECT id FROM offered_asset WHERE list_contains($1, id) AND length(name) <= 60"
        names = [name for one in offers for name in (one.id, one.parent)]
        return {name for (name,) in self.work.con.execute(asked, [names]).fetchall()}

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Put them there."""
        keys, parents = self._keys(offers)
        there = [one for one in offers if one.id in keys and one.parent in parents]
        fresh = set(self._fresh([keys[one.id] for one in there]))
        old = [keys[one.id] for one in there if keys[one.id] not in fresh]
        snapshots(done, Asset, "pk", old)
        snapshots(done, Placement, "asset", old)

        def act(some: Sequence[Offer]) -> None:
            rows = Asset.objects.in_bulk([keys[one.id] for one in some])
            placed = [
                Placement(asset=rows[keys[one.id]], parent_id=parents[one.parent]) for one in some
            ]
            place_assets(placements=placed, at=self.work.at, by=self.work.by)

        self.trying(there, act, found)

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """Placing again is all there is."""

    def _keys(self, offers: Sequence[Offer]) -> tuple[dict[str, int], dict[str, int]]:
        """Assets by name, as what stands in another, and as what others stand in.

        A merged one is what it means, but that what stands speaks for itself where files name it.
        """
        names = [name for one in offers for name in (one.id, one.parent)]
        known = keys_by_name(AssetExternalId, "asset", self.work.system, names)
        known = by_name(Asset, "number", [name for name in names if name not in known]) | known
        into = meant(Asset, known.values())
        named = named_here(self.work, into.values())
        parents = {name: into.get(key, key) for name, key in known.items()}
        children = {name: key if parents[name] in named else parents[name]
                    for name, key in known.items()}  # fmt: skip
        return children, parents

    def _fresh(self, keys: Sequence[int]) -> list[int]:
        """Assets that this import made itself: their whole life is taken back with them."""
        rows = Asset.objects.filter(pk__in=keys, recorded_at=self.work.at)
        return list(rows.values_list("pk", flat=True))
