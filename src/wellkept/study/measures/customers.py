"""Customers who felt it, and who is being let down now."""

import numpy as np

from wellkept.methods import tails
from wellkept.study.facts.source import Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import (
    Beside,
    Card,
    Completeness,
    Estimate,
    Json,
    Named,
    Where,
    iso,
)
from wellkept.study.measures.due import judged
from wellkept.study.measures.estimates import DAY, HOUR, beyond, felt, share
from wellkept.study.measures.window import Window

RECENT_S = 90 * DAY


def customers_hit(source: Source, window: Window) -> Card | None:
    """This will count the customers with one, two, three failures in the last 90 days, by name."""
    due = judged(source, window)
    if due is None or not np.any(due["customer_no"] >= 0):
        return None
    known = due["customer_no"] >= 0
    recent = known & (due["judged_s"] > window.until_s - RECENT_S)
    served = np.unique(due["customer_no"][recent])
    hit = due["customer_no"][recent & due["failed"]]
    counts = np.bincount(hit, minlength=int(due["customer_no"].max()) + 1)[served]
    k, n = int(np.count_nonzero(counts)), int(served.size)
    if n == 0:
        return None
    failures = int(counts.sum())
    borne = tails.concentration(counts).share if failures else None
    felt_by = felt(due["customer_no"], due["failed"] & recent)
    says = f"{k:,} of {n:,} customers felt at least one broken promise in the last 90 days"
    if felt_by and borne is not None:
        says += (
            f", {felt_by['3']:,} of them three or more; the worst-hit tenth bore "
            f"{borne:.0%} of all {failures:,} failures."
        )
    return Card(
        n=n,
        value=share(k, n, window.level),
        share_beyond=beyond(k, n, "no failure in 90 days", window.level),
        customers_hit=felt_by,
        max=float(counts.max()) if counts.size else None,
        worst=_hit_names(source, window),
        worst_unit="failures",
        completeness=Completeness(int(known.sum()), int(known.size)),
        method="distinct customers with a promise judged in the last 90 days of the window",
        reasons={
            "quantiles": "a count per customer: see the names",
            "trend": "see promise_kept_rate",
        },
        says=says,
        beside=(
            (
                Beside(
                    "Borne by the worst-hit tenth",
                    "share of failures on the tenth of customers hit most",
                    failures,
                    Estimate(borne),
                ),
            )
            if borne is not None
            else ()
        ),
    )


def owed(source: Source, window: Window, where: Where) -> list[Json]:
    """This will name who is being let down now, most consequential first."""
    rows = []
    for row in source.rows(selections.OWED, **window.given):
        file, line = where.of(row["src"], row["row"])
        rows.append(
            {name: row[name] for name in ("id", "what", "customer", "asset", "owner")}
            | {"due": iso(row["due_s"]), "late_h": round(row["late_s"] / HOUR, 3)}
            | {"consequence": row["consequence"], "file": file, "line": line}
        )
    return rows


def most_hit(source: Source, window: Window) -> Json | None:
    """Who bore most failures: customers where they are known, assets otherwise."""
    for who in ("customer", "asset"):
        text = selections.MOST_HIT.format(who=who) + " ORDER BY k DESC, n, name LIMIT 20"
        rows = [row for row in source.rows(text, **window.given) if row["k"] > 0]
        if rows:
            table = [
                {"name": row["name"], "n": int(row["n"]), "k": int(row["k"])}
                | {"worst_h": round(max(int(row["worst_s"]), 0) / HOUR, 3)}
                for row in rows
            ]
            return {"who": who, "rows": table}
    return None


def _hit_names(source: Source, window: Window) -> tuple[Named, ...]:
    given = window.given | {"since": max(window.given["since"], window.until_s - RECENT_S + 1)}
    text = selections.MOST_HIT.format(who="customer") + " ORDER BY k DESC, n, name LIMIT 20"
    rows = source.rows(text, **given)
    return tuple(
        Named(id=row["name"], customer=row["name"], value=float(row["k"]),
              about=f"{row['k']} of {row['n']} promises failed")
        for row in rows if row["k"] > 0
    )  # fmt: skip
