"""Where is it nine o'clock? Calendars have no zone until they are bound to one."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from wellkept.methods.working_time import Calendar, Clock, UnknownZone, bind, due, due_many, elapsed
from wellkept.methods.working_time.zone import offsets

HOUR = 3600
ROME, CHICAGO, TOKYO = "Europe/Rome", "America/Chicago", "Asia/Tokyo"


def at(text: str, zone: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def on_the_wall(moment_s: int, zone: str) -> str:
    return datetime.fromtimestamp(int(moment_s), ZoneInfo(zone)).strftime("%a %d %b %H:%M")


def a_clock(words: str, zone: str, year: int = 2024) -> Clock:
    return bind(Calendar.parse(words), zone, date(year, 1, 1), date(year, 12, 31))


def worked_hours(clock: Clock, start: str, stop: str) -> float:
    return float(elapsed(clock, at(start, clock.zone), at(stop, clock.zone))[0] / HOUR)


@pytest.mark.parametrize(
    ("zone", "evening", "noon", "hours"),
    [
        (ROME, "2024-03-30 20:00", "2024-03-31 12:00", 7),
        (ROME, "2024-10-26 20:00", "2024-10-27 12:00", 9),
        (ROME, "2024-06-08 20:00", "2024-06-09 12:00", 8),
        (CHICAGO, "2024-03-09 20:00", "2024-03-10 12:00", 7),
        (CHICAGO, "2024-11-02 20:00", "2024-11-03 12:00", 9),
        ("Australia/Lord_Howe", "2024-04-06 20:00", "2024-04-07 12:00", 8.5),
        ("Australia/Lord_Howe", "2024-10-05 20:00", "2024-10-06 12:00", 7.5),
    ],
)
def test_brunos_night_shift_is_short_in_spring_and_long_in_autumn(
    zone: str, evening: str, noon: str, hours: float
) -> None:
    assert worked_hours(a_clock("Mon-Sun 22:00-06:00", zone), evening, noon) == hours


def test_eight_hours_owed_on_the_spring_night_are_due_in_the_next_shift() -> None:
    clock = a_clock("Mon-Sun 22:00-06:00", ROME)
    spring = due(clock, at("2024-03-30 22:00", ROME), 8 * HOUR).due_s[0]
    autumn = due(clock, at("2024-10-26 22:00", ROME), 8 * HOUR).due_s[0]
    assert on_the_wall(spring, ROME) == "Sun 31 Mar 23:00"
    assert on_the_wall(autumn, ROME) == "Sun 27 Oct 05:00"


def test_wall_time_that_spring_skips_is_not_worked() -> None:
    clock = a_clock("Mon-Sun 02:15-02:45", ROME)
    assert worked_hours(clock, "2024-03-31 00:00", "2024-04-01 00:00") == 0
    half_skipped = a_clock("Mon-Sun 02:30-05:00", ROME)
    assert worked_hours(half_skipped, "2024-03-31 00:00", "2024-04-01 00:00") == 2


def test_wall_time_that_autumn_shows_twice_is_worked_twice() -> None:
    clock = a_clock("Mon-Sun 02:15-02:45", ROME)
    assert worked_hours(clock, "2024-10-27 00:00", "2024-10-28 00:00") == 1
    starts_in_the_fold = a_clock("Mon-Sun 02:30-05:00", ROME)
    assert worked_hours(starts_in_the_fold, "2024-10-27 00:00", "2024-10-28 00:00") == 3


def test_shifts_that_hand_over_in_the_fold_cover_the_night_without_gap_or_overlap() -> None:
    early, late = a_clock("Sat 22:00-02:30", ROME), a_clock("Sun 02:30-06:00", ROME)
    night = ("2024-10-26 20:00", "2024-10-27 12:00")
    assert worked_hours(early, *night) + worked_hours(late, *night) == 9


def test_a_day_that_a_zone_left_out_is_not_worked() -> None:
    # Samoa went from Thursday 29 to Saturday 31 December 2011.
    clock = a_clock("Mon-Fri 09:00-17:00", "Pacific/Apia", 2011)
    assert worked_hours(clock, "2011-12-26 00:00", "2011-12-31 23:00") == 32


def test_the_sites_zone_decides_and_not_that_of_almas_desk() -> None:
    reported = at("2024-01-05 22:30", ROME)  # 15:30 in Chicago
    site, desk = (a_clock("Mon-Fri 09:00-17:00", zone) for zone in (CHICAGO, ROME))
    at_site, at_desk = due(site, reported, 2 * HOUR), due(desk, reported, 2 * HOUR)
    assert on_the_wall(at_site.due_s[0], CHICAGO) == "Mon 08 Jan 09:30"
    assert on_the_wall(at_desk.due_s[0], ROME) == "Mon 08 Jan 11:00"


def test_one_commitment_over_sites_in_three_zones_falls_due_at_three_moments() -> None:
    zones = [ROME, CHICAGO, TOKYO]
    clocks = [a_clock("Mon-Fri 09:00-17:00", zone) for zone in zones]
    start = at("2024-01-02 15:00", ROME)  # 08:00 in Chicago, 23:00 in Tokyo
    answer = due_many(clocks, [0, 1, 2], start, 4 * HOUR)
    walls = [on_the_wall(s, zone) for s, zone in zip(answer.due_s, zones, strict=True)]
    assert walls == ["Wed 03 Jan 11:00", "Tue 02 Jan 13:00", "Wed 03 Jan 13:00"]


def test_a_zone_that_nobody_knows_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownZone, match=r"'Europe/Roma' .* did you mean 'Europe/Rome'\?"):
        a_clock("24x7", "Europe/Roma")
    with pytest.raises(UnknownZone, match="IANA names such as"):
        a_clock("24x7", "../../etc/passwd")


@pytest.mark.parametrize(
    "zone",
    [ROME, CHICAGO, TOKYO, "America/Havana", "Africa/Casablanca", "Pacific/Apia", "Asia/Gaza"],
)
def test_offsets_agree_with_the_zone_database_at_moments_drawn_at_random(zone: str) -> None:
    first, last = (round(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (1975, 2035))
    starts, values = offsets(zone, first, last)
    rng = random.Random(3)
    moments = [rng.randrange(first, last) for _ in range(5000)]
    moments += [int(s) + step for s in starts[1:] for step in (-1, 0)]
    ours = values[np.searchsorted(starts, moments, "right") - 1]
    theirs = [datetime.fromtimestamp(m, ZoneInfo(zone)).utcoffset() for m in moments]
    assert ours.tolist() == [offset.total_seconds() for offset in theirs if offset is not None]
