"""What a table can hold for the planning of stock, and what its columns can mean there.

Apart from the roles of `measure`: a column "site" of a list of stock is a place that holds stock,
not the customer's place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlanKind = Literal[
    "id", "text", "number", "money", "day", "days", "hours", "share", "class", "flag"
]


@dataclass(frozen=True, slots=True)
class PlanRole:
    """One meaning that a column can have for the plan."""

    name: str
    kind: PlanKind
    meaning: str


@dataclass(frozen=True, slots=True)
class PlanTable:
    """One thing that a row of a table can be for the plan.

    `needs`: of each group one role must be there. `unique`: the role that comes once a row, for
    lists of things. `takes`: every role that it may have.
    """

    name: str
    meaning: str
    needs: tuple[tuple[str, ...], ...]
    takes: tuple[str, ...]
    unique: str | None = None
    files: str = ""  # words in the name of the file that speak for it


_ROLES = (
    PlanRole("part", "id", "number of the spare part"),
    PlanRole("name", "text", "what the part or the place is called"),
    PlanRole("unit_cost", "money", "what one piece costs us"),
    PlanRole("price_per", "number", "pieces that the price is for (1, 100)"),
    PlanRole("currency", "text", "currency of the row's money (EUR, $)"),
    PlanRole("lead_days", "days", "days from our order to a usable piece"),
    PlanRole("pack_size", "number", "pieces in a pack: orders come in whole packs"),
    PlanRole("least_order", "number", "fewest pieces that the supplier delivers"),
    PlanRole("repair_h", "hours", "hours of work at the customer's once the part is there"),
    PlanRole("turnaround_days", "days", "days of the repair loop, from swap to the depot's shelf"),
    PlanRole("repair_yield", "share", "share of used pieces that come back repaired (0 to 1)"),
    PlanRole("condemned", "share", "share of used pieces that are lost or scrapped (0 to 1)"),
    PlanRole("last_order", "day", "last day on which the part can be ordered"),
    PlanRole("obligation_until", "day", "last day on which we owe the part to customers"),
    PlanRole("short_cost", "money", "what a missing piece costs once none can be bought"),
    PlanRole("supplier", "text", "who delivers the part"),
    PlanRole("used_per_year", "number", "pieces used a year, where no request has a day"),
    PlanRole("used_per_month", "number", "pieces used a month, where no request has a day"),
    PlanRole("mtbf_h", "hours", "hours that one piece runs between two replacements"),
    PlanRole("pieces_installed", "number", "pieces of the part that run at all customers together"),
    PlanRole("product", "id", "catalogue model of the asset"),
    PlanRole("family", "id", "product family of the asset"),
    PlanRole("per_asset", "number", "pieces of the part in one asset"),
    PlanRole("failures_per_year", "number", "replacements a year of one piece in one asset"),
    PlanRole("stops", "share", "chance that the asset stands while the part is missing (0 to 1)"),
    PlanRole("location", "id", "place that holds stock: warehouse, van"),
    PlanRole("plant", "id", "plant or site that the place belongs to"),
    PlanRole("goal", "id", "where the pieces went: a customer, or another place"),
    PlanRole("level", "text", "kind of place: central, regional, van"),
    PlanRole("supplied_by", "id", "the place from which this place is refilled"),
    PlanRole("transit_days", "days", "days from the place above to this place"),
    PlanRole("region", "text", "region that the place or the site belongs to"),
    PlanRole("on_hand", "number", "pieces that lie there and can be used"),
    PlanRole("on_order", "number", "pieces that are on their way"),
    PlanRole("in_repair", "number", "used pieces that are in the repair loop"),
    PlanRole("reorder_point", "number", "our own minimum: order when so many are left"),
    PlanRole("order_up_to", "number", "our own maximum: order up to so many"),
    PlanRole("never_below", "number", "pieces that the plan may not go below"),
    PlanRole("never_owner", "text", "who asked that the plan may not go below"),
    PlanRole("never_until", "day", "until when that holds"),
    PlanRole("ordered", "day", "day on which we ordered"),
    PlanRole("received", "day", "day on which the pieces came"),
    PlanRole("quantity", "number", "pieces; below zero they came back"),
    PlanRole("date", "day", "day on which the part was asked for or used"),
    PlanRole("movement", "text", "what the row is: issue, request, return"),
    PlanRole("asset", "id", "the installed thing"),
    PlanRole("parent_asset", "id", "the asset in which it is built: then it is a component"),
    PlanRole("site", "id", "the customer's place where the asset stands"),
    PlanRole("customer", "text", "who waits"),
    PlanRole("installed", "day", "day on which the asset was installed"),
    PlanRole("hours_per_year", "number", "hours that the asset runs in a year"),
    PlanRole("consequence", "class", "what a stop means to the customer"),
    PlanRole("downtime_cost_h", "money", "what an hour of standing still costs the customer or us"),
    PlanRole("contract", "id", "number of the service contract"),
    PlanRole("allowance_h", "hours", "hours a year that may be lost before the promise is broken"),
    PlanRole("guarantee", "share", "share of the time that is guaranteed (0.98, 98 %)"),
    PlanRole("penalty_h", "money", "what an hour beyond the allowance costs us"),
    PlanRole("starts", "day", "from when it holds"),
    PlanRole("ends", "day", "until when it holds, its last day included"),
    PlanRole("new_part", "id", "the part that takes the place of the old one"),
    PlanRole("effective", "day", "from when the new part is used"),
    PlanRole("mode", "text", "how the old part is replaced: full, use up first, one way"),
    PlanRole("ratio", "number", "new pieces for one old piece"),
    PlanRole("rate", "number", "one unit of the currency in the plan's currency"),
)  # fmt: skip

PLAN_ROLES: dict[str, PlanRole] = {role.name: role for role in _ROLES}

_TABLES = (
    PlanTable(
        "part", "list of parts with price and lead time",
        (("part",), ("unit_cost", "lead_days", "pack_size", "repair_h", "used_per_year",
                     "used_per_month", "mtbf_h")),
        ("part", "name", "unit_cost", "price_per", "currency", "lead_days", "pack_size",
         "least_order", "repair_h", "supplier", "stops", "turnaround_days", "repair_yield",
         "condemned", "last_order", "obligation_until", "short_cost", "used_per_year",
         "used_per_month", "mtbf_h", "pieces_installed"),
        "part", "part item material article teile artikel pieces ricambi articoli",
    ),
    PlanTable(
        "where_used", "which part belongs into which product",
        (("part",), ("product", "family")),
        ("part", "product", "family", "per_asset", "failures_per_year", "stops"),
        None, "used bom structure catalogue stueckliste nomenclature distinta",
    ),
    PlanTable(
        "location", "places that hold stock",
        (("location",), ("supplied_by", "level", "transit_days")),
        ("location", "name", "level", "supplied_by", "transit_days", "region"),
        "location", "location warehouse depot van store lager magazzini",
    ),
    PlanTable(
        "stock", "pieces by part and place, with our own minimum and maximum",
        (("part",), ("on_hand", "reorder_point", "order_up_to", "never_below")),
        ("part", "location", "plant", "on_hand", "on_order", "in_repair", "reorder_point",
         "order_up_to", "never_below", "never_owner", "never_until", "unit_cost", "price_per",
         "currency", "used_per_year", "used_per_month"),
        None, "stock inventory bestand scorte giacenze balance",
    ),
    PlanTable(
        "purchase", "orders to suppliers, which give the lead times",
        (("part",), ("ordered",), ("received",)),
        ("part", "supplier", "ordered", "received", "quantity", "unit_cost", "currency"),
        None, "purchase order bestellung acquisti achats receipts",
    ),
    PlanTable(
        "demand", "requests for parts, or parts used",
        (("part",), ("date",)),
        ("part", "date", "quantity", "location", "plant", "goal", "movement", "asset", "site",
         "customer", "unit_cost", "currency", "lead_days", "name"),
        None, "demand usage request consumption issue verbrauch consumi consommation history",
    ),
    PlanTable(
        "stock_out", "stretches in which a part was missing: nothing could be taken",
        (("part",), ("starts",), ("ends",)),
        ("part", "location", "starts", "ends"),
        None, "zero out shortage fehlbestand rupture missing stockouts",
    ),
    PlanTable(
        "asset", "installed things",
        (("asset",), ("product", "family", "site", "consequence", "downtime_cost_h", "contract")),
        ("asset", "parent_asset", "product", "family", "site", "customer", "installed",
         "hours_per_year", "consequence", "downtime_cost_h", "currency", "contract", "location",
         "region"),
        "asset", "asset equipment machine installed base anlagen impianti",
    ),
    PlanTable(
        "site", "customers' places and where their parts come from",
        (("site",), ("location", "region")),
        ("site", "location", "region", "customer", "name"),
        "site", "site standort sites sedi",
    ),
    PlanTable(
        "contract", "service contracts with what they allow and what they cost when broken",
        (("contract",), ("allowance_h", "guarantee", "penalty_h")),
        ("contract", "customer", "site", "allowance_h", "guarantee", "penalty_h",
         "downtime_cost_h", "currency", "starts", "ends"),
        "contract", "contract agreement vertrag contratti sla",
    ),
    PlanTable(
        "supersession", "which part takes the place of which",
        (("part",), ("new_part",)),
        ("part", "new_part", "effective", "mode", "ratio"),
        None, "supersession replacement successor ersatz sostituzioni",
    ),
    PlanTable(
        "rate", "rates of exchange into the plan's currency",
        (("currency",), ("rate",)),
        ("currency", "rate"),
        "currency", "rate exchange currency kurse cambi",
    ),
)  # fmt: skip

PLAN_TABLES: dict[str, PlanTable] = {table.name: table for table in _TABLES}
