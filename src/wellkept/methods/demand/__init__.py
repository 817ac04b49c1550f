"""Demand for parts: how often, how much, and how much may be asked for in a lead time."""

from wellkept.methods.demand.classes import Classes, Kind, classify
from wellkept.methods.demand.lead_time import LeadTimeDemand, negative_binomial, poisson
from wellkept.methods.demand.observed import History, Returns, history, without_returns
from wellkept.methods.demand.pooled import Pooled, lead_time_demand, learn
from wellkept.methods.demand.rates import Rate, gamma_poisson, rate_after, usual_rate
from wellkept.methods.demand.scores import (
    Filled,
    coverage,
    lead_windows,
    pinball,
    poisson_score,
    rank_share,
    replayed_fill,
)
from wellkept.methods.demand.smoothing import Smoothed, adida, croston, sba, sbj, tsb

__all__ = [
    "Classes",
    "Filled",
    "History",
    "Kind",
    "LeadTimeDemand",
    "Pooled",
    "Rate",
    "Returns",
    "Smoothed",
    "adida",
    "classify",
    "coverage",
    "croston",
    "gamma_poisson",
    "history",
    "lead_time_demand",
    "lead_windows",
    "learn",
    "negative_binomial",
    "pinball",
    "poisson",
    "poisson_score",
    "rank_share",
    "rate_after",
    "replayed_fill",
    "sba",
    "sbj",
    "tsb",
    "usual_rate",
    "without_returns",
]
