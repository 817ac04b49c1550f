"""Products, and assets with their numbers: new ones, edits, and the list of those in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from wellkept.record.access.batches import among, insert, locked, update
from wellkept.record.access.editing import edit
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.installed_base.actions.rights import KEEPERS, LEADERS, log
from wellkept.record.installed_base.models import Asset, Product, Slot
from wellkept.record.installed_base.rules import Doubt, State
from wellkept.record.journal.rules import Refusal

EDITABLE = frozenset(
    {"number", "serial", "product", "hardware_revision", "software_revision"}
    | {"installed_on", "warranty_until_on"}
)
"""What a form may change. State, place, owner and consequence have verbs of their own."""


class NotAnAsset(Refusal):
    """Something is missing, so that this is no asset."""


class NotByForm(Refusal):
    """This field of an asset is changed by a verb of its own."""


class StillInDoubt(Refusal):
    """The serial is still missing, or still that of another asset."""


@verb(*KEEPERS)
def add_products(*, products: Iterable[Product], at: datetime, by: By) -> list[Product]:
    """This will keep new products. Raises ValidationError and NotTrue for what cannot be."""
    fresh = list(products)
    for one in fresh:
        one.clean_fields()
    made = insert(fresh)
    note(made)
    return made


@verb(*KEEPERS)
def edit_product(
    *, product: Product, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change a product as a form says; raises Edited if somebody else was faster."""
    fields = edit(product, changes, seen=seen, at=at, by=by)
    touched: list[Model] = [product] if fields else []
    note(touched, fields=fields)


@verb(*KEEPERS)
def declare_slots(*, product: Product, names: Iterable[str], at: datetime, by: By) -> list[Slot]:
    """This will give a product slots for components, besides those that it has."""
    there = set(product.slots.values_list("name", flat=True))
    wanted = [name for name in dict.fromkeys(names) if name not in there]
    made = insert(Slot(product=product, name=name) for name in wanted)
    note(made)
    return made


@verb(*KEEPERS)
def add_assets(*, assets: Iterable[Asset], at: datetime, by: By) -> list[Asset]:
    """This will keep new assets, given as rows that are not saved.

    One without a number gets ours, as A-000123. One without a serial, or with a serial that
    another asset of the product has, is kept and stands on the merge list (`to_merge`). Raises
    NotAnAsset, and NotTrue for a number that is used.
    """
    fresh = list(assets)
    for one in fresh:
        _see_that_whole(one)
        one.recorded_at = at
        one.serial = one.serial.strip()
        one.doubt = "" if one.serial else Doubt.NO_SERIAL.value
    _doubt_the_same(fresh)
    nameless = [one for one in fresh if not one.number]
    for place, one in enumerate(nameless):
        one.number = f"new {at.isoformat()} {place}"
    made = insert(fresh)
    for one in nameless:
        one.number = f"A-{one.pk:06d}"
    update(nameless, ["number"])
    note(made, in_doubt=sum(bool(one.doubt) for one in made))
    return made


def _see_that_whole(one: Asset) -> None:
    if one.product_id is None:
        raise NotAnAsset(f"Asset {one.number or one.serial!r} needs its product.")
    if one.state not in set(State):
        known = ", ".join(State)
        raise NotAnAsset(f"{one.state!r} is no state of an asset; choose one of: {known}.")


def _doubt_the_same(fresh: Sequence[Asset]) -> None:
    """The first with a serial carries it; what comes later with the same is in doubt."""
    having = [one for one in fresh if one.serial]
    serials = list({one.serial for one in having})
    seen: set[tuple[int, str]] = set()
    for begin in range(0, len(serials), 10_000):
        rows = Asset.objects.filter(serial__in=serials[begin : begin + 10_000], doubt="")
        seen |= set(rows.filter(merged_into=None).values_list("product", "serial"))
    for one in having:
        key = (one.product_id, one.serial)
        if key in seen:
            one.doubt = Doubt.SAME_SERIAL.value
        seen.add(key)


@verb(*KEEPERS)
def edit_asset(
    *, asset: Asset, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change what a form may change; raises NotByForm, and Edited as every edit.

    A new serial takes an asset off the merge list, or puts it there. Revisions go into its log.
    """
    strange = sorted(changes.keys() - EDITABLE)
    if strange:
        raise NotByForm(f"{', '.join(strange)} of an asset cannot be edited; use its own action.")
    asset.refresh_from_db(fields=["hardware_revision", "software_revision", "doubt"])
    before = {
        name: str(getattr(asset, name)) for name in ("hardware_revision", "software_revision")
    }
    wanted = dict(changes)
    if wanted.keys() & {"serial", "product"}:
        wanted["doubt"] = _doubt_of(asset, wanted)
    fields = edit(asset, wanted, seen=seen, at=at, by=by)
    for name in before.keys() & set(fields):
        log([asset], name, at=at, by=by, old={asset.pk: before[name]}, new=str(changes[name]))
    touched: list[Model] = [asset] if fields else []
    note(touched, fields=fields)


def _doubt_of(asset: Asset, wanted: dict[str, Any]) -> str:
    serial = wanted["serial"] = str(wanted.get("serial", asset.serial)).strip()
    product = wanted.get("product", asset.product)
    if not serial:
        return Doubt.NO_SERIAL.value
    others = Asset.objects.filter(product=product, serial=serial, doubt="", merged_into=None)
    return Doubt.SAME_SERIAL.value if others.exclude(pk=asset.pk).exists() else ""


@verb(*LEADERS)
def clear_doubt(*, assets: Sequence[Asset], at: datetime, by: By) -> None:
    """This will take assets off the merge list whose serial is their own now. StillInDoubt."""
    held = [one for one in locked(assets, of=Asset) if one.doubt]
    for one in held:
        if _doubt_of(one, {}):
            what = f"the serial {one.serial} of another" if one.serial else "no serial"
            raise StillInDoubt(
                f"{one.number} has {what}: give it its own serial, or merge it into the other."
            )
        one.doubt = ""
    update(held, ["doubt"])
    note(held)


def assets_by_key(keys: Iterable[int]) -> dict[int, Asset]:
    """This will give assets by their key, however many."""
    return {one.pk: one for one in among(Asset.objects.all(), "pk", keys)}
