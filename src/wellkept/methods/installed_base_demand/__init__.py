"""What machines in the field will ask for, by their age and usage, before they ask."""

from wellkept.methods.installed_base_demand.credibility import STATED, Trust, trust
from wellkept.methods.installed_base_demand.fleet import FleetDemand, fleet_demand
from wellkept.methods.installed_base_demand.last_time_buy import LastTimeBuy, last_time_buy
from wellkept.methods.installed_base_demand.laws import (
    ErlangLife,
    PowerLawRepair,
    Survival,
    WeibullLife,
)

__all__ = [
    "STATED",
    "ErlangLife",
    "FleetDemand",
    "LastTimeBuy",
    "PowerLawRepair",
    "Survival",
    "Trust",
    "WeibullLife",
    "fleet_demand",
    "last_time_buy",
    "trust",
]
