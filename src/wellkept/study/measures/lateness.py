"""How late promises were, and how often their dates were moved."""

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Columns, Source, only
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate
from wellkept.study.measures.comparing import trend
from wellkept.study.measures.composing import Said, sentences
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.due import (
    JUDGED_DATE,
    beside_average,
    cut_promises,
    ended_lateness,
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
    picked,
    quantiles,
    shape,
    share,
    worst_of,
)
from wellkept.study.measures.speech import amount
from wellkept.study.measures.window import Window


def lateness(source: Source, window: Window) -> Card | None:
    """This will give how late promises were, on time being 0 and open ones a lower bound."""
    due = judged(source, window)
    rows = _dated(due)
    if due is None or rows is None:
        return None
    unit_s, unit = unit_of(rows)
    lengths = _late(rows)
    given, reasons, method = quantiles(lengths, unit_s, window.level)
    value, reasons = picked(given, reasons, "p95")
    failed = rows["failed"]
    late = lengths.length_s[failed] / unit_s
    ended_s = ended_lateness(source, window)
    worst = latest(source, window, rows, failed, unit_s)
    n, k = int(failed.size), int(failed.sum())
    card = Card(
        n=n,
        open=int(np.count_nonzero(~lengths.settled)),
        completeness=Completeness(n, int(due["told"].size)),
        value=value,
        share_beyond=beyond(k, n, JUDGED_DATE, window.level),
        quantiles=given,
        max=float(late.max(initial=0.0)),
        customers_hit=felt(rows["customer_no"], failed),
        worst=worst,
        worst_unit=unit,
        unit=unit,
        method=_(
            "lateness of all promises due, on time counted as 0; %(method)s; value = p95; given up "
            "ones were never fulfilled, so they count as still running"
        )
        % {"method": method},
        reasons={
            **reasons,
            "completeness": _("how late those are that carry only a verdict is not known"),
            "worst": _("none was late"),
            "curve": _("fewer than two were late"),
            "shape": _("fewer than ten were late"),
        },
        says=sentences(_says(n, k, ended_s, unit_s, unit), top(worst, unit)),
        beside=_ended_only(ended_s, unit_s, unit),
        trend=trend(rows["judged_s"], failed, window),
        shape=shape(late * unit_s / HOUR),
        curve=curve(lengths.only(failed), window.level),
    )
    return cut_promises(card, source, window, rows)


def slips(source: Source, window: Window) -> Card | None:
    """This will give the share of promises whose date we moved; None if dates never show a move."""
    due = judged(source, window)
    rows = _dated(due)
    if due is None or rows is None or not source.rows("SELECT 1 FROM tells_moves LIMIT 1"):
        return None
    moves = rows["our_moves"].astype(float)
    moved = rows["our_moves"] > 0
    n, k = int(moved.size), int(moved.sum())
    order = worst_of(moves, rows["urgency"], moved) if k else np.zeros(0, np.int64)
    late_moves = int((rows["moved_late"] > 0).sum())
    card = Card(
        n=n,
        value=share(k, n, window.level),
        share_beyond=beyond(k, n, _("a date that we do not move ourselves"), window.level),
        customers_hit=felt(rows["customer_no"], moved),
        completeness=Completeness(n, int(due["told"].size)),
        worst=promise_names(source, window, rows, order, moves),
        worst_unit="moves",
        max=float(moves.max()),
        method=_(
            "promises judged in the window with a move that the customer did not ask for while the "
            "date was still ahead"
        ),
        reasons={
            "quantiles": _("a count of moves: see the most moved by name"),
            "shape": _("a count of moves: see the most moved by name"),
            "worst": _("no date was moved by us"),
        },
        says=_moved_says(n, k, late_moves, rows),
        beside=(
            Beside(_("Moved after the date had passed"),
                   _("a date moved after it was missed hides a miss"),
                   n, share(late_moves, n, window.level)),
        ),
        trend=trend(rows["judged_s"], moved, window),
    )  # fmt: skip
    return cut_promises(card, source, window, {**rows, "failed": moved})


def _dated(due: Columns | None) -> Columns | None:
    """Without the rows that carry only a verdict; None where nothing has a date."""
    if due is None or np.all(due["told"]):
        return None
    return only(due, ~due["told"])


def _says(n: int, k: int, ended_s: NDArray[np.int64], unit_s: int, unit: str) -> Said:
    if k == 0:
        return ngettext(
            "None of %(n)s promise was late.", "None of %(n)s promises was late.", n
        ) % {"n": n}
    late = ngettext("%(k)s %(of_promises)s was late", "%(k)s %(of_promises)s were late", k)
    return beside_average(late % {"k": k, "of_promises": _of(n)}, ended_s, unit_s, unit)


def _of(n: int) -> Said:
    return ngettext("of %(n)s promise", "of %(n)s promises", n) % {"n": n}


def _moved_says(n: int, k: int, late_moves: int, rows: Columns) -> Said:
    if k == 0:
        return ngettext(
            "No date of %(n)s promise was moved by us.",
            "No date of %(n)s promises was moved by us.",
            n,
        ) % {"n": n}
    first, current = (int(rows[f"failed_{by}"].sum()) for by in ("first", "current"))
    moved = _(
        "We moved the date of %(k)s %(of_promises)s, %(late)s of them only after it had passed."
    )
    failed = _("By the date as said today %(today)s failed, by the first date %(first)s.")
    return sentences(
        moved % {"k": k, "of_promises": _of(n), "late": late_moves},
        failed % {"today": current, "first": first},
    )


def _late(rows: Columns) -> Lengths:
    late = np.maximum(rows["late_s"], 0)
    return Lengths(
        rows["promise_no"], rows["customer_no"], rows["urgency"], rows["judged_s"], late,
        rows["settled"], np.zeros(late.size, np.int64),
    )  # fmt: skip


def _ended_only(ended_s: NDArray[np.int64], unit_s: int, unit: str) -> tuple[Beside, ...]:
    """What a tool shows that subtracts two columns: early ones negative, open ones gone."""
    if not ended_s.size:
        return ()
    late = ended_s / unit_s
    shown = dict(zip(NAMES, np.quantile(late, SHARES), strict=True))
    return (
        Beside(
            _("Ended rows only, early counted as negative"),
            _(
                "what subtracting two columns shows: early cancels late, open ones are gone; its "
                "average is %(mean)s"
            )
            % {"mean": amount(float(late.mean()), unit)},
            int(late.size),
            quantiles={name: Estimate(float(q)) for name, q in shown.items()},
            max=float(late.max()),
            unit=unit,
        ),
    )
