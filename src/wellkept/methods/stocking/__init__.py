"""How many units to hold at one site, and what that keeps: exact, in closed form if there is one.

Numbers or arrays go in (they stretch to one shape), a frozen result or an array comes out. Times,
rates and costs share one unit of time, whichever it is.
"""

from wellkept.methods.stocking.lots import (
    Cycle,
    Lots,
    cheapest_lots,
    lot_cost,
    order_in_lots,
)
from wellkept.methods.stocking.one_site import Level, base_stock, predictive, wait_beyond
from wellkept.methods.stocking.one_time import one_time_cost, one_time_quantity
from wellkept.methods.stocking.periodic import (
    MinMax,
    cheapest_min_max,
    min_max_cost,
    order_cost_rate,
    review,
)
from wellkept.methods.stocking.pipelines import (
    at_least,
    expected_backorders,
    pmf,
    second_loss,
    smallest_stock,
    squared_backorders,
)
from wellkept.methods.stocking.sharing import (
    Shared,
    erlang_loss,
    pooled_emergency,
    shared_stock,
)

__all__ = [
    "Cycle",
    "Level",
    "Lots",
    "MinMax",
    "Shared",
    "at_least",
    "base_stock",
    "cheapest_lots",
    "cheapest_min_max",
    "erlang_loss",
    "expected_backorders",
    "lot_cost",
    "min_max_cost",
    "one_time_cost",
    "one_time_quantity",
    "order_cost_rate",
    "order_in_lots",
    "pmf",
    "pooled_emergency",
    "predictive",
    "review",
    "second_loss",
    "shared_stock",
    "smallest_stock",
    "squared_backorders",
    "wait_beyond",
]
