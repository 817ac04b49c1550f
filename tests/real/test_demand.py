"""Real demand: 2,674 car parts over 51 months and 3,000 automotive spares over 24.

The last 30 % of the months are held out. What is foretold for them is learnt from the first 70 %
alone; every choice inside the method is made within those. The lead times are ours: the sets
have none.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from wellkept.methods.demand import (
    LeadTimeDemand,
    classify,
    coverage,
    lead_time_demand,
    lead_windows,
    negative_binomial,
    poisson,
    rank_share,
    replayed_fill,
    sba,
)

Demand = NDArray[np.float64]
SETS = ("carparts", "syntetos_auto")
LEADS = (1, 2, 3)

# Every 60th row of the sheet Properties of AUTO.xls (Syntetos & Boylan 2005, IJF 21:303): item,
# squared variation of the sizes, mean interval in the sheet's own order (latest first), class.
CLASSES = """
1 1.5340920380161827 1.3333333730697632 lumpy
61 0.47403884264764173 1.615384578704834 intermittent
121 1.4164034961277903 1.3333333730697632 lumpy
181 0.36602396060465003 1.3333333730697632 intermittent
241 0.47881701156917056 1.2777777910232544 smooth
301 0.3780991735537191 1.1428571939468384 smooth
361 0.24766023072619792 1.2000000476837158 smooth
421 0.18746243990384617 1.6428571939468384 intermittent
481 0.7752380952380952 1.0909091234207153 erratic
541 0.2274052478134111 1.5333333015441895 intermittent
601 0.215625 1.1428571939468384 smooth
661 0.20893494139629692 1.5333333015441895 intermittent
721 1.221129722550177 1.600000023841858 lumpy
781 0.42627229230100033 1.2000000476837158 smooth
841 1.1453014563193218 1.263157844543457 erratic
901 0.4125662162544971 1.0909091234207153 smooth
961 0.26776406035665296 1.5 intermittent
1021 0.5097184843436285 1.263157844543457 erratic
1081 0.3590474251984531 1.3333333730697632 intermittent
1141 0.1875918024760438 1.3333333730697632 intermittent
1201 0.21205357142857145 1.600000023841858 intermittent
1261 0.3563555555555555 1.263157844543457 smooth
1321 0.6356920313748267 1.04347825050354 erratic
1381 0.2311111111111113 1.692307710647583 intermittent
1441 0.3492512783053324 1.4117647409439087 intermittent
1501 0.13374485596707825 1.7692307233810425 intermittent
1561 0.7270204647936177 1.5 lumpy
1621 0.32493074792243776 1.1428571939468384 smooth
1681 0.3891328435999508 1.0909091234207153 smooth
1741 0.18983564013840834 1.0952380895614624 smooth
1801 0.35374149659863935 1.8461538553237915 intermittent
1861 0.188580015026296 1.04347825050354 smooth
1921 0.3745664004073449 1.0909091234207153 smooth
1981 0.2596441387559809 1.04347825050354 smooth
2041 0.3082800000000001 1.1428571939468384 smooth
2101 0.3568384386158018 1.4117647409439087 intermittent
2161 0.3066894548155703 1.0909091234207153 smooth
2221 0.4401011203677105 1.1428571939468384 smooth
2281 0.2666137671097005 1.1428571939468384 smooth
2341 0.29664694280078896 1.4375 intermittent
2401 0.26776406035665296 1.4375 intermittent
2461 0.3094733966259136 1.04347825050354 smooth
2521 0.5313136749836607 1.2000000476837158 erratic
2581 0.24983563445101897 1.263157844543457 smooth
2641 0.22337999370871345 1.04347825050354 smooth
2701 0.5757815591610607 1.600000023841858 lumpy
2761 0.2752624713466141 1.04347825050354 smooth
2821 0.22004437869822485 1.2941176891326904 smooth
2881 0.46031746031746035 1.5333333015441895 intermittent
2941 0.3265278528934558 1.04347825050354 smooth
"""


@dataclass(frozen=True)
class Split:
    """Hold the months that are known and those that are held out, oldest first."""

    past: Demand
    future: Demand


@cache
def read(folder: Path) -> Demand:
    (path,) = sorted(folder.glob("*.csv.gz"))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    table = np.array([[float(x) if x not in {"", "NA"} else np.nan for x in r[1:]] for r in rows])
    return table.T if folder.name == "carparts" else table


def split(folder: Path) -> Split:
    table = read(folder)
    known = int(0.7 * table.shape[1])
    return Split(table[:, :known], table[:, known:])


@cache
def foretold(folder: Path, lead: int) -> LeadTimeDemand:
    return lead_time_demand(split(folder).past, lead)


def rivals(past: Demand, lead: int) -> dict[str, LeadTimeDemand]:
    """Give what is usual: Poisson and negative binomial around SBA, and the bootstrap."""
    mean = np.nan_to_num(sba(past).per_period) * lead
    variance = np.nan_to_num(np.nanvar(past, axis=1, ddof=1)) * lead
    return {
        "Poisson(SBA)": poisson(mean),
        "NB(SBA, variance)": negative_binomial(mean, np.maximum(variance, mean)),
        "bootstrap": bootstrap(past, lead),
    }


def bootstrap(past: Demand, lead: int, draws: int = 500) -> LeadTimeDemand:
    """Give the Markov bootstrap of Willemain, Smart & Schwarz 2004, IJF 20:375, jittered sizes."""
    from wellkept.methods.demand.lead_time import from_tables

    chance = np.random.default_rng(20260105)
    tables = [np.ones(1)] * len(past)
    for part, row in enumerate(past):
        known = row[~np.isnan(row)]
        hit = known > 0
        if not hit.any():
            continue
        moves = np.zeros((2, 2))
        np.add.at(moves, (hit[:-1].astype(int), hit[1:].astype(int)), 1)
        stay = moves[:, 1] / np.maximum(moves.sum(axis=1), 1)
        state, total = np.full(draws, int(hit[-1])), np.zeros(draws)
        for _ in range(lead):
            state = (chance.random(draws) < stay[state]).astype(int)
            size = chance.choice(known[hit], draws)
            moved = 1 + np.floor(size + chance.standard_normal(draws) * np.sqrt(size))
            total += state * np.where(moved <= 0, size, moved)
        tables[part] = np.bincount(total.astype(int)) / draws
    return from_tables(tables, np.ones(len(past)))


def mean_score(demand: LeadTimeDemand, windows: Demand) -> float:
    return float(np.nanmean([demand.crps(window) for window in windows.T]))


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("name", SETS)
def test_stock_for_a_cover_covers_that_share_of_lead_times(
    name: str, lead: int, data_folder: Callable[[str], Path]
) -> None:
    folder = data_folder(name)
    windows = lead_windows(split(folder).future, lead)
    for p in (0.95, 0.99):
        stock = foretold(folder, lead).stock_for_average_cover(p)
        assert abs(coverage(stock, windows).value - p) <= 0.015


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("name", SETS)
def test_quantiles_cover_what_their_whole_units_promise(
    name: str, lead: int, data_folder: Callable[[str], Path]
) -> None:
    folder = data_folder(name)
    windows = lead_windows(split(folder).future, lead)
    demand = foretold(folder, lead)
    for p in (0.95, 0.99):
        stock = demand.quantile(p)
        covered, promised = coverage(stock, windows).value, float(demand.at_most(stock).mean())
        assert abs(covered - promised) <= 0.015
        ranked = np.mean([rank_share(demand, window, p) for window in windows.T])
        assert abs(ranked - p) <= 0.016


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("name", SETS)
def test_no_usual_method_scores_better(
    name: str, lead: int, data_folder: Callable[[str], Path]
) -> None:
    folder = data_folder(name)
    parts = split(folder)
    windows = lead_windows(parts.future, lead)
    ours = mean_score(foretold(folder, lead), windows)
    theirs = {name: mean_score(rival, windows) for name, rival in rivals(parts.past, lead).items()}
    assert ours <= min(theirs.values()), theirs


@pytest.mark.parametrize("fill", [0.95, 0.99])
@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("name", SETS)
def test_the_promised_fill_is_the_fill_that_comes(
    name: str, lead: int, fill: float, data_folder: Callable[[str], Path]
) -> None:
    folder = data_folder(name)
    demand = foretold(folder, lead)
    stock = demand.stock_for_fill(fill)
    promised = 1 - float(demand.short(stock).sum() / demand.mean.sum())
    assert abs(replayed_fill(stock, split(folder).future, lead).share - promised) <= 0.02


def test_a_fill_of_99_comes_where_twelve_published_methods_stay_at_95(
    data_folder: Callable[[str], Path],
) -> None:
    """Automotive spares, all units together, for a target of 99 %.

    Published (repository Tian1996NL/Intermittent_forecasting, inventory results with a Gamma lead
    time): Croston, SBA and TSB 95.0 %, META-1 95.0, RNN 95.0, Willemain 95.0, LSTM 93.5. The lead
    times there are theirs, ours are one to three months.
    """
    folder, best_published = data_folder("syntetos_auto"), 0.950054
    for lead in LEADS:
        stock = foretold(folder, lead).stock_for_fill(0.99)
        came = replayed_fill(stock, split(folder).future, lead).share
        assert 0.99 - came < (0.99 - best_published) / 2


def test_the_published_classes_of_automotive_spares_come_out(
    data_folder: Callable[[str], Path],
) -> None:
    latest_first = read(data_folder("syntetos_auto"))[:, ::-1]
    found = classify(latest_first)
    for line in CLASSES.strip().splitlines():
        item, variation, interval, kind = line.split()
        place = int(item) - 1
        assert_allclose(found.variation[place], float(variation), rtol=1e-13)
        assert_allclose(found.interval[place], float(interval), rtol=6e-8)
        assert found.kind[place] == kind
    # Published: 1271, 974, 441, 314; one part is smooth by its demand and erratic in the sheet.
    counts = Counter(str(kind) for kind in found.kind)
    assert counts == {"smooth": 1272, "intermittent": 974, "erratic": 440, "lumpy": 314}


def test_no_reading_of_the_cut_offs_gives_the_one_erratic_part_that_the_sheet_has_more(
    data_folder: Callable[[str], Path],
) -> None:
    """The sheet's variation of two parts does not follow from their demand; one is across .49.

    No variation lies within .00018 of .49 and no interval within .0075 of 1.32, so that "above"
    or "at or above" and single precision change nothing, and rounding to two places changes 22.
    Were the cut-off lower, the first three parts to become uneven would be intermittent ones.
    """
    found = classify(read(data_folder("syntetos_auto"))[:, ::-1])
    assert np.abs(found.variation - 0.49).min() > 0.00018
    assert np.abs(found.interval - 1.32).min() > 0.0074
    below = found.variation < 0.49
    nearest = np.flatnonzero(below)[np.argsort(-found.variation[below])][:4] + 1
    kinds = [(int(item), str(found.kind[item - 1])) for item in sorted(nearest)]
    assert kinds == [
        (345, "smooth"),
        (474, "intermittent"),
        (1202, "intermittent"),
        (1851, "intermittent"),
    ]
    rounded = (found.variation.round(2) >= 0.49) & below
    assert rounded.sum() == 22
