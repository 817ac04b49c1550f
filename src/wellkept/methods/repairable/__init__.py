"""What is repaired again and again: how often, at what cost, and whether it gets worse."""

from wellkept.methods.repairable.mean_function import MeanFunction, mean_function
from wellkept.methods.repairable.power_law import (
    PowerLaw,
    fleet_power_law,
    grouped_power_law,
    mtbf_factors,
    power_law,
)
from wellkept.methods.repairable.trend import Statistic, Trend, trend
from wellkept.methods.repairable.units import Units, units
from wellkept.methods.repairable.weibull import Weibull, weibull

__all__ = [
    "MeanFunction",
    "PowerLaw",
    "Statistic",
    "Trend",
    "Units",
    "Weibull",
    "fleet_power_law",
    "grouped_power_law",
    "mean_function",
    "mtbf_factors",
    "power_law",
    "trend",
    "units",
    "weibull",
]
