"""How long customers waited: response, restore, resolve; and how old the open work is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import tails
from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate, Named
from wellkept.study.measures.cuts import labels, parts_of
from wellkept.study.measures.estimates import (
    HOUR,
    NAMES,
    SHARES,
    Lengths,
    beyond,
    curve,
    felt,
    groups,
    quantiles,
    shape,
    trend,
)
from wellkept.study.measures.naming import case_names, names_of
from wellkept.study.measures.window import Window

WORST = 20
ARRAYS = ("customer_no", "urgency", "start_s", "length_s", "settled", "entry_s", "limit_s")


@dataclass(frozen=True, slots=True)
class Wait:
    """One kind of waiting: which columns it starts and ends with, and how it is spoken of."""

    name: str
    verb: str
    start: str
    end: str
    due: str
    work: str


RESPONSE = Wait("response_time", "answered", "reported_s", "responded_s", "respond_due_s",
                "response_work_s")  # fmt: skip
RESTORE = Wait("time_to_restore", "restored", "occurred_s", "restored_s", "restore_due_s",
               "restore_work_s")  # fmt: skip
RESOLVE = Wait("time_to_resolve", "resolved", "reported_s", "resolved_s", "resolve_due_s",
               "resolve_work_s")  # fmt: skip


def response_time(source: Source, window: Window) -> Card | None:
    """This will give report to first answer; None where no answer is recorded."""
    return _of_cases(source, window, RESPONSE)


def time_to_restore(source: Source, window: Window) -> Card | None:
    """This will give failure to function restored, from cases or else from downtimes."""
    card = _of_cases(source, window, RESTORE)
    if card is not None:
        return card
    rows = source.columns(selections.DOWN, **window.given)
    if not rows["no"].size:
        return None
    return _card(source, window, RESTORE, rows, fact="downtime", names=selections.DOWN_NAMES)


def time_to_resolve(source: Source, window: Window) -> Card | None:
    """This will give report to resolution; closed without a resolution counts by its closing."""
    card = _of_cases(source, window, RESOLVE)
    if card is None:
        return None
    by_closing = source.rows(
        'SELECT count(*) AS k FROM "case" WHERE resolved_by_closing AND reported_s >= $since '
        "AND reported_s <= $until",
        **window.given,
    )[0]["k"]
    if not by_closing:
        return card
    beside = Beside(
        "No resolution recorded",
        "closing is taken as their end, so that they count, at the latest they can be",
        int(by_closing),
    )
    return replace(card, beside=(*card.beside, beside))


def backlog_age(source: Source, window: Window) -> Card | None:
    """This will give the age of what is open at the end of the window, the oldest by name."""
    opened = selections.OPENED.format(start="reported_s", end="resolved_s")
    text = selections.LENGTHS.format(opened=opened, due="resolve_due_s", work="resolve_work_s")
    rows = source.columns(text, **window.given)
    if not rows["no"].size:
        return None
    still = ~rows["settled"] & ~rows["cancelled"] & ~rows["unknown"]
    if np.all(rows["unknown"] | rows["cancelled"]):
        return None
    if not np.any(still):
        return Card(n=0, method="open at the end of the window", says="Nothing is open.")
    rows = {name: values[still] for name, values in rows.items()}
    age = window.until_s - rows["start_s"]
    everyone = np.ones(age.size, bool)
    ages = Lengths(
        rows["no"], rows["customer_no"], rows["urgency"], rows["start_s"], age, everyone,
        np.zeros(age.size, np.int64), rows["limit_s"],
    )  # fmt: skip
    day = 24 * HOUR
    given, reasons, _ = quantiles(ages, day, window.level)
    promised = rows["limit_s"] >= 0
    failed = promised & (age > rows["limit_s"])
    oldest = tails.worst(age.astype(float), min(WORST, age.size), rank=rows["urgency"])
    worst = case_names(source, rows, oldest, age / day, everyone)
    card = Card(
        n=int(age.size),
        open=int(age.size),
        value=given.get("p50"),
        share_beyond=beyond(int(failed.sum()), int(promised.sum()), "its own date", window.level),
        quantiles=given,
        max=float(age.max() / day),
        customers_hit=felt(rows["customer_no"], failed) if np.any(promised) else None,
        worst=worst,
        worst_unit="d",
        method="age = end of window − report, of all open cases; value = p50, order statistics",
        reasons={**reasons, "trend": "a snapshot has no trend", "curve": "nothing ended here"},
        says=f"{age.size:,} cases are open; the oldest has waited {age.max() / day:,.0f} d.",
        shape=shape(age / HOUR),
    )
    cut = labels(source, window, "case", rows["no"])
    if cut is None:
        return card
    return replace(card, by=groups(*cut, failed, np.zeros(age.size, bool), window))


def _of_cases(source: Source, window: Window, wait: Wait) -> Card | None:
    if not source.rows(f'SELECT 1 FROM "case" WHERE {wait.end} IS NOT NULL LIMIT 1'):
        return None
    opened = selections.OPENED.format(start=wait.start, end=wait.end)
    text = selections.LENGTHS.format(opened=opened, due=wait.due, work=wait.work)
    rows = source.columns(text, **window.given)
    if not rows["no"].size:
        return None
    return _card(source, window, wait, rows, fact="case", names=selections.CASE_NAMES)


def _card(
    source: Source, window: Window, wait: Wait, rows: Columns, *, fact: str, names: str
) -> Card:
    everything = int(rows["no"].size)
    counted = ~rows["cancelled"] & ~rows["unknown"] & ~rows["backwards"]
    excluded = int(np.count_nonzero(rows["cancelled"]))
    lost = int(np.count_nonzero((rows["unknown"] | rows["backwards"]) & ~rows["cancelled"]))
    rows = {name: values[counted] for name, values in rows.items()}
    lengths = Lengths(rows["no"], *(rows[name] for name in ARRAYS))
    limit, promise = _limit(lengths, window, wait)
    judged, failed = _judge(lengths, limit, rows, window)
    given, reasons, method = quantiles(lengths, HOUR, window.level)
    hours = lengths.length_s / HOUR
    order = _worst(lengths, failed)
    worst = names_of(source, names, rows["no"], order, hours, ~lengths.settled)
    k, n = int(failed.sum()), int(judged.sum())
    card = Card(
        n=int(lengths.no.size),
        open=int(np.count_nonzero(~lengths.settled)),
        excluded=excluded,
        completeness=_complete(everything - excluded, lost, given),
        value=given.get("p50"),
        share_beyond=beyond(k, n, promise, window.level) if promise else None,
        quantiles=given,
        max=float(hours.max()) if hours.size else None,
        customers_hit=felt(lengths.customer_no, failed) if promise else None,
        worst=worst,
        worst_unit="h",
        method=f"customer clock from start to {wait.verb}, all opened in the window; {method}; "
        "value = p50",
        reasons=reasons,
        says=_says(lengths, given, wait, worst),
        beside=_beside(lengths, rows, window, _ended_only(source, window, wait, fact)),
        trend=trend(lengths.start_s[judged], failed[judged], window) if promise else None,
        shape=shape(np.maximum(hours, 1 / 60), None),
        curve=curve(lengths, window.level),
    )
    return _cut(card, source, window, fact, lengths, judged, failed)


def _worst(lengths: Lengths, failed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """By consequence, then length: among those beyond their promise, else in the slowest twentieth.

    Without the cut a short wait of a grave class would stand before every long one.
    """
    length = lengths.length_s.astype(float)
    tail = (
        failed if np.any(failed) else length >= np.quantile(length, 0.95) if length.size else failed
    )
    k = min(WORST, int(np.count_nonzero(tail)))
    return tails.worst(np.where(tail, length, -1.0), k, rank=np.where(tail, lengths.urgency, 99))


def _limit(lengths: Lengths, window: Window, wait: Wait) -> tuple[NDArray[np.int64], str | None]:
    """Each row's own promised length, else the stated target, else none."""
    if np.any(lengths.limit_s >= 0):
        return lengths.limit_s, "its own date"
    target = window.target_s(wait.name)
    if target is None:
        return lengths.limit_s, None
    clock = "cover hours" if window.has_calendar else "wall time"
    return np.full(lengths.no.size, target), f"within {target / HOUR:g} h ({clock})"


def _judge(
    lengths: Lengths, limit: NDArray[np.int64], rows: Mapping[str, Any], window: Window
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Judged are those whose promised time has passed by the window's end; open past it failed.

    A target stated for cover hours is compared with the promise clock, a row's own date never is.
    """
    length = lengths.length_s
    if window.has_calendar and not np.any(lengths.limit_s >= 0) and np.all(rows["work_s"] >= 0):
        length = rows["work_s"]
    failed = (limit >= 0) & (length > limit)
    passed = window.until_s - lengths.start_s >= limit
    judged = (limit >= 0) & (passed | lengths.settled)
    if np.any(lengths.limit_s >= 0):
        judged = (limit >= 0) & passed
    return judged, failed & judged


def _complete(should: int, lost: int, given: Mapping[str, Estimate]) -> Completeness:
    return Completeness(should - lost, should)


def _beside(
    lengths: Lengths, rows: Mapping[str, Any], window: Window, ended: NDArray[np.int64]
) -> tuple[Beside, ...]:
    beside = []
    if ended.size:
        hours = ended / HOUR
        shown = dict(zip(NAMES, np.quantile(hours, SHARES), strict=True))
        beside.append(
            Beside("Ended rows only", "by the source's own columns, as most tools show it: the "
                   "open ones are gone", int(ended.size),
                   quantiles={k: Estimate(float(v)) for k, v in shown.items()},
                   max=float(hours.max()), unit="h")
        )  # fmt: skip
    if window.has_calendar and np.all(rows["work_s"] >= 0) and lengths.no.size:
        promise = replace_length(lengths, rows["work_s"])
        given, _, _ = quantiles(promise, HOUR, window.level)
        beside.append(
            Beside("Promise clock", "cover hours only; the customer waited on the customer clock",
                   int(lengths.no.size), given.get("p50"), given,
                   float(promise.length_s.max() / HOUR), "h")
        )  # fmt: skip
    return tuple(beside)


def _ended_only(source: Source, window: Window, wait: Wait, fact: str) -> NDArray[np.int64]:
    text = (
        selections.ENDED_DOWN
        if fact == "downtime"
        else selections.ENDED_CASES.format(end=f"told_{wait.end}")
    )
    return np.asarray(source.columns(text, **window.given)["length_s"])


def replace_length(lengths: Lengths, length_s: NDArray[np.int64]) -> Lengths:
    """This will give the same rows measured by another clock, from their start."""
    return replace(lengths, length_s=length_s, entry_s=np.zeros_like(lengths.entry_s))


def _says(
    lengths: Lengths, given: Mapping[str, Estimate], wait: Wait, worst: tuple[Named, ...]
) -> str:
    parts = []
    half, tail = given.get("p50"), given.get("p95")
    if half is not None and half.value is not None:
        parts.append(f"Half are {wait.verb} within {half.value:,.1f} h")
    if tail is not None and tail.value is not None:
        parts.append(f"one in twenty waits longer than {tail.value:,.0f} h")
    text = ", ".join(parts) + "." if parts else f"{lengths.no.size:,} waited."
    if worst:
        longest = max(worst, key=lambda named: named.value)
        still = ", still open" if longest.open else ""
        who = longest.customer or longest.asset or longest.id
        text += f" The longest among the worst: {who}, {longest.value:,.0f} h{still}."
    return text


def _cut(
    card: Card,
    source: Source,
    window: Window,
    fact: str,
    lengths: Lengths,
    judged: NDArray[np.bool_],
    failed: NDArray[np.bool_],
) -> Card:
    cut = labels(source, window, fact, lengths.no)
    if cut is None:
        return card
    by_no, names = cut
    if np.any(judged):
        table = groups(by_no[judged], names, failed[judged], lengths.settled[judged], window)
        rows = {row["group"]: row for row in table["groups"]}
    else:
        table = {"column": window.by, "unit": "h", "groups": [], "text": ""}
        rows = {}
    for i, chosen in parts_of(by_no):
        part, name = lengths.only(chosen), names[i]
        given, _, _ = quantiles(part, HOUR, window.level)
        row = rows.get(name) or {
            "group": name, "n": int(part.no.size), "k": None, "value": None, "low": None,
            "high": None, "signal": False,
        }  # fmt: skip
        row["open"] = int(np.count_nonzero(~part.settled))
        row["quantiles"] = {key: estimate.document() for key, estimate in given.items()}
        rows[name] = row
    ordered = sorted(rows.values(), key=_by_tail, reverse=True)
    return replace(
        card, by={**table, "groups": ordered, "text": table["text"] or _slowest(ordered)}
    )


def _by_tail(row: Mapping[str, Any]) -> tuple[float, float]:
    half = (row.get("quantiles") or {}).get("p50") or {}
    return (row.get("value") or 0.0, half.get("value") or 0.0)


def _slowest(rows: list[dict[str, Any]]) -> str:
    known = [row for row in rows if (row["quantiles"].get("p50") or {}).get("value") is not None]
    if not known:
        return "too few in every group for a percentile"
    first = max(known, key=lambda row: row["quantiles"]["p50"]["value"])
    return f"slowest by p50: {first['group']}, {first['quantiles']['p50']['value']:,.1f} h"
