"""The installed base: customers, their sites, and what stands there."""

from wellkept.desk.demo.company import ACCOUNTS, TOWN_HEADS, TOWN_TAILS, ZONES, Account
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.products import (
    BOREAL,
    KELDA,
    LOOKOUT,
    MACHINES,
    PILOT,
    SIROCCO,
    STATION,
    VESPER,
    Family,
)
from wellkept.desk.demo.records import DAY, Asset, Company, Customer, Site

YEAR = 365 * DAY
ALSO = {"clinic": (VESPER,), "airport": (SIROCCO,)}
"""What else a trade cannot do without."""
NEW_SHARE = 0.12
"""Assets installed in the last three years; all others are older."""


def install(company: Company, seed: int) -> None:
    """This will fill in customers, sites and assets."""
    dice = Dice(seed, "installed base")
    towns = {
        region: [head + tail for tail in TOWN_TAILS[region] for head in TOWN_HEADS[region]]
        for region in ZONES
    }
    for account in ACCOUNTS:
        customer = Customer(
            f"K{1001 + len(company.customers)}", account.name, account.trade, account.region
        )
        company.customers.append(customer)
        for nth in range(account.sites):
            region = _region(account, nth)
            town = towns[region].pop(int(dice.between(0, len(towns[region]))))
            number = f"S{2001 + len(company.sites)}"
            site = Site(number, customer, town, region, ZONES[region])
            company.sites.append(site)
            _equip(company, site, dice)


def _region(account: Account, nth: int) -> str:
    return account.also if account.also and nth % 3 == 2 else account.region


def _equip(company: Company, site: Site, dice: Dice) -> None:
    """One or two stations with two to five machines each, and their software."""
    yard = _Yard(company, site, dice)
    for _ in range(1 + dice.chance(0.15)):
        station = yard.add(STATION, None)
        yard.add(PILOT, station)
        # Every station has a compressor and a chiller; what else there is differs.
        more = [dice.pick(MACHINES) for _ in range(dice.count(1.6))]
        families = [BOREAL, KELDA, *ALSO.get(site.customer.trade, ()), *more]
        for family in families:
            machine = yard.add(family, station)
            for slot in family.components:
                if dice.chance(0.7):
                    yard.fit(machine, slot)
    if dice.chance(0.5):
        yard.add(LOOKOUT, None)


class _Yard:
    """Where the assets of one site are numbered and put."""

    def __init__(self, company: Company, site: Site, dice: Dice) -> None:
        self.company, self.site, self.dice = company, site, dice

    def add(self, family: Family, parent: Asset | None) -> Asset:
        monday_s, dice = self.company.monday_s, self.dice
        newest, oldest = (0.3, 3.0) if dice.chance(NEW_SHARE) else (3.1, 14.0)
        return self._put(
            dice.pick(family.models),
            family.name,
            family.kind,
            parent,
            None,
            monday_s - round(dice.between(newest, oldest) * YEAR),
        )

    def fit(self, machine: Asset, slot: str) -> None:
        self._put(slot, machine.family, "component", machine, slot, machine.installed_s)

    def _put(
        self,
        product: str,
        family: str,
        kind: str,
        parent: Asset | None,
        slot: str | None,
        installed_s: int,
    ) -> Asset:
        number = 10001 + len(self.company.assets)
        asset = Asset(
            f"A{number}",
            f"{family[:2].upper()}{int(self.dice.between(100_000, 999_999))}",
            product,
            family,
            kind,
            self.site,
            parent.number if parent else None,
            slot,
            installed_s,
        )
        self.company.assets.append(asset)
        return asset
