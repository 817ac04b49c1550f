"""What all measures of the promise ledger share: the promises judged in the window."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Card, Named
from wellkept.study.measures.comparing import groups
from wellkept.study.measures.composing import Said
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.cuts import labels
from wellkept.study.measures.estimates import DAY, HOUR, worst_of
from wellkept.study.measures.naming import names_of
from wellkept.study.measures.speech import amount
from wellkept.study.measures.window import Window

JUDGED_DATE = _("the judged date: as first given, shifted only by what the customer asked for")


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
    if not np.any(failed):
        return ()
    return promise_names(source, window, rows, worst_of(late, rows["urgency"], failed), late)


def promise_names(
    source: Source, window: Window, rows: Columns, order: Any, values: NDArray[np.float64]
) -> tuple[Named, ...]:
    """This will name chosen promises; `order` holds positions in `rows`, worst first."""
    text = selections.PROMISE_NAMES
    return names_of(source, text, rows["promise_no"], order, values, given=window.given)


def ended_lateness(source: Source, window: Window) -> NDArray[np.int64]:
    """This will give what subtracting two columns shows, in seconds; early is negative."""
    return np.asarray(source.columns(selections.ENDED, **window.given)["late_s"])


def beside_average(broken: Said, ended_s: NDArray[np.int64], unit_s: int, unit: str) -> Said:
    """This will end a clause with what the average shows; it stands only beside what it hides."""
    if not ended_s.size:
        return _("%(clause)s.") % {"clause": broken}
    mean = float(ended_s.mean()) / unit_s
    both = {"broken": broken, "mean": amount(abs(mean), unit)}
    if mean > 0:
        return (
            _("%(broken)s; the average of the ended ones, %(mean)s late, tells little of them.")
            % both
        )
    if mean < 0:
        return _("%(broken)s; the average of the ended ones, %(mean)s early, hides them.") % both
    return _("%(broken)s; the average of the ended ones, on time, hides them.") % both


def top(worst: tuple[Named, ...], unit: str) -> str:
    """This will name the first of the worst in a sentence."""
    if not worst:
        return ""
    first = worst[0]
    told = {
        "who": first.customer or first.asset or first.id,
        "amount": amount(first.value, unit),
    }
    if first.open:
        return _("The worst: %(who)s, %(amount)s late, still owed.") % told
    return _("The worst: %(who)s, %(amount)s late.") % told


def cut_promises(card: Card, source: Source, window: Window, rows: Columns) -> Card:
    """This will compare the groups of the column that cuts, if one does."""
    cut = labels(source, window, "promise", rows["promise_no"])
    if cut is None:
        return card
    by_no, names = cut
    return replace(card, by=groups(by_no, names, rows["failed"], rows["settled"], window))
