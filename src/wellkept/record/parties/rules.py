"""What is true of customers and sites: plain values in, plain values out."""

from enum import StrEnum
from zoneinfo import available_timezones

ZONES = frozenset(available_timezones())


class Consent(StrEnum):
    """Whether a contact agreed to be written to beyond the work itself."""

    UNKNOWN = "unknown"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


def is_zone(name: str) -> bool:
    """This will tell whether a name is one of an IANA time zone.

    >>> is_zone("Europe/Rome"), is_zone("CET+1")
    (True, False)
    """
    return name in ZONES
