"""Cover hours for evidence: how much of a stretch lay in the hours in which service is owed."""

from datetime import UTC, date, datetime

from wellkept.methods.working_time import Calendar, bind, elapsed
from wellkept.study.diagnostic.evidence.finding import Covered, Seconds
from wellkept.study.measures.window import DAY


def covered_by(calendar: Calendar, zone: str, first_s: int, until_s: int) -> Covered:
    """This will give a function from beginnings and ends to seconds of cover, in one zone.

    Moments outside `first_s` to `until_s` are counted from and to these.
    """
    clock = bind(calendar, zone, _day(min(first_s, until_s) - DAY), _day(until_s + DAY))

    def covered(start_s: Seconds, stop_s: Seconds) -> Seconds:
        begun = start_s.clip(first_s, until_s)
        return elapsed(clock, begun, stop_s.clip(begun, None).clip(None, until_s))

    return covered


def _day(moment_s: int) -> date:
    return datetime.fromtimestamp(moment_s, tz=UTC).date()
