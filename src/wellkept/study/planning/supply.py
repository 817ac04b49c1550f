"""What a part costs and how long it takes to come: lists, then orders, then a stated prior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning import priors as assumed
from wellkept.study.planning.catalogue import Catalogue, first_known
from wellkept.study.planning.cells import Complaints, Floats, Rows
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.money import Purse
from wellkept.study.planning.priors import Priors


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Per part: price of a piece, lead time with the number of orders it rests on, lots.

    `lead_sd` is the spread of the lead times of its orders (nan under two orders); the `guessed`
    masks mark what is a prior.
    """

    unit_cost: Floats
    lead_days: Floats
    lead_seen: Floats
    lead_sd: Floats
    pack: NDArray[np.int64]
    least_order: NDArray[np.int64]
    repair_h: Floats
    cost_guessed: NDArray[np.bool_]
    lead_guessed: NDArray[np.bool_]
    yield_guessed: NDArray[np.bool_]
    mended: Floats
    mending_days: Floats
    last_order: Floats
    owed_until: Floats
    short_cost: Floats


def supply(
    folder: PlanFolder, parts: Catalogue, purse: Purse, until_day: float, priors: Priors,
    complaints: Complaints,
) -> Supply:  # fmt: skip
    """This will gather prices, lead times and lots, and state what had to be assumed."""
    lists = folder.of("part")
    cost, cost_guessed = _costs(folder, parts, purse, priors, complaints)
    lead, seen, spread, guessed = _leads(folder, parts, priors, complaints)
    mended, mending, no_yield = _loops(parts, lists, priors, complaints)
    last, owed = _obligations(parts, lists, until_day, complaints)
    missing = _short_costs(parts, lists, purse)
    priors.assume(
        "search_days", assumed.SEARCH_DAYS, "days",
        "what a piece costs that is missing once none can be bought: so long an asset waits for a "
        "substitute", _named(parts, np.isfinite(last) & np.isnan(missing)),
    )  # fmt: skip
    repair = first_known(parts, lists, "repair_h")
    prior_h = folder.recipe.plan.repair_h
    prior_h = assumed.REPAIR_H if prior_h is None else prior_h
    unknown = np.isnan(repair)
    priors.assume(
        "repair_h", prior_h, "h", "hours of work at the customer's once the part is there",
        count=int(unknown.sum()),
    )  # fmt: skip
    return Supply(
        unit_cost=cost,
        lead_days=lead,
        lead_seen=seen,
        lead_sd=spread,
        pack=_whole(first_known(parts, lists, "pack_size"), 1),
        least_order=_whole(first_known(parts, lists, "least_order"), 0),
        repair_h=np.where(unknown, prior_h, repair),
        cost_guessed=cost_guessed,
        lead_guessed=guessed,
        yield_guessed=no_yield,
        mended=mended,
        mending_days=mending,
        last_order=last,
        owed_until=owed,
        short_cost=missing,
    )


def _obligations(
    parts: Catalogue, lists: list[Rows], until_day: float, complaints: Complaints
) -> tuple[Floats, Floats]:
    """The last day of order and of what is owed; nan where nothing follows from them."""
    for rows in lists:
        last, owed, name = rows.days("last_order"), rows.days("obligation_until"), rows.file.name
        complaints.about(
            rows, "last_order", ~np.isnan(last) & np.isnan(owed),
            f"{name}: a last day of order, but no day until which the part is owed",
            "no last order is reckoned; write until when the part is owed",
        )  # fmt: skip
        complaints.about(
            rows, "obligation_until", ~np.isnan(last) & (owed < until_day),
            f"{name}: the part is no longer owed", "no last order is reckoned",
        )  # fmt: skip
        complaints.about(
            rows, "obligation_until", (owed >= until_day) & (owed < last),
            f"{name}: owed for no longer than it can be ordered", "no last order is reckoned",
        )  # fmt: skip
    last, owed = (
        first_known(parts, lists, "last_order"),
        first_known(parts, lists, "obligation_until"),
    )
    counts = (owed >= until_day) & (owed >= last)
    return np.where(counts, last, np.nan), np.where(counts, owed, np.nan)


def _short_costs(parts: Catalogue, lists: list[Rows], purse: Purse) -> Floats:
    found = np.full(len(parts), np.nan)
    for rows in lists:
        if rows.has("short_cost"):
            stated = _per_part(parts, rows, purse.amounts(rows, "short_cost"))
            found = np.where(np.isnan(found), stated, found)
    return np.where(found > 0, found, np.nan)


def _loops(
    parts: Catalogue, lists: list[Rows], priors: Priors, complaints: Complaints
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The share of used pieces that come back repaired, the days from swap to shelf, and guesses.

    Only parts with a turnaround are repaired; a share without one is complained of.
    """
    for rows in lists:
        _complain_of_loops(rows, complaints)
    days = first_known(parts, lists, "turnaround_days")
    days = np.where(days > 0, days, np.nan)
    share, lost = first_known(parts, lists, "repair_yield"), first_known(parts, lists, "condemned")
    share = np.where(np.isnan(share), 1 - lost, share)
    known = ~np.isnan(days)
    silent = known & ~((share >= 0) & (share <= 1))
    priors.assume(
        "repair_yield", assumed.REPAIR_YIELD, "",
        "share of used pieces that come back repaired: no list says it", _named(parts, silent),
    )  # fmt: skip
    share = np.where(silent, assumed.REPAIR_YIELD, share)
    return np.where(known, share, 0.0), np.where(known, days, 0.0), silent


def _complain_of_loops(rows: Rows, complaints: Complaints) -> None:
    days, name = rows.numbers("turnaround_days"), rows.file.name
    complaints.about(
        rows, "turnaround_days", days <= 0, f"{name}: a repair loop of no days or less",
        "the part is planned as one that is not repaired",
    )  # fmt: skip
    for role in ("repair_yield", "condemned"):
        share = rows.numbers(role)
        written = ~np.isnan(share)
        complaints.about(
            rows, role, written & ((share < 0) | (share > 1)), f"{name}: no share from 0 to 1",
            "not used, as if it were blank",
        )  # fmt: skip
        complaints.about(
            rows, role, written & np.isnan(days),
            f"{name}: a share that is repaired, but no turnaround of the repair",
            "the part is planned as one that is not repaired; write the days of its repair loop",
        )  # fmt: skip


def _whole(values: Floats, missing: int) -> NDArray[np.int64]:
    return np.maximum(np.where(np.isnan(values), missing, np.ceil(values)), missing).astype(
        np.int64
    )


def _costs(
    folder: PlanFolder, parts: Catalogue, purse: Purse, priors: Priors, complaints: Complaints
) -> tuple[Floats, NDArray[np.bool_]]:
    """The list's price, else the stock's, else that of the last order or request."""
    found = np.full(len(parts), np.nan)
    for table in ("part", "stock", "purchase", "demand"):
        for rows in folder.of(table):
            if not rows.has("unit_cost"):
                continue
            money = purse.amounts(rows, "unit_cost") / _per(rows, complaints)
            low = money <= 0
            complaints.about(
                rows, "unit_cost", low, f"{rows.file.name}: a price of nothing or less",
                "not used, as if it were blank",
            )  # fmt: skip
            priced = _per_part(parts, rows, np.where(low, np.nan, money))
            found = np.where(np.isnan(found), priced, found)
    unknown = np.isnan(found)
    stated = folder.recipe.plan.unit_cost
    usual = float(np.median(found[~unknown])) if (~unknown).any() else assumed.UNIT_COST
    value = usual if stated is None else stated
    why = "no list and no order has a price; " + (
        "the recipe states this" if stated is not None else
        "the middle price of the others stands in" if (~unknown).any() else "nothing tells"
    )  # fmt: skip
    priors.assume("unit_cost", value, purse.currency or "", why, _named(parts, unknown))
    return np.where(unknown, value, found), unknown


def _per(rows: Rows, complaints: Complaints) -> Floats:
    """The pieces that each price is for; one where nothing else is written."""
    many = rows.numbers("price_per", 1.0)
    many = np.where(many > 0, many, 1.0)
    complaints.about(
        rows, "price_per", many != 1, f"{rows.file.name}: a price for more than one piece",
        "divided by the pieces that it is for",
    )  # fmt: skip
    return many


def _per_part(parts: Catalogue, rows: Rows, values: Floats) -> Floats:
    """The last known number of each part; rows of superseded parts count only where none is."""
    found = np.full(len(parts), np.nan)
    numbers = rows.texts("part")
    places = parts.of(numbers)
    own = np.array([p >= 0 and n == parts.numbers[p] for n, p in zip(numbers, places, strict=True)])
    for mask in (~own, own):
        for at in np.flatnonzero(mask & (places >= 0) & ~np.isnan(values)):
            found[places[at]] = values[at]
    return found


def _leads(
    folder: PlanFolder, parts: Catalogue, priors: Priors, complaints: Complaints
) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Lists and orders weighed by how many orders there are; the mean is what Palm's law needs."""
    listed = first_known(parts, folder.of("part"), "lead_days")
    demanded = first_known(parts, folder.of("demand"), "lead_days")
    listed = np.where(np.isnan(listed), demanded, listed)
    number, total, square = _ordered(folder, parts, complaints)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / number
        spread = np.sqrt(np.maximum(square / number - mean**2, 0) * number / (number - 1))
        both = (assumed.LEAD_WORTH * listed + total) / (assumed.LEAD_WORTH + number)
    found = np.where(np.isnan(listed), mean, np.where(number > 0, both, listed))
    unknown = np.isnan(found) | (found <= 0)
    stated = folder.recipe.plan.lead_days
    usual = float(np.median(found[~unknown])) if (~unknown).any() else assumed.LEAD_DAYS
    value = usual if stated is None else stated
    why = "no list and no order tells it; " + (
        "the recipe states this" if stated is not None else
        "the middle one of the others stands in" if (~unknown).any() else "nothing tells"
    )  # fmt: skip
    priors.assume("lead_days", value, "days", why, _named(parts, unknown))
    return np.where(unknown, value, found), number, np.where(number > 1, spread, np.nan), unknown


def _ordered(
    folder: PlanFolder, parts: Catalogue, complaints: Complaints
) -> tuple[Floats, Floats, Floats]:
    number, total, square = (np.zeros(len(parts)) for _ in range(3))
    for rows in folder.of("purchase"):
        days = rows.days("received") - rows.days("ordered")
        back = days < 0
        complaints.about(
            rows, "received", back, f"{rows.file.name}: received before it was ordered",
            "the order tells no lead time",
        )  # fmt: skip
        places = parts.of(rows.texts("part"))
        use = ~np.isnan(days) & ~back & (places >= 0)
        np.add.at(number, places[use], 1.0)
        np.add.at(total, places[use], days[use])
        np.add.at(square, places[use], days[use] ** 2)
    return number, total, square


def _named(parts: Catalogue, which: NDArray[np.bool_]) -> list[str]:
    return [parts.numbers[at] for at in np.flatnonzero(which)]
