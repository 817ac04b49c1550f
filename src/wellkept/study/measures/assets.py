"""What assets could do: availability of each, and unplanned hours down."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import tails
from wellkept.methods.ratios import ratio_of_sums
from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate, Named
from wellkept.study.measures.composing import Said, sentences
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.estimates import (
    HOUR,
    WORST,
    Given,
    beyond,
    ordered,
    ratio_reasons,
    shape,
)
from wellkept.study.measures.speech import length as spoken
from wellkept.study.measures.speech import share as said
from wellkept.study.measures.window import Window

THOUSAND_H = 1000.0
DOWN = {"measure": "unplanned_downtime"}
BY_ASSET = _("counted by asset here: see %(measure)s") % {"measure": "customers_hit"}


@dataclass(frozen=True, slots=True)
class Fleet:
    """All assets over one span, with the stretches in which some of them were down.

    `rows`: STRETCHES by asset and start; `required_s`: (assets,) the time of each in which it was
    known whether it served; `watched`: whether a log of states says so of any; `known`: how many
    stand in a register; `lost`: stretches that name no asset, or end before they begin; `should`:
    all stretches.
    """

    first_s: int
    span_s: int
    assets: int
    required_s: NDArray[np.float64]
    watched: bool
    known: int
    rows: Columns
    lost: int
    should: int

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Assets with any required time; (assets,)."""
        return self.required_s > 0

    def down_s(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        """This will give the seconds of each asset in which a chosen stretch lasted; (assets,)."""
        return union_s(self.rows, self.first_s, self.assets, chosen)

    @property
    def down_now(self) -> int:
        """Assets that are down at the end of the window."""
        return int(np.unique(self.rows["asset_no"][self.rows["open"]]).size)

    @property
    def completeness(self) -> Completeness:
        """Stretches that could be used of all of them."""
        return Completeness(self.should - self.lost, self.should)


def availability(source: Source, window: Window) -> Card | None:
    """This will give Σ time able ÷ Σ required time, and its spread over the assets."""
    fleet = _fleet(source, window)
    if fleet is None:
        return None
    every = np.ones(fleet.rows["from_s"].size, bool)
    down_s = fleet.down_s(every)
    down = down_s / np.maximum(fleet.required_s, 1)
    value = _ratio(down_s, fleet, window)
    given, reasons = ordered(down[fleet.seen], window.level)
    n = int(fleet.seen.sum())
    worst = _worst_assets(source, down, 1 - down)
    now = fleet.down_now
    return Card(
        n=n,
        open=now,
        value=value,
        quantiles=_able(given),
        max=float(1 - down.max()),
        worst=worst,
        worst_unit="share able",
        completeness=fleet.completeness,
        method=_("required time is %(required)s; overlapping stretches are counted once; still "
                 "down counts until the end; quantiles are over assets, p95 = one in twenty is "
                 "worse, max = the worst; interval over assets") % {"required": _required(fleet)},
        reasons=reasons | ratio_reasons(value) | {
            "share_beyond": _("no availability is guaranteed in these records"),
            "customers_hit": BY_ASSET,
            "trend": _("of a share of all time there is none: see %(measure)s") % DOWN,
            "shape": _("see %(measure)s") % DOWN,
        },
        says=sentences(_could_be_used(n, value.value or 0.0, worst), _down_now(now)),
        beside=_beside(fleet, window),
    )  # fmt: skip


def unplanned_downtime(source: Source, window: Window) -> Card | None:
    """This will give unplanned hours down per 1,000 required hours, and the assets bearing them."""
    fleet = _fleet(source, window)
    if fleet is None:
        return None
    unplanned = ~fleet.rows["planned"]
    down_h = fleet.down_s(unplanned) / HOUR
    value = _per_thousand(down_h, fleet, window)
    given, reasons = ordered(down_h[fleet.seen], window.level)
    n = int(fleet.seen.sum())
    worst = _worst_assets(source, down_h, down_h)
    target = window.target_s("unplanned_downtime")
    k = 0 if target is None else int(np.count_nonzero(down_h > target / HOUR))
    limit = _("at most %(length)s for each asset")
    return Card(
        n=n,
        open=int(np.unique(fleet.rows["asset_no"][fleet.rows["open"] & unplanned]).size),
        excluded=int(np.count_nonzero(~unplanned)),
        value=value,
        share_beyond=None if target is None else beyond(
            k, n, limit % {"length": spoken(target / HOUR)}, window.level),
        quantiles=given,
        max=float(down_h.max()),
        worst=worst,
        worst_unit="h",
        completeness=fleet.completeness,
        method=_("unplanned hours down ÷ required hours × 1,000; quantiles and worst: hours per "
                 "asset in the window; what ended in a silence of the feed counts until the "
                 "silence began; interval over assets"),
        reasons=reasons | ratio_reasons(value) | {
            "share_beyond": _("no limit is stated for it under [targets]"),
            "customers_hit": BY_ASSET,
            "trend": _("of hours down there is none: see %(measure)s")
            % {"measure": "time_to_restore"},
            "shape": _("fewer than ten assets stood still"),
        },
        says=_stood_still(down_h[fleet.seen], worst),
        beside=_borne(down_h, fleet),
        shape=shape(down_h[down_h > 0]),
    )  # fmt: skip


def union_s(
    rows: Columns, first_s: int, assets: int, chosen: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """This will sum the seconds of each asset covered by at least one chosen stretch.

    `rows`: asset_no, from_s, to_s sorted by asset and start; overlaps are counted once; nothing
    before `first_s` counts. Result (assets,).
    """
    asset = rows["asset_no"][chosen].astype(np.int64)
    start = np.maximum(rows["from_s"][chosen], first_s)
    stop = np.maximum(rows["to_s"][chosen], start)
    if asset.size == 0:
        return np.zeros(assets)
    width = int(stop.max()) - first_s + 1
    shifted = asset * width
    reach = np.maximum.accumulate(stop - first_s + shifted)
    before = np.empty_like(reach)
    before[0] = -1
    before[1:] = reach[:-1]
    fresh = np.maximum(start - first_s + shifted, before)
    gained = np.maximum(stop - first_s + shifted - fresh, 0)
    return np.bincount(asset, weights=gained, minlength=assets).astype(np.float64)


def _fleet(source: Source, window: Window) -> Fleet | None:
    """Every asset over one span; None where nothing was ever down, or the span is empty."""
    first = source.rows(
        "SELECT CASE WHEN min(from_s) IS NOT NULL THEN least(min(from_s), "
        "(SELECT min(from_s) FROM watch)) END AS first_s FROM downtime"
    )[0]["first_s"]
    counts = source.rows(
        "SELECT count(*) AS n, count(*) FILTER (WHERE in_register) AS known FROM asset"
    )[0]
    if first is None or not counts["n"]:
        return None
    first_s = max(int(first), window.given["since"])
    if first_s >= window.until_s:
        return None
    given = window.given | {"since": first_s}
    whole = source.rows(selections.STRETCHES_SHOULD, **given)[0]
    assets, span_s = int(counts["n"]), window.until_s - first_s
    watched = source.columns(selections.WATCHED, **window.given)
    fleet = Fleet(
        first_s=first_s,
        span_s=span_s,
        assets=assets,
        required_s=_required_s(watched, first_s, assets, span_s),
        watched=bool(watched["from_s"].size),
        known=int(counts["known"]),
        rows=source.columns(selections.STRETCHES, **given),
        lost=int(whole["lost"]),
        should=int(whole["n"]),
    )
    return fleet if np.any(fleet.seen) else None


def _required_s(watched: Columns, first_s: int, assets: int, span_s: int) -> NDArray[np.float64]:
    """The whole span; of assets with a log of states, the time in which their state was known."""
    required = np.full(assets, float(span_s))
    every = np.ones(watched["from_s"].size, bool)
    told = np.unique(watched["asset_no"]).astype(np.int64)
    required[told] = union_s(watched, first_s, assets, every)[told]
    return required


def _required(fleet: Fleet) -> Said:
    if not fleet.watched:
        return _("every hour from the first record to the end of the window")
    return _(
        "every hour from the first record to the end of the window in which the asset's state is "
        "known"
    )


def _could_be_used(n: int, share: float, worst: tuple[Named, ...]) -> Said:
    told = {"n": n, "share": said(share)}
    if not worst:
        return (
            ngettext(
                "%(n)s asset could be used %(share)s of the time.",
                "%(n)s assets could be used %(share)s of the time.",
                n,
            )
            % told
        )
    first = {"worst": worst[0].id, "least": said(worst[0].value)}
    return ngettext(
        "%(n)s asset could be used %(share)s of the time; the worst, %(worst)s, %(least)s.",
        "%(n)s assets could be used %(share)s of the time; the worst, %(worst)s, %(least)s.",
        n,
    ) % {**told, **first}


def _down_now(n: int) -> Said:
    down = ngettext("%(n)s asset is down now.", "%(n)s assets are down now.", n)
    return down % {"n": n}


def _ratio(down_s: NDArray[np.float64], fleet: Fleet, window: Window) -> Estimate:
    able, seen = fleet.required_s - down_s, fleet.seen
    found = ratio_of_sums(able[seen], fleet.required_s[seen], level=window.level)
    assert found is not None  # there is at least one asset with required time
    return Estimate(found.value, found.low, found.high)


def _per_thousand(down_h: NDArray[np.float64], fleet: Fleet, window: Window) -> Estimate:
    required_h, seen = fleet.required_s / HOUR, fleet.seen
    found = ratio_of_sums(down_h[seen], required_h[seen], level=window.level, bounded=False)
    assert found is not None  # there is at least one asset with required time
    low, high = (None if x is None else x * THOUSAND_H for x in (found.low, found.high))
    return Estimate(found.value * THOUSAND_H, low, high)


def _able(given: Given) -> Given:
    """Quantiles of time down become quantiles of time able, from the bad end."""
    return {
        name: Estimate(
            None if q.value is None else 1 - q.value,
            None if q.high is None else 1 - q.high,
            None if q.low is None else 1 - q.low,
        )
        for name, q in given.items()
    }


def _beside(fleet: Fleet, window: Window) -> tuple[Beside, ...]:
    unplanned = ~fleet.rows["planned"]
    beside = [
        Beside(_("Planned stops not counted"),
               _("able ÷ required when planned stops are left aside"),
               int(fleet.seen.sum()), _ratio(fleet.down_s(unplanned), fleet, window))
    ]  # fmt: skip
    dark = fleet.required_s < fleet.span_s
    if np.any(dark):
        lost = float(1 - fleet.required_s.sum() / (fleet.span_s * fleet.assets))
        text = _("of all hours: no state is known, so they count neither as able nor as down")
        beside.append(Beside(_("Not seen"), text, int(dark.sum()), Estimate(lost), unit="share"))
    if fleet.known and fleet.assets > fleet.known:
        text = _("are in the records but stand in no register of assets")
        beside.append(Beside(_("Not in the register"), text, fleet.assets - fleet.known))
    if not fleet.known and not fleet.watched:
        text = _("there is no list of assets: those that never failed are not in the value")
        beside.append(Beside(_("Only assets that failed"), text, fleet.assets))
    return tuple(beside)


def _borne(down_h: NDArray[np.float64], fleet: Fleet) -> tuple[Beside, ...]:
    beside = []
    if down_h.any():
        borne = Estimate(tails.concentration(down_h).share)
        text = _("share of the unplanned hours")
        beside.append(
            Beside(_("Borne by the worst tenth of assets"), text, fleet.assets, borne, unit="share")
        )
    planned = int(np.count_nonzero(fleet.rows["planned"]))
    beside.append(
        Beside(_("Planned stops left aside"), _("stretches that the records call planned"), planned)
    )
    cut = int(np.count_nonzero(fleet.rows["cut"]))
    if cut:
        text = _("their end was not seen: they count until their asset was last seen down")
        beside.append(Beside(_("Seen in part"), text, cut))
    return tuple(beside)


def _stood_still(down_h: NDArray[np.float64], worst: tuple[Named, ...]) -> Said:
    n = int(down_h.size)
    if not worst:
        return ngettext(
            "None of %(n)s asset stood still unasked.",
            "None of %(n)s assets stood still unasked.",
            n,
        ) % {"n": n}
    hours = round(float(down_h.sum()))
    over = ngettext("over %(n)s asset", "over %(n)s assets", n) % {"n": n}
    return ngettext(
        "%(hours)s unplanned hour down %(over_assets)s; the worst tenth of them bore %(share)s, "
        "%(worst)s alone %(length)s.",
        "%(hours)s unplanned hours down %(over_assets)s; the worst tenth of them bore %(share)s, "
        "%(worst)s alone %(length)s.",
        hours,
    ) % {
        "hours": hours,
        "over_assets": over,
        "share": said(tails.concentration(down_h).share),
        "worst": worst[0].id,
        "length": spoken(float(down_h.max())),
    }


def _worst_assets(
    source: Source, badness: NDArray[np.float64], shown: NDArray[np.float64]
) -> tuple[Named, ...]:
    order = tails.worst(badness, min(WORST, int(np.count_nonzero(badness))))
    numbers = [int(i) for i in order]
    if not numbers:
        return ()
    found = {
        row["asset_no"]: row
        for row in source.rows(selections.ASSET_NAMES.format(numbers=", ".join(map(str, numbers))))
    }
    return tuple(
        Named(id=found[i]["asset"], asset=found[i]["asset"], customer=found[i]["customer"],
              value=float(shown[i]))
        for i in numbers
    )  # fmt: skip
