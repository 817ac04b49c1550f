"""What assets could do: availability of each, and unplanned hours down."""

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import bounds, tails
from wellkept.methods.ratios import ratio_of_sums
from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate, Named
from wellkept.study.measures.estimates import HOUR, NAMES, SHARES, beyond
from wellkept.study.measures.window import Window

WORST = 20
THOUSAND_H = 1000.0


def availability(source: Source, window: Window) -> Card | None:
    """This will give Σ time able ÷ Σ required time, and its spread over the assets."""
    span = _span(source, window)
    if span is None:
        return None
    first_s, assets, known = span
    rows = source.columns(selections.STRETCHES, **(window.given | {"since": first_s}))
    down = union_s(rows, first_s, assets, np.ones(rows["from_s"].size, bool))
    required = np.full(assets, window.until_s - first_s, float)
    ratio = ratio_of_sums(required - down, required)
    if ratio is None:
        return None
    share_down = down / required
    able = 1 - share_down
    found = np.quantile(able, [1 - p for p in SHARES])
    guarantee = (window.targets_s or {}).get("availability_ppm")
    below = able < guarantee / 1e6 if guarantee else None
    worst = _worst_assets(source, share_down, 1 - share_down)
    return Card(
        n=assets,
        open=int(rows["open"].sum()),
        value=Estimate(ratio.value, ratio.low, ratio.high),
        share_beyond=(
            beyond(int(below.sum()), assets, f"at least {guarantee / 1e6:.2%}", window.level)
            if below is not None and guarantee
            else None
        ),
        quantiles={k: Estimate(float(v)) for k, v in zip(NAMES, found, strict=True)},
        max=float(share_down.max()),
        worst=worst,
        worst_unit="share able",
        completeness=Completeness(assets, max(assets, known)),
        method="required time is every hour from the first record to the end of the window; "
        "overlapping stretches are counted once; still down counts until the end; quantiles are "
        "over assets, p95 = one in twenty is worse; interval over assets",
        reasons={
            "customers_hit": "counted by asset here: see customers_hit",
            "trend": "see unplanned_downtime",
        },
        says=(
            f"{ratio.value:.2%} of required time {assets:,} assets were able; the worst, "
            f"{worst[0].id if worst else 'none'}, {able.min():.1%}. "
            f"{int(rows['open'].sum()):,} are down now."
        ),
        beside=_beside(rows, first_s, assets, required, known),
    )


def unplanned_downtime(source: Source, window: Window) -> Card | None:
    """This will give unplanned hours down per 1,000 required hours, and the assets bearing them."""
    span = _span(source, window)
    if span is None:
        return None
    first_s, assets, known = span
    rows = source.columns(selections.STRETCHES, **(window.given | {"since": first_s}))
    unplanned = ~rows["planned"]
    down_h = union_s(rows, first_s, assets, unplanned) / HOUR
    required = np.full(assets, (window.until_s - first_s) / HOUR)
    ratio = ratio_of_sums(down_h, required, bounded=False)
    if ratio is None:
        return None
    each = 1000 / required[0]
    found = bounds.quantile(down_h, np.array(SHARES), window.level)
    worst = _worst_assets(source, down_h, down_h)
    borne = tails.concentration(down_h).share if down_h.sum() else 0.0
    low, high = (None if x is None else x * THOUSAND_H for x in (ratio.low, ratio.high))
    planned = int(np.count_nonzero(rows["planned"]))
    return Card(
        n=assets,
        open=int(rows["open"][unplanned].sum()),
        excluded=planned,
        value=Estimate(ratio.value * THOUSAND_H, low, high),
        quantiles={
            name: Estimate(float(v), float(a), float(b) if np.isfinite(b) else None)
            for name, v, a, b in zip(NAMES, found.value, found.low, found.high, strict=True)
        },
        max=float(down_h.max()),
        worst=worst,
        worst_unit="h",
        completeness=Completeness(assets, max(assets, known)),
        method="unplanned hours down ÷ required hours × 1,000; quantiles and worst: hours per "
        "asset in the window; interval over assets",
        reasons={
            "share_beyond": "no number of hours down is promised",
            "customers_hit": "counted by asset here: see customers_hit",
            "trend": "see time_to_restore",
        },
        says=(
            f"{down_h.sum():,.0f} unplanned hours down over {assets:,} assets; the worst tenth "
            f"of them bore {borne:.0%}, {worst[0].id if worst else 'none'} alone "
            f"{down_h.max():,.0f} h ({down_h.max() * each:,.0f} in 1,000)."
        ),
        beside=(
            Beside("Borne by the worst tenth of assets", "share of unplanned hours", assets,
                   Estimate(borne)),
            Beside("Planned stops left aside", "stretches that records call planned", planned),
        ),
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


def _span(source: Source, window: Window) -> tuple[int, int, int] | None:
    """First moment of required time, number of assets, number standing in a register."""
    row = source.rows("SELECT min(from_s) AS first_s FROM downtime")[0]
    counts = source.rows(
        "SELECT count(*) AS n, count(*) FILTER (WHERE in_register) AS known FROM asset"
    )[0]
    if row["first_s"] is None or not counts["n"]:
        return None
    first_s = max(int(row["first_s"]), window.given["since"])
    if first_s >= window.until_s:
        return None
    return first_s, int(counts["n"]), int(counts["known"])


def _beside(
    rows: Columns, first_s: int, assets: int, required: NDArray[np.float64], known: int
) -> tuple[Beside, ...]:
    unplanned = union_s(rows, first_s, assets, ~rows["planned"])
    beside = [
        Beside("Planned stops not counted", "able ÷ required when planned stops are left aside",
               assets, Estimate(1 - float(unplanned.sum() / required.sum())))
    ]  # fmt: skip
    if known and assets > known:
        beside.append(
            Beside("Not in the register", "went down but stands in no register of assets",
                   assets - known)
        )  # fmt: skip
    return tuple(beside)


def _worst_assets(
    source: Source, badness: NDArray[np.float64], shown: NDArray[np.float64]
) -> tuple[Named, ...]:
    order = tails.worst(badness, min(WORST, int(np.count_nonzero(badness))))
    numbers = [int(i) for i in order]
    if not numbers:
        return ()
    listed = ", ".join(map(str, numbers))
    found = {
        row["asset_no"]: row
        for row in source.rows(
            "SELECT n.asset_no, a.asset, a.customer FROM asset_number n JOIN asset a USING (asset) "
            f"WHERE n.asset_no IN ({listed})"
        )
    }
    return tuple(
        Named(id=found[i]["asset"], asset=found[i]["asset"], customer=found[i]["customer"],
              value=float(shown[i]))
        for i in numbers
    )  # fmt: skip
