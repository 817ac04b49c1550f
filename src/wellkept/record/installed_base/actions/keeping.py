"""Products, and assets with their numbers: new ones, edits, and the list of those in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wellkept.record.access.batches import among, insert, locked_keys, update
from wellkept.record.access.editing import EDITED, edit, touched
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.access.wording import said_each
from wellkept.record.installed_base.actions.rights import KEEPERS, log
from wellkept.record.installed_base.models import Asset, Product, Slot
from wellkept.record.installed_base.rules import Doubt, State
from wellkept.record.journal.rules import Refusal

EDITABLE = frozenset(
    {"number", "serial", "product", "hardware_revision", "software_revision"}
    | {"installed_on", "warranty_until_on"}
)
"""What a form may change. State, place, owner and consequence have verbs of their own."""


REVISIONS = ("hardware_revision", "software_revision")


class NotAnAsset(Refusal):
    """Something is missing, so that this is no asset."""


class NotByForm(Refusal):
    """This field of an asset is changed by a verb of its own."""


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
    note([product] if fields else [], fields=fields)


@verb(*KEEPERS)
def restate_products(
    *, changes: Mapping[int, Mapping[str, Any]], at: datetime, by: By
) -> list[Product]:
    """This will change fields of many products, given by their keys, as a list of products says.

    Gives those that changed. Raises ValidationError for a value that a field refuses, NotTrue for
    a number that is used, or dates that contradict each other.
    """
    held = locked_keys(changes, of=Product)
    changing = []
    for one in held:
        told = {name: v for name, v in changes[one.pk].items() if getattr(one, name) != v}
        for name, value in told.items():
            setattr(one, name, value)
        if told:
            one.clean_fields()
            changing.append(one)
    fields = sorted({name for one in changing for name in changes[one.pk]})
    touched(changing, at=at, by=by)
    update(changing, [*fields, *EDITED])
    note(changing, fields=fields)
    return changing


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

    One without a number gets ours, as A-000123. One whose serial another asset of the product
    has, or whose number is the serial of an asset that may be the same, is kept and stands on the
    merge list (`to_merge`); to have no serial is no doubt. Raises NotAnAsset, and NotTrue for a
    number that is used.
    """
    fresh = list(assets)
    for one in fresh:
        _see_that_whole(one)
        one.recorded_at = at
        one.serial = one.serial.strip()
        one.doubt = ""
    _doubt_the_same(fresh)
    _doubt_the_alike(fresh)
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
        raise NotAnAsset(
            _("Asset “%(asset)s” needs its product.") % {"asset": one.number or one.serial}
        )
    if one.state not in set(State):
        known = said_each(State)
        raise NotAnAsset(
            _("“%(state)s” is no state of an asset; choose one of: %(known)s.")
            % {"state": one.state, "known": known}
        )


def _doubt_the_same(fresh: Sequence[Asset]) -> None:
    """The first with a serial carries it; what comes later with the same is in doubt.

    One that was merged into another speaks for that one.
    """
    having = [one for one in fresh if one.serial]
    serials = list({one.serial for one in having})
    seen: set[tuple[int, str]] = set()
    for begin in range(0, len(serials), 10_000):
        rows = Asset.objects.filter(serial__in=serials[begin : begin + 10_000])
        carried = rows.exclude(doubt=Doubt.SAME_SERIAL.value)
        seen |= set(carried.values_list("product", "serial"))
    for one in having:
        key = (one.product_id, one.serial)
        if key in seen:
            one.doubt = Doubt.SAME_SERIAL.value
        seen.add(key)


def _doubt_the_alike(fresh: Sequence[Asset]) -> None:
    """Where one list numbers by serial and another has serials: the later of the two looks alike.

    Products are not compared, for a list that gives no serials seldom gives them.
    """
    bare = [one for one in fresh if not one.serial and one.number]
    having = [one for one in fresh if one.serial and not one.doubt]
    standing = Asset.objects.standing()
    serials = _among(standing, "serial", [one.number for one in bare])
    numbers = _among(standing.filter(serial=""), "number", [one.serial for one in having])
    serials |= {one.serial for one in having}
    for one in bare:
        if one.number in serials:
            one.doubt = Doubt.NUMBER_IS_SERIAL.value
    for one in having:
        if one.serial in numbers:
            one.doubt = Doubt.NUMBER_IS_SERIAL.value


def _among(rows: QuerySet[Asset], field: str, texts: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for begin in range(0, len(texts), 10_000):
        some = rows.filter(**{f"{field}__in": texts[begin : begin + 10_000]})
        found |= set(some.values_list(field, flat=True))
    return found


@verb(*KEEPERS)
def edit_asset(
    *, asset: Asset, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change what a form may change; raises NotByForm, and Edited as every edit.

    A new serial or product takes an asset off the merge list, or puts it there; of those that had
    its former serial with it, the oldest carries it now. Revisions go into its log.
    """
    strange = sorted(changes.keys() - EDITABLE)
    if strange:
        raise NotByForm(
            _("%(fields)s: of an asset this is not edited, it has a form of its own.")
            % {"fields": said_each(strange)}
        )
    asset.refresh_from_db(fields=[*REVISIONS, "doubt", "serial", "product"])
    before = {name: str(getattr(asset, name)) for name in REVISIONS}
    known = Carried(asset.product_id, asset.serial)
    wanted = dict(changes)
    if "serial" in wanted:
        wanted["serial"] = str(wanted["serial"]).strip()
    product = wanted["product"].pk if "product" in wanted else asset.product_id
    other = Carried(product, wanted.get("serial", asset.serial))
    if other != known:
        wanted["doubt"] = doubt_of(asset, other).value
    fields = edit(asset, wanted, seen=seen, at=at, by=by)
    if {"serial", "product"} & set(fields) and asset.merged_into_id is None:
        let_one_carry(known)
    for name in before.keys() & set(fields):
        log([asset], name, at=at, by=by, old={asset.pk: before[name]}, new=str(changes[name]))
    note([asset] if fields else [], fields=fields)


class Carried(NamedTuple):
    """What one asset alone can carry among those that stand."""

    product: int
    serial: str


def doubt_of(asset: Asset, carried: Carried) -> Doubt:
    """This will say why an asset may be another one, if it carries this serial of this product."""
    product, serial = carried
    others = Asset.objects.standing().exclude(pk=asset.pk)
    same = others.filter(product=product, serial=serial).exclude(doubt=Doubt.SAME_SERIAL.value)
    if serial and same.exists():
        return Doubt.SAME_SERIAL
    alike = (
        others.filter(serial="", number=serial) if serial else others.filter(serial=asset.number)
    )
    return Doubt.NUMBER_IS_SERIAL if alike.exists() else Doubt.NONE


def let_one_carry(carried: Carried, first: Asset | None = None) -> None:
    """This will have one of the assets with a serial carry it again, if all have only its doubt.

    It is `first`, or the oldest.
    """
    if not carried.serial:
        return
    rows = Asset.objects.standing().filter(product=carried.product, serial=carried.serial)
    if rows.exclude(doubt=Doubt.SAME_SERIAL.value).exists():
        return
    one = rows.order_by("pk").first() if first is None else first
    if one is not None:
        one.doubt = doubt_of(one, carried).value
        update([one], ["doubt"])


def assets_by_key(keys: Iterable[int]) -> dict[int, Asset]:
    """This will give assets by their key, however many."""
    return {one.pk: one for one in among(Asset.objects.all(), "pk", keys)}
