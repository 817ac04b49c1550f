"""How each measure is spoken of in a line: the figures a manager asks for, in their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wellkept.desk.cli.terminal import TOGETHER
from wellkept.study.measures.speech import amount, share

Json = Mapping[str, Any]
TAIL = (("p50", "half"), ("p90", "9 in 10"), ("p95", "19 in 20"), ("p99", "99 in 100"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said of a measure.

    `of_value`: after its value; `of_beyond`: after the share beyond; `tail`: before the quantiles
    (empty: they are not shown); `longest`: of the last one; `open`: of those that are not settled;
    `excluded`: of those set apart; `all`: of all that count.
    """

    of_value: str = ""
    of_beyond: str = ""
    tail: str = ""
    open: str = "still open"
    longest: str = "longest"
    excluded: str = "set apart"
    all: str = "in all"


def _kept() -> Phrase:
    return Phrase(of_beyond="broken", open="still owed", excluded="released in time")


def _waited(verb: str) -> Phrase:
    return Phrase(of_beyond="too late", tail=f"{verb} within", open=f"not {verb} yet",
                  excluded="cancelled")  # fmt: skip


PHRASES = {
    "promise_kept_rate": _kept(),
    "kept_when_it_mattered": _kept(),
    "promise_lateness": Phrase(of_beyond="late", tail="late by at most",
                               open="never fulfilled so far"),
    "promise_slip_rate": Phrase(of_beyond="moved by us"),
    "customers_hit": Phrase(of_beyond="of the customers felt a broken promise lately"),
    "response_time": _waited("answered"),
    "time_to_restore": _waited("restored"),
    "time_to_resolve": _waited("resolved"),
    "backlog_age": Phrase(of_beyond="past their date", tail="open for at most", open="",
                          longest="oldest", all="open"),
    "ownerless_time": Phrase(of_value="of open time was nobody's", of_beyond="too long",
                             tail="nobody's for at most"),
    "handoffs_per_case": Phrase(tail="handed on at most", longest="most"),
    "reopen_rate": Phrase(of_beyond="came back within 14 days"),
    "paused_share": Phrase(of_value="of open time we waited for the customer",
                           tail="paused for at most"),
    "availability": Phrase(of_value="of the time usable", tail="usable for at least",
                           open="down now", longest="the worst"),
    "unplanned_downtime": Phrase(of_value="down unasked", of_beyond="down too long",
                                 tail="down for at most", open="down now",
                                 excluded="planned stops"),
}  # fmt: skip
OTHER = Phrase(of_beyond="beyond the promise", tail="at most")
KEPT = ("promise_kept_rate", "kept_when_it_mattered")
IN_PART = "Seen in part"


def headline(measure: Json) -> str:
    """This will say the main figures of a measure: its share with k of n, or its value."""
    phrase = PHRASES.get(measure["name"], OTHER)
    beyond, value, parts = measure["share_beyond"], measure["value"], []
    alone = bool(beyond) and measure["unit"] == "share" and not phrase.of_value
    if value and value["value"] is not None and not alone and not _quantile_of(measure):
        parts.append(estimate(value, measure["unit"], phrase.of_value))
    if beyond:
        rate = {"value": beyond["share"], "low": beyond["low"], "high": beyond["high"]}
        rated = estimate(rate, "share", phrase.of_beyond)
        parts.append(f"{rated}: {beyond['k']:,} of {beyond['n']:,}")
    if not beyond or beyond["n"] != measure["n"]:
        parts.append(f"{measure['n']:,} {phrase.all}")
    if measure["open"] and phrase.open:
        parted = IN_PART in [one["title"] for one in measure["beside"]]
        seen = ", or not seen" if parted and phrase.open.startswith("not ") else ""
        parts.append(f"{measure['open']:,} {phrase.open}{seen}")
    if measure["excluded"]:
        parts.append(f"{measure['excluded']:,} {phrase.excluded}")
    return " · ".join(parts)


def tail(measure: Json) -> str:
    """This will say how far the tail reaches, from half of all to the last one."""
    phrase = PHRASES.get(measure["name"], OTHER)
    unit = measure["worst_unit"] or measure["unit"]
    if not phrase.tail:
        return ""
    main = _quantile_of(measure)
    parts = []
    for name, words in TAIL:
        found = measure["quantiles"].get(name)
        if found and found["value"] is not None:
            said = estimate(found, unit) if name == main else amount(found["value"], unit)
            parts.append(_together(f"{words} {said}"))
    first = f"{phrase.tail}: " if parts else ""
    if measure["max"] is not None:
        parts.append(_together(f"{phrase.longest} {amount(measure['max'], unit)}"))
    return first + " · ".join(parts)


def estimate(value: Json, unit: str, words: str = "") -> str:
    """This will say a number with its words and its interval.

    >>> estimate({"value": 0.1376, "low": 0.1276, "high": 0.1481}, "share", "broken")
    '13.8 % broken (12.8–14.8 %)'
    >>> estimate({"value": 3.35, "low": 3.2, "high": None}, "h")
    '3.4 h (3.2 h or more)'
    """
    low, high = value["low"], value["high"]
    text = amount(value["value"], unit) + (f" {words}" if words else "")
    if low is None and high is None:
        return text
    if low is None:
        return f"{text} (at most {amount(high, unit)})"
    if high is None:
        return f"{text} ({amount(low, unit)} or more)"
    ends = amount(low, unit), amount(high, unit)
    return text if ends[0] == ends[1] else f"{text} ({_range(*ends)})"


def _range(low: str, high: str) -> str:
    """Two ends with their unit once, where they share it: 3.2–3.5 h, but 30 min–2 h."""
    number, _, unit = low.partition(" ")
    other, _, same = high.partition(" ")
    if unit in (same, same.removesuffix("s")) and not any(
        part.isdigit() for part in unit.split()[:-1]
    ):
        return f"{number}–{other} {same}".strip()
    return f"{low}–{high}"


def beside(one: Json, measure: Json) -> str:
    """This will say a value that stands beside a measure."""
    unit = one["unit"] or ("share" if one["value"] else measure["worst_unit"] or measure["unit"])
    parts = []
    if one["value"] and one["value"]["value"] is not None and not one["quantiles"]:
        words = "kept" if measure["name"] in KEPT and unit == "share" else ""
        parts.append(estimate(one["value"], unit, words))
    parts += [
        _together(f"{words} {amount(one['quantiles'][name]['value'], unit)}")
        for name, words in TAIL
        if name in one["quantiles"] and one["quantiles"][name]["value"] is not None
    ]
    if one["max"] is not None:
        parts.append(_together(f"most {amount(one['max'], unit)}"))
    return " · ".join(parts) or f"{one['n']:,}"


def group(row: Json, unit: str) -> str:
    """This will say the value of one group."""
    parts = []
    if row["value"] is not None:
        counted = row["k"] is not None and abs(row["k"] / row["n"] - row["value"]) < 1e-6
        of = f": {row['k']:,} of {row['n']:,}" if counted else f" (n = {row['n']:,})"
        parts.append((share(row["value"]) if unit == "share" else amount(row["value"], unit)) + of)
    else:
        parts.append(f"n = {row['n']:,}")
    lengths = unit if unit in ("h", "d") else "h"
    for name, words in TAIL[:2]:
        found = (row.get("quantiles") or {}).get(name)
        if found and found["value"] is not None:
            parts.append(f"{words} {amount(found['value'], lengths)}")
    return " · ".join(parts)


def _together(text: str) -> str:
    return text.replace(" ", TOGETHER)


def _quantile_of(measure: Json) -> str | None:
    """Which of the quantiles the value is, if it is one."""
    same = (name for name, q in measure["quantiles"].items() if q == measure["value"])
    return next(same, None)
