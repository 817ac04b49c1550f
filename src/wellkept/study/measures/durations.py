"""How long customers waited: response, restore, resolve; and how old the open work is."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Columns, Source, only
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness
from wellkept.study.measures.composing import Said
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.cuts import labels
from wellkept.study.measures.estimates import (
    DAY,
    HOUR,
    beyond,
    felt,
    ordered,
    picked,
    shape,
    worst_of,
)
from wellkept.study.measures.limits import OWN, Judged
from wellkept.study.measures.naming import names_of
from wellkept.study.measures.speech import length as spoken
from wellkept.study.measures.waiting import Fact, Wait, groups_of, lengths_of, wait_card
from wellkept.study.measures.window import Window

RESPONSE = Wait(
    "response_time", "reported_s", "responded_s", "respond_due_s", "response_work_s",
    half=_("Half are answered within %(half)s."),
    both=_("Half are answered within %(half)s, one in twenty waits longer than %(tail)s."),
    method=_("customer clock from start to answered, all that began in the window; %(method)s; "
             "value = p50"),
)  # fmt: skip
RESTORE = Wait(
    "time_to_restore", "occurred_s", "restored_s", "restore_due_s", "restore_work_s",
    half=_("Half are restored within %(half)s."),
    both=_("Half are restored within %(half)s, one in twenty waits longer than %(tail)s."),
    method=_("customer clock from start to restored, all that began in the window; %(method)s; "
             "value = p50"),
)  # fmt: skip
RESOLVE = Wait(
    "time_to_resolve", "reported_s", "resolved_s", "resolve_due_s", "resolve_work_s",
    half=_("Half are resolved within %(half)s."),
    both=_("Half are resolved within %(half)s, one in twenty waits longer than %(tail)s."),
    method=_("customer clock from start to resolved, all that began in the window; %(method)s; "
             "value = p50"),
)  # fmt: skip
DOWNTIME = Fact("downtime", selections.DOWN_NAMES, selections.ENDED_DOWN)


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
    card = wait_card(source, window, RESTORE, DOWNTIME, rows)
    silent = source.rows(selections.SILENT, **window.given)[0]["n"]
    if not silent:
        return card
    text = _("their beginning or end was not seen: they lasted at least as long as they were seen")
    return replace(card, beside=(*card.beside, Beside(_("Seen in part"), text, int(silent))))


def time_to_resolve(source: Source, window: Window) -> Card | None:
    """This will give report to resolution; closed without a resolution counts by its closing."""
    card = _of_cases(source, window, RESOLVE)
    if card is None:
        return None
    by_closing = source.rows(selections.BY_CLOSING, **window.given)[0]["n"]
    if not by_closing:
        return card
    text = _("closing is taken as their end, so that they count, at the latest they can be")
    beside = Beside(_("No resolution recorded"), text, int(by_closing))
    return replace(card, beside=(*card.beside, beside))


def _of_cases(source: Source, window: Window, wait: Wait) -> Card | None:
    ever = f"{wait.end} IS NOT NULL" + (" OR first_ended_s IS NOT NULL" if wait is RESOLVE else "")
    if not source.rows(f'SELECT 1 FROM "case" WHERE {ever} LIMIT 1'):
        return None
    rows = _opened(source, window, wait)
    startless = source.rows(selections.STARTLESS.format(start=wait.start), **window.given)[0]["n"]
    if not rows["no"].size:
        return None
    ended = selections.ENDED_CASES.format(end=f"told_{wait.end}")
    fact = Fact("case", selections.CASE_NAMES, ended, int(startless))
    return wait_card(source, window, wait, fact, rows)


def _opened(source: Source, window: Window, wait: Wait) -> Columns:
    opened = selections.OPENED.format(start=wait.start, end=wait.end)
    text = selections.LENGTHS.format(opened=opened, due=wait.due, work=wait.work)
    return source.columns(text, **window.given)


def backlog_age(source: Source, window: Window) -> Card | None:
    """This will give the age of what is open at the end of the window, however long ago it came."""
    found = _opened(source, replace(window, since_s=None), RESOLVE)
    left = ~found["cancelled"]
    known = left & ~found["unknown"]
    if not np.any(known):
        return None
    still = known & ~found["settled"]
    rows = only(found, still)
    n, lost = int(still.sum()), int(left.sum()) - int(known.sum())
    if not n:
        return Card(
            n=0,
            completeness=Completeness(0, lost),
            method=_("open at the end of the window"),
            reasons={"value": _("nothing is open"), "share_beyond": _("nothing is open")},
            says=_("Nothing is open."),
        )
    return replace(
        _aged(source, window, rows),
        completeness=Completeness(n, n + lost),
    )


def _aged(source: Source, window: Window, rows: Columns) -> Card:
    lengths = lengths_of(rows)
    age = lengths.length_s
    given, reasons = ordered(age / DAY, window.level)
    value, reasons = picked(given, reasons, "p50")
    verdict = _past_due(rows, window)
    k, promised = int(verdict.failed.sum()), int(verdict.judged.sum())
    order = worst_of(age.astype(float), lengths.urgency, verdict.failed)
    everyone = np.ones(age.size, bool)
    card = Card(
        n=int(age.size),
        open=int(age.size),
        value=value,
        share_beyond=beyond(k, promised, verdict.promise or "", window.level),
        quantiles=given,
        max=float(age.max() / DAY),
        customers_hit=felt(rows["customer_no"], verdict.failed) if promised else None,
        worst=names_of(source, selections.CASE_NAMES, rows["no"], order, age / DAY, everyone,
                       given=window.given, due=RESOLVE.due),
        worst_unit="d",
        method=_("age = end of window − report, of all cases open at the end of the window, "
                 "whenever they were reported; value = p50, order statistics"),
        reasons={
            **reasons,
            "trend": _("a snapshot has no trend"),
            "curve": _("nothing ended here"),
            "completeness": _("whether the others are open is not known"),
        },
        says=_open_says(age / HOUR),
        shape=shape(age / HOUR),
    )  # fmt: skip
    cut = labels(source, window, "case", rows["no"])
    if cut is None:
        return card
    table = groups_of(replace(lengths, settled=everyone), verdict, *cut, window, DAY)
    return replace(card, by={**table, "groups": [r | {"open": r["n"]} for r in table["groups"]]})


def _past_due(rows: Columns, window: Window) -> Judged:
    """Of what is open, all that have a limit are judged: it is past it, or not yet."""
    limit, target = rows["limit_s"], window.target_s("backlog_age")
    own = limit >= 0
    if target is not None:
        limit = np.where(own, limit, target)
    judged = limit >= 0
    return Judged(judged, judged & (rows["length_s"] >= limit), _words(target, own))


def _words(target: int | None, own: NDArray[np.bool_]) -> Said:
    if target is None or np.all(own):
        return OWN
    some = _("its own date, or not older than %(age)s where it has none")
    none = _("not older than %(age)s")
    return (some if np.any(own) else none) % {"age": spoken(target / HOUR)}


def _open_says(hours: NDArray[np.float64]) -> Said:
    return ngettext(
        "%(n)s case is to be resolved; it has waited %(oldest)s.",
        "%(n)s cases are to be resolved; the oldest has waited %(oldest)s.",
        hours.size,
    ) % {"n": int(hours.size), "oldest": spoken(float(hours.max()))}
