"""Who waits for what: installed assets, their contracts, and the parts that they may need."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.words import consequence_word
from wellkept.study.planning import priors as assumed
from wellkept.study.planning.cells import Complaints, Floats
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.money import Purse
from wellkept.study.planning.places import Places
from wellkept.study.planning.priors import Priors

HOURS = 8760.0


@dataclass(slots=True)
class Contracts:
    """The contracts in force: hours a year that may be lost, and what an hour beyond them costs."""

    numbers: list[str] = field(default_factory=list)
    customers: list[str | None] = field(default_factory=list)
    allowance_h: list[float] = field(default_factory=list)
    penalty_h: list[float] = field(default_factory=list)
    downtime_cost_h: list[float] = field(default_factory=list)

    @property
    def place(self) -> dict[str, int]:
        """Give each contract's place."""
        return {number: at for at, number in enumerate(self.numbers)}


@dataclass(slots=True)
class Asset:
    """One installed thing as far as any list tells."""

    number: str
    product: str | None = None
    family: str | None = None
    site: str | None = None
    customer: str | None = None
    contract: str | None = None
    consequence: str | None = None
    downtime_cost_h: float = np.nan
    installed_day: float = np.nan
    hours_per_year: float = np.nan
    location: str | None = None
    region: str | None = None
    parent_asset: str | None = None


@dataclass(slots=True)
class Installed:
    """The installed base as columns: per asset its place, contract, cost of an hour, class."""

    assets: list[Asset]
    served: NDArray[np.int64]  # the place that serves it; -1: not known
    contract: NDArray[np.int64]  # -1: none
    cost_h: Floats
    cost_guessed: NDArray[np.bool_]
    classes: list[str]
    at: dict[str, int]
    wanting: NDArray[np.bool_]  # some part is for it


def contracts(
    folder: PlanFolder, purse: Purse, until_day: float, priors: Priors, complaints: Complaints
) -> Contracts:
    """This will gather the contracts in force on the last day."""
    found, no_allowance, no_penalty = Contracts(), list[str](), list[str]()
    for rows in folder.of("contract"):
        starts, ends = rows.days("starts"), rows.days("ends")
        over = (ends < until_day) | (starts > until_day)
        complaints.about(
            rows, "contract", over, f"{rows.file.name}: not in force on the last day",
            "the contract counts as none",
        )  # fmt: skip
        allowed = rows.numbers("allowance_h")
        guaranteed = (1 - rows.numbers("guarantee")) * HOURS
        allowed = np.where(np.isnan(allowed), guaranteed, allowed)
        penalty = purse.amounts(rows, "penalty_h")
        cost = purse.amounts(rows, "downtime_cost_h")
        numbers, customers = rows.texts("contract"), rows.texts("customer")
        for at in np.flatnonzero(~over):
            number = numbers[at]
            if not number or number in found.place:
                continue
            (no_allowance if np.isnan(allowed[at]) else []).append(number)
            (no_penalty if np.isnan(penalty[at]) else []).append(number)
            found.numbers.append(number)
            found.customers.append(customers[at])
            found.allowance_h.append(float(allowed[at]))
            found.penalty_h.append(0.0 if np.isnan(penalty[at]) else float(penalty[at]))
            found.downtime_cost_h.append(float(cost[at]))
    priors.assume("allowance_h", 0.0, "h",
                  "these contracts state no allowance, so no promise of hours is judged",
                  no_allowance)  # fmt: skip
    priors.assume("penalty_h", 0.0, purse.currency or "", "these contracts state no penalty",
                  no_penalty)  # fmt: skip
    return found


def installed(
    folder: PlanFolder,
    places: Places,
    agreed: Contracts,
    purse: Purse,
    priors: Priors,
    complaints: Complaints,
) -> Installed:
    """This will gather the installed base: each asset once, several lists filling it in."""
    assets = _assets(folder, purse)
    _join_contracts(assets, agreed)
    served = _served(folder, assets, places, complaints)
    place = agreed.place
    contract = np.array([place.get(one.contract or "", -1) for one in assets.values()], np.int64)
    classes = [_class(one.consequence, folder) for one in assets.values()]
    cost = np.array(
        [
            agreed.downtime_cost_h[at] if np.isnan(one.downtime_cost_h) and at >= 0
            else one.downtime_cost_h
            for one, at in zip(assets.values(), contract, strict=True)
        ],
        np.float64,
    )  # fmt: skip
    guessed = np.isnan(cost)
    wanting = _wanting(folder, assets)
    cost = _costs(cost, classes, wanting, folder, purse, priors)
    at = {number: row for row, number in enumerate(assets)}
    return Installed(
        list(assets.values()), served, contract, cost, guessed, classes, at, wanting
    )  # fmt: skip


_TEXTS = (
    "parent_asset",
    "product",
    "family",
    "site",
    "customer",
    "contract",
    "consequence",
    "location",
    "region",
)


def _assets(folder: PlanFolder, purse: Purse) -> dict[str, Asset]:
    found: dict[str, Asset] = {}
    for rows in folder.of("asset"):
        texts = {role: rows.texts(role) for role in _TEXTS}
        cost = purse.amounts(rows, "downtime_cost_h")
        day, hours = rows.days("installed"), rows.numbers("hours_per_year")
        for at, number in enumerate(rows.texts("asset")):
            if not number:
                continue
            one = found.setdefault(number, Asset(number))
            for role, values in texts.items():
                if values[at] and getattr(one, role) is None:
                    setattr(one, role, values[at])
            one.downtime_cost_h = _first(one.downtime_cost_h, cost[at])
            one.installed_day = _first(one.installed_day, day[at])
            one.hours_per_year = _first(one.hours_per_year, hours[at])
    return found


def _first(known: float, new: float) -> float:
    return float(new) if np.isnan(known) else known


def _join_contracts(assets: dict[str, Asset], agreed: Contracts) -> None:
    """An asset without a contract number is covered by its customer's one contract."""
    owners: dict[str, list[str]] = {}
    for number, customer in zip(agreed.numbers, agreed.customers, strict=True):
        if customer:
            owners.setdefault(customer, []).append(number)
    named = any(one.contract for one in assets.values())
    for one in assets.values():
        theirs = owners.get(one.customer or "", [])
        if not named and one.contract is None and len(theirs) == 1:
            one.contract = theirs[0]


def _served(
    folder: PlanFolder, assets: dict[str, Asset], places: Places, complaints: Complaints
) -> NDArray[np.int64]:
    """From where each asset gets its parts: its own word, its site's, its region's, the depot."""
    by_site: dict[str, int] = {}
    region_of: dict[str, str] = {}
    for rows in folder.of("site"):
        found = places.of(rows.texts("location"))
        for site, at, region in zip(rows.texts("site"), found, rows.texts("region"), strict=True):
            if site and at >= 0:
                by_site.setdefault(site, int(at))
            if site and region:
                region_of.setdefault(site, region)
    by_region: dict[str, int] = {}
    for number in range(len(places) - 1, -1, -1):  # those above come first and win
        if places.regions[number]:
            by_region[str(places.regions[number])] = number
    guessed = 0
    served = np.zeros(len(assets), np.int64)
    for row, one in enumerate(assets.values()):
        own = places.place.get(one.location or "", by_site.get(one.site or "", -1))
        region = one.region or region_of.get(one.site or "", "")
        served[row] = own if own >= 0 else by_region.get(region, 0)
        guessed += own < 0 and region not in by_region
    if guessed and len(places) > 1:
        complaints.say(
            f"No list says from where {guessed:,} assets get their parts: the plan serves them "
            f"from {places.names[0]}. Say it in a list of sites (columns site, served from).",
            guessed,
        )
    return served


def _class(word: str | None, folder: PlanFolder) -> str:
    if not word:
        return "unknown"
    return consequence_word(word, folder.recipe.plan.consequence) or "unknown"


def _wanting(folder: PlanFolder, assets: dict[str, Asset]) -> NDArray[np.bool_]:
    """The assets that some part is for: only what they cost matters to the plan.

    A component in a machine of its own family or model is not counted beside the machine.
    """
    used, asked = set[str | None](), set[str | None]()
    for rows in folder.of("where_used"):
        used.update(rows.texts("product"), rows.texts("family"))
    for rows in folder.of("demand"):
        asked.update(rows.texts("asset"))
    used.discard(None)
    return np.array(
        [
            one.number in asked
            or ((one.product in used or one.family in used) and not is_component(one, assets))
            for one in assets.values()
        ],
        bool,
    )


def is_component(one: Asset, assets: dict[str, Asset]) -> bool:
    """This will say whether an asset is built into another of the same family or model."""
    above = assets.get(one.parent_asset or "")
    if above is None:
        return False
    return (one.family is not None and one.family == above.family) or (
        one.product is not None and one.product == above.product
    )


def _costs(
    cost: Floats,
    classes: list[str],
    wanting: NDArray[np.bool_],
    folder: PlanFolder,
    purse: Purse,
    priors: Priors,
) -> Floats:
    """What an hour costs where nobody says: by class, stated."""
    stated = folder.recipe.plan.downtime_cost_h
    for name, usual in assumed.DOWNTIME_COST_H.items():
        value = stated.get(name, usual)
        silent = np.isnan(cost) & np.array([one == name for one in classes], bool)
        said = "the recipe states this" if name in stated else "nobody wrote it down"
        priors.assume(
            f"downtime_cost_h, {name}", value, f"{purse.currency or ''} an hour".strip(),
            f"what an hour of standing still costs; {said}", count=int((silent & wanting).sum()),
        )  # fmt: skip
        cost = np.where(silent, value, cost)
    return cost
