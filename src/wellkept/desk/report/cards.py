"""From one measure of the document to its tail card."""

from collections.abc import Iterable

from wellkept.desk.report.cases import AT_ONCE, who, worst_cases
from wellkept.desk.report.charts.curve import curve_chart
from wellkept.desk.report.charts.funnel import funnel_chart
from wellkept.desk.report.charts.shape import Named, shape_chart
from wellkept.desk.report.charts.trend import trend_chart
from wellkept.desk.report.figures import besides_of, fields_of, figure, reasons_of
from wellkept.desk.report.moments import Clock
from wellkept.desk.report.quantities import interval, percent, percent_figure, said, whole
from wellkept.desk.report.reading import (
    Fields,
    block,
    count,
    items,
    number,
    reason,
    slug,
    text,
    unbroken,
)
from wellkept.desk.report.rows import (
    Beyond,
    Card,
    Case,
    Complete,
    Felt,
    Figure,
    Hit,
    Quantile,
    Summary,
)
from wellkept.desk.report.saying import said as _
from wellkept.desk.report.words import CONCERNS_FIRST, QUANTILES, direction, things
from wellkept.study.measures.marking import marked as gettext_noop

MOST_HIT = 5
_TIMES = (
    ("1", gettext_noop("once or more")),
    ("2", gettext_noop("twice or more")),
    ("3", gettext_noop("three times or more")),
)


def cards_of(measures: Iterable[Fields], clock: Clock, *, owners: bool) -> tuple[Card, ...]:
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
        lead = any(measure is m for m in first)
        cards.append(card_of(measure, clock, id=id, lead=lead, owners=owners))
    return tuple(cards)


def card_of(measure: Fields, clock: Clock, *, id: str, lead: bool, owners: bool) -> Card:
    """Return the tail card of one measure."""
    unit = text(measure, "unit")
    amounts = text(measure, "worst_unit") or unit
    worst = worst_cases(measure, clock, id, amounts, owners=owners)
    dated = any(one.due for one in worst)
    return Card(
        id=id,
        title=_(text(measure, "title", 90)) or id,
        question=_(text(measure, "question", 300)),
        says=unbroken(text(measure, "says", 600)),
        lead=lead,
        direction=direction(measure.get("direction")),
        counts=_counts(measure),
        beyond=_beyond(measure),
        value=_value(measure, unit),
        value_is=_value_is(measure),
        quantiles=_quantiles(measure, amounts),
        quantiles_of=_interval_words(measure),
        longest=_longest(measure, amounts),
        felt=_felt(measure),
        hit=_hit(measure),
        complete=_complete(measure, unit),
        worst=worst[:AT_ONCE],
        more_worst=worst[AT_ONCE:],
        no_worst=reason(measure, "worst"),
        when=_("Due, and where it is found") if dated else _("Where it is found"),
        shape=shape_chart(measure, _named(measure, id), amounts, id=f"{id}-shape"),
        trend=trend_chart(
            block(measure, "trend"), of=_share_of(measure), clock=clock, id=f"{id}-trend"
        ),
        curve=curve_chart(measure, amounts, id=f"{id}-curve"),
        funnel=funnel_chart(measure, block(measure, "by"), amounts, id=f"{id}-by"),
        beside=besides_of(measure, unit),
        name=text(measure, "name", 60),
        unit=_unit_words(unit),
        level=_level(measure),
        method=text(measure, "method", 900),
        version=text(measure, "definition_version", 20) or _("not stated"),
        reasons=reasons_of(measure),
    )


def _named(measure: Fields, id: str) -> list[Named]:
    """Return the worst cases as points of the picture, linked to their rows."""
    ranked = enumerate(items(measure, "worst", AT_ONCE), start=1)
    return [
        Named(str(rank), f"#{id}-{rank}", who(row), value)
        for rank, row in ranked
        if (value := number(row, "value")) is not None
    ]


def _share_of(measure: Fields) -> str:
    return (
        _("Share beyond the promise") if block(measure, "share_beyond") else _("Share that failed")
    )


def summary_of(card: Card) -> Summary:
    """Return the row of the table of all measures for a card."""
    slow = next((q.figure.value for q in card.quantiles if q.name == "p95"), "")
    worst: Case | None = card.worst[0] if card.worst else None
    return Summary(
        id=card.id,
        title=card.title,
        value=f"{card.value_is} {card.value.value}".strip() if card.value else "",
        value_interval=card.value.interval if card.value else "",
        beyond=card.beyond.share if card.beyond else "",
        interval=card.beyond.interval if card.beyond else "",
        slow=slow,
        longest=worst.amount if worst else "",
        longest_who=(worst.customer or worst.asset or worst.id) if worst else "",
        felt_twice=next((f.customers for f in card.felt if f.times == _(_TIMES[1][1])), ""),
        complete=card.complete.share if card.complete else "",
    )


def _counts(measure: Fields) -> tuple[str, ...]:
    n, still_open, excluded = (count(measure, name) for name in ("n", "open", "excluded"))
    counts = [f"{whole(n)} {things(text(measure, 'grain'), n)}"]
    if still_open:
        counts.append(_("%(n)s still open") % {"n": whole(still_open)})
    if excluded:
        counts.append(_("%(n)s excluded") % {"n": whole(excluded)})
    return tuple(counts)


def _beyond(measure: Fields) -> Beyond | None:
    beyond = block(measure, "share_beyond")
    share = number(beyond, "share")
    if share is None:
        return None
    return Beyond(
        share=percent(share),
        interval=interval(number(beyond, "low"), number(beyond, "high"), "share"),
        of=_of(count(beyond, "k"), count(beyond, "n")),
        promise=text(beyond, "promise", 200),
    )


def _value(measure: Fields, unit: str) -> Figure | None:
    return figure(block(measure, "value"), unit, reason(measure, "value"))


def _value_is(measure: Fields) -> str:
    """Return the quantile that the value is, if it is one."""
    value = number(block(measure, "value"), "value")
    quantiles = block(measure, "quantiles")
    names = [
        name for name, _meaning in QUANTILES if number(block(quantiles, name), "value") == value
    ]
    return names[0] if names and value is not None else ""


def _quantiles(measure: Fields, unit: str) -> tuple[Quantile, ...]:
    """Return p50 to p99, each with its interval or with why there is none."""
    quantiles = block(measure, "quantiles")
    if not quantiles and not any(reason(measure, *fields_of(name)) for name, _meaning in QUANTILES):
        return ()
    rows = []
    for name, meaning in QUANTILES:
        why = reason(measure, *fields_of(name), "quantiles")
        found = figure(block(quantiles, name), unit, why)
        rows.append(
            Quantile(name, _(meaning), found or Figure("", "", why or _("no value was given")))
        )
    return tuple(rows)


def _longest(measure: Fields, unit: str) -> Figure | None:
    longest = number(measure, "max")
    return None if longest is None else Figure(said(longest, unit))


def _felt(measure: Fields) -> tuple[Felt, ...]:
    hit = block(measure, "customers_hit")
    return tuple(
        Felt(_(words), whole(count(hit, times)))
        for times, words in _TIMES
        if number(hit, times) is not None
    )


def _hit(measure: Fields) -> tuple[Hit, ...]:
    """Return who bore most failures, the hardest hit first."""
    return tuple(
        Hit(
            name=text(row, "name", 60) or _("not recorded"),
            failed=_of(count(row, "k"), count(row, "n")),
        )
        for row in items(block(measure, "hit"), "rows", MOST_HIT)
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
        bounds = _("%(worst)s if all that is missing were bad, %(best)s if it were all good") % {
            "worst": said(worst, unit),
            "best": said(best, unit),
        }
    return Complete(
        shape="●" if used >= should else "◐" if share >= 0.5 else "◔",
        counted=_("%(used)s of %(should)s records counted")
        % {"used": whole(used), "should": whole(should)},
        share=f"{percent_figure(share)} %" if used < should else "all",
        bounds=bounds,
    )


def _interval_words(measure: Fields) -> str:
    n, still_open = count(measure, "n"), count(measure, "open")
    return _("n %(n)s, %(open)s still open; %(level)s intervals") % {
        "n": whole(n), "open": whole(still_open), "level": _level(measure),
    }  # fmt: skip


def _level(measure: Fields) -> str:
    return percent(number(measure, "level") or 0.95).replace(".0", "")


def _unit_words(unit: str) -> str:
    return {"share": _("share"), "h": _("hours"), "d": _("days"), "count": _("count")}.get(
        unit, unit
    )


def _of(k: int, n: int) -> str:
    return _("%(k)s of %(n)s") % {"k": whole(k), "n": whole(n)}
