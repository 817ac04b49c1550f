"""What is true of a round of the mirror: forms, groups, and how far it has come; plain values."""

from datetime import datetime
from enum import StrEnum

MOST_CHOSEN = 3
"""So many gaps of a round become promises to ourselves, and no more."""
MOST_BY_LINK = 500
LEVELS = range(5)
LONGEST_RECALL = 1000


class Form(StrEnum):
    """How much is asked: twelve claims, or all."""

    SHORT = "short"
    FULL = "full"


class Answering(StrEnum):
    """Who answers. Customers have questions of their own."""

    EXECUTIVE = "executive"
    SERVICE_MANAGEMENT = "service_management"
    FRONT_LINE = "front_line"
    COMMERCIAL = "commercial"
    FINANCE = "finance"
    CUSTOMER = "customer"


OUR_GROUPS = tuple(group for group in Answering if group is not Answering.CUSTOMER)


class Stage(StrEnum):
    """How far a round has come: its answers can change, cannot change, stand beside records."""

    OPEN = "open"
    LOCKED = "locked"
    REVEALED = "revealed"


def stage_of(locked_at: datetime | None, revealed_at: datetime | None) -> Stage:
    """This will say how far a round has come.

    >>> stage_of(None, None).value
    'open'
    """
    if revealed_at is not None:
        return Stage.REVEALED
    return Stage.OPEN if locked_at is None else Stage.LOCKED
