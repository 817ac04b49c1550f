"""The walk of one run, compiled: demands, waits, and the hours that each contract loses."""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.replay import kernels as replay
from wellkept.methods.replay.draws import draw_demands

YEAR_H = 8760.0
ROOM = 64  # demands of an item that there is room for at least
EDGE = 500  # waits from e^(−500 / fineness) to e^(500 / fineness) are told apart
LARGEST = 4  # waits that come together
FORMS = np.array([0, 1, 2, 3, 5, 10])
"""Forms of a wait that ends for certain: P(W > x) = (1 − x ÷ b)^c; after them the exponential."""
SQUARES = np.append(2.0 * (FORMS + 1.0) / (FORMS + 2.0), 2.0)
"""E[W²] ÷ E[W]² of each form."""


@kernel
def play(
    seeds: Whole,
    rate: Floats,
    lead: Floats,
    transit: Floats,
    share: Floats,
    repair: Floats,
    cv: Floats,
    shape: Floats,
    again: Floats,
    stock: Whole,
    lots: Whole,
    above: Whole,
    mended: Floats,
    size: Floats,
    begin: Whole,
    upto: Floats,
    contract: Whole,
    stops: Floats,
    cost_h: Floats,
    fixed_h: Floats,
    warm_up: float,
    years: int,
    missing: Floats,
    totals: Floats,
    hours: Floats,
) -> None:
    """Play all items once; fill missing (n, m), totals (demands, at once, money), hours (y, K).

    `upto` are the shares of a site's demand up to each row, added up, `size` the units of a demand.
    """
    end = warm_up + years
    room = int(ROOM)
    for i in range(seeds.size):
        expected = rate[i].sum() * end
        room = max(room, int(expected + 12.0 * np.sqrt(expected)) + 64)
    while True:
        count = _play(
            seeds, rate, lead, transit, share, repair, cv, shape, again, stock, lots, above, mended,
            size, begin, upto, contract, stops, cost_h, fixed_h, warm_up, end, missing, totals,
            hours, room,
        )  # fmt: skip
        if count == 0:
            break
        room = 64 + 2 * count
        missing[:] = 0.0
        totals[:] = 0.0
        hours[:] = 0.0


@once_kernel
def _play(
    seeds: Whole,
    rate: Floats,
    lead: Floats,
    transit: Floats,
    share: Floats,
    repair: Floats,
    cv: Floats,
    shape: Floats,
    again: Floats,
    stock: Whole,
    lots: Whole,
    above: Whole,
    mended: Floats,
    size: Floats,
    begin: Whole,
    upto: Floats,
    contract: Whole,
    stops: Floats,
    cost_h: Floats,
    fixed_h: Floats,
    warm_up: float,
    end: float,
    missing: Floats,
    totals: Floats,
    hours: Floats,
    room: int,
) -> int:
    """Give 0, or the number of demands for which there was no room."""
    time, up, down, waits = np.empty(room), np.empty(room), np.empty(room), np.empty(room)
    queue, leaves, draws = np.empty(room), np.empty(room), np.empty((room, 2))
    mid = np.empty(room)
    site, place, sends = (
        np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    )  # fmt: skip
    for i in range(seeds.size):
        np.random.seed(seeds[i])
        count = draw_demands(
            rate[i], end, lead[i], transit[i], share[i], repair[i], cv, shape[i], again[i],
            above, mended[i], time, site, up, mid, down,
        )  # fmt: skip
        if count < 0:
            return -count
        for k in range(count):
            if k > 0 and again[i] > 0.0 and time[k] == time[k - 1]:  # units of one request
                draws[k, 0], draws[k, 1] = draws[k - 1, 0], draws[k - 1, 1]
            else:
                draws[k, 0], draws[k, 1] = np.random.random(), np.random.random()
        replay.walk(
            time[:count], site[:count], up[:count], mid[:count], down[:count], stock[i], lots[i],
            above, end, waits[:count], queue[:count], leaves[:count], place[:count], sends[:count],
        )  # fmt: skip
        _tally(
            i, size[i], time[:count], site[:count], waits[:count], draws, begin, upto, contract,
            stops, cost_h, fixed_h, warm_up, end, missing[i], totals, hours,
        )  # fmt: skip
    return 0


@once_kernel
def _tally(
    i: int,
    size: float,
    time: Floats,
    site: Whole,
    waits: Floats,
    draws: Floats,
    begin: Whole,
    upto: Floats,
    contract: Whole,
    stops: Floats,
    cost_h: Floats,
    fixed_h: Floats,
    warm_up: float,
    end: float,
    missing: Floats,
    totals: Floats,
    hours: Floats,
) -> None:
    """Charge each demand's wait to the one who shares it, the same one whatever the stock."""
    for k in range(time.size):
        j, t, w = site[k], time[k], waits[k]
        low, high = max(t, warm_up), min(t + w, end)
        if high > low:
            missing[j] += size * ((high - low) / (end - warm_up))
        if t < warm_up:
            continue
        totals[0] += size
        totals[1] += size if w <= 0.0 else 0.0
        row, last = begin[i * missing.size + j], begin[i * missing.size + j + 1] - 1
        some = row <= last
        while row < last:
            middle = (row + last) // 2
            if draws[k, 0] < upto[middle]:
                last = middle
            else:
                row = middle + 1
        if some and draws[k, 1] < stops[row]:
            totals[2] += size * (w * YEAR_H * cost_h[row])
            if contract[row] >= 0:
                hours[int(t - warm_up), contract[row]] += size * (w * YEAR_H + fixed_h[row])


@kernel
def gather(
    contract: Whole,
    rate: Floats,
    waits: Floats,
    wait: Floats,
    square: Floats,
    fixed: Floats,
    clump: Floats,
    stay: Whole,
    stays: int,
    fineness: float,
    begin: Whole,
    found: Floats,
) -> int:
    """Fill found with rate, mean wait, fixed hours and form of each kind of stop, by contract.

    Stops of a kind have the same `stay`, the same form of wait and waits of one bin on a
    logarithmic scale. `square` is E[W²] ÷ E[W]² of those that wait; they come in clumps of C, of
    which `clump` is E[C²] ÷ E[C]. Contract k's rows begin at begin[k]; gives the number of rows.
    """
    low, high = int(EDGE), int(-EDGE)
    for r in range(contract.size):
        begin[contract[r] + 1] += 1
        if rate[r] * waits[r] > 0.0 and wait[r] > 0.0:
            low = min(low, bin_of(wait[r] * (1.0 - apart(square[r])), fineness))
            high = max(high, bin_of(wait[r] * LARGEST * (1.0 + apart(square[r])), fineness))
    order, seen, ends = np.empty(contract.size, np.int64), np.cumsum(begin), np.cumsum(begin)
    for r in range(contract.size):
        order[seen[contract[r]]] = r
        seen[contract[r]] += 1
    forms, stays = FORMS.size + 1, stays * LARGEST
    sums = np.empty(((max(high - low + 1, 0) * forms + 1) * stays, 3))
    count = 0
    for k in range(begin.size - 1):
        sums[:] = 0.0
        for r in order[ends[k] : ends[k + 1]]:
            late = rate[r] * waits[r] if wait[r] > 0.0 else 0.0
            if late > 0.0:
                in_clumps(
                    late, wait[r], square[r], fixed[r], clump[r], stay[r], stays, low, fineness,
                    sums,
                )  # fmt: skip
            add(sums[stay[r] * LARGEST], rate[r] - late, 0.0, fixed[r])
        begin[k] = count
        for row in range(sums.shape[0]):
            if sums[row, 0] > 0.0:
                found[count, 0] = sums[row, 0]
                found[count, 1] = sums[row, 1] / sums[row, 0]
                found[count, 2] = sums[row, 2] / sums[row, 0]
                found[count, 3] = (row // stays - 1) % forms
                count += 1
    begin[-1] = count
    return count


@once_kernel
def in_clumps(
    rate: float,
    wait: float,
    square: float,
    fixed: float,
    clump: float,
    stay: int,
    stays: int,
    low: int,
    fineness: float,
    sums: Floats,
) -> None:
    """Add a cause whose waits come in clumps of two neighbouring sizes: C waits are one, C × W."""
    clump = min(max(clump, 1.0), float(LARGEST))
    small = min(int(clump), LARGEST - 1)
    for size in range(small, small + 2):
        part = clump - small if size > small else 1.0 - (clump - small)
        if part > 0.0:
            spread(
                rate * part / size, size * wait, 1.0 + (square - 1.0) / size, size * fixed,
                stay * LARGEST + size - 1, stays, low, fineness, sums,
            )  # fmt: skip


@inner_kernel
def bin_of(wait: float, fineness: float) -> int:
    """Give the bin of a wait."""
    if wait <= 0.0:
        return -EDGE
    return int(min(max(round(np.log(wait) * fineness), -EDGE), EDGE))


@inner_kernel
def apart(square: float) -> float:
    """Give how far, of their mean, two exponential waits lie apart that vary so much together."""
    return float(min(np.sqrt(max(square / 2.0 - 1.0, 0.0)), 1.0))


@once_kernel
def spread(
    rate: float,
    wait: float,
    square: float,
    fixed: float,
    stay: int,
    stays: int,
    low: int,
    fineness: float,
    sums: Floats,
) -> None:
    """Add a cause to the two forms of wait between which its square lies, the mean kept."""
    last, gap = FORMS.size, apart(square)
    for side in range(2):
        mean, form, part = wait, last, 0.5
        if gap > 0.0:
            mean = wait * (1.0 - gap if side == 0 else 1.0 + gap)
        else:
            form = 0
            while form < last - 1 and SQUARES[form + 1] <= square:
                form += 1
            upper = (square - SQUARES[form]) / (SQUARES[form + 1] - SQUARES[form])
            upper = min(max(upper, 0.0), 1.0)
            part = upper if side == 1 else 1.0 - upper
            form += side
        if part <= 0.0:
            continue
        if mean > 0.0:
            kind = (bin_of(mean, fineness) - low) * (last + 1) + form + 1
            add(sums[kind * stays + stay], rate * part, mean, fixed)
        else:
            add(sums[stay], rate * part, 0.0, fixed)


@inner_kernel
def add(row: Floats, rate: float, wait: float, fixed: float) -> None:
    """Add a cause to the sums of its kind."""
    row[0] += rate
    row[1] += rate * wait
    row[2] += rate * fixed


@kernel
def unsure(part: Whole, contract: Whole, rate: Floats, shape: Floats, extra: Floats) -> None:
    """Add up λ² ÷ a of the parts of each contract, λ being all of a part's stops under it."""
    stops, begin = np.zeros(extra.size), 0
    for r in range(part.size):
        stops[contract[r]] += rate[r]
        if r + 1 == part.size or part[r + 1] != part[r]:
            for k in contract[begin : r + 1]:
                extra[k] += stops[k] ** 2 / shape[part[r]]
                stops[k] = 0.0
            begin = r + 1


@kernel
def exceed(begin: Whole, kinds: Floats, step: Floats, total: Floats, beyond: Floats) -> None:
    """Fill each contract's rate and E[(X − x)⁺] of one stop at x = −step, 0, step, 2 step …

    `kinds` holds rate, mean wait, fixed hours and form.
    """
    share, left = np.empty(beyond.shape[1]), np.empty(beyond.shape[1])
    for k in range(begin.size - 1):
        for row in range(begin[k], begin[k + 1]):
            total[k] += kinds[row, 0]
        for row in range(begin[k], begin[k + 1]):
            weight, mean, fixed = kinds[row, 0] / total[k], kinds[row, 1], kinds[row, 2]
            first = min(max(int(fixed / step[k] + 1e-9) + 2, 0), beyond.shape[1])
            for p in range(first):
                beyond[k, p] += weight * (mean + fixed - (p - 1) * step[k])
            if mean > 0.0:
                ahead = (first - 1) * step[k] - fixed
                tail(
                    weight * mean, mean, int(kinds[row, 3]), ahead, step[k], beyond[k, first:],
                    share, left,
                )  # fmt: skip


@once_kernel
def tail(
    weight: float,
    mean: float,
    form: int,
    ahead: float,
    step: float,
    beyond: Floats,
    share: Floats,
    left: Floats,
) -> None:
    """Add weight × E[(W − x)⁺] ÷ E[W] at x = ahead, ahead + step …; share and left are room."""
    if form == FORMS.size:
        rest, ratio = weight * np.exp(-ahead / mean), np.exp(-step / mean)
        for p in range(beyond.size):
            beyond[p] += rest
            rest *= ratio
            if rest < 1e-30:
                break
        return
    longest = mean * (FORMS[form] + 1)
    many = min(max(int(np.ceil((longest - ahead) / step)), 0), beyond.size)
    share, left = share[:many], left[:many]
    for p in range(many):
        share[p] = max(1.0 - (ahead + p * step) / longest, 0.0)
    power = FORMS[form] + 1
    left[:] = weight
    while power > 0:  # by squares: whole columns at once
        if power % 2 == 1:
            for p in range(share.size):
                left[p] *= share[p]
        power //= 2
        for p in range(many):
            share[p] *= share[p]
    for p in range(many):
        beyond[p] += left[p]
