"""The stockroom: what was asked for, what was bought, what lies where; tied to the cases."""

from wellkept.desk.demo import story
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.records import (
    DAY,
    HOUR,
    Agreement,
    Asset,
    Case,
    Company,
    Lying,
    Order,
    Request,
    Stockroom,
)
from wellkept.desk.demo.spares import (
    CENTRAL,
    COVERED,
    CURRENCY,
    NOT_IN,
    OLD_FILTER,
    OTHER_TERMS,
    PLACES,
    SPARES,
    SUPPLIERS,
    TERMS,
    WELL_STOCKED,
    Spare,
    fitting,
    spare_of,
)

FILTER_CHANGED_DAYS = 500
USED = 0.5
"""Share of the visits without a wait that take a part from stock."""
RETURNED = 0.04


def stock(company: Company, seed: int) -> None:
    """This will fill the stockroom from the cases, up to the Monday."""
    room = company.stockroom
    _serve(company, room)
    _agree(company, room, Dice(seed, "contracts"))
    _request(company, room, Dice(seed, "requests"))
    _order(company, room, Dice(seed, "orders"))
    _lay(room, Dice(seed, "stock"))


def _serve(company: Company, room: Stockroom) -> None:
    """The vans of a region share its sites by turns."""
    vans = {
        region: [p.number for p in PLACES if p.level == "van" and p.region == region]
        for region in ("West", "South", "North")
    }
    for nth, site in enumerate(company.sites):
        mine = vans[site.region]
        room.served_from[site.number] = mine[nth % len(mine)]


def _agree(company: Company, room: Stockroom, dice: Dice) -> None:
    for customer in company.customers:
        special = customer.trade in TERMS
        if special or dice.chance(COVERED):
            room.agreements[customer.name] = Agreement(
                f"SC-{300 + len(room.agreements) + 1}",
                customer,
                TERMS.get(customer.trade, OTHER_TERMS),
                CURRENCY[customer.region],
            )


def _request(company: Company, room: Stockroom, dice: Dice) -> None:
    """Whatever a case waited for was asked for; other visits took a part from the van."""
    for case in company.cases:
        waited = _waits(case, room)
        visited_s = case.first("On site")
        if not waited and visited_s is not None and case.down and dice.chance(USED):
            spare = dice.pick(fitting(case.asset.family) or SPARES[6:8])
            if spare.number == WELL_STOCKED and case.asset.site.region == NOT_IN:
                continue
            room.requests.append(
                _asked(case, spare, visited_s + HOUR, visited_s + HOUR, room, 1 + dice.chance(0.12))
            )
            if dice.chance(RETURNED):
                back_s = visited_s + round(dice.between(1, 9) * DAY)
                if back_s < company.monday_s:
                    room.requests.append(_asked(case, spare, back_s, back_s, room, -1))
    for request in room.requests:
        changed_s = company.monday_s - FILTER_CHANGED_DAYS * DAY
        if request.part == "FE-9" and request.at_s < changed_s:
            request.part = OLD_FILTER
    room.requests.sort(key=lambda one: (one.at_s, one.case.number))
    for nth, request in enumerate(room.requests, 50_001):
        request.number = f"R-{nth}"
    taken = [one for one in room.requests if one.pieces > 0 and one.part == "DF-3"]
    room.unreadable = taken[len(taken) // 2]


def _waits(case: Case, room: Stockroom) -> bool:
    """Write the requests for what the case waited for; true if there were any."""
    found = False
    for nth, event in enumerate(case.events):
        spare = spare_of(event.detail or "") if event.word == "Waiting for part" else None
        if spare is not None:
            later = case.events[nth + 1 :]
            issued_s = later[0].at_s if later else None
            room.requests.append(_asked(case, spare, event.at_s, issued_s, room, 1))
            found = True
    return found


def _asked(
    case: Case, spare: Spare, at_s: int, issued_s: int | None, room: Stockroom, pieces: int
) -> Request:
    place = _asked_at(spare, room.served_from[case.asset.site.number], case.asset.site.region)
    return Request("", spare.number, at_s, issued_s, int(pieces), place, case)


def _asked_at(spare: Spare, van: str, region: str) -> str:
    """In the van if it carries the part, else in the region's warehouse."""
    if spare.in_vans and not (spare.number == WELL_STOCKED and region == NOT_IN):
        return van
    return next(p.number for p in PLACES if p.region == region and p.level != "van")


def _order(company: Company, room: Stockroom, dice: Dice) -> None:
    """Each part is bought two to four times a year from its one supplier."""
    start_s = company.monday_s - story.WEEKS * 7 * DAY
    for nth, spare in enumerate(SPARES):
        at_s = start_s + round(dice.between(10, 90) * DAY)
        while spare.lead_days is not None and at_s < company.monday_s:
            received_s = at_s + round(dice.spread(spare.lead_days, 0.28) * DAY)
            there = received_s if received_s < company.monday_s else None
            pieces = spare.pack * (1 + dice.count(2.0))
            supplier = SUPPLIERS[nth % len(SUPPLIERS)]
            room.orders.append(Order(spare, supplier, at_s, there, pieces))
            at_s += round(dice.between(80, 190) * DAY)
    room.orders.sort(key=lambda order: (order.ordered_s, order.spare.number))


def _lay(room: Stockroom, dice: Dice) -> None:
    """What lies where follows habit: as much everywhere, but for what nobody ever sent north."""
    for spare in SPARES:
        for place in PLACES:
            most = {"central": spare.central, "regional": spare.regional}.get(
                place.level, spare.in_vans
            )
            if spare.number == WELL_STOCKED and place.region == NOT_IN:
                most = 0
            if most:
                least = max(0, most // 3)
                there = most if place.number != CENTRAL else most - dice.count(most / 6)
                room.lying.append(Lying(spare, place.number, max(least, there), least, most))


def essential(asset: Asset) -> str:
    """This will give what a stop of an asset means to its customer."""
    if asset.family == "Vesper" and asset.site.customer.trade == "clinic":
        return "safety"
    return {"machine": "production stopped", "system": "production stopped"}.get(
        asset.kind, "degraded"
    )
