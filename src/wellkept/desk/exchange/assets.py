"""Assets with where they are and whose they are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from wellkept.desk.exchange.cards import alike, began, doubts, news, restate
from wellkept.desk.exchange.earlier import key_kind
from wellkept.desk.exchange.links import consequence_of
from wellkept.desk.exchange.lives import Said, live, lives, state_of
from wellkept.desk.exchange.meant import meant
from wellkept.desk.exchange.names import Keyed, snapshots
from wellkept.desk.exchange.numbers import by_name
from wellkept.desk.exchange.products import NO_PRODUCT
from wellkept.desk.exchange.reasons import LONG_ASSET, NO_CONSEQUENCE, NO_LIFE, Why
from wellkept.desk.exchange.weighing import (
    Change,
    Offer,
    Weighed,
    Work,
    Written,
    attempt,
    keys_by_name,
)
from wellkept.record.access.batches import among, chunks
from wellkept.record.installed_base.actions import (
    add_assets,
    add_products,
    edit_asset,
    place_assets,
    rate_consequence,
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
from wellkept.record.installed_base.rules import Consequence, ProductKind
from wellkept.record.parties.models import Customer, CustomerExternalId, SiteExternalId
from wellkept.study.facts.aliases import UNKNOWN_LIFE

SAYS = "an imported file"


class Assets(Keyed):
    """Assets of registers, and those that cases, promises and downtimes name."""

    noun = "asset"
    ids = AssetExternalId
    merges = Asset
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
        means = _customers_meant(customers.values(), rows.values())
        found = {one.id: named[one.name] for one in offers if one.name in named}
        for one in rest:
            whose = means(customers.get(one.customer or ""))
            for key in (other[name] for name in (*one.numbers, one.name) if name in other):
                if means(rows[key].customer_id) in (None, whose):
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
        linked = [(offer, rows[key]) for offer, key in found.linked]
        changed = {offer.id for offer, _ in self._differing([*linked, *self._in_place_of(linked)])}
        found.update += [Change(o, key, "", None) for o, key in found.linked if o.id in changed]
        found.linked = [(o, key) for o, key in found.linked if o.id not in changed]
        self._doubt(found)
        self._doubt_lives(found)
        for one in (*found.create, *(change.offer for change in found.update)):
            if one.consequence and not _says(one):
                self.work.problems.note(self.noun, one, NO_CONSEQUENCE)

    def _doubt(self, found: Weighed) -> None:
        """What is said of an asset itself and cannot be, or is said of another one, too."""
        products = self.work.pointed(
            ProductExternalId, "product", [one.product for one in found.create]
        )
        there = alike(found.create, products)
        for one in found.create:
            for why in doubts(one, products.get(one.product or ""), there):
                self.work.problems.note(self.noun, one, why)
        for change in found.update:
            for why in news(change.offer, None, "").doubts:
                self.work.problems.note(self.noun, change.offer, why)

    def _doubt_lives(self, found: Weighed) -> None:
        """Words for the state of an asset that mean none, and states that it does not take."""
        told = [(offer, key, "") for offer, key in found.linked]
        told += [(one.offer, one.row, one.said) for one in found.update]
        rows = Asset.objects.in_bulk([key for offer, key, _ in told if offer.life])
        known = [(offer, rows[key], said) for offer, key, said in told if key in rows]
        for offer, why in lives(self.work, known).doubts:
            self.work.problems.note(self.noun, offer, why)
        for offer in found.create:
            if offer.life == UNKNOWN_LIFE:
                self.work.problems.note(self.noun, offer, NO_LIFE)

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
                    state=state_of(one),
                    product_id=products.get(one.product or "", unnamed),
                    consequence=consequence_of(one.consequence),
                    consequence_said_by=SAYS if _says(one) else "",
                    consequence_said_at=self.work.at if _says(one) else None,
                    **news(one, None, "").values,
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
        """Place, owner, class, product, card and state as files say; what they leave out stays.

        What is said of one that was merged into another is said of that one, too.
        """
        there = Asset.objects.in_bulk([one.row for one in changes])
        said = [(one.offer, there[one.row]) for one in changes]
        said += self._in_place_of(said)
        keys = list({row.pk for _, row in said})
        snapshots(done, Asset, "pk", keys)
        snapshots(done, Placement, "asset", keys)
        snapshots(done, Ownership, "asset", keys)
        for offer, row in said:
            wanted = Consequence(consequence_of(offer.consequence))
            if _says(offer) and wanted != row.consequence:
                rate_consequence(
                    assets=[row],
                    consequence=wanted,
                    said_by=SAYS,
                    at=self.work.at,
                    by=self.work.by,
                )
        before = {one.offer.id: one.said for one in changes}
        self._make_of(said, done)
        self._restate([(offer, row, before[offer.id]) for offer, row in said], done)
        self._place(said)

    def _in_place_of(self, rows: Sequence[tuple[Offer, Asset]]) -> list[tuple[Offer, Asset]]:
        """What merged assets mean, unless the files name those, too: then they say it themselves.

        Of several that mean one asset the first speaks for it.
        """
        into = {row.merged_into_id: offer for offer, row in reversed(rows) if row.merged_into_id}
        named = named_here(self.work, into)
        found = Asset.objects.in_bulk([key for key in into if key not in named])
        return [(into[key], row) for key, row in found.items()]

    def _differing(self, rows: Sequence[tuple[Offer, Asset]]) -> list[tuple[Offer, Asset]]:
        """Those whose place, owner, consequence or product is not what the files say."""
        work = self.work
        other = self._of_other_products(rows)
        ways = lives(work, [(offer, row, "") for offer, row in rows]).ways
        sites = work.pointed(SiteExternalId, "site", [o.site for o, _ in rows])
        customers = work.pointed(CustomerExternalId, "customer", [o.customer for o, _ in rows])
        means = _customers_meant(customers.values(), (row for _, row in rows))
        return [
            (offer, row)
            for offer, row in rows
            if (not offer.parent and sites.get(offer.site, row.site_id) != row.site_id)
            or means(customers.get(offer.customer, row.customer_id)) != means(row.customer_id)
            or _says_whose(offer, row)
            or (_says(offer) and consequence_of(offer.consequence) != row.consequence)
            or row.pk in other
            or row.pk in ways
            or news(offer, row, "").values
        ]

    def _of_other_products(self, rows: Sequence[tuple[Offer, Asset]]) -> dict[int, int]:
        """The product that the files give an asset, where it has none or another one of theirs.

        A product that a person or another system gave an asset stays; 0 is one that is to be made.
        """
        named = [offer.product for offer, _ in rows if offer.product is not None]
        if not named:
            return {}
        products = self.work.pointed(ProductExternalId, "product", named)
        there = {row.product_id for _, row in rows}
        known = ProductExternalId.objects.filter(system=self.work.system, row__in=there)
        theirs = set(known.values_list("row", flat=True))
        theirs |= set(Product.objects.filter(number=NO_PRODUCT).values_list("pk", flat=True))
        return {
            row.pk: products[offer.product]
            for offer, row in rows
            if products.get(offer.product, row.product_id) != row.product_id
            and row.product_id in theirs
        }

    def _make_of(self, rows: Sequence[tuple[Offer, Asset]], done: Written) -> None:
        """Say of which product assets are."""
        wanted = self._of_other_products(rows)
        products = Product.objects.in_bulk(wanted.values())
        changing = [(o, row) for o, row in rows if wanted.get(row.pk) in products]
        for _, row in changing:
            if row.serial:
                alike = Asset.objects.filter(serial=row.serial, product=row.product_id)
                done.keep(alike)

        def act(some: Sequence[tuple[Offer, Asset]]) -> None:
            for _, row in some:
                fresh = Asset.objects.get(pk=row.pk)
                edit_asset(
                    asset=fresh,
                    changes={"product": products[wanted[row.pk]]},
                    seen=fresh.version,
                    at=self.work.at,
                    by=self.work.by,
                )

        for (offer, _), reason in attempt(changing, act):
            self.work.problems.note(self.noun, offer, reason)

    def _restate(self, told: Sequence[Said], done: Written) -> None:
        for offer, reason in (*restate(self.work, told, done), *live(self.work, told)):
            self.work.problems.note(self.noun, offer, reason)

    def _place(self, rows: Sequence[tuple[Offer, Asset]]) -> None:
        """Say where they stand and whose they are; since they were installed, or from now on."""
        work = self.work
        sites = keys_by_name(SiteExternalId, "site", work.system, [o.site for o, _ in rows])
        customers = keys_by_name(
            CustomerExternalId, "customer", work.system, [o.customer for o, _ in rows]
        )
        standing = [
            (offer, row)
            for offer, row in rows
            if offer.site in sites and sites[offer.site] != row.site_id and not offer.parent
        ]
        means = _customers_meant(customers.values(), (row for _, row in rows))
        owned = [
            (offer, row)
            for offer, row in rows
            if offer.customer in customers
            and (
                means(customers[offer.customer]) != means(row.customer_id)
                or _says_whose(offer, row)
            )
        ]
        stood = {one.asset_id for one in among(Placement.objects.all(), "asset", _keys(standing))}

        def place(some: Sequence[tuple[Offer, Asset]]) -> None:
            placed = [
                Placement(
                    asset=row,
                    site_id=sites[offer.site],
                    from_at=None if row.pk in stood else began(offer, work),
                )
                for offer, row in some
            ]
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

        for refused in (attempt(standing, place), attempt(owned, own)):
            for (offer, _), reason in refused:
                work.problems.note(self.noun, offer, reason)

    def _no_product(self, done: Written) -> int:
        there = Product.objects.filter(number=NO_PRODUCT).first()
        if there is not None:
            return there.pk
        kind = ProductKind.UNKNOWN.value
        rows = [Product(number=NO_PRODUCT, name="Product not recorded", kind=kind)]
        made = add_products(products=rows, at=self.work.at, by=self.work.by)
        done.new(made)
        return made[0].pk


def _keys(rows: Sequence[tuple[Offer, Asset]]) -> list[int]:
    return [row.pk for _, row in rows]


def named_here(work: Work, assets: Iterable[int]) -> set[int]:
    """This will give those of some assets that the files name themselves."""
    numbers: dict[str, int] = {}
    for some in chunks(assets):
        numbers |= dict(Asset.objects.filter(pk__in=some).values_list("number", "pk"))
        known = AssetExternalId.objects.filter(system=work.system, kind="asset")
        numbers |= dict(known.filter(row__in=some).values_list("external_id", "row"))
    asked = "SELECT id FROM offered_asset WHERE list_contains($1, id)"
    there = work.con.execute(asked, [list(numbers)]).fetchall() if numbers else ()
    return {numbers[name] for (name,) in there}


def _customers_meant(
    said: Iterable[int], rows: Iterable[Asset]
) -> Callable[[int | None], int | None]:
    """What customers mean, those that files say and those whose assets are."""
    return meant(Customer, [*said, *(row.customer_id for row in rows)]).of


def _says(one: Offer) -> bool:
    """Whether the files say in a word that is known what a stop of the asset means."""
    return consequence_of(one.consequence) != Consequence.UNKNOWN


def _says_whose(one: Offer, row: Asset) -> bool:
    """Whether the files say what was only guessed."""
    return bool(row.customer_guessed and one.customer_said)
