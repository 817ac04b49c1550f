"""What the stock system and the contract list of the demo company export, for planning."""

from collections.abc import Iterable

from wellkept.desk.demo.blemishes import Blemishes
from wellkept.desk.demo.exports import Cells, Export, as_day
from wellkept.desk.demo.records import Company
from wellkept.desk.demo.spares import OLD_FILTER, PLACES, POUND, SPARES
from wellkept.desk.demo.stockroom import FILTER_CHANGED_DAYS, essential

DAY = 86_400


def _parts(company: Company, _: Blemishes) -> Iterable[Cells]:
    def day(after: int | None) -> str:
        return "" if after is None else as_day(company.monday_s + after * DAY, "UTC")

    for spare in SPARES:
        price = "" if spare.unit_cost is None else f"{spare.unit_cost:.2f}".replace(".", ",")
        yield (
            spare.number, spare.name, price, "EUR", spare.pack, spare.pack, spare.turnaround_days,
            "" if spare.repair_yield is None else f"{spare.repair_yield:.0%}",
            day(spare.last_order_days), day(spare.owed_days),
        )  # fmt: skip
    yield OLD_FILTER, "filter set, old", "35,00", "EUR", 10, 10, "", "", "", ""


def _where_used(_: Company, __: Blemishes) -> Iterable[Cells]:
    for spare in SPARES:
        for family in spare.families:
            yield spare.number, family, 1, f"{spare.stops:g}"


def _places(_: Company, __: Blemishes) -> Iterable[Cells]:
    for place in PLACES:
        yield place.number, place.name, place.level, place.above, place.transit_days, place.region


def _stock(company: Company, _: Blemishes) -> Iterable[Cells]:
    for one in company.stockroom.lying:
        yield one.spare.number, one.place, one.on_hand, one.least, one.most


def _orders(company: Company, _: Blemishes) -> Iterable[Cells]:
    for nth, order in enumerate(company.stockroom.orders, 7001):
        yield (
            f"PO-{nth}",
            order.spare.number,
            order.supplier,
            as_day(order.ordered_s, "UTC"),
            as_day(order.received_s, "UTC"),
            order.pieces,
        )


def _requests(company: Company, _: Blemishes) -> Iterable[Cells]:
    room = company.stockroom
    for one in room.requests:
        asset = one.case.asset
        yield (
            one.number,
            one.part,
            as_day(one.at_s, asset.site.zone),
            as_day(one.issued_s, asset.site.zone),
            "two" if one is room.unreadable else one.pieces,
            "return" if one.pieces < 0 else "issue",
            one.place,
            one.case.number,
            asset.number,
            asset.site.customer.name,
        )


def _areas(company: Company, _: Blemishes) -> Iterable[Cells]:
    for site in company.sites:
        yield site.number, company.stockroom.served_from[site.number]


def _terms(company: Company, _: Blemishes) -> Iterable[Cells]:
    agreements = company.stockroom.agreements
    for asset in company.assets:
        if asset.kind in ("machine", "system"):
            agreed = agreements.get(asset.site.customer.name)
            yield (
                asset.number,
                asset.family,
                asset.site.number,
                asset.site.customer.name,
                agreed.number if agreed else "",
                essential(asset),
            )


def _contracts(company: Company, _: Blemishes) -> Iterable[Cells]:
    for agreed in company.stockroom.agreements.values():
        terms = agreed.terms
        money = 1 / POUND if agreed.currency == "GBP" else 1.0
        yield (
            agreed.number,
            agreed.customer.name,
            f"{terms.allowance_h:g}" if terms.guarantee is None else "",
            "" if terms.guarantee is None else f"{terms.guarantee:.1%}",
            round(terms.penalty_h * money),
            round(terms.downtime_cost_h * money),
            agreed.currency,
        )


def _replaced(company: Company, _: Blemishes) -> Iterable[Cells]:
    changed_s = company.monday_s - FILTER_CHANGED_DAYS * DAY
    yield OLD_FILTER, "FE-9", as_day(changed_s, "UTC"), "full", 1


def _rates(_: Company, __: Blemishes) -> Iterable[Cells]:
    yield "GBP", POUND


STOCK_SYSTEM = (
    Export("parts.csv",
           "part no, description, unit cost, currency, pack size, min order qty, turnaround days, "
           "repair yield, last order day, service obligation until",
           _parts, separator=";", line_end="\r\n"),
    Export("where_used.csv", "part no, product family, qty per asset, stops", _where_used),
    Export("stock_locations.csv",
           "location, name, level, supplied by, transit days, region", _places),
    Export("stock.csv", "part no, location, on hand, min, max", _stock, separator=";"),
    Export("purchase_orders.csv",
           "po, part no, supplier, ordered on, received on, quantity", _orders),
    Export("part_requests.csv",
           "request, part no, requested on, issued on, quantity, movement, location, case id, "
           "asset no, customer", _requests),
    Export("service_areas.csv", "site no, served from", _areas),
    Export("asset_terms.csv", "asset no, family, site no, customer, contract, consequence",
           _terms),
    Export("contracts.csv",
           "contract, customer, allowance hours per year, guaranteed availability, "
           "penalty per hour, downtime cost per hour, currency", _contracts, separator=";"),
    Export("supersessions.csv", "old part, new part, effective from, mode, ratio", _replaced),
    Export("exchange_rates.csv", "currency, rate to EUR", _rates),
)  # fmt: skip
"""What planning reads; no measure does."""
