"""The spare parts of the demo company, where they lie, and what its contracts allow: as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spare:
    """One part. `lead_days` is what orders take in truth; some lists do not say it."""

    number: str
    name: str
    families: tuple[str, ...]
    unit_cost: float | None  # None: nobody wrote a price down
    lead_days: float | None  # None: never ordered, so no lead time is known
    pack: int
    stops: float  # chance that the asset stands without it
    in_vans: int  # pieces that each van carries
    regional: int  # pieces in each regional warehouse
    central: int
    picked: int = 1  # how often a repair takes this one of those that fit
    turnaround_days: int | None = None  # of its repair loop; None: it is thrown away
    repair_yield: float | None = None  # share of used ones that come back
    last_order_days: int | None = None  # after the Monday: the supplier gives it up
    owed_days: int | None = None  # after the Monday: so long we have promised it

    @property
    def called(self) -> str:
        """The part as people say it: number and name."""
        return f"{self.number} {self.name}"


MACHINES = ("Boreal", "Sirocco", "Kelda", "Vesper")
WELL_STOCKED = "VS-20"
"""Plenty of it everywhere but where a hospital waits: no average shows that."""
NOT_IN = "North"
"""The region in which no piece of it lies."""
OLD_FILTER = "FE-8"
"""Ordered under this number until the filter FE-9 took its place."""

SPARES = (
    Spare("IB-220", "inverter board", ("Boreal", "Kelda", "Vesper"), 1480.0, 9, 1, 1.0, 0, 0, 0,
          picked=0),
    Spare("AE-45", "air end seal kit", ("Boreal",), 310.0, 21, 1, 0.9, 0, 3, 8),
    Spare("OC-11", "oil cooler", ("Boreal",), 690.0, 35, 1, 0.8, 0, 3, 8),
    Spare("PV-30", "purge valve", ("Sirocco",), 145.0, 14, 1, 0.7, 1, 4, 10),
    Spare("CP-60", "pump cartridge", ("Kelda",), 520.0, 28, 1, 0.9, 0, 3, 7),
    Spare(WELL_STOCKED, "vane set", ("Vesper",), 240.0, 30, 1, 1.0, 2, 5, 14, 9),
    Spare("TS-4", "temperature probe", (*MACHINES, "Station"), None, 9, 5, 0.4, 2, 8, 30),
    Spare("FE-9", "filter set", MACHINES, 38.0, 7, 10, 0.1, 3, 15, 60, 2),
    Spare("CB-2", "contactor", MACHINES, 64.0, None, 2, 0.8, 2, 6, 20),
    Spare("PS-7", "header pressure sensor", ("Station",), 190.0, 18, 1, 0.6, 0, 2, 5,
          last_order_days=75, owed_days=1_870),
    Spare("DF-3", "drain float", ("Sirocco", "Boreal"), 52.0, 10, 4, 0.2, 2, 8, 20),
    Spare("RB-14", "rotor bearing pair", ("Vesper", "Boreal"), 860.0, 45, 1, 1.0, 0, 1, 3, 0),
    Spare("XV-6", "expansion valve", ("Kelda",), 275.0, 24, 1, 0.9, 0, 2, 7),
    Spare("CM-90", "compressor motor 90 kW", ("Boreal",), 5400.0, 70, 1, 1.0, 0, 1, 4, 0,
          turnaround_days=40, repair_yield=0.85),
    Spare("HX-2", "heat exchanger plate set", ("Kelda",), 1150.0, 40, 1, 0.7, 0, 2, 6, 0),
    Spare("KB-1", "operating panel", ("Boreal", "Kelda", "Sirocco"), 410.0, 33, 1, 0.5, 0, 4, 13),
)  # fmt: skip
BY_NUMBER = {spare.number: spare for spare in SPARES}


@dataclass(frozen=True, slots=True)
class Place:
    """One place that holds stock."""

    number: str
    name: str
    level: str  # central | regional | van
    above: str | None
    transit_days: float | None
    region: str


CENTRAL = "CW-1"
PLACES = (
    Place(CENTRAL, "Central warehouse Modena", "central", None, None, "South"),
    Place("RW-W", "Regional warehouse Leeds", "regional", CENTRAL, 4, "West"),
    Place("RW-N", "Regional warehouse Tampere", "regional", CENTRAL, 6, "North"),
    Place("VAN-S1", "Van of Bruno Keller", "van", CENTRAL, 1, "South"),
    Place("VAN-S2", "Van of Gaia Fontana", "van", CENTRAL, 1, "South"),
    Place("VAN-W1", "Van of Dawn Ashby", "van", "RW-W", 1, "West"),
    Place("VAN-W2", "Van of Rhys Tudor", "van", "RW-W", 1, "West"),
    Place("VAN-N1", "Van of Helmi Ranta", "van", "RW-N", 1, "North"),
    Place("VAN-N2", "Van of Tove Lindgren", "van", "RW-N", 1, "North"),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract allows, by trade of the customer; money in the region's currency."""

    allowance_h: float
    penalty_h: float
    downtime_cost_h: float
    guarantee: float | None = None  # instead of an allowance


TERMS = {
    "clinic": Terms(30.0, 350.0, 420.0),
    "airport": Terms(48.0, 120.0, 260.0),
    "pharma": Terms(40.0, 200.0, 340.0),
    "dairy": Terms(0.0, 60.0, 150.0, guarantee=0.985),
    "brewery": Terms(120.0, 40.0, 110.0),
}
OTHER_TERMS = Terms(160.0, 25.0, 70.0)
COVERED = 0.8
"""Share of the customers with a contract besides those of TERMS."""
CURRENCY = {"West": "GBP", "South": "EUR", "North": "EUR"}
POUND = 1.16
SUPPLIERS = ("Nordelta Drives", "Officine Serravalle", "Brack Seals", "Teknova")


def fitting(family: str) -> tuple[Spare, ...]:
    """This will list the parts that a repair of a family may take, the common ones oftener."""
    return tuple(s for s in SPARES if family in s.families for _ in range(s.picked))


def spare_of(words: str) -> Spare | None:
    """This will find the part that people mean by its number and name."""
    return BY_NUMBER.get(words.split(" ")[0])
