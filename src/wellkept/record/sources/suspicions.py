"""What looks wrong with the records, said as a sentence with advice; nothing is changed.

Some need only the columns' profiles (`of_columns`); others need counts over all rows, which the
caller makes and hands in (`office_hours`, `in_future`, `silences`, `PairCheck`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.understanding import Column, PairCheck, Suspicion, UnknownWord

ENOUGH_HOURS = 200
OFFICE_WINDOW = 10
OFFICE_SHARE = 0.85
SILENT_ROWS = 5
SILENT_HOURS = 6.0
SILENT_AGAINST_USUAL = 3.0
_MUST_BE_ORDERED = (
    ("reported", "responded"),
    ("reported", "resolved"),
    ("reported", "closed"),
    ("occurred", "reported"),
    ("responded", "closed"),
    ("resolved", "closed"),
    ("made", "done"),
    ("made", "due"),
    ("reported", "due"),
    ("down_from", "down_to"),
)


@dataclass(frozen=True, slots=True)
class HourCounts:
    """How many moments of a column fall into each hour of the day, as the values are written."""

    header: str
    counts: tuple[int, ...]  # 24
    labelled: str | None = None  # the offset that the values carry ("+00:00"), None: none
    stated: str | None = None  # the zone that the recipe states, None: none


@dataclass(frozen=True, slots=True)
class QuietSpell:
    """An interval without any end, closed by many ends in one and the same second."""

    from_s: int
    to_s: int
    rows: int

    @property
    def hours(self) -> float:
        """How long it lasted."""
        return (self.to_s - self.from_s) / 3600


def _damaged(column: Column, profile: ColumnProfile) -> Suspicion | None:
    values = profile.numbers.damaged
    if not values or column.role not in ("case_id", "promise_id", "asset", "customer"):
        return None
    return Suspicion(
        f"‘{column.header}’ holds identifiers that a spreadsheet rounded, such as ‘{values[0]}’: "
        "different things may now share one number.",
        "Export again with this column as text, or name another column for "
        f"`{column.role}` in the recipe.",
    )


def _ambiguous(column: Column, profile: ColumnProfile) -> Suspicion | None:
    if column.stated or not profile.moments.ambiguous or profile.moments.share < 0.3:
        return None
    said = profile.moments.ambiguity or "day and month cannot be told apart"
    return Suspicion(
        f"‘{column.header}’: {said}",
        f'State the format in the recipe: [table.formats] {column.role} = "%d/%m/%Y" '
        '(day first) or "%m/%d/%Y" (month first).',
    )


def _turned(column: Column, profile: ColumnProfile) -> Suspicion | None:
    """A spreadsheet that reads month first was given dates with the day first, or was not asked."""
    turned = profile.moments.turned
    if turned is None or column.stated:
        return None
    text, other = turned.formats
    return Suspicion(
        f"‘{column.header}’: a spreadsheet took days for months. What it could read that way "
        f"became dates of its own, all on the days 1 to 12 ({turned.made} of those looked at); "
        f"what it could not, all on the days 13 to 31, stayed text ({turned.left}). The first "
        "ones are the wrong way round.",
        "Export again without opening the file in a spreadsheet, or let the recipe turn them "
        f'back: [table.formats] {column.role} = ["{text}", "{other}"].',
    )


_WISHES = bag(
    """gew gewunschtes gewunschter gewunscht wunsch wunschtermin wunschdatum wunschlieferdatum
    required requested req desired wished ltrmn vdatu souhaite souhaitee desiderata richiesta
    deseada solicitada gewenst gewenste desejada zadany wymagany"""
)


def _wish(column: Column, profile: ColumnProfile) -> Suspicion | None:
    """A date that was asked for, or that a priority sets, which nobody may have promised."""
    words = frozenset(heading(column.header).words)
    if column.role != "due" or column.how == "recipe" or not words & _WISHES:
        return None
    return Suspicion(
        f"‘{column.header}’ is what somebody asked for, or what a priority sets; it was counted as "
        "promised, though perhaps nobody promised it.",
        "If another column holds what was promised, name it in the recipe: due = …; if nothing was "
        f'promised, leave this one out: ignore = ["{column.header}"].',
    )


def _one_verdict(column: Column, profile: ColumnProfile) -> Suspicion | None:
    if column.role != "verdict" or profile.distinct != 1 or profile.rows < 20:
        return None
    word = profile.top[0][0] if profile.top else "?"
    return Suspicion(
        f"Every row of ‘{column.header}’ says ‘{word}’.",
        "Ask whether the export was filtered, or whether the source ever writes the other word.",
    )


def _coded_state(column: Column, profile: ColumnProfile) -> Suspicion | None:
    if column.role != "state" or profile.numbers.share < 0.9:
        return None
    words = ", ".join(f"‘{word}’" for word, _ in profile.top[:6])
    return Suspicion(
        f"‘{column.header}’ codes its states by numbers: {words}.",
        "Say what they mean in the recipe under [table.words.state].",
    )


def _all_blank(column: Column, profile: ColumnProfile) -> Suspicion | None:
    if profile.rows == 0 or profile.blank < profile.rows:
        return None
    return Suspicion(
        f"‘{column.header}’ ({column.role}) is empty on every row.",
        "If these moments exist in the source, export the column again.",
    )


def _strange_words(role: str, header: str, words: Sequence[UnknownWord]) -> Suspicion | None:
    rows = sum(word.count or 0 for word in words)
    named = ", ".join(f"‘{word.word}’" for word in words[:5])
    more = f" and {len(words) - 5} more" if len(words) > 5 else ""
    return Suspicion(
        f"In ‘{header}’ nothing is known about {named}{more} (at least {rows} rows).",
        f"Say what they mean in the recipe under [table.words.{role}]; until then "
        + ("they count as not seen." if role == "asset_state" else "they change nothing."),
    )


def _disorder(
    pair: PairCheck, roles: Mapping[str, str], headers: Mapping[str, str]
) -> Suspicion | None:
    first, second = roles.get(pair.earlier), roles.get(pair.later)
    wrong = pair.both - pair.ordered
    if (first, second) not in _MUST_BE_ORDERED or pair.both == 0:
        return None
    earlier, later = headers[pair.earlier], headers[pair.later]
    if pair.both >= 20 and pair.equal >= 0.95 * pair.both:
        return Suspicion(
            f"‘{later}’ equals ‘{earlier}’ on {pair.equal} of {pair.both} rows.",
            "One of them may have been filled in by the export; ask which one people enter.",
        )
    if wrong <= 0:
        return None
    return Suspicion(
        f"‘{later}’ is earlier than ‘{earlier}’ on {wrong} of {pair.both} rows.",
        "Few: typing errors, shown in the report. Many: the two columns are the wrong way round, "
        "or one of them means something else; name them in the recipe.",
    )


def of_columns(
    roles: Mapping[str, Column],
    profiles: Mapping[str, ColumnProfile],
    unknown: Sequence[UnknownWord] = (),
    pairs: Sequence[PairCheck] = (),
) -> tuple[Suspicion, ...]:
    """This will say what looks wrong in the columns that have a role."""
    found: list[Suspicion | None] = []
    for column in roles.values():
        profile = profiles[column.key]
        for look in (_damaged, _turned, _ambiguous, _wish, _one_verdict, _all_blank):
            found.append(look(column, profile))
        if any(word.role == "state" for word in unknown):
            found.append(_coded_state(column, profile))
    for role in ("state", "asset_state", "verdict", "planned"):
        mine = [word for word in unknown if word.role == role]
        if mine:
            found.append(_strange_words(role, mine[0].header, mine))
    by_key = {column.key: column.role for column in roles.values()}
    headers = {column.key: column.header for column in roles.values()}
    found.extend(_disorder(pair, by_key, headers) for pair in pairs)
    return tuple(one for one in found if one is not None)


def pairs_to_check(roles: Mapping[str, Column]) -> tuple[tuple[str, str], ...]:
    """This will list the pairs of columns whose order the caller should count, as keys."""
    return tuple(
        (roles[first].key, roles[second].key)
        for first, second in _MUST_BE_ORDERED
        if first in roles and second in roles
    )


def _busiest(counts: Sequence[int], width: int) -> tuple[int, int]:
    """The hour at which the busiest window of the day begins, and its rows."""
    windows = [sum(counts[(begin + step) % 24] for step in range(width)) for begin in range(24)]
    most = max(windows)
    return max(begin for begin in range(24) if windows[begin] == most), most


def office_hours(hours: HourCounts) -> Suspicion | None:
    """This will say when the hours of the day do not fit the zone that the times claim.

    Raises ValueError unless there are 24 counts.
    """
    if len(hours.counts) != 24:
        raise ValueError(f"24 counts are needed, one per hour; there are {len(hours.counts)}")
    total = sum(hours.counts)
    begin, rows = _busiest(hours.counts, OFFICE_WINDOW)
    if total < ENOUGH_HOURS or rows < OFFICE_SHARE * total or hours.stated is not None:
        return None
    said = f"{rows / total:.0%} of ‘{hours.header}’ fall between {begin} h and {_end(begin)} h"
    if hours.labelled in ("+00:00", "UTC", "Z") and 5 <= begin <= 10:
        return Suspicion(
            f"The times are labelled +00:00, but {said}: local time?",
            "If people work these hours, the label is wrong: state the zone of the values in the "
            'recipe (zone = "Europe/Rome").',
        )
    if hours.labelled is None and not 4 <= begin <= 11:
        return Suspicion(
            f"The times carry no zone and {said}: another zone, UTC perhaps?",
            'State the zone in which the values are written in the recipe (zone = "UTC").',
        )
    return None


def _end(begin: int) -> int:
    return (begin + OFFICE_WINDOW) % 24


def in_future(header: str, rows: int, latest: datetime, known_at: datetime) -> Suspicion | None:
    """This will say that moments of something that happened lie after the records were taken."""
    if rows <= 0 or latest <= known_at:
        return None
    return Suspicion(
        f"{rows} moments of ‘{header}’ lie after the records were taken "
        f"({known_at:%Y-%m-%d %H:%M}); the latest is {latest:%Y-%m-%d %H:%M}.",
        "Planned dates in this column? Then it is another role. Else state `known_at` and `zone` "
        "in the recipe.",
    )


def silences(
    ends: Sequence[tuple[int, int]],
    *,
    least_rows: int = SILENT_ROWS,
    least_hours: float = SILENT_HOURS,
) -> tuple[QuietSpell, ...]:
    """This will find where a feed was silent: hours without an end, then many ends at once.

    `ends` are (moment in seconds, rows that end in it), sorted. A spell counts when it is at
    least `least_hours` long and three times as long as nine tenths of all gaps, and when its last
    second holds at least `least_rows` rows and four times as many as nine tenths of the others.
    """
    if len(ends) < 20:
        return ()
    gaps = sorted(after[0] - before[0] for before, after in pairwise(ends))
    usual_gap = gaps[int(0.9 * len(gaps))]
    usual_rows = sorted(rows for _, rows in ends)[int(0.9 * len(ends))]
    long = max(least_hours * 3600, SILENT_AGAINST_USUAL * usual_gap)
    many = max(least_rows, 4 * usual_rows)
    return tuple(
        QuietSpell(before[0], after[0], after[1])
        for before, after in pairwise(ends)
        if after[0] - before[0] >= long and after[1] >= many
    )


def silence(spell: QuietSpell, header: str) -> Suspicion:
    """This will say one quiet spell as a sentence, with the lines for the recipe."""
    since = datetime.fromtimestamp(spell.from_s, UTC)
    to = datetime.fromtimestamp(spell.to_s, UTC)
    return Suspicion(
        f"{spell.rows} rows end in the same second of ‘{header}’ ({to:%Y-%m-%d %H:%M:%S} UTC), "
        f"after {spell.hours:.1f} hours without any end: was the feed silent?",
        "If so, these ends are only known to lie in between. State it in the recipe: [[silence]] "
        f"from = {since:%Y-%m-%dT%H:%M:%SZ}, to = {to:%Y-%m-%dT%H:%M:%SZ}.",
    )


def perhaps_planned(header: str) -> Suspicion:
    """This will doubt a bare "delivery date" taken for the end of a promise: it may lie ahead."""
    return Suspicion(
        f"‘{header}’ was read as the day of delivery, since no column says better when it came; in "
        "many systems such a column holds the planned day, and then nothing here was delivered.",
        "Export the day on which it came, or name its column in the recipe: done = …",
    )
