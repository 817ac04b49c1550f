"""Cases that were not over when we said so."""

from dataclasses import replace

import numpy as np

from wellkept.study.facts.source import Columns, Source, only
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness
from wellkept.study.measures.comparing import groups, trend
from wellkept.study.measures.cuts import labels
from wellkept.study.measures.estimates import DAY, beyond, felt, share, worst_of
from wellkept.study.measures.naming import case_names
from wellkept.study.measures.speech import many
from wellkept.study.measures.speech import share as said
from wellkept.study.measures.window import Window

DAYS = 14
_METHOD = (
    f"cases that first ended at least {DAYS} d before the end of the window and went back to work "
    f"within {DAYS} d ÷ all such cases"
)


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
            "value": f"no case ended {DAYS} days ago or earlier",
            "share_beyond": f"no case ended {DAYS} days ago or earlier",
            "quantiles": "a share has none",
        },
        says=f"{many(young, 'case')} ended, all less than {DAYS} days ago: too early to say.",
        beside=(_too_young(young),),
    )


def _card(source: Source, window: Window, rows: Columns, young: int, others: int) -> Card:
    n, k, ever = int(rows["no"].size), int(rows["failed"].sum()), int(rows["ever"].sum())
    counts = np.where(rows["ever"], rows["count"], 0).astype(float)
    order = worst_of(counts, rows["urgency"], rows["ever"])
    card = Card(
        n=n,
        value=share(k, n, window.level),
        share_beyond=beyond(k, n, f"what is ended stays ended for {DAYS} days", window.level),
        customers_hit=felt(rows["customer_no"], rows["failed"]),
        worst=case_names(source, window, rows, order, counts),
        worst_unit="times",
        max=float(counts.max()),
        completeness=Completeness(n, n + others, (k + others) / (n + others), k / (n + others)),
        method=_METHOD,
        reasons={
            "quantiles": "a share has none",
            "shape": "a share has none",
            "worst": "none came back",
        },
        says=(
            f"{k:,} of {many(n, 'case')} that ended went back to work within {DAYS} days "
            f"({said(k / n)})."
        ),
        beside=(
            Beside("Ever reopened", "whenever it happened", n, share(ever, n, window.level)),
            *((_too_young(young),) if young else ()),
        ),
        trend=trend(rows["first_ended_s"], rows["failed"], window),
    )
    cut = labels(source, window, "case", rows["no"])
    if cut is None:
        return card
    return replace(card, by=groups(*cut, rows["failed"], np.ones(n, bool), window))


def _too_young(young: int) -> Beside:
    text = f"ended less than {DAYS} days before the end of the window: too early to say"
    return Beside("Not yet counted", text, young)
