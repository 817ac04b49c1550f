"""Which units to hold where for the money: exchange curve, choices within a budget, reasons."""

from wellkept.methods.allocation.closing import Optimum, optimum
from wellkept.methods.allocation.exchange import (
    Choice,
    Exchange,
    Laid,
    Offer,
    exchange,
    exchanges,
    last_stocks,
)
from wellkept.methods.allocation.reasons import Reasons, reasons
from wellkept.methods.allocation.terms import Terms

__all__ = [
    "Choice",
    "Exchange",
    "Laid",
    "Offer",
    "Optimum",
    "Reasons",
    "Terms",
    "exchange",
    "exchanges",
    "last_stocks",
    "optimum",
    "reasons",
]
