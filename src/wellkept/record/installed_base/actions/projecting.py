"""Where an asset is and whose it is now, kept on its row: derived from the edges, and only here."""

from collections.abc import Iterable

from wellkept.record.access.batches import among, update
from wellkept.record.installed_base.models import Asset, Ownership, Placement
from wellkept.record.installed_base.models.edges import GUESSED


def project(keys: Iterable[int]) -> list[Asset]:
    """This will derive site and customer of assets, and of all that stands in them.

    A component is where the asset is that it stands in, and belongs to whom that belongs, unless
    it says otherwise itself. Gives the assets whose row changed.
    """
    parents, sites = _tree(set(keys))
    owners = {
        one.asset_id: (one.customer_id, True if one.reason == GUESSED else None)
        for one in among(Ownership.objects.current(), "asset", parents)
    }
    changed = []
    for one in among(Asset.objects.all(), "pk", _below(set(keys))):
        way = _way_up(one.pk, parents)
        site = next((sites[key] for key in way if key in sites), None)
        whose = next((owners[key] for key in way if key in owners), (None, None))
        if (one.site_id, one.customer_id, one.customer_guessed) != (site, *whose):
            one.site_id, (one.customer_id, one.customer_guessed) = site, whose
            changed.append(one)
    update(changed, ["site", "customer", "customer_guessed"])
    return changed


def _below(keys: set[int]) -> set[int]:
    """These assets and all that stand in them."""
    found, fresh = set(keys), set(keys)
    while fresh:
        rows = among(Placement.objects.current(), "parent", fresh)
        fresh = {one.asset_id for one in rows} - found
        found |= fresh
    return found


def _tree(keys: set[int]) -> tuple[dict[int, int | None], dict[int, int]]:
    """For these assets, all that stand in them and all that they stand in: parents, and sites."""
    parents: dict[int, int | None] = {}
    sites: dict[int, int] = {}
    asked = _below(keys)
    while asked:
        rows = {one.asset_id: one for one in among(Placement.objects.current(), "asset", asked)}
        for key in asked:
            row = rows.get(key)
            parents[key] = None if row is None else row.parent_id
            if row is not None and row.site_id is not None:
                sites[key] = row.site_id
        asked = {up for key in asked if (up := parents[key]) is not None} - parents.keys()
    return parents, sites


def _way_up(key: int, parents: dict[int, int | None]) -> list[int]:
    way = [key]
    while (up := parents.get(way[-1])) is not None and up not in way:
        way.append(up)
    return way
