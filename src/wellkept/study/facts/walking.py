"""From events to what each case went through: one walk over sorted arrays."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import histories
from wellkept.methods.histories import NEVER

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


NOBODY, UNSAID = -1, -2


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a log mean, as tables looked up by word number (last one: no word).

    `ended`: resolved, closed or cancelled; `closed`, `cancelled`, `restored`, `answered`: that
    state itself; `paused`: waiting for the customer; `queued`: in a queue, so nobody's;
    `said`: the word is known at all.
    """

    ended: Bools
    closed: Bools
    cancelled: Bools
    restored: Bools
    answered: Bools
    reported: Bools
    paused: Bools
    queued: Bools
    said: Bools


@dataclass(frozen=True, slots=True)
class Log:
    """Events sorted by case and time; `owner_no` is NOBODY or UNSAID where no person is named.

    `before_case`, `before_no`: who had a case before its first event, where a log says so.
    """

    case_no: Ints
    event_s: Ints
    word_no: Ints
    owner_no: Ints
    team_no: Ints
    has_owner: bool
    has_team: bool
    before_case: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    before_no: Ints = field(default_factory=lambda: np.zeros(0, np.int64))


AT_ONCE = 2
EVENTS_A_PART = 200_000
"""What is reckoned with beside them fits into memory that is used again for the next part."""


def walk_side_by_side(
    log: Log, words: Words, *, cases: int, until_s: int
) -> dict[str, NDArray[Any]]:
    """This will walk through the cases part by part, two at a time; what it gives is `walk`'s."""

    def part(first: int, after: int) -> dict[str, NDArray[Any]]:
        return walk(_between(log, first, after), words, cases=after - first, until_s=until_s)

    return side_by_side(part, cases=cases, events=log.case_no.size)


def side_by_side(
    part: Callable[[int, int], dict[str, NDArray[Any]]], *, cases: int, events: int
) -> dict[str, NDArray[Any]]:
    """This will reckon columns of cases part by part, two at a time, and put them together.

    `part` gives those of the cases from one place to before another, the same ones of each part.
    """
    parts = 1 + events // EVENTS_A_PART
    edges = [cases * part // parts for part in range(parts + 1)]
    out: dict[str, NDArray[Any]] = {}
    lock = Lock()

    def fill(first: int, after: int) -> None:
        found = part(first, after)
        with lock:
            for name, values in found.items():
                if name not in out:
                    out[name] = np.empty(cases, _kept_as(name, values))
        for name, values in found.items():
            out[name][first:after] = values

    with ThreadPoolExecutor(min(parts, AT_ONCE)) as pool:
        list(pool.map(fill, edges[:-1], edges[1:]))
    return out


def _kept_as(name: str, values: NDArray[Any]) -> np.dtype[Any]:
    """Counts and numbers are small; moments and seconds are not."""
    return values.dtype if name.endswith("_s") or values.dtype == np.bool_ else np.dtype(np.int32)


def _between(log: Log, case_no: int, after: int) -> Log:
    """The events of the cases from one number to before another, numbered from zero again."""
    here = (log.before_case >= case_no) & (log.before_case < after)
    edges = np.array((case_no, after), log.case_no.dtype)  # of another kind all would be copied
    first, last = np.searchsorted(log.case_no, edges).tolist()
    return replace(
        log,
        case_no=log.case_no[first:last] - case_no,
        event_s=log.event_s[first:last],
        word_no=log.word_no[first:last],
        owner_no=log.owner_no[first:last],
        team_no=log.team_no[first:last],
        before_case=log.before_case[here] - case_no,
        before_no=log.before_no[here],
    )


def walk(log: Log, words: Words, *, cases: int, until_s: int) -> dict[str, NDArray[Any]]:
    """This will give the columns of case facts that only events can tell, one element per case.

    Moments are NEVER where nothing of the kind happened. An event whose word is not known says
    nothing about the state: the state before it goes on.
    """
    case, at = log.case_no, log.event_s
    ended = _carried(case, words.ended[log.word_no], words.said[log.word_no])
    state = _carried_word(case, log.word_no, words.said[log.word_no])
    ends = histories.endings(case, at, ended, cases=cases)
    parts = histories.spells(case, at, until_s=until_s)
    first, last = _edges(case, at, cases)
    out: dict[str, NDArray[Any]] = {
        "first_s": first,
        "last_s": last,
        "first_ended_s": ends.first_s,
        "final_s": ends.final_s,
        "reopened": ends.reopened,
        "reopened_s": histories.first_time(case, at, _left(case, ended), cases=cases),
        "last_left_s": _last_time(case, at, _left(case, ended), cases),
        "closed_s": _in_final_run(case, at, words.closed[state], ends.final_s, cases),
        "cancelled_s": _in_final_run(case, at, words.cancelled[state], ends.final_s, cases),
        "restored_s": _restored(case, at, words, state, ends, cases),
        "answered_s": histories.first_time(case, at, words.answered[log.word_no], cases=cases),
        "begins_reported": _begins(case, words.reported[log.word_no], cases),
        "paused_s": histories.time_in(parts, words.paused[state] & ~ended, cases=cases),
        "open_s": histories.time_in(parts, ~ended, cases=cases),
        "last_word": histories.last_value(case, log.word_no, cases=cases),
        "last_team": histories.last_value(case, log.team_no, cases=cases),
    }
    nobody = (log.owner_no == NOBODY) | words.queued[state]
    if log.has_owner:
        held = _held(log, cases)
        out["ownerless_s"] = histories.time_in(parts, nobody & ~ended, cases=cases)
        out["ownerless_now"] = _last_flag(case, nobody & ~ended, cases)
        _forget(out, case[log.owner_no == UNSAID])
        out["last_owner"] = _last_owner(case, np.where(nobody, -1, log.owner_no), cases)
    elif log.has_team:
        held = histories.holders(case, log.team_no, cases=cases)
    else:
        return out
    return out | {"handoffs": held.handoffs, "bounces": held.bounces}


def _held(log: Log, cases: int) -> histories.Holders:
    case = np.concatenate([log.before_case, log.case_no])
    owner = np.concatenate([log.before_no, log.owner_no])
    by = np.argsort(case, kind="stable") if log.before_case.size else slice(None)
    return histories.holders(case[by], owner[by], cases=cases)


def _forget(out: dict[str, NDArray[Any]], cases: Ints) -> None:
    """Of cases whose owner no log names, it is not known whether anybody had them."""
    out["ownerless_s"][cases] = NEVER
    out["ownerless_now"][cases] = False


def _carried(case: Ints, flag: Bools, said: Bools) -> Bools:
    """The flag of the last known word of the case; False before any."""
    if np.all(said):
        return flag
    source = _last_said(case, said)
    return np.where(source >= 0, flag[np.maximum(source, 0)], False)


def _carried_word(case: Ints, word: Ints, said: Bools) -> Ints:
    if np.all(said):
        return word
    source = _last_said(case, said)
    return np.where(source >= 0, word[np.maximum(source, 0)], -1)


def _last_said(case: Ints, said: Bools) -> Ints:
    """Position of the last event of the same case whose word is known, -1 if there is none."""
    here = np.where(said, np.arange(case.size), -1)
    latest = np.maximum.accumulate(here) if case.size else here
    same = case[np.maximum(latest, 0)] == case if case.size else said
    return np.where((latest >= 0) & same, latest, -1)


def _left(case: Ints, ended: Bools) -> Bools:
    left = np.zeros(case.size, bool)
    left[1:] = ~ended[1:] & ended[:-1] & (case[1:] == case[:-1])
    return left


def _edges(case: Ints, at: Ints, cases: int) -> tuple[Ints, Ints]:
    first, last = np.full(cases, NEVER), np.full(cases, NEVER)
    first[case[::-1]] = at[::-1]
    last[case] = at
    return first, last


def _in_final_run(case: Ints, at: Ints, flag: Bools, final_s: Ints, cases: int) -> Ints:
    """First moment of the flag at or after the case ended for good."""
    where = np.flatnonzero(flag)
    case, at, begun = case[where], at[where], final_s[case[where]]
    return histories.first_time(case, at, (begun != NEVER) & (at >= begun), cases=cases)


def _restored(
    case: Ints, at: Ints, words: Words, state: Ints, ends: histories.Endings, cases: int
) -> Ints:
    """Start of the last run in which the function was back: restored, or ended for good."""
    if not np.any(words.restored):
        return np.full(cases, NEVER)
    back = words.restored[state] | words.ended[state]
    return histories.endings(case, at, back & (state >= 0), cases=cases).final_s


def _last_time(case: Ints, at: Ints, flag: Bools, cases: int) -> Ints:
    moment = np.full(cases, NEVER)
    moment[case[flag]] = at[flag]
    return moment


def _begins(case: Ints, flag: Bools, cases: int) -> Bools:
    begins = np.zeros(cases, bool)
    begins[case[::-1]] = flag[::-1]
    return begins


def _last_flag(case: Ints, flag: Bools, cases: int) -> Bools:
    last = np.zeros(cases, bool)
    last[case] = flag
    return last


def _last_owner(case: Ints, owner: Ints, cases: int) -> Ints:
    last = np.full(cases, -1)
    last[case] = owner
    return last
