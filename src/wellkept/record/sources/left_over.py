"""What nobody read: dates in a form that is not known, times of day that belong to no date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wellkept.record.sources.evidence import STRONG, clock_pattern
from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon import matches
from wellkept.record.sources.notions import kind_of
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.roles import MOMENT_ROLES
from wellkept.record.sources.understanding import Column, Suspicion

_DATED = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}|\b[A-Za-z]{1,5}\.? ?\d{1,2}\b.*")
_CLOCK_WORDS = bag("time zeit uhrzeit uhr hour heure hora ora orario tijd hodina godzina")
_ENDS_IN_CLOCK = ("uhrzeit", "zeit", "tijd")
_POINTED = re.compile(r"\d+\.0")
_NUMBERED = ("case_id", "promise_id", "asset", "parent_asset", "customer", "site", "product_no")


def of_left_over(
    shape: str, roles: Mapping[str, Column], profiles: Mapping[str, ColumnProfile]
) -> tuple[Suspicion, ...]:
    """This will doubt aloud what stands in the file, and is missed without a word."""
    used = {one.key for one in roles.values()}
    used |= {one.clock_key for one in roles.values() if one.clock_key}
    free = [one for one in profiles.values() if one.key not in used and one.blank < one.rows]
    found = [_strange_dates(one) for one in free]
    found += [_lonely_clock(one, roles, profiles) for one in free]
    found += [_pointed(one) for one in roles.values() if is_pointed(one.role, profiles[one.key])]
    found.append(_no_report(shape, roles, free))
    return tuple(one for one in found if one is not None)


def _strange_dates(profile: ColumnProfile) -> Suspicion | None:
    """A header that says when, over values that look like dates and are none that is known."""
    first = next(iter(matches(profile.header)), None)
    if first is None or first.near or first.score < STRONG or profile.moments.share >= 0.3:
        return None
    if kind_of(first.notion) != "moment" or profile.numbers.share > 0.5:
        return None
    dated = [value for value in profile.sample if _DATED.search(value)]
    if profile.durations.share > 0.5 or len(dated) < 0.8 * len(profile.sample):
        return None
    return Suspicion(
        f"‘{profile.header}’ looks like dates, as in ‘{dated[0]}’, but they are written in a way "
        "that is not known: nothing was read from it.",
        "Export it as plain dates or moments, each in one column: 2024-12-31, or 2024-12-31 18:00.",
    )


def _lonely_clock(
    profile: ColumnProfile, roles: Mapping[str, Column], profiles: Mapping[str, ColumnProfile]
) -> Suspicion | None:
    """Times of day beside a date, that were not joined with it: the date counts as a whole day."""
    words = heading(profile.header).words
    says = bool(_CLOCK_WORDS & frozenset(words)) or any(w.endswith(_ENDS_IN_CLOCK) for w in words)
    keys = list(profiles)
    before = keys[keys.index(profile.key) - 1] if keys.index(profile.key) else None
    beside = next((one for one in roles.values() if one.key == before), None)
    if not says or beside is None or beside.role not in MOMENT_ROLES:
        return None
    formats = beside.formats
    dated = bool(formats) and all(one.precision == "day" for one in formats)
    if not dated or clock_pattern(profile) is None:
        return None
    return Suspicion(
        f"‘{profile.header}’ holds times of day, which were not read: the dates in "
        f"‘{beside.header}’ count as whole days.",
        f"If they belong together, say so in the recipe: [table.columns] {beside.role} = "
        f'{{ date = "{beside.header}", time = "{profile.header}" }}.',
    )


def is_pointed(role: str, profile: ColumnProfile) -> bool:
    """This will say whether numbers of things are written as 100401.0, as scripts write them."""
    sample = profile.sample
    return role in _NUMBERED and bool(sample) and all(map(_POINTED.fullmatch, sample))


def _pointed(column: Column) -> Suspicion:
    return Suspicion(
        f"‘{column.header}’ writes whole numbers with .0 behind: they are read without it.",
        "If these are no numbers of things, export the column as text.",
    )


def _no_report(
    shape: str, roles: Mapping[str, Column], free: list[ColumnProfile]
) -> Suspicion | None:
    """Cases that nobody dates: an import leaves all of them out."""
    if shape != "case" or {"reported", "occurred"} & set(roles):
        return None
    dated = [f"‘{one.header}’" for one in free if one.moments.share > 0.5]
    if not dated or any(one.moments.guessed for one in free):
        return None
    return Suspicion(
        f"No column was found that says when a case was reported, and nobody knows what the dates "
        f"in {', '.join(dated[:6])} mean: an import leaves out cases that nothing dates.",
        'Name it in the recipe: [table.columns] reported = "…".',
    )
