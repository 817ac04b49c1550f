"""Whether the values of a column can bear what its header says, and what they say themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from wellkept.record.sources.asset_words import asset_word
from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon_facts import (
    POLARITY_BAD,
    POLARITY_LATE_SO_FAR,
    POLARITY_UNPLANNED,
)
from wellkept.record.sources.lexicon_states import XES_TRANSITIONS
from wellkept.record.sources.life_words import life_word
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.roles import Kind
from wellkept.record.sources.words import (
    Verdict,
    consequence_word,
    normal,
    planned_word,
    product_kind_word,
    state_word,
    verdict_word,
)

STRONG = 80  # a header that says so itself, against one that only comes near
_CLOCKS = (
    (re.compile(r"\d{1,2}:\d{2}:\d{2}"), "%H:%M:%S"),
    (re.compile(r"[0-2]\d[0-5]\d[0-5]\d"), "%H%M%S"),
    (re.compile(r"\d{1,2}:\d{2}"), "%H:%M"),
    (re.compile(r"\d{1,2}h\d{2}"), "%Hh%M"),
    (re.compile(r"\d{1,2}:\d{2}:\d{2}\.\d{1,6}"), "%H:%M:%S.%f"),
    (re.compile(r"\d{1,2}:\d{2}:\d{2} ?[AaPp][Mm]"), "%I:%M:%S %p"),
    (re.compile(r"\d{1,2}:\d{2} ?[AaPp][Mm]"), "%I:%M %p"),
)
_IDENTIFIER = re.compile(r"(?=.*\d)[A-Za-z]{0,8}[-_/ #.]?[A-Za-z0-9]*[-_/.]?\d[A-Za-z0-9._/-]*")


def filled(profile: ColumnProfile) -> float:
    """This will give the share of rows with a value."""
    return 1 - profile.blank / profile.rows if profile.rows else 0.0


def is_moment(profile: ColumnProfile, least: float = 0.8) -> bool:
    """This will say whether the values are moments by themselves, whatever the header says."""
    if profile.stored in ("moment", "day"):
        return True
    return profile.moments.share >= least and not profile.moments.guessed


def only_days(profile: ColumnProfile) -> bool:
    """This will say whether the moments of a column have no time of day."""
    formats = profile.moments.formats
    dated = bool(formats) and all(one.precision == "day" for one in formats)
    return profile.stored == "day" or (profile.stored == "text" and dated)


def only_digits(profile: ColumnProfile) -> bool:
    """This will say whether the values are digits only, as numbers of cases often are."""
    return bool(profile.sample) and all(value.strip().isdigit() for value in profile.sample)


def is_unique(profile: ColumnProfile, least: float = 0.95) -> bool:
    """This will say whether nearly every row has its own value."""
    there = profile.rows - profile.blank
    return there > 0 and profile.distinct >= least * there and there >= 0.85 * profile.rows


def nearly_unique(profile: ColumnProfile, filled_least: float) -> bool:
    """This will say whether a column tells rows apart but for gaps and few repetitions.

    So a list that people keep: one in seven numbers, or a single one of a short list, may stand
    twice, and a share of the rows has none.
    """
    there = profile.rows - profile.blank
    twice = there - profile.distinct
    enough = there >= filled_least * profile.rows
    return profile.distinct > 1 and twice <= max(1, 0.15 * there) and enough


def repeats(profile: ColumnProfile) -> bool:
    """This will say whether the values come back on further rows, as in a log."""
    there = profile.rows - profile.blank
    return profile.distinct > 1 and profile.distinct <= 0.8 * there and there >= 0.9 * profile.rows


def looks_like_id(profile: ColumnProfile) -> bool:
    """This will say whether the values look like numbers of things: short, with digits."""
    sample = profile.sample[:100]
    if profile.numbers.share > 0.9 and not profile.numbers.whole:
        return False
    good = sum(1 for value in sample if len(value) <= 40 and _IDENTIFIER.fullmatch(value.strip()))
    return bool(sample) and good >= 0.95 * len(sample) and not is_moment(profile)


def counted(profile: ColumnProfile) -> dict[str, int | None]:
    """This will give the words of a column with their counts where they were counted."""
    words: dict[str, int | None] = dict(profile.top)
    for word in profile.sample:
        words.setdefault(word, None)
    return words


def share_of(profile: ColumnProfile, known: Callable[[str], object | None]) -> float:
    """This will give the share of the most frequent values of which the meaning is known."""
    total = sum(count for _, count in profile.top)
    good = sum(count for word, count in profile.top if known(word) is not None)
    return good / total if total else 0.0


def verdict_yes(header: str) -> Verdict:
    """This will say what a yes means under this header: "SLA breached" makes it broken."""
    words = frozenset(heading(header).words)
    return "broken" if words & (POLARITY_BAD | POLARITY_LATE_SO_FAR) else "kept"


def only_yes_counts(header: str) -> bool:
    """This will say whether a no means just "not yet", as under "Overdue"."""
    words = frozenset(heading(header).words)
    return bool(words & POLARITY_LATE_SO_FAR) and not words & POLARITY_BAD


def planned_yes(header: str) -> bool:
    """This will say what a yes means under this header: "Unplanned" makes it not planned."""
    words = frozenset(heading(header).words)
    return not (words & POLARITY_UNPLANNED) or "planned" in words


def clock_pattern(profile: ColumnProfile) -> str | None:
    """This will give the pattern of a column that holds times of day, else None."""
    sample = [value.strip() for value in profile.sample[:200]]
    for shape, pattern in _CLOCKS:
        if sample and sum(1 for value in sample if shape.fullmatch(value)) >= 0.95 * len(sample):
            return pattern
    return None


def is_life_cycle(profile: ColumnProfile) -> bool:
    """This will say whether a column only holds XES life-cycle words, which are no states."""
    words = [normal(word) for word in counted(profile)]
    return bool(words) and all(word in XES_TRANSITIONS for word in words)


def _moment(profile: ColumnProfile, score: int) -> float | None:
    if profile.blank >= profile.rows:
        return -4.0 if score >= STRONG else None
    if profile.stored in ("moment", "day"):
        return 10.0
    if profile.moments.guessed and (score < STRONG or profile.moments.share < 0.9):
        return None
    if score < STRONG and only_digits(profile):
        return None
    share = profile.moments.share
    return 8 * share if share >= (0.3 if score >= STRONG else 0.8) else None


def _id(profile: ColumnProfile, score: int) -> float | None:
    """Numbers such as 202403040012 read as moments, too; the header decides."""
    if score >= STRONG and profile.blank < profile.rows and only_digits(profile):
        return 0.0
    return _name(profile, score)


def _name(profile: ColumnProfile, score: int) -> float | None:
    numbers = profile.numbers
    fractions = numbers.share > 0.9 and not numbers.whole
    if profile.blank >= profile.rows or is_moment(profile, 0.5) or fractions:
        return None
    return None if profile.yes_no > 0.9 and profile.distinct <= 3 else 0.0


def _word(profile: ColumnProfile, score: int) -> float | None:
    there = profile.rows - profile.blank
    if there <= 0 or is_moment(profile, 0.5) or profile.durations.form in ("clock", "days_clock"):
        return None
    return 0.0 if profile.distinct <= max(60, 0.2 * there) else None


def _number(profile: ColumnProfile, score: int) -> float | None:
    there = profile.rows - profile.blank
    if there <= 0 or (is_moment(profile) and profile.numbers.share < 0.9):
        return None
    return 5 * profile.numbers.share if profile.numbers.share >= 0.25 else None


def _duration(profile: ColumnProfile, score: int) -> float | None:
    if profile.blank >= profile.rows or is_moment(profile):
        return None
    share = max(profile.durations.share, profile.numbers.share)
    return 5 * share if share >= 0.7 else None


def _text(profile: ColumnProfile, score: int) -> float | None:
    numeric = profile.numbers.share > 0.9 and not profile.numbers.damaged
    return None if profile.blank >= profile.rows or is_moment(profile, 0.5) or numeric else 0.0


def _flag(profile: ColumnProfile, score: int) -> float | None:
    return None if profile.blank >= profile.rows or is_moment(profile, 0.5) else 0.0


def _mark(profile: ColumnProfile, score: int) -> float | None:
    """A revision may be written in any way: 4.2, B, 2024-03, R12."""
    return 0.0 if profile.blank < profile.rows else None


_FITS: dict[Kind, Callable[[ColumnProfile, int], float | None]] = {
    "moment": _moment,
    "id": _id,
    "name": _name,
    "word": _word,
    "number": _number,
    "duration": _duration,
    "text": _text,
    "flag": _flag,
    "mark": _mark,
}


_MANY = bag("customers clients users members subscribers kunden clienti clientes klanten")
_WEAK_ASSET = (("unit",), ("units",), ("object",))


def _is_count(profile: ColumnProfile) -> bool:
    """Whole numbers under a header in the plural: "Customers affected" says how many, not who."""
    whole = profile.numbers.whole and profile.numbers.share > 0.9
    return whole and bool(_MANY & frozenset(heading(profile.header_as_found).words))


def _is_left_over(profile: ColumnProfile) -> bool:
    """Time left until a promise, which falls below nothing, and not time that something took."""
    custom = profile.header_as_found.lower().startswith("custom field")
    return custom or any(value.strip().startswith(("-", "−")) for value in profile.sample)


def _vocabulary(notion: str, profile: ColumnProfile, near: bool) -> float | None:
    """What the words of a column add to its header, or None when they speak against it."""
    if notion in ("state", "activity", "substate"):
        if is_life_cycle(profile):
            return None
        share = share_of(profile, state_word)
        words = (asset_word, life_word)
        told = max(share, *(share_of(profile, one) for one in words)) if near else share
        return None if near and told < 0.5 else 15 * share
    if notion == "consequence":
        share = share_of(profile, consequence_word)
        return None if near and share == 0 else (30.0 if share > 0 else 0.0)
    if notion in ("verdict", "respond_verdict"):
        yes = verdict_yes(profile.header_as_found)
        share = share_of(profile, lambda word: verdict_word(word, yes_is=yes))
        return 10 * share if share >= 0.7 else None
    if notion in ("responded_after", "resolved_after") and (near or _is_left_over(profile)):
        return None
    if notion == "customer" and _is_count(profile):
        return None
    if notion == "asset" and heading(profile.header_as_found).words in _WEAK_ASSET:
        return 0.0 if looks_like_id(profile) else None
    return _coded(notion, profile)


def _coded(notion: str, profile: ColumnProfile) -> float | None:
    """The same of words that say one of two things."""
    if notion == "product_kind":
        return 10 * share_of(profile, product_kind_word)
    if notion == "breakdown":
        return 10 * profile.yes_no if profile.yes_no >= 0.9 else None
    if notion == "planned":
        share = share_of(profile, planned_word)
        return 10 * share if share >= 0.7 else None
    return 0.0


def fit(notion: str, kind: Kind, profile: ColumnProfile, score: int, near: bool) -> float | None:
    """This will say how well the values bear the notion: a bonus, or None when they cannot."""
    if notion == "reopen_count" and profile.yes_no > 0.9:
        return 5.0
    value = _FITS[kind](profile, score)
    words = _vocabulary(notion, profile, near)
    if value is None or words is None:
        return None
    return value + words + 4 * filled(profile)


def best_of(profiles: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """This will give the column with the most different values."""
    return max(profiles, key=lambda profile: profile.distinct, default=None)
