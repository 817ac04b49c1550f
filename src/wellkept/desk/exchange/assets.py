"""Assets with where they are and whose they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext

from wellkept.desk.exchange.earlier import key_kind
from wellkept.desk.exchange.links import consequence_of
from wellkept.desk.exchange.names import NO_PRODUCT, Keyed, snapshots
from wellkept.desk.exchange.numbers import by_name
from wellkept.desk.exchange.reasons import IN_CIRCLES, LONG_ASSET, NO_CONSEQUENCE, NO_PARENT, Why
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
from wellkept.record.access.batches import among, chunks
from wellkept.record.installed_base.actions import (
    RunsInCircles,
    add_assets,
    add_products,
    place_assets,
    rate_consequence,
    stands_in_itself,
    transfer_assets,
)
from wellkept.record.installed_base.models import (
    Asset,
    AssetExternalId,
    Ownership,
    Placement,
    Product,
    ProductExternalId,
)
from wellkept.record.installed_base.models.edges import GUESSED
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.parties.models import CustomerExternalId, SiteExternalId

Keys = Mapping[str, int]
Known = int | str
"""An asset of the record by its key, a new one by its name."""
SAYS = "an imported file"


class Assets(Keyed):
    """Assets of registers, and those that cases, promises and downtimes name."""

    noun = "asset"
    ids = AssetExternalId
    numbered = True

    def refusal(self, offer: Offer) -> Why | None:
        """Numbers that the record cannot hold whole are not taken."""
        return LONG_ASSET if len(offer.name) > 60 else None

    def adopt(self, offers: Sequence[Offer]) -> Mapping[str, int]:
        """Those that the record has, by number, or by another number, if they are the customer's.

        Of a number that is not its own, the same customer has to tell that it is no other's.
        """
        named = by_name(Asset, "number", [one.name for one in offers])
        rest = [one for one in offers if one.name not in named]
        names = [name for one in rest for name in (one.name, *one.numbers)]
        other = self._by_keys(names) | by_name(Asset, "number", names)
        rows = Asset.objects.in_bulk(other.values())
        customers = self.work.pointed(CustomerExternalId, "customer", [o.customer for o in rest])
        found = {one.id: named[one.name] for one in offers if one.name in named}
        for one in rest:
            for key in (other[name] for name in (*one.numbers, one.name) if name in other):
                if rows[key].customer_id in (None, customers.get(one.customer or "")):
                    found[one.id] = key
        return found

    def _by_keys(self, names: Sequence[str]) -> dict[str, int]:
        """Assets by a further number that a register of any system gave one of them alone."""
        there: dict[str, set[int]] = defaultdict(set)
        for some in chunks(names):
            rows = AssetExternalId.objects.filter(kind=key_kind(self.noun), external_id__in=some)
            for name, row in rows.values_list("external_id", "row"):
                there[name].add(row)
        return {name: next(iter(rows)) for name, rows in there.items() if len(rows) == 1}

    def foretell(self, found: Weighed) -> None:
        """What of adopted ones the files say otherwise; words for a consequence that mean none."""
        rows = Asset.objects.in_bulk([key for _, key in found.linked])
        differ = self._differing([(offer, rows[key]) for offer, key in found.linked])
        found.update += [Change(offer, row.pk, "", None) for offer, row in differ]
        changed = {row.pk for _, row in differ}
        found.linked = [(offer, key) for offer, key in found.linked if key not in changed]
        for one in (*found.create, *(change.offer for change in found.update)):
            if one.consequence and not _says(one):
                self.work.problems.note(self.noun, one, NO_CONSEQUENCE)

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Make new ones, and say where they stand and whose they are."""
        if not offers:
            return
        products = keys_by_name(
            ProductExternalId, "product", self.work.system, [one.product for one in offers]
        )
        unnamed = self._no_product(done) if any(o.product not in products for o in offers) else 0
        made_rows: list[tuple[Offer, Asset]] = []

        def act(some: Sequence[Offer]) -> None:
            rows = [
                Asset(
                    number=one.name,
                    product_id=products.get(one.product or "", unnamed),
                    consequence=consequence_of(one.consequence),
                    consequence_said_by=SAYS if _says(one) else "",
                    consequence_said_at=self.work.at if _says(one) else None,
                )
                for one in some
            ]
            made = add_assets(assets=rows, at=self.work.at, by=self.work.by)
            made_rows.extend(zip(some, made, strict=True))

        self.trying(offers, act, found)
        done.new(row for _, row in made_rows)
        for offer, row in made_rows:
            done.names += self.named(offer, row.pk)
        self._place(made_rows)

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """Place, owner and consequence as the files say now; what they leave out stays."""
        rows = Asset.objects.in_bulk([one.row for one in changes])
        keys = list(rows)
        snapshots(done, Asset, "pk", keys)
        snapshots(done, Placement, "asset", keys)
        snapshots(done, Ownership, "asset", keys)
        for one in changes:
            wanted = Consequence(consequence_of(one.offer.consequence))
            if _says(one.offer) and wanted != rows[one.row].consequence:
                rate_consequence(
                    assets=[rows[one.row]],
                    consequence=wanted,
                    said_by=SAYS,
                    at=self.work.at,
                    by=self.work.by,
                )
        self._place([(one.offer, rows[one.row]) for one in changes])

    def _differing(self, rows: Sequence[tuple[Offer, Asset]]) -> list[tuple[Offer, Asset]]:
        """Those whose place, owner or consequence is not what the files say."""
        work = self.work
        sites = work.pointed(SiteExternalId, "site", [o.site for o, _ in rows])
        customers = work.pointed(CustomerExternalId, "customer", [o.customer for o, _ in rows])
        return [
            (offer, row)
            for offer, row in rows
            if (not offer.parent and sites.get(offer.site, row.site_id) != row.site_id)
            or customers.get(offer.customer, row.customer_id) != row.customer_id
            or _says_whose(offer, row)
            or (_says(offer) and consequence_of(offer.consequence) != row.consequence)
        ]

    def _place(self, rows: Sequence[tuple[Offer, Asset]]) -> None:
        work = self.work
        sites = keys_by_name(SiteExternalId, "site", work.system, [o.site for o, _ in rows])
        customers = keys_by_name(
            CustomerExternalId, "customer", work.system, [o.customer for o, _ in rows]
        )

        def place(some: Sequence[tuple[Offer, Asset]]) -> None:
            placed = [Placement(asset=row, site_id=sites[offer.site]) for offer, row in some]
            place_assets(placements=placed, at=work.at, by=work.by)

        def own(some: Sequence[tuple[Offer, Asset]]) -> None:
            owned = [
                Ownership(
                    asset=row,
                    customer_id=customers[offer.customer],
                    reason="" if offer.customer_said else GUESSED,
                )
                for offer, row in some
            ]
            transfer_assets(ownerships=owned, at=work.at, by=work.by)

        standing = [
            (offer, row)
            for offer, row in rows
            if offer.site in sites and sites[offer.site] != row.site_id and not offer.parent
        ]
        owned = [
            (offer, row)
            for offer, row in rows
            if offer.customer in customers
            and (customers[offer.customer] != row.customer_id or _says_whose(offer, row))
        ]
        for refused in (attempt(standing, place), attempt(owned, own)):
            for (offer, _), reason in refused:
                work.problems.note(self.noun, offer, reason)

    def _no_product(self, done: Written) -> int:
        there = Product.objects.filter(number=NO_PRODUCT).first()
        if there is not None:
            return there.pk
        rows = [Product(number=NO_PRODUCT, name="Product not recorded")]
        made = add_products(products=rows, at=self.work.at, by=self.work.by)
        done.new(made)
        return made[0].pk


def _says(one: Offer) -> bool:
    """Whether the files say in a word that is known what a stop of the asset means."""
    return consequence_of(one.consequence) != Consequence.UNKNOWN


def _says_whose(one: Offer, row: Asset) -> bool:
    """Whether the files say what was only guessed."""
    return bool(row.customer_guessed and one.customer_said)


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
        keys = self._keys(offers)
        offered = self._offered(offers)
        standing = self._standing(keys.values())
        found = Weighed()
        for one in offers:
            child, parent = keys.get(one.id), keys.get(one.parent)
            if parent is None and one.parent not in offered:
                found.skipped += 1
                self.work.problems.skip(self.noun, one, NO_PARENT)
            elif child is None and one.id not in offered:
                continue
            elif child is not None and parent is not None and standing.get(child) == parent:
                found.same += 1
            else:
                found.create.append(one)
        self._see_no_circle(found, keys)
        return found

    def _see_no_circle(self, found: Weighed, keys: Keys) -> None:
        """Try the placings on what stands in what, as the verb will, without writing."""
        known = {name: keys.get(name, name) for c in found.create for name in (c.id, c.parent)}
        self._above = self._standing(known.values()) | self._above

        def act(some: Sequence[Offer]) -> None:
            tried = self._above | {known[one.id]: known[one.parent] for one in some}
            if any(stands_in_itself(known[one.id], tried) for one in some):
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
        keys = self._keys(offers)
        there = [one for one in offers if one.id in keys and one.parent in keys]
        fresh = set(self._fresh([keys[one.id] for one in there]))
        old = [keys[one.id] for one in there if keys[one.id] not in fresh]
        snapshots(done, Asset, "pk", old)
        snapshots(done, Placement, "asset", old)

        def act(some: Sequence[Offer]) -> None:
            rows = Asset.objects.in_bulk([keys[one.id] for one in some])
            placed = [
                Placement(asset=rows[keys[one.id]], parent_id=keys[one.parent]) for one in some
            ]
            place_assets(placements=placed, at=self.work.at, by=self.work.by)

        self.trying(there, act, found)

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """Placing again is all there is."""

    def _keys(self, offers: Sequence[Offer]) -> dict[str, int]:
        names = [name for one in offers for name in (one.id, one.parent)]
        known = keys_by_name(AssetExternalId, "asset", self.work.system, names)
        return by_name(Asset, "number", [name for name in names if name not in known]) | known

    def _fresh(self, keys: Sequence[int]) -> list[int]:
        """Assets that this import made itself: their whole life is taken back with them."""
        rows = Asset.objects.filter(pk__in=keys, recorded_at=self.work.at)
        return list(rows.values_list("pk", flat=True))
