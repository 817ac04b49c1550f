"""How work flows between people: ownerless time, handoffs, paused clocks, as counts per case."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.ratios import ratio_of_sums
from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate, Json
from wellkept.study.measures.comparing import groups
from wellkept.study.measures.composing import Said, sentences
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.cuts import labels, parts_of
from wellkept.study.measures.estimates import (
    HOUR,
    NAMES,
    SHARES,
    beyond,
    felt,
    ordered,
    picked,
    ratio_reasons,
    share,
    worst_of,
)
from wellkept.study.measures.naming import case_names
from wellkept.study.measures.speech import length as spoken
from wellkept.study.measures.speech import share as said
from wellkept.study.measures.window import Window


def ownerless_time(source: Source, window: Window) -> Card | None:
    """This will give the share of open time in which no named person was responsible."""
    rows = _counted(source, window, "ownerless_s", "open_s")
    value = None if rows is None else _ratio(rows, window)
    if rows is None or value is None:
        return None
    hours = rows["count"] / HOUR
    some = rows["count"] > 0
    target = window.target_s("ownerless_time")
    too_long = some if target is None else rows["count"] > target
    k, n = int(some.sum()), int(some.size)
    now = int(source.rows(selections.OWNERLESS_NOW, **window.given)[0]["n"])
    card = _counts_card(source, window, rows, hours, "h", too_long)
    limit = _("at most %(length)s without an owner")
    return replace(
        card,
        value=value,
        share_beyond=None if target is None else beyond(
            int(too_long.sum()), n, limit % {"length": spoken(target / HOUR)}, window.level),
        method=_("Σ time without a named person ÷ Σ open time; a team or queue is not an owner; "
                 "interval over cases; quantiles: hours per case; customers: with such a case"),
        reasons={**card.reasons, **_ratio_only(value, _("no limit is stated under [targets]"))},
        says=_ownerless(value.value or 0.0, spoken(float(hours.sum())), k, now),
        beside=(
            Beside(_("Without an owner now"), _("open and nobody's"), now),
            Beside(_("Some time without an owner"), _however_short(k), n,
                   share(k, n, window.level), unit="share"),
        ),
        by=_shares_by(source, window, rows),
    )  # fmt: skip


def _ownerless(share: float, length: str, k: int, now: int) -> Said:
    no_owner = ngettext(
        "%(share)s of open time had no owner: %(length)s over %(n)s case.",
        "%(share)s of open time had no owner: %(length)s over %(n)s cases.",
        k,
    )
    still = ngettext(
        "%(n)s case is without an owner now.", "%(n)s cases are without an owner now.", now
    )
    return sentences(
        no_owner % {"share": said(share), "length": length, "n": k}, still % {"n": now}
    )


def _however_short(k: int) -> Said:
    return ngettext("%(n)s cases, however short it was", "%(n)s cases, however short it was", k) % {
        "n": k
    }


def paused_share(source: Source, window: Window) -> Card | None:
    """This will give the share of open time in which the clock waited for the customer."""
    rows = _counted(source, window, "paused_s", "open_s")
    value = None if rows is None else _ratio(rows, window)
    if rows is None or value is None:
        return None
    hours = rows["count"] / HOUR
    paused = rows["count"] > 0
    told = source.rows(selections.ACKNOWLEDGED, **window.given)[0]
    agreed = _agreed(told, float(rows["count"].sum()))
    card = _counts_card(source, window, rows, hours, "h", paused)
    return replace(
        card,
        value=value,
        method=_(
            "Σ time waiting for the customer ÷ Σ open time on the customer's clock; interval over "
            "cases; quantiles: hours per case; customers: with such a case"
        ),
        reasons={**card.reasons, **_ratio_only(value, _("a pause is not promised"))},
        says=_paused(value.value or 0.0, int(paused.sum()), agreed),
        beside=(_acknowledged(agreed, int(paused.sum())),),
        by=_shares_by(source, window, rows),
    )


def _paused(share: float, n: int, agreed: float | None) -> Said:
    told = {"share": said(share), "n": n}
    if agreed is None:
        return (
            ngettext(
                "%(share)s of open time we said that we waited for the customer, in %(n)s case.",
                "%(share)s of open time we said that we waited for the customer, in %(n)s cases.",
                n,
            )
            % told
        )
    return ngettext(
        "%(share)s of open time we said that we waited for the customer, in %(n)s case; the "
        "customer acknowledged %(agreed)s of it.",
        "%(share)s of open time we said that we waited for the customer, in %(n)s cases; the "
        "customer acknowledged %(agreed)s of it.",
        n,
    ) % {**told, "agreed": said(agreed)}


def _agreed(told: dict[str, Any], paused_s: float) -> float | None:
    """Share of the paused time that the customer acknowledged; None where nothing tells."""
    if not told["known"] or not paused_s:
        return None
    return float(told["s"]) / paused_s


def _acknowledged(agreed: float | None, n: int) -> Beside:
    title = _("Acknowledged by the customer")
    if agreed is None:
        text = _("not recorded: nobody can tell whether the customer knew that we were waiting")
        return Beside(title, text, n)
    return Beside(title, _("of the paused time"), n, Estimate(agreed), unit="share")


def handoffs_per_case(source: Source, window: Window) -> Card | None:
    """This will give changes of the person responsible per case, and bounces apart."""
    rows = _counted(source, window, "handoffs", "bounces")
    if rows is None:
        return None
    passed = rows["count"].astype(float)
    bounced = rows["other"] > 0
    n, k, back = int(passed.size), int((passed > 0).sum()), int(bounced.sum())
    known = bool(source.rows('SELECT 1 FROM "case" WHERE bounces IS NOT NULL LIMIT 1'))
    card = _counts_card(source, window, rows, passed, "handoffs", bounced)
    value, reasons = picked(dict(card.quantiles), dict(card.reasons), "p50")
    beside = [_as_told(source)]
    if known:
        text = ngettext(
            "%(n)s case came back to somebody who had had it before",
            "%(n)s cases came back to somebody who had had it before",
            back,
        ) % {"n": back}
        beside.append(Beside(_("Bounced"), text, n, share(back, n, window.level), unit="share"))
        text = _("the most often that one case came back")
        beside.append(
            Beside(_("Most bounces"), text, n, max=float(rows["other"].max()), unit="count")
        )
    hit = {} if known else {"customers_hit": _("whether cases came back is not recorded")}
    return replace(
        card,
        value=value,
        customers_hit=card.customers_hit if known else None,
        method=_("changes from one named person to another, per case opened in the window; value = "
                 "p50, but the tail matters; customers: with a case that came back"),
        reasons=reasons | {"share_beyond": _("no number of handoffs is promised")} | hit,
        says=_changed_hands(k, n, int(passed.max()), back if known else None),
        beside=tuple(b for b in beside if b is not None),
        by=_passed_by(source, window, rows, bounced if known else passed > 0, known=known),
    )  # fmt: skip


def _changed_hands(k: int, n: int, most: int, back: int | None) -> Said:
    told = {
        "k": k,
        "of_cases": ngettext("of %(n)s case", "of %(n)s cases", n) % {"n": n},
        "share": said(k / n),
        "times": ngettext("%(n)s time", "%(n)s times", most) % {"n": most},
    }
    if back is None:
        return (
            ngettext(
                "%(k)s %(of_cases)s changed hands (%(share)s), the most often %(times)s.",
                "%(k)s %(of_cases)s changed hands (%(share)s), the most often %(times)s.",
                k,
            )
            % told
        )
    return ngettext(
        "%(k)s %(of_cases)s changed hands (%(share)s), the most often %(times)s; %(back)s came "
        "back to somebody who had had them before.",
        "%(k)s %(of_cases)s changed hands (%(share)s), the most often %(times)s; %(back)s came "
        "back to somebody who had had them before.",
        k,
    ) % {**told, "back": back}


def _counted(source: Source, window: Window, column: str, other: str) -> Columns | None:
    text = selections.COUNTED.format(column=column, other=other)
    rows = source.columns(text, **window.given)
    return rows if rows["no"].size else None


def _ratio(rows: Columns, window: Window) -> Estimate | None:
    part, whole = rows["count"].astype(float), rows["other"].astype(float)
    found = ratio_of_sums(part, whole, level=window.level)
    return None if found is None else Estimate(found.value, found.low, found.high)


def _ratio_only(value: Estimate, not_beyond: str) -> dict[str, str]:
    return {"share_beyond": not_beyond} | ratio_reasons(value)


def _counts_card(
    source: Source,
    window: Window,
    rows: Columns,
    values: NDArray[np.float64],
    unit: str,
    hit: NDArray[np.bool_],
) -> Card:
    """What all per-case counts share: quantiles of all cases, the worst by name, completeness."""
    given, reasons = ordered(values, window.level)
    every = source.rows(selections.COUNTED_SHOULD, **window.given)[0]["n"]
    order = worst_of(values, rows["urgency"], np.zeros(values.size, bool))
    worst = case_names(source, window, rows, order, values)
    return Card(
        n=int(values.size),
        open=int(np.count_nonzero(rows["still"])),
        quantiles=given,
        max=float(values.max()),
        customers_hit=felt(rows["customer_no"], hit),
        worst=worst,
        worst_unit=unit,
        completeness=Completeness(int(values.size), int(every)),
        reasons=reasons | {
            "trend": _("of a sum over open time there is none: see %(measure)s")
            % {"measure": "time_to_resolve"},
            "shape": _("see the quantiles"),
            "worst": _("there was none at all"),
        },
    )  # fmt: skip


def _as_told(source: Source) -> Beside | None:
    """Handoffs as the source itself counted them, where it did."""
    if not source.rows(
        "SELECT 1 FROM information_schema.tables WHERE table_name = 'told_handoffs'"
    ):
        return None
    found = source.columns("SELECT handoffs FROM told_handoffs")["handoffs"]
    if not found.size:
        return None
    shown = zip(NAMES, np.quantile(found, SHARES), strict=True)
    return Beside(_("As the source counted them"), _("its own counter, whatever it counts"),
                  int(found.size), quantiles={k: Estimate(float(v)) for k, v in shown},
                  max=float(found.max()), unit="handoffs")  # fmt: skip


def _shares_by(source: Source, window: Window, rows: Columns) -> Json | None:
    cut = labels(source, window, "case", rows["no"])
    if cut is None:
        return None
    by_no, names = cut
    table = [_share_row(rows, chosen, names[i], window) for i, chosen in parts_of(by_no)]
    listed = sorted(
        (row for row in table if row is not None), key=lambda row: row["value"], reverse=True
    )
    text = _("nothing to compare")
    if listed:
        text = _("highest: %(group)s") % {"group": listed[0]["group"]}
    return {"column": window.by, "unit": "share", "groups": listed, "text": text}


def _share_row(
    rows: Columns, chosen: NDArray[np.int64], name: str, window: Window
) -> dict[str, Any] | None:
    part = {key: values[chosen] for key, values in rows.items()}
    value = _ratio(part, window)
    if value is None:
        return None
    return {
        "group": name,
        "n": int(chosen.size),
        "k": int(np.count_nonzero(part["count"])),
        "open": int(np.count_nonzero(part["still"])),
        "signal": False,
        "limit_low": None,
        "limit_high": None,
    } | value.document()


def _passed_by(
    source: Source, window: Window, rows: Columns, failed: NDArray[np.bool_], *, known: bool
) -> Json | None:
    cut = labels(source, window, "case", rows["no"])
    if cut is None:
        return None
    table = groups(cut[0], cut[1], failed, ~rows["still"], window)
    back = _("share of cases that came back: %(groups)s")
    passed = _("share of cases that changed hands: %(groups)s")
    return {**table, "text": (back if known else passed) % {"groups": table["text"]}}
