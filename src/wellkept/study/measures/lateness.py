"""How late promises were, and how often their dates were moved."""

import numpy as np

from wellkept.methods import tails
from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate
from wellkept.study.measures.due import (
    JUDGED_DATE,
    WORST,
    average,
    judged,
    latest,
    promise_names,
    top,
    unit_of,
)
from wellkept.study.measures.estimates import (
    HOUR,
    NAMES,
    SHARES,
    Lengths,
    beyond,
    curve,
    felt,
    quantiles,
    shape,
    share,
    trend,
)
from wellkept.study.measures.promises import cut_promises
from wellkept.study.measures.window import Window


def lateness(source: Source, window: Window) -> Card | None:
    """This will give how late promises were, on time being 0 and open ones a lower bound."""
    due = judged(source, window)
    dated = None if due is None else ~due["told"]
    if due is None or dated is None or not np.any(dated):
        return None
    rows = {name: values[dated] for name, values in due.items()}
    unit_s, unit = unit_of(rows)
    lengths = _late(rows)
    given, reasons, method = quantiles(lengths, unit_s, window.level)
    failed = rows["failed"]
    late = lengths.length_s[failed] / unit_s
    worst = latest(source, window, rows, failed, unit_s)
    n = int(failed.size)
    says = (
        f"Of {n:,} promises {int(failed.sum()):,} were late; "
        f"{average(rows, unit_s, unit)}. {top(worst, unit)}"
    )
    card = Card(
        n=n,
        open=int(np.count_nonzero(~rows["settled"])),
        completeness=Completeness(n, int(due["told"].size)),
        value=given.get("p95"),
        share_beyond=beyond(int(failed.sum()), n, JUDGED_DATE, window.level),
        quantiles=given,
        max=float(late.max()) if late.size else 0.0,
        customers_hit=felt(rows["customer_no"], failed),
        worst=worst,
        worst_unit=unit,
        unit=unit,
        method=f"lateness of all promises due, on time counted as 0; {method}; value = p95",
        reasons=reasons,
        says=says,
        beside=_ended_only(source, window, unit_s, unit),
        trend=trend(rows["judged_s"], failed, window),
        shape=shape(late * unit_s / HOUR) if late.size else None,
        curve=curve(lengths.only(failed), window.level) if np.any(failed) else None,
    )
    return cut_promises(card, source, window, rows)


def slips(source: Source, window: Window) -> Card | None:
    """This will give the share of promises whose date we moved; None if dates never show a move."""
    due = judged(source, window)
    if due is None or not source.rows("SELECT 1 FROM tells_moves LIMIT 1"):
        return None
    moved = due["our_moves"] > 0
    n, k = int(moved.size), int(moved.sum())
    order = tails.worst(
        due["our_moves"].astype(float), min(WORST, k), rank=np.where(moved, due["urgency"], 99)
    )
    named = promise_names(source, window, due, order, due["our_moves"].astype(float))
    by_first = int(due["failed_first"].sum())
    by_current = int(due["failed_current"].sum())
    late_moves = int((due["moved_late"] > 0).sum())
    return cut_promises(
        Card(
            n=n,
            value=share(k, n, window.level),
            share_beyond=beyond(k, n, "never moved by us", window.level),
            customers_hit=felt(due["customer_no"], moved),
            worst=named,
            worst_unit="moves",
            max=float(due["our_moves"].max(initial=0)),
            method="promises judged in the window with a move the customer did not ask for",
            reasons={"quantiles": "a count of moves: see the most moved by name"},
            says=(
                f"We moved the date of {k:,} of {n:,} promises; {late_moves:,} of them only after "
                f"the date had passed. By the date as said today {by_current:,} failed, by the "
                f"first date {by_first:,}."
            ),
            beside=(
                Beside(
                    "Moved after the date had passed",
                    "a date moved after it was missed hides a miss",
                    n,
                    share(late_moves, n, window.level),
                ),
            ),
            trend=trend(due["judged_s"], moved, window),
        ),
        source,
        window,
        {**due, "failed": moved},
    )


def _late(rows: Columns) -> Lengths:
    size = rows["promise_no"].size
    late = np.maximum(rows["late_s"], 0)
    on_time = rows["late_s"] <= 0
    zero = np.zeros(size, np.int64)
    return Lengths(
        rows["promise_no"], rows["customer_no"], rows["urgency"], rows["judged_s"], late,
        rows["settled"] | on_time, zero, zero - 1,
    )  # fmt: skip


def _ended_only(source: Source, window: Window, unit_s: int, unit: str) -> tuple[Beside, ...]:
    """What a tool shows that subtracts two columns: early ones negative, open ones gone."""
    late = source.columns(selections.ENDED, **window.given)["late_s"] / unit_s
    if not late.size:
        return ()
    shown = dict(zip(NAMES, np.quantile(late, SHARES), strict=True))
    return (
        Beside(
            "Ended rows only, early counted as negative",
            "what subtracting two columns shows: early cancels late, open ones are gone; "
            f"its average is {float(late.mean()):,.1f} {unit}",
            int(late.size),
            quantiles={name: Estimate(float(q)) for name, q in shown.items()},
            max=float(late.max()),
            unit=unit,
        ),
    )
