"""Numbers with their intervals, what stands beside them, and why others are missing."""

import re

from wellkept.desk.report.quantities import interval, said, whole
from wellkept.desk.report.reading import Fields, block, items, number, shown, text
from wellkept.desk.report.rows import Beside, Figure, Reason
from wellkept.desk.report.saying import said as _
from wellkept.desk.report.words import FIELDS, QUANTILES
from wellkept.study.measures.catalogue import MEASURES

MOST_BESIDE = 12
MOST_REASONS = 20


def figure(estimate: Fields, unit: str, why: str = "") -> Figure | None:
    """Return an estimate in words, or None where it has no value."""
    value = number(estimate, "value")
    if value is None:
        return None
    low, high = number(estimate, "low"), number(estimate, "high")
    if why and low is not None and high is None:
        return Figure(said(value, unit), _("%(low)s or more;") % {"low": said(low, unit)}, why)
    return Figure(said(value, unit), interval(low, high, unit), why)


def besides_of(measure: Fields, unit: str) -> tuple[Beside, ...]:
    """Return the values that stand beside a measure."""
    return tuple(_beside(beside, unit) for beside in items(measure, "beside", MOST_BESIDE))


def _beside(beside: Fields, unit: str) -> Beside:
    unit = text(beside, "unit") or unit
    n = number(beside, "n")
    return Beside(
        title=text(beside, "title", 90),
        figure=figure(block(beside, "value"), unit) or Figure(""),
        tail=", ".join(_tail(beside, unit)),
        n="" if n is None else whole(n),
        text=text(beside, "text", 400),
    )


def _tail(beside: Fields, unit: str) -> list[str]:
    """Return "p50 3 h", "max 80 h"."""
    quantiles = block(beside, "quantiles")
    found = [(name, number(block(quantiles, name), "value")) for name, _meaning in QUANTILES]
    found.append((_("max"), number(beside, "max")))
    return [f"{name} {said(value, unit)}" for name, value in found if value is not None]


def fields_of(name: str) -> tuple[str, ...]:
    """Return under which fields a document gives the reason about a quantile."""
    return (name, f"quantiles.{name}", f"quantiles.{name}.high", f"{name}.high")


def reasons_of(measure: Fields) -> tuple[Reason, ...]:
    """Return why fields are missing, save those whose reason stands at their place."""
    at_their_place = {
        "worst",
        "by",
        *(field for name, _meaning in QUANTILES for field in fields_of(name)),
    }
    if block(measure, "quantiles"):
        at_their_place.add("quantiles")
    reasons = block(measure, "reasons")
    listed = [field for field in reasons if field not in at_their_place][:MOST_REASONS]
    return tuple(
        Reason(_field_words(field), _titled(text(reasons, field, 300))) for field in listed
    )


def _titled(why: str) -> str:
    """Return a reason in which other measures are called by their titles.

    >>> _titled("see promise_kept_rate")
    'see “Promises kept”'
    """
    titles = {one.name: one.title for one in MEASURES}
    return re.sub(r"\w+_\w+", lambda m: f"“{_(titles[m[0]])}”" if m[0] in titles else m[0], why)


def _field_words(field: str) -> str:
    first, *rest = shown(field, 60).split(".")
    return ", ".join([_(FIELDS[first]) if first in FIELDS else first.replace("_", " "), *rest])
