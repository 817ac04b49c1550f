"""What all measures of the promise ledger share: the promises judged in the window."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import tails
from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Named
from wellkept.study.measures.estimates import DAY, HOUR
from wellkept.study.measures.naming import names_of
from wellkept.study.measures.window import Window

WORST = 20
JUDGED_DATE = "the judged date: as first given, shifted only by what the customer asked for"


def judged(source: Source, window: Window) -> Columns | None:
    """This will read the promises judged in the window; None where there are none."""
    found = source.columns(selections.JUDGED, **window.given)
    return found if found["promise_no"].size else None


def unit_of(rows: Columns) -> tuple[int, str]:
    """This will choose days where most due dates are days, hours otherwise."""
    return (DAY, "d") if np.mean(rows["due_is_day"]) > 0.5 else (HOUR, "h")


def latest(
    source: Source, window: Window, rows: Columns, failed: NDArray[np.bool_], unit_s: int
) -> tuple[Named, ...]:
    """This will name the worst failures: by consequence, then by lateness in units of `unit_s`."""
    late = np.where(failed, rows["late_s"], 0) / unit_s
    k = min(WORST, int(np.count_nonzero(failed)))
    order = tails.worst(late, k, rank=np.where(failed, rows["urgency"], 99))
    return promise_names(source, window, rows, order, late)


def promise_names(
    source: Source, window: Window, rows: Columns, order: Any, values: NDArray[np.float64]
) -> tuple[Named, ...]:
    """This will name chosen promises; `order` holds positions in `rows`, worst first."""
    text = selections.PROMISE_NAMES
    return names_of(source, text, rows["promise_no"], order, values, given=window.given)


def average(rows: Columns, unit_s: int, unit: str) -> str:
    """This will put the average into words, which stand only beside what it hides."""
    dated = ~rows["told"]
    mean = float(np.mean(rows["late_s"][dated])) / unit_s
    side = "late" if mean > 0 else "early"
    return f"the average is {abs(mean):,.1f} {unit} {side} and hides them"


def top(worst: tuple[Named, ...], unit: str) -> str:
    """This will name the first of the worst in a sentence."""
    if not worst:
        return ""
    first = worst[0]
    who = first.customer or first.asset or first.id
    still = " and still owed" if first.open else ""
    return f"The worst: {who}, {first.value:,.1f} {unit} late{still}."
