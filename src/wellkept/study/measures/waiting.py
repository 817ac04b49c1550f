"""The tail card of a wait: how long from a start to an end, with open ones as still running."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Columns, Source, only
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate, Json, Named
from wellkept.study.measures.comparing import groups, trend
from wellkept.study.measures.composing import Said, sentences
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.cuts import labels, parts_of
from wellkept.study.measures.estimates import (
    HOUR,
    NAMES,
    SHARES,
    Lengths,
    beyond,
    both_ways,
    curve,
    felt,
    picked,
    quantiles,
    shape,
    worst_of,
)
from wellkept.study.measures.limits import Judged, judge
from wellkept.study.measures.naming import names_of
from wellkept.study.measures.speech import length as spoken
from wellkept.study.measures.window import Window

ARRAYS = ("no", "customer_no", "urgency", "start_s", "length_s", "settled", "entry_s")
NOTHING_COUNTS = _("nothing is left that could be timed")


@dataclass(frozen=True, slots=True)
class Wait:
    """One kind of waiting: which columns it starts and ends with, and how it is spoken of."""

    name: str
    start: str
    end: str
    due: str
    work: str
    half: Said
    both: Said
    method: Said


@dataclass(frozen=True, slots=True)
class Fact:
    """Where the rows of a wait come from: the fact, and the selections of its names and ends."""

    name: str
    names: str
    ended: str
    startless: int = 0


def wait_card(source: Source, window: Window, wait: Wait, fact: Fact, found: Columns) -> Card:
    """This will make the card of a wait from the rows of LENGTHS or DOWN."""
    lost = (found["unknown"] | found["backwards"]) & ~found["cancelled"]
    unseen = (found["entry_s"] > 0) & (found["entry_s"] >= found["length_s"])
    counted = ~found["cancelled"] & ~lost & ~unseen
    rows = only(found, counted)
    lengths = lengths_of(rows)
    verdict = judge(rows, window, wait.name)
    given, reasons, method = quantiles(lengths, HOUR, window.level)
    value, reasons = picked(given, reasons, "p50")
    hours = lengths.length_s / HOUR
    order = worst_of(hours, lengths.urgency, verdict.failed)
    still = rows.get("still", ~lengths.settled)
    worst = names_of(source, fact.names, rows["no"], order, hours, still,
                     given=window.given, due=wait.due)  # fmt: skip
    n, missing = int(hours.size), int(lost.sum()) + fact.startless
    gone = found["cancelled"] & ~found["backwards"] & ~unseen
    card = Card(
        n=n,
        open=int(np.count_nonzero(~lengths.settled)),
        excluded=int(np.count_nonzero(found["cancelled"])),
        completeness=Completeness(
            n, n + missing, *both_ways(lengths, missing, 0.5, HOUR, window.level)
        ),
        value=value,
        quantiles=given,
        max=float(hours.max()) if n else None,
        worst=worst,
        worst_unit="h",
        method=wait.method % {"method": method},
        reasons=reasons | ({} if n else {"value": NOTHING_COUNTS}),
        says=_says(lengths, given, wait, worst, fact),
        beside=(
            *_ended_only(source, window, fact),
            *_promise_clock(lengths, rows, window),
            *_with_cancelled(lengths, found, gone, window),
            *_before_records(int(np.count_nonzero(unseen & ~found["cancelled"] & ~lost))),
        ),
        shape=shape(np.maximum(hours, 1 / 60), verdict.limit_h),
        curve=curve(lengths, window.level),
    )
    return _cut(_against_promise(card, lengths, verdict, window), source, window, fact, lengths,
                verdict)  # fmt: skip


def lengths_of(rows: Columns) -> Lengths:
    """This will take the lengths from the rows of a selection."""
    return Lengths(*(rows[name] for name in ARRAYS))


def _against_promise(card: Card, lengths: Lengths, verdict: Judged, window: Window) -> Card:
    if verdict.promise is None:
        return card.because(trend=_("nothing is promised, so there is no tail to count"))
    judged, failed = verdict.judged, verdict.failed
    k, n = int(failed.sum()), int(judged.sum())
    none = {} if n else {"share_beyond": _("the promised time of none of them has passed yet")}
    return replace(
        card,
        share_beyond=beyond(k, n, verdict.promise, window.level),
        customers_hit=felt(lengths.customer_no, failed),
        trend=trend(lengths.start_s[judged], failed[judged], window),
        reasons={**card.reasons, **none},
    )


def _ended_only(source: Source, window: Window, fact: Fact) -> tuple[Beside, ...]:
    ended_h = source.columns(fact.ended, **window.given)["length_s"] / HOUR
    if not ended_h.size:
        return ()
    shown = dict(zip(NAMES, np.quantile(ended_h, SHARES), strict=True))
    text = _("by the source's own columns, as most tools show it: the open ones are gone")
    return (
        Beside(_("Ended rows only"), text, int(ended_h.size), max=float(ended_h.max()), unit="h",
               quantiles={name: Estimate(float(v)) for name, v in shown.items()}),
    )  # fmt: skip


def _promise_clock(lengths: Lengths, rows: Mapping[str, Any], window: Window) -> tuple[Beside, ...]:
    if not window.has_calendar or not lengths.no.size or np.any(rows["work_s"] < 0):
        return ()
    clock = replace(lengths, length_s=rows["work_s"], entry_s=np.zeros_like(lengths.entry_s))
    given = quantiles(clock, HOUR, window.level)[0]
    text = _("cover hours only; the customer waited on the customer's clock")
    return (
        Beside(_("Promise clock"), text, int(lengths.no.size), given.get("p50"), given,
               float(clock.length_s.max() / HOUR), "h"),
    )  # fmt: skip


def _with_cancelled(
    lengths: Lengths, found: Columns, gone: NDArray[np.bool_], window: Window
) -> tuple[Beside, ...]:
    """The value with those that were set apart: they waited at least until they were cancelled."""
    if not np.any(gone):
        return ()
    waited = np.where(found["settled"], found["length_s"], found["until_gone_s"])[gone]
    every = replace(
        lengths,
        length_s=np.append(lengths.length_s, waited),
        settled=np.append(lengths.settled, found["settled"][gone]),
        entry_s=np.append(lengths.entry_s, found["entry_s"][gone]),
    )
    given = quantiles(every, HOUR, window.level)[0]
    n = int(every.length_s.size)
    text = ngettext(
        "%(n)s more, as still running until they were cancelled",
        "%(n)s more, as still running until they were cancelled",
        waited.size,
    ) % {"n": int(waited.size)}
    longest = float(every.length_s.max() / HOUR)
    title = _("With the cancelled ones")
    return (Beside(title, text, n, given.get("p50"), given, longest, "h"),)


def _before_records(unseen: int) -> tuple[Beside, ...]:
    if not unseen:
        return ()
    text = _("ended before the records begin; only those that lasted until then could be seen")
    return (Beside(_("Before the records begin"), text, unseen),)


def _says(
    lengths: Lengths, given: Mapping[str, Estimate], wait: Wait, worst: tuple[Named, ...],
    fact: Fact,
) -> Said:  # fmt: skip
    return sentences(_lasted(given, wait) or _waited(lengths.no.size, fact), _longest(worst))


def _lasted(given: Mapping[str, Estimate], wait: Wait) -> Said | None:
    known = {name: one.value for name, one in given.items() if one.value is not None}
    told = {part: spoken(known[name]) for part, name in (("half", "p50"), ("tail", "p95"))
            if name in known}  # fmt: skip
    if "half" in told:
        return (wait.both if "tail" in told else wait.half) % told
    return _("one in twenty waits longer than %(tail)s.") % told if told else None


def _waited(n: int, fact: Fact) -> Said:
    if fact.name == "case":
        waited = ngettext("%(n)s case waited.", "%(n)s cases waited.", n)
    else:
        waited = ngettext(
            "%(n)s spell of down time waited.", "%(n)s spell of down times waited.", n
        )
    return waited % {"n": int(n)}


def _longest(worst: tuple[Named, ...]) -> str:
    if not worst:
        return ""
    longest = max(worst, key=lambda named: named.value)
    told = {
        "who": longest.customer or longest.asset or longest.id,
        "length": spoken(longest.value),
    }
    if longest.open:
        return _("The longest of the worst: %(who)s, %(length)s, still open.") % told
    return _("The longest of the worst: %(who)s, %(length)s.") % told


def _cut(
    card: Card, source: Source, window: Window, fact: Fact, lengths: Lengths, verdict: Judged
) -> Card:
    cut = labels(source, window, fact.name, lengths.no)
    if cut is None:
        return card
    return replace(card, by=groups_of(lengths, verdict, *cut, window, HOUR))


def groups_of(
    lengths: Lengths,
    verdict: Judged,
    by_no: NDArray[np.int64],
    names: list[str],
    window: Window,
    unit_s: int,
) -> Json:
    """This will compare groups by the share beyond the promise, and give their quantiles."""
    judged = verdict.judged
    table = groups(by_no[judged], names, verdict.failed[judged], lengths.settled[judged], window)
    if not np.any(judged):
        table |= {"unit": "d" if unit_s > HOUR else "h", "text": ""}
    rows = {row["group"]: row for row in table["groups"]}
    for i, chosen in parts_of(by_no):
        part, name = lengths.only(chosen), names[i]
        given = quantiles(part, unit_s, window.level)[0]
        row = rows.get(name) or {
            "group": name, "n": int(part.no.size), "k": None, "value": None, "low": None,
            "high": None, "signal": False, "limit_low": None, "limit_high": None,
        }  # fmt: skip
        row["open"] = int(np.count_nonzero(~part.settled))
        row["quantiles"] = {key: estimate.document() for key, estimate in given.items()}
        rows[name] = row
    listed = sorted(rows.values(), key=_by_tail, reverse=True)
    return {**table, "groups": listed, "text": table["text"] or _slowest(listed, unit_s)}


def _by_tail(row: Mapping[str, Any]) -> tuple[float, float]:
    half = (row.get("quantiles") or {}).get("p50") or {}
    return (row.get("value") or 0.0, half.get("value") or 0.0)


def _slowest(rows: list[dict[str, Any]], unit_s: int) -> str:
    known = [row for row in rows if (row["quantiles"].get("p50") or {}).get("value") is not None]
    if not known:
        return _("too few in every group for a percentile")
    first = max(known, key=lambda row: row["quantiles"]["p50"]["value"])
    half = first["quantiles"]["p50"]["value"] * unit_s / HOUR
    return _("slowest: %(group)s, half within %(half)s") % {
        "group": first["group"],
        "half": spoken(half),
    }
