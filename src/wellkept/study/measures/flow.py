"""How work flows between people: ownerless time, handoffs, reopened cases, paused clocks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import bounds, tails
from wellkept.methods.ratios import ratio_of_sums
from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate
from wellkept.study.measures.cuts import labels, parts_of
from wellkept.study.measures.estimates import DAY, HOUR, NAMES, SHARES, beyond, felt, groups, share
from wellkept.study.measures.naming import case_names
from wellkept.study.measures.window import Window

WORST = 20
REOPEN_S = 14 * DAY


def ownerless_time(source: Source, window: Window) -> Card | None:
    """This will give the share of open time in which no named person was responsible."""
    rows = _counted(source, window, "ownerless_s", "open_s")
    if rows is None:
        return None
    hours = rows["count"] / HOUR
    ratio = ratio_of_sums(rows["count"].astype(float), rows["other"].astype(float))
    if ratio is None:
        return None
    some = rows["count"] > 0
    now = source.rows('SELECT count(*) AS k FROM "case" WHERE ownerless_now')[0]["k"]
    card = _counts_card(source, window, rows, hours, "h", some)
    return replace(
        card,
        value=Estimate(ratio.value, ratio.low, ratio.high),
        share_beyond=beyond(int(some.sum()), int(some.size), "an owner from the first moment",
                            window.level),
        method="Σ time without a named person ÷ Σ open time; a team or queue is not an owner; "
        "interval over cases; quantiles: hours per case",
        says=(
            f"{ratio.value:.1%} of open time had no owner: {hours.sum():,.0f} h over "
            f"{int(some.sum()):,} cases. {int(now):,} are without an owner now."
        ),
        beside=(Beside("Without an owner now", "open and nobody's", int(now)),),
        by=_shares_by(source, window, rows),
    )  # fmt: skip


def paused_share(source: Source, window: Window) -> Card | None:
    """This will give the share of elapsed time in which the clock waited for the customer."""
    rows = _counted(source, window, "paused_s", "open_s")
    if rows is None or not np.any(rows["count"]):
        return None
    hours = rows["count"] / HOUR
    ratio = ratio_of_sums(rows["count"].astype(float), rows["other"].astype(float))
    if ratio is None:
        return None
    told = source.columns(
        'SELECT coalesce(pauses_acknowledged_s, 0) AS s FROM "case" '
        "WHERE reported_s >= $since AND reported_s <= $until AND paused_s > 0",
        **window.given,
    )
    agreed = float(told["s"].sum()) / float(rows["count"].sum())
    card = _counts_card(source, window, rows, hours, "h", rows["count"] > 0)
    return replace(
        card,
        value=Estimate(ratio.value, ratio.low, ratio.high),
        method="Σ time waiting for the customer ÷ Σ elapsed on the customer clock; interval over "
        "cases; quantiles: hours per case",
        reasons={**card.reasons, "share_beyond": "a pause is not promised"},
        says=(
            f"{ratio.value:.1%} of elapsed time the clock waited for the customer; "
            f"{agreed:.0%} of it is recorded as acknowledged by the customer."
        ),
        beside=(
            Beside("Acknowledged by the customer", "of paused time", int(told["s"].size),
                   Estimate(agreed)),
        ),
        by=_shares_by(source, window, rows),
    )  # fmt: skip


def handoffs_per_case(source: Source, window: Window) -> Card | None:
    """This will give changes of the person responsible per case, and bounces apart."""
    rows = _counted(source, window, "handoffs", "bounces")
    if rows is None:
        return None
    passed = rows["count"]
    bounced = rows["other"] > 0
    n = int(passed.size)
    card = _counts_card(source, window, rows, passed.astype(float), "handoffs", passed > 1)
    most = int(passed.max())
    known = source.rows('SELECT 1 FROM "case" WHERE bounces IS NOT NULL LIMIT 1')
    beside = [_teams(source, window)]
    if known:
        beside.append(
            Beside("Bounced", "cases that came back to somebody who had them before", n,
                   share(int(bounced.sum()), n, window.level), max=float(rows["other"].max()),
                   unit="bounces")
        )  # fmt: skip
    return replace(
        card,
        value=Estimate(float(np.quantile(passed, 0.5))),
        method="changes from one named person to another, per case opened in the window; "
        "quantiles are of all cases, the median is flat and the tail matters",
        reasons={**card.reasons, "share_beyond": "no number of handoffs is promised"},
        says=(
            f"{np.mean(passed > 0):.0%} of {n:,} cases changed hands, the worst {most:,} times; "
            f"{int(bounced.sum()):,} came back to somebody who had had them before."
        ),
        beside=tuple(b for b in beside if b is not None),
    )


def reopen_rate(source: Source, window: Window) -> Card | None:
    """This will give the share of ended cases that went back to work within 14 days, matured."""
    if not source.rows('SELECT 1 FROM "case" WHERE reopened IS NOT NULL LIMIT 1'):
        return None
    rows = source.columns(
        f"""SELECT case_no AS no, coalesce(customer_no, -1) AS customer_no, urgency,
              first_ended_s, reopened > 0 AND (reopened_s IS NULL OR
              reopened_s - first_ended_s <= {REOPEN_S}) AS failed, reopened AS count
            FROM "case" WHERE reopened IS NOT NULL AND first_ended_s IS NOT NULL
              AND first_ended_s >= $since AND first_ended_s <= $until - {REOPEN_S}
            ORDER BY case_no""",
        **window.given,
    )
    n = int(rows["no"].size)
    if n == 0:
        return None
    k = int(rows["failed"].sum())
    ever = int((rows["count"] > 0).sum())
    from wellkept.study.measures.estimates import trend

    order = tails.worst(
        rows["count"].astype(float),
        min(WORST, ever),
        rank=np.where(rows["count"] > 0, rows["urgency"], 99),
    )
    card = Card(
        n=n,
        value=share(k, n, window.level),
        share_beyond=beyond(k, n, "ended means ended", window.level),
        customers_hit=felt(rows["customer_no"], rows["failed"]),
        worst=case_names(source, rows, order, rows["count"].astype(float)),
        worst_unit="times",
        max=float(rows["count"].max()),
        method="cases ended at least 14 d before the end of the window and back at work within "
        "14 d of it ÷ all such cases",
        reasons={"quantiles": "a share has none"},
        says=f"{k:,} of {n:,} ended cases went back to work within 14 d ({k / n:.1%}).",
        beside=(Beside("Ever reopened", "whenever it happened", n, share(ever, n, window.level)),),
        trend=trend(rows["first_ended_s"], rows["failed"], window),
    )
    cut = labels(source, window, "case", rows["no"])
    if cut is None:
        return card
    return replace(card, by=groups(*cut, rows["failed"], np.ones(n, bool), window))


def _counted(source: Source, window: Window, column: str, other: str) -> Columns | None:
    text = selections.COUNTED.format(column=column, other=other)
    rows = source.columns(text, **window.given)
    return rows if rows["no"].size else None


def _counts_card(
    source: Source,
    window: Window,
    rows: Columns,
    values: NDArray[np.float64],
    unit: str,
    hit: NDArray[np.bool_],
) -> Card:
    """What all per-case counts share: quantiles of all cases, the worst by name, completeness."""
    n = int(values.size)
    found = bounds.quantile(values, np.array(SHARES), window.level)
    given = {
        name: Estimate(float(v), _finite(low), _finite(high))
        for name, v, low, high in zip(NAMES, found.value, found.low, found.high, strict=True)
    }
    every = source.rows(
        'SELECT count(*) AS n FROM "case" WHERE reported_s >= $since AND reported_s <= $until',
        **window.given,
    )[0]["n"]
    order = tails.worst(values, min(WORST, int(np.count_nonzero(values))), rank=None)
    return Card(
        n=n,
        quantiles=given,
        max=float(values.max()),
        customers_hit=felt(rows["customer_no"], hit),
        worst=case_names(source, rows, order, values),
        worst_unit=unit,
        completeness=Completeness(n, int(every)),
        reasons={"trend": "see the tail of time_to_resolve", "shape": "see the quantiles"},
    )


def _teams(source: Source, window: Window) -> Beside | None:
    """Handoffs as the source itself counted them, where it did."""
    if not source.rows(
        "SELECT 1 FROM information_schema.tables WHERE table_name = 'told_handoffs'"
    ):
        return None
    found = source.columns("SELECT handoffs FROM told_handoffs")["handoffs"]
    if not found.size:
        return None
    shown = zip(NAMES, np.quantile(found, SHARES), strict=True)
    return Beside("As the source counted them", "its own counter, whatever it counts",
                  int(found.size), quantiles={k: Estimate(float(v)) for k, v in shown},
                  max=float(found.max()), unit="handoffs")  # fmt: skip


def _shares_by(source: Source, window: Window, rows: Columns) -> dict[str, Any] | None:
    cut = labels(source, window, "case", rows["no"])
    if cut is None:
        return None
    by_no, names = cut
    table = [_share_row(rows, chosen, names[i]) for i, chosen in parts_of(by_no)]
    known: Sequence[dict[str, Any]] = [row for row in table if row is not None]
    ordered = sorted(known, key=lambda row: row["value"] or 0.0, reverse=True)
    text = f"highest: {ordered[0]['group']}" if ordered else "nothing to compare"
    return {"column": window.by, "unit": "share", "groups": ordered, "text": text}


def _share_row(rows: Columns, chosen: NDArray[np.int64], name: str) -> dict[str, Any] | None:
    part, whole = rows["count"][chosen].astype(float), rows["other"][chosen].astype(float)
    ratio = ratio_of_sums(part, whole)
    if ratio is None:
        return None
    return {
        "group": name,
        "n": int(chosen.size),
        "k": int(np.count_nonzero(part)),
        "open": 0,
        "signal": False,
    } | Estimate(ratio.value, ratio.low, ratio.high).document()


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
