"""From one measure of the document to its tail card."""

from collections.abc import Iterable

from wellkept.desk.report.cases import AT_ONCE, worst_cases
from wellkept.desk.report.charts.curve import curve_chart
from wellkept.desk.report.charts.funnel import funnel_chart
from wellkept.desk.report.charts.shape import shape_chart
from wellkept.desk.report.charts.trend import trend_chart
from wellkept.desk.report.moments import Clock
from wellkept.desk.report.quantities import interval, percent, percent_figure, said, whole
from wellkept.desk.report.reading import (
    Fields,
    block,
    count,
    items,
    number,
    reason,
    shown,
    slug,
    text,
)
from wellkept.desk.report.rows import (
    Beside,
    Beyond,
    Card,
    Case,
    Complete,
    Felt,
    Figure,
    Quantile,
    Reason,
    Summary,
)
from wellkept.desk.report.words import CONCERNS_FIRST, FIELDS, QUANTILES, direction, things

MOST_REASONS = 20
_TIMES = (("1", "once or more"), ("2", "twice or more"), ("3", "three times or more"))


def cards_of(measures: Iterable[Fields], clock: Clock) -> tuple[Card, ...]:
    """Return the tail cards, the three that concern everyone first and larger."""
    listed = list(measures)
    first = [m for name in CONCERNS_FIRST for m in listed if m.get("name") == name]
    ordered = first + [m for m in listed if not any(m is chosen for chosen in first)]
    taken: dict[str, int] = {}
    cards = []
    for measure in ordered:
        id = slug(text(measure, "name"))
        taken[id] = taken.get(id, 0) + 1
        id = id if taken[id] == 1 else f"{id}-again-{taken[id]}"
        cards.append(card_of(measure, clock, id=id, lead=any(measure is m for m in first)))
    return tuple(cards)


def card_of(measure: Fields, clock: Clock, *, id: str, lead: bool) -> Card:
    """Return the tail card of one measure."""
    unit, amount_unit = text(measure, "unit"), unit_of_amounts(measure)
    worst = worst_cases(measure, clock, id, amount_unit)
    anchors = {case.id: f"#{case.anchor}" for case in reversed(worst)}
    return Card(
        id=id,
        title=text(measure, "title", 90) or id,
        question=text(measure, "question", 300),
        says=text(measure, "says", 600),
        lead=lead,
        direction=direction(measure.get("direction")),
        counts=_counts(measure),
        beyond=_beyond(measure),
        value=_value(measure, unit),
        quantiles=_quantiles(measure, amount_unit),
        quantiles_of=_interval_words(measure),
        longest=_longest(measure, amount_unit),
        felt=_felt(measure),
        complete=_complete(measure, unit),
        worst=worst[:AT_ONCE],
        more_worst=worst[AT_ONCE:],
        no_worst=reason(measure, "worst"),
        shape=shape_chart(measure, block(measure, "shape"), anchors=anchors, id=f"{id}-shape"),
        trend=trend_chart(block(measure, "trend"), clock=clock, id=f"{id}-trend"),
        curve=curve_chart(measure, block(measure, "curve"), id=f"{id}-curve"),
        funnel=funnel_chart(measure, block(measure, "by"), id=f"{id}-by"),
        beside=_beside(measure, unit),
        name=text(measure, "name", 60),
        unit=_unit_words(unit),
        level=percent(number(measure, "level") or 0.95).replace(".0", ""),
        method=text(measure, "method", 900),
        version=text(measure, "definition_version", 20) or "not stated",
        reasons=_reasons(measure),
    )


def unit_of_amounts(measure: Fields) -> str:
    """Return the unit of quantiles, the longest and the worst: stated, or else as good as sure."""
    stated, unit = text(measure, "amount_unit"), text(measure, "unit")
    if stated or unit != "share":
        return stated or unit
    drawn = text(block(measure, "shape"), "unit")
    if drawn:
        return drawn
    values = [number(row, "value") for row in items(measure, "worst")]
    return "share" if all(v is not None and 0 <= v <= 1 for v in values) else ""


def summary_of(card: Card) -> Summary:
    """Return the row of the table of all measures for a card."""
    slow = next((q.figure.value for q in card.quantiles if q.name == "p95"), "")
    worst: Case | None = card.worst[0] if card.worst else None
    value = card.value
    return Summary(
        id=card.id,
        title=card.title,
        beyond=card.beyond.share if card.beyond else "",
        interval=card.beyond.interval if card.beyond else (value.value if value else ""),
        slow=slow,
        longest=worst.amount if worst else "",
        longest_who=worst.customer if worst else "",
        felt_twice=next((f.customers for f in card.felt if f.times == _TIMES[1][1]), ""),
        complete=card.complete.share if card.complete else "",
    )


def _counts(measure: Fields) -> tuple[str, ...]:
    n, still_open, excluded = (count(measure, name) for name in ("n", "open", "excluded"))
    counts = [f"{whole(n)} {things(text(measure, 'grain'), n)}"]
    if still_open:
        counts.append(f"{whole(still_open)} still open")
    if excluded:
        counts.append(f"{whole(excluded)} excluded")
    return tuple(counts)


def _beyond(measure: Fields) -> Beyond | None:
    beyond = block(measure, "share_beyond")
    share = number(beyond, "share")
    if share is None:
        return None
    return Beyond(
        share=percent(share),
        interval=interval(number(beyond, "low"), number(beyond, "high"), "share"),
        k=whole(count(beyond, "k")),
        n=whole(count(beyond, "n")),
        promise=text(beyond, "promise", 200),
    )


def figure(estimate: Fields, unit: str, why: str = "") -> Figure | None:
    """Return an estimate in words, or None where it has no value."""
    value = number(estimate, "value")
    if value is None:
        return None
    low, high = number(estimate, "low"), number(estimate, "high")
    if why and low is not None and high is None:
        return Figure(said(value, unit), f"{said(low, unit)} or more;", why)
    return Figure(said(value, unit), interval(low, high, unit), why)


def _value(measure: Fields, unit: str) -> Figure | None:
    return figure(block(measure, "value"), unit, reason(measure, "value"))


def _quantiles(measure: Fields, unit: str) -> tuple[Quantile, ...]:
    quantiles = block(measure, "quantiles")
    if not quantiles:
        return ()
    rows = []
    for name, meaning in QUANTILES:
        why = reason(measure, *_quantile_fields(name))
        found = figure(block(quantiles, name), unit, why)
        rows.append(Quantile(name, meaning, found or Figure("", "", why or "no value was given")))
    return tuple(rows)


def _quantile_fields(name: str) -> tuple[str, ...]:
    return (f"quantiles.{name}.high", f"quantiles.{name}", f"{name}.high", name, "quantiles")


def _longest(measure: Fields, unit: str) -> Figure | None:
    longest = number(measure, "max")
    return None if longest is None else Figure(said(longest, unit))


def _felt(measure: Fields) -> tuple[Felt, ...]:
    hit = block(measure, "customers_hit")
    return tuple(
        Felt(words, whole(count(hit, times)))
        for times, words in _TIMES
        if number(hit, times) is not None
    )


def _complete(measure: Fields, unit: str) -> Complete | None:
    """Return the badge: what was counted of what should count, and the bounds if it were all."""
    complete = block(measure, "completeness")
    share = number(complete, "share")
    if share is None:
        return None
    used, should = count(complete, "used"), count(complete, "should")
    worst, best = number(complete, "worst"), number(complete, "best")
    bounds = ""
    if worst is not None and best is not None and used < should:
        spoken = "share" if block(measure, "share_beyond") else unit
        bounds = f"{said(worst, spoken)} if all that is missing were bad, "
        bounds += f"{said(best, spoken)} if it were all good"
    grain = things(text(measure, "grain"), should)
    return Complete(
        shape="●" if used >= should else "◐" if share >= 0.5 else "◔",
        counted=f"{whole(used)} of {whole(should)} {grain} counted",
        share=f"{percent_figure(share)} %" if used < should else "all",
        bounds=bounds,
    )


def _beside(measure: Fields, unit: str) -> tuple[Beside, ...]:
    rows = []
    for beside in items(measure, "beside", 12):
        found = figure(block(beside, "value"), text(beside, "unit") or unit)
        n = number(beside, "n")
        rows.append(
            Beside(
                title=text(beside, "title", 90),
                figure=found or Figure("", "", "no value"),
                n="" if n is None else whole(n),
                text=text(beside, "text", 400),
            )
        )
    return tuple(rows)


def _interval_words(measure: Fields) -> str:
    level = percent(number(measure, "level") or 0.95).replace(".0", "")
    n, still_open = count(measure, "n"), count(measure, "open")
    return f"n {whole(n)}, {whole(still_open)} still open; {level} intervals"


def _unit_words(unit: str) -> str:
    return {"share": "share", "h": "hours", "d": "days", "count": "count"}.get(unit, unit)


def _reasons(measure: Fields) -> tuple[Reason, ...]:
    """Return why fields are missing, save those whose reason stands at their place."""
    at_their_place = {"worst", *(f for name, _ in QUANTILES for f in _quantile_fields(name)[:-1])}
    if block(measure, "quantiles"):
        at_their_place.add("quantiles")
    reasons = block(measure, "reasons")
    listed = [field for field in reasons if field not in at_their_place][:MOST_REASONS]
    return tuple(Reason(_field_words(field), text(reasons, field, 300)) for field in listed)


def _field_words(field: str) -> str:
    first, *rest = shown(field, 60).split(".")
    return ", ".join([FIELDS.get(first, first.replace("_", " ")), *rest])
