"""Rows into the rule of the judged date, and into clock readings: few queries for many promises."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wellkept.methods import working_time
from wellkept.record.access.batches import chunks
from wellkept.record.calendars.models import Calendar
from wellkept.record.calendars.queries import working_calendars
from wellkept.record.parties.models import Site
from wellkept.record.promises.judging import (
    AroundTheClock,
    ByCalendar,
    Judged,
    Shift,
    Wait,
    WorkingTime,
    judge,
)
from wellkept.record.promises.models import Pause, Promise, PromiseMove
from wellkept.record.promises.rules import AskedBy

UNBOUND = "Etc/UTC"
"""The zone of a promise that knows neither a site nor one of its own."""
AROUND_THE_CLOCK = AroundTheClock()


def project(promises: Sequence[Promise]) -> list[str]:
    """This will set the derived dates of promises in hand from their rows of moves and pauses.

    The only place where they are set. Gives the names of the fields; four queries, whatever the
    number.
    """
    dated = [one for one in promises if one.first_due is not None]
    shifts, waits = _shifts(dated), _waits(dated)
    clocks = clocks_of([one for one in dated if one.pk in waits])
    for one in dated:
        found = derived(
            one, shifts.get(one.pk, []), waits.get(one.pk, []), clocks.get(one.pk, AROUND_THE_CLOCK)
        )
        one.current_due, one.judged_due = found.current_due, found.judged_due
        one.left_s = found.left_s
    return ["current_due", "judged_due", "left_s"]


def derived(
    promise: Promise, shifts: Iterable[Shift], waits: Iterable[Wait], clock: WorkingTime
) -> Judged:
    """This will derive the dates of one promise; raises ValueError for one without a first date."""
    if promise.first_due is None:
        raise ValueError(f"{promise.number} has no first date to judge by")
    return judge(promise.first_due, shifts, waits, clock)


def zone_of(promise: Promise, sites: Mapping[int, str]) -> str:
    """This will give the zone of a promise: its own, else its site's, else UTC."""
    return promise.zone or sites.get(promise.site_id or 0, "") or UNBOUND


def clocks_of(promises: Sequence[Promise]) -> dict[int, WorkingTime]:
    """This will give the promise clock of each promise that has a calendar, by its key."""
    having = [one for one in promises if one.calendar_id is not None]
    if not having:
        return {}
    keys = {one.calendar_id or 0 for one in having}
    calendars = working_calendars(Calendar.objects.filter(pk__in=keys))
    zones = zones_of(having)
    bound: dict[tuple[int, str], ByCalendar] = {}
    found: dict[int, WorkingTime] = {}
    for one in having:
        key = (one.calendar_id or 0, zone_of(one, zones))
        if key not in bound:
            year = (one.first_due or one.recorded_at).year
            bound[key] = ByCalendar(
                working_time.bind(calendars[key[0]], key[1], date(year, 1, 1), date(year, 12, 31))
            )
        found[one.pk] = bound[key]
    return found


def zones_of(promises: Sequence[Promise]) -> dict[int, str]:
    """This will give the zones of the sites of promises, by the key of the site."""
    zones: dict[int, str] = {}
    for keys in chunks(one.site_id for one in promises if one.site_id is not None):
        zones |= dict(Site.objects.filter(pk__in=keys).values_list("pk", "zone"))
    return zones


@dataclass(frozen=True, slots=True)
class Reading:
    """Both clocks of a promise at a moment, in whole seconds; None: the making is not recorded.

    `customer_clock_s` is wall time since it was made, without pauses, until it was settled.
    `promise_clock_s` is working time by its calendar, less the pauses that the customer agreed
    to. `left_s` is the working time left until the judged date; negative once it has passed.
    """

    customer_clock_s: int | None
    promise_clock_s: int | None
    left_s: int | None


def readings(promises: Sequence[Promise], now: datetime) -> dict[int, Reading]:
    """This will read both clocks of promises at a moment, by their key."""
    clocks, waits = clocks_of(promises), _waits(promises)
    return {
        one.pk: _reading(one, waits.get(one.pk, []), clocks.get(one.pk, AROUND_THE_CLOCK), now)
        for one in promises
    }


def _reading(promise: Promise, waits: list[Wait], clock: WorkingTime, now: datetime) -> Reading:
    ends = (promise.fulfilled_at, promise.released_at, promise.ended_at, promise.voided_at)
    stop = min([now, *(end for end in ends if end is not None)])
    left = promise.left_s
    if promise.judged_due is not None:
        left = clock.worked(stop, promise.judged_due)
    if promise.made_at is None:
        return Reading(None, None, left)
    start = min(promise.made_at, stop)
    stood = sum(clock.worked(begin, end) for begin, end in _agreed(waits, start, stop))
    wall = AROUND_THE_CLOCK.worked(start, stop)
    return Reading(wall, clock.worked(start, stop) - stood, left)


def _agreed(
    waits: Iterable[Wait], start: datetime, stop: datetime
) -> list[tuple[datetime, datetime]]:
    """The agreed pauses between two moments, each stretch once."""
    found: list[tuple[datetime, datetime]] = []
    covered = start
    for wait in sorted(waits, key=lambda one: one.from_at):
        begin, end = max(wait.from_at, covered), min(wait.until_at or stop, stop)
        if wait.acknowledged_at is not None and wait.acknowledged_at <= stop and end > begin:
            found.append((begin, end))
            covered = end
    return found


def _shifts(promises: Iterable[Promise]) -> dict[int, list[Shift]]:
    found: dict[int, list[Shift]] = defaultdict(list)
    for keys in chunks(one.pk for one in promises):
        rows = PromiseMove.objects.filter(promise__in=keys).order_by("promise", "pk")
        for key, old, new, asked, at in rows.values_list(
            "promise", "old_due", "new_due", "asked_by", "at"
        ):
            found[key].append(Shift(old, new, asked == AskedBy.CUSTOMER, at))
    return found


def _waits(promises: Sequence[Promise]) -> dict[int, list[Wait]]:
    """The pauses of promises; those that were read with them already are not read again."""
    found: dict[int, list[Wait]] = defaultdict(list)
    if all("pauses" in getattr(one, "_prefetched_objects_cache", ()) for one in promises):
        for one in promises:
            read = sorted(one.pauses.all(), key=lambda pause: (pause.from_at, pause.pk))
            found[one.pk] = [Wait(p.from_at, p.until_at, p.acknowledged_at) for p in read]
        return found
    for keys in chunks(one.pk for one in promises):
        rows = Pause.objects.filter(promise__in=keys).order_by("from_at", "pk")
        for key, begin, end, agreed in rows.values_list(
            "promise", "from_at", "until_at", "acknowledged_at"
        ):
            found[key].append(Wait(begin, end, agreed))
    return found
