"""Customers who felt it, and who is being let down now."""

from dataclasses import replace

import numpy as np

from wellkept.methods import tails
from wellkept.study.facts.source import Columns, Source, only
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
from wellkept.study.measures.composing import Said, sentences
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.due import judged
from wellkept.study.measures.estimates import DAY, HOUR, beyond, felt, share
from wellkept.study.measures.speech import share as said
from wellkept.study.measures.window import Window

RECENT_S = 90 * DAY


def customers_hit(source: Source, window: Window) -> Card | None:
    """This will count the customers with one, two, three failures in the last 90 days, by name."""
    due = judged(source, window)
    if due is None or not np.any(due["customer_no"] >= 0):
        return None
    recent = _recent(window)
    rows = only(due, due["judged_s"] >= recent.given["since"])
    known = rows["customer_no"] >= 0
    if not np.any(known):
        return Card(
            n=0,
            method=_method(recent),
            reasons=dict.fromkeys(
                ("value", "share_beyond", "customers_hit", "max", "completeness"),
                _("no promise to a known customer fell due in that time"),
            ),
            says=_("No promise to a known customer fell due %(lately)s.")
            % {"lately": _lately(recent)},
        )
    return _card(source, recent, rows)


def _card(source: Source, recent: Window, rows: Columns) -> Card:
    known = rows["customer_no"] >= 0
    served = np.unique(rows["customer_no"][known])
    hit = rows["customer_no"][known & rows["failed"]]
    counts = np.bincount(hit, minlength=int(served.max()) + 1)[served]
    k, n, failures = int(np.count_nonzero(counts)), int(served.size), int(counts.sum())
    borne = tails.concentration(counts).share if failures else None
    felt_by = felt(rows["customer_no"], rows["failed"])
    return Card(
        n=n,
        value=share(k, n, recent.level),
        share_beyond=beyond(k, n, _none_broken(recent), recent.level),
        customers_hit=felt_by,
        max=float(counts.max()),
        worst=_hit_names(source, recent),
        worst_unit="failures",
        completeness=Completeness(int(known.sum()), int(known.size)),
        method=_method(recent),
        reasons={
            "quantiles": _("a count of failures: see the customers by name"),
            "trend": _("see %(measure)s") % {"measure": "promise_kept_rate"},
            "completeness": _("whom the other promises were made to is not recorded"),
            "shape": _("a count of failures: see the customers by name"),
            "worst": _("no customer felt a broken promise"),
            "by": _("a customer may stand in several groups: compare promises instead"),
        },
        says=_says(k, n, failures, borne, (felt_by or {}).get("3", 0), recent),
        beside=_borne(borne, failures),
    )


def _recent(window: Window) -> Window:
    since_s = max(window.given["since"], window.until_s - RECENT_S)
    return replace(window, since_s=since_s)


def _days(recent: Window) -> int:
    return max(1, -(-(recent.until_s - recent.given["since"]) // DAY))


def _method(recent: Window) -> Said:
    days = _days(recent)
    return ngettext(
        "distinct customers with a promise that failed ÷ customers with a promise judged, in the "
        "last %(n)s days of the window",
        "distinct customers with a promise that failed ÷ customers with a promise judged, in the "
        "last %(n)s days of the window",
        days,
    ) % {"n": days}


def _lately(recent: Window) -> Said:
    days = _days(recent)
    return ngettext("in the last %(n)s days", "in the last %(n)s days", days) % {"n": days}


def _none_broken(recent: Window) -> Said:
    days = _days(recent)
    none = ngettext("no broken promise in %(n)s days", "no broken promise in %(n)s days", days)
    return none % {"n": days}


def _says(k: int, n: int, failures: int, borne: float | None, thrice: int, recent: Window) -> Said:
    told = {"k": k, "lately": _lately(recent), "thrice": thrice}
    if borne is None:
        none = ngettext(
            "None of %(n)s customer felt a broken promise %(lately)s.",
            "None of %(n)s customers felt a broken promise %(lately)s.",
            n,
        )
        return none % {"n": n, "lately": told["lately"]}
    felt_it = ngettext(
        "%(k)s %(of_customers)s felt at least one broken promise %(lately)s, %(thrice)s of them "
        "three or more.",
        "%(k)s %(of_customers)s felt at least one broken promise %(lately)s, %(thrice)s of them "
        "three or more.",
        k,
    )
    bore = ngettext(
        "The worst-hit tenth bore %(share)s of the only failure.",
        "The worst-hit tenth bore %(share)s of all %(n)s failures.",
        failures,
    )
    every = ngettext("of %(n)s customer", "of %(n)s customers", n) % {"n": n}
    return sentences(
        felt_it % {**told, "of_customers": every}, bore % {"share": said(borne), "n": failures}
    )


def failed_of(k: str, n: int) -> Said:
    """This will say how many promises of one customer failed."""
    failed = ngettext("%(k)s of %(n)s promise failed", "%(k)s of %(n)s promises failed", n)
    return failed % {"k": k, "n": n}


def _borne(borne: float | None, failures: int) -> tuple[Beside, ...]:
    if borne is None:
        return ()
    text = _("share of the failures on the tenth of customers hit most")
    title = _("Borne by the worst-hit tenth")
    return (Beside(title, text, failures, Estimate(borne), unit="share"),)


def owed(source: Source, window: Window, where: Where) -> list[Json]:
    """This will name who is being let down now, most consequential first, however old it is."""
    rows = []
    for row in source.rows(selections.OWED, **replace(window, since_s=None).given):
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
        found = source.rows(selections.MOST_HIT.format(who=who), **window.given)
        rows = [row for row in found if row["k"] > 0]
        if rows:
            table = [
                {"name": row["name"], "n": int(row["n"]), "k": int(row["k"])}
                | {"worst_h": round(max(int(row["worst_s"]), 0) / HOUR, 3)}
                for row in rows
            ]
            return {"who": who, "rows": table}
    return None


def _hit_names(source: Source, window: Window) -> tuple[Named, ...]:
    rows = source.rows(selections.MOST_HIT.format(who="customer"), **window.given)
    return tuple(
        Named(id=row["name"], customer=row["name"], value=float(row["k"]),
              about=failed_of(str(row["k"]), int(row["n"])))
        for row in rows if row["k"] > 0
    )  # fmt: skip
