"""Dates and times of day that stand in two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellkept.record.sources.evidence import clock_pattern
from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon_codes import CLOCK_OF
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.understanding import Column

_SAYS_WHEN = bag(
    "date time day datum zeit uhrzeit uhr t d at on data ora fecha hora heure tijd am um"
)
_WHEN = re.compile(r"(?<=\w{4})s?(datum|uhrzeit|zeit|tijd)$")
_BEGINS = re.compile(r"beg|start|anf|debut|inizio|inicio|open|aanvang|poczat")
_ENDS = re.compile(r"end|ende|fini|fine|schlu|clos|stop|einde|cierre|konie|\bfin\b|\bfim\b")
_STARTS = ("down_from", "reported", "occurred", "event_at")
_SAME_FROM = 4  # letters; "Abschl.uhrzeit" belongs to "Abschlussdatum"
_WITHIN_FROM = 6  # letters; "Abschlussuhrzeit" belongs to "Meldungsabschluss"


def _about(header: str) -> frozenset[str]:
    """What a header speaks of beside time; "Meldungsdatum" and "Meldungszeit" of one thing."""
    return frozenset(_WHEN.sub("", word) for word in heading(header).words) - _SAYS_WHEN


def _opposed(mine: str, theirs: str) -> bool:
    """Whether one header speaks of a beginning and the other of an end."""
    ones, others = (" ".join(heading(header).words) for header in (mine, theirs))
    ways = ((_BEGINS, _ENDS), (_ENDS, _BEGINS))
    return any(
        here.search(ones) and not there.search(ones) and there.search(others)
        for here, there in ways
    )


def _named_after(column: Column, free: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """The time of day of a database field that has a name of its own: MZEIT belongs to QMDAT."""
    mine = " ".join(heading(column.header).words)
    for profile in free:
        if CLOCK_OF.get(" ".join(heading(profile.header).words)) == mine:
            return profile
    return None


def _same(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two headers speak of one thing, the one perhaps cut short."""
    return any(
        (min(len(one), len(other)) >= _SAME_FROM and other.startswith(one))
        or (len(other) >= _SAME_FROM and one.startswith(other))
        or (len(other) >= _WITHIN_FROM and other in one)
        for one in mine
        for other in theirs
    )


def clock_beside(
    column: Column,
    free: Sequence[ColumnProfile],
    named: ColumnProfile | None = None,
    next_to: ColumnProfile | None = None,
) -> tuple[ColumnProfile, str] | None:
    """This will find the column with the time of day that belongs to a column of dates.

    `named` is the recipe's; else the headers must say the same thing ("Notif.date" and
    "Notif. Time"), and the dates must have no time of their own. The column `next_to` the dates
    may also say it in short ("Abschl.uhrzeit"), or say nothing but that it is a time.
    """
    if named is not None:
        return named, clock_pattern(named) or "%H:%M:%S"
    formats = column.stated or column.moments.formats
    if not formats or any(one.precision != "day" or "%H" in one.pattern for one in formats):
        return None
    code = _named_after(column, free)
    if code is not None and (pattern := clock_pattern(code)) is not None:
        return code, pattern
    mine = _about(column.header)
    for profile in free:
        if _about(profile.header) == mine:
            pattern = clock_pattern(profile)
            if pattern is not None:
                return profile, pattern
    if next_to is not None and next_to in free:
        theirs, pattern = _about(next_to.header), clock_pattern(next_to)
        fits = not theirs or (_same(mine, theirs) and not _opposed(column.header, next_to.header))
        if pattern is not None and fits:
            return next_to, pattern
    return _begun(free) if not mine and column.role in _STARTS else None


def _begun(free: Sequence[ColumnProfile]) -> tuple[ColumnProfile, str] | None:
    """A bare "Date" of a log of stops, with "Start" and "End" as times of day: it began then."""
    begins = [
        (profile, pattern)
        for profile in free
        if _BEGINS.search(" ".join(heading(profile.header).words))
        and (pattern := clock_pattern(profile)) is not None
    ]
    return begins[0] if len(begins) == 1 else None
