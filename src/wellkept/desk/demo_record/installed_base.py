"""Customers with their sites and people, and what stands there: in its place, from its day on."""

from collections.abc import Iterable

from wellkept.desk.demo import records
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.products import FAMILIES
from wellkept.desk.demo.records import Company, moment
from wellkept.desk.demo.story import OWNERLESS_REGION
from wellkept.desk.demo_record.known import Known
from wellkept.record.installed_base.actions import (
    add_assets,
    add_products,
    declare_slots,
    place_assets,
    transfer_assets,
)
from wellkept.record.installed_base.models import Asset, Ownership, Placement, Product
from wellkept.record.installed_base.rules import Consequence, State
from wellkept.record.parties.actions import add_contact, add_customers, add_sites
from wellkept.record.parties.models import Customer, Site

FIRST = {
    "West": ("Edith", "Martin", "Rosalind", "Hugh", "Bronwen", "Colin"),
    "South": ("Chiara", "Matteo", "Ilaria", "Renzo", "Lucia", "Paolo"),
    "North": ("Anni", "Timo", "Sanna", "Veikko", "Liisa", "Oskari"),
}
LAST = {
    "West": ("Thorne", "Whitlock", "Garland", "Peake", "Ashcombe", "Rowe"),
    "South": ("Bellini", "Donati", "Farina", "Grasso", "Morandi", "Sala"),
    "North": ("Aalto", "Heino", "Karvonen", "Lahti", "Rinne", "Toivola"),
}
"""Invented people at the customers."""
GRAVE = {
    ("clinic", "Vesper"): Consequence.SAFETY,
    ("dairy", "Kelda"): Consequence.PRODUCTION_STOPPED,
    ("paper mill", "Boreal"): Consequence.PRODUCTION_STOPPED,
}
"""Where somebody asked what a stop means; elsewhere nobody has."""


def keep_customers(company: Company, known: Known, seed: int) -> None:
    """This will write down customers, their sites, and one person at each."""
    at, dice = known.at(0), Dice(seed, "contacts")
    rows = {told: _customer(told, company, known, dice) for told in company.customers}
    add_customers(customers=rows.values(), at=at, by=None)
    known.customers |= rows
    sites = {
        told: Site(
            customer=rows[told.customer],
            name=told.town,
            zone=told.zone,
            region=known.regions[told.region],
            cover_calendar=known.cover,
        )
        for told in company.sites
    }
    add_sites(sites=sites.values(), at=at, by=None)
    known.sites |= sites
    for told, row in rows.items():
        name = f"{dice.pick(FIRST[told.region])} {dice.pick(LAST[told.region])}"
        known.contacts[told] = add_contact(
            customer=row, site=None, name=name, phone="", role="maintenance manager",
            at=at, by=None, email=f"maintenance@{told.number.lower()}.example",
        )  # fmt: skip


def _customer(told: records.Customer, company: Company, known: Known, dice: Dice) -> Customer:
    desk = f"{told.region} desk"
    names = [person.name for person in company.people if person.team == desk]
    owner = None if told.region == OWNERLESS_REGION else known.people[dice.pick(names)]
    return Customer(name=told.name, number=told.number, owner=owner, team=known.teams[desk])


class Yard:
    """Puts assets where they stand, week by week."""

    def __init__(self, company: Company, known: Known) -> None:
        """Keep the catalogue, and lay out when each asset comes and moves."""
        self.known = known
        self.told = {asset.number: asset for asset in company.assets}
        self.products = self._catalogue(company.assets)
        self.come = known.by_week(company.assets, lambda asset: asset.installed_s)
        stands = [stand for asset in company.assets for stand in self._stands(asset)]
        stands.sort(key=lambda stand: (stand[0], len(self._above(stand[1]))))
        self.stands = known.by_week(stands, lambda stand: stand[0])

    def _catalogue(self, assets: Iterable[records.Asset]) -> dict[tuple[str, str], Product]:
        at, found = self.known.at(0), {}
        for asset in assets:
            key = (asset.product, asset.family)
            if key not in found:
                number = f"{asset.family} {asset.product}" if asset.slot else asset.product
                kind = "software" if asset.kind == "software" else "hardware"
                found[key] = Product(number=number, name=asset.product, family=asset.family,
                                     kind=kind)  # fmt: skip
        add_products(products=found.values(), at=at, by=None)
        for family in FAMILIES:
            for model in family.models if family.components else ():
                if (model, family.name) in found:
                    row = found[model, family.name]
                    declare_slots(product=row, names=family.components, at=at, by=None)
        return found

    def _above(self, asset: records.Asset) -> list[records.Asset]:
        """What it stands in, from the nearest outwards."""
        found = []
        while asset.parent is not None:
            asset = self.told[asset.parent]
            found.append(asset)
        return found

    def _stands(self, asset: records.Asset) -> list[tuple[int, records.Asset, bool]]:
        """When it came to stand where; True: in its parent, for which it waits at the site."""
        if asset.parent is None:
            return [(asset.installed_s, asset, False)]
        parent_s = self.told[asset.parent].installed_s
        if parent_s <= asset.installed_s:
            return [(asset.installed_s, asset, True)]
        return [(asset.installed_s, asset, False), (parent_s, asset, True)]

    def install(self, week: int) -> None:
        """This will add what came in a week, and put it where it then stood."""
        known, at = self.known, self.known.at(week)
        fresh = self.come.get(week, [])
        rows = {asset.number: self._row(asset) for asset in fresh}
        if rows:
            add_assets(assets=rows.values(), at=at, by=None)
            known.assets |= rows
            owned = [self._owned(asset) for asset in fresh]
            transfer_assets(ownerships=owned, at=at, by=None)
        standing = self.stands.get(week, [])
        # One batch for each depth and round: an asset may come and move within one week.
        for inside in (False, True):
            some = [self._placed(*stand) for stand in standing if stand[2] is inside]
            if some:
                place_assets(placements=some, at=at, by=None)

    def _row(self, asset: records.Asset) -> Asset:
        grave = GRAVE.get((asset.site.customer.trade, asset.family))
        return Asset(
            number=asset.number,
            serial=asset.serial,
            product=self.products[asset.product, asset.family],
            state=State.IN_USE.value,
            installed_on=moment(asset.installed_s).date(),
            consequence=(Consequence.UNKNOWN if grave is None else grave).value,
            consequence_said_by="" if grave is None else "the customer",
            consequence_said_at=None if grave is None else moment(asset.installed_s),
        )

    def _owned(self, asset: records.Asset) -> Ownership:
        return Ownership(
            asset=self.known.assets[asset.number],
            customer=self.known.customers[asset.site.customer],
            from_at=moment(asset.installed_s),
        )

    def _placed(self, at_s: int, asset: records.Asset, inside: bool) -> Placement:
        row, known = self.known.assets[asset.number], self.known
        if not inside or asset.parent is None:
            return Placement(asset=row, site=known.sites[asset.site], from_at=moment(at_s))
        parent = known.assets[asset.parent]
        return Placement(asset=row, parent=parent, slot=asset.slot or "", from_at=moment(at_s))
