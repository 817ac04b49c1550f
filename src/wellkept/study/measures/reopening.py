"""Cases that were not over when we said so."""

from dataclasses import replace

import numpy as np

from wellkept.study.facts.source import Columns, Source, only
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness
from wellkept.study.measures.comparing import groups, trend
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.cuts import labels
from wellkept.study.measures.estimates import DAY, beyond, felt, share, worst_of
from wellkept.study.measures.naming import case_names
from wellkept.study.measures.speech import share as said
from wellkept.study.measures.window import Window

DAYS = 14
_METHOD = _(
    "cases that first ended at least %(days)s d before the end of the window and went back to work "
    "within %(days)s d ÷ all such cases"
) % {"days": DAYS}
_STAYS = _("what is ended stays ended for %(days)s days") % {"days": DAYS}
_NONE_ENDED = _("no case ended %(days)s days ago or earlier") % {"days": DAYS}


def reopen_rate(source: Source, window: Window) -> Card | None:
    """This will give the share of ended cases that went back to work within 14 days, matured."""
    if not source.rows('SELECT 1 FROM "case" WHERE reopened IS NOT NULL LIMIT 1'):
        return None
    given = {**window.given, "window": DAYS * DAY}
    found = source.columns(selections.REOPENED, **given)
    young = int(np.count_nonzero(~found["mature"]))
    if not found["no"].size:
        return None
    if young == found["no"].size:
        return _nothing_mature(young)
    rows = only(found, found["mature"])
    others = int(source.rows(selections.REOPENED_SHOULD, **given)[0]["n"])
    return _card(source, window, rows, young, others)


def _nothing_mature(young: int) -> Card:
    return Card(
        n=0,
        method=_METHOD,
        reasons={
            "value": _NONE_ENDED,
            "share_beyond": _NONE_ENDED,
            "quantiles": _("a share has none"),
        },
        says=ngettext(
            "%(n)s case ended, all less than %(days)s days ago: too early to say.",
            "%(n)s cases ended, all less than %(days)s days ago: too early to say.",
            young,
        )
        % {"n": young, "days": DAYS},
        beside=(_too_young(young),),
    )


def _card(source: Source, window: Window, rows: Columns, young: int, others: int) -> Card:
    n, k, ever = int(rows["no"].size), int(rows["failed"].sum()), int(rows["ever"].sum())
    counts = np.where(rows["ever"], rows["count"], 0).astype(float)
    order = worst_of(counts, rows["urgency"], rows["ever"])
    card = Card(
        n=n,
        value=share(k, n, window.level),
        share_beyond=beyond(k, n, _STAYS, window.level),
        customers_hit=felt(rows["customer_no"], rows["failed"]),
        worst=case_names(source, window, rows, order, counts),
        worst_unit="times",
        max=float(counts.max()),
        completeness=Completeness(n, n + others, (k + others) / (n + others), k / (n + others)),
        method=_METHOD,
        reasons={
            "quantiles": _("a share has none"),
            "shape": _("a share has none"),
            "worst": _("none came back"),
        },
        says=_says(k, n),
        beside=(
            Beside(_("Ever reopened"), _("whenever it happened"), n, share(ever, n, window.level)),
            *((_too_young(young),) if young else ()),
        ),
        trend=trend(rows["first_ended_s"], rows["failed"], window),
    )
    cut = labels(source, window, "case", rows["no"])
    if cut is None:
        return card
    return replace(card, by=groups(*cut, rows["failed"], np.ones(n, bool), window))


def _says(k: int, n: int) -> str:
    ended = ngettext("of %(n)s case that ended", "of %(n)s cases that ended", n) % {"n": n}
    return ngettext(
        "%(k)s %(of_cases)s went back to work within %(days)s days (%(share)s).",
        "%(k)s %(of_cases)s went back to work within %(days)s days (%(share)s).",
        k,
    ) % {"k": k, "of_cases": ended, "days": DAYS, "share": said(k / n)}


def _too_young(young: int) -> Beside:
    text = _("ended less than %(days)s days before the end of the window: too early to say")
    return Beside(_("Not yet counted"), text % {"days": DAYS}, young)
