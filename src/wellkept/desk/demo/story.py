"""What goes wrong in the demo company, and how much: every number of its story, as data.

The average looks fine. The tail, the moved dates, one region's ownerless work, two customers and
one part do not.
"""

from dataclasses import dataclass

CONSEQUENCES = ("safety", "production_stopped", "unknown", "degraded", "inconvenience")
"""In order of urgency; `unknown` is left blank in the records."""
CRITICAL = ("safety", "production_stopped")

WEEKS = 156
"""Three years up to the Monday."""

OWNERLESS_REGION = "North"
QUIET_CUSTOMER = "Valbruna Dairy"
WAITING_CUSTOMER = "Clinic Nord"
HURT = (WAITING_CUSTOMER, QUIET_CUSTOMER)
WORSE_FAMILY = "Kelda"
WORSE_DAYS = 182
"""For how long that family has been worse."""
WORSE_CASES, WORSE_WORK, WORSE_PART_SHARE = 1.28, 2.3, 0.36
"""How many more cases it has since, how much longer the work takes, how often a part is missing."""
PART_SHARE = 0.13

QUIET_DAYS = 150
QUIET_SHARE = 0.10
"""Of its usual calls, what the quiet customer still makes."""

LATE_QUOTES_DAYS = 730
LATE_QUOTES = 0.42
LATE_QUOTES_BEFORE = 0.08
"""Quotes late: first they were rare, then for two years nobody asked."""

HURT_SLOWER = 2.2
HURT_MORE_CASES = 1.25

QUEUE_SHARE = 0.55
QUEUE_H, QUEUE_SPREAD = 8.0, 1.2
UNANSWERED = {"West": 0.006, "South": 0.008, "North": 0.085}
"""Cases that nobody ever acknowledged, by region."""

BOUNCED = {"machine": 0.04, "system": 0.06, "software": 0.20}
"""Cases that two support teams pass to and fro, by kind of asset."""

SCARCE_SHARE = 0.42
SCARCE_H, SCARCE_SPREAD = 200.0, 0.5

RELEASED = 0.004
FORGOTTEN = 0.008
CANCELLED = 0.015
REOPENED = 0.05
BY_CUSTOMER = 0.015
"""Promises whose date the customer asked to move, besides those that waited for the customer."""
ASKED_TOO_LATE = 0.0015

RESPOND_H = {
    "safety": 1.0,
    "production_stopped": 2.0,
    "unknown": 4.0,
    "degraded": 4.0,
    "inconvenience": 8.0,
}
RESTORE_H = {
    "safety": 7.0,
    "production_stopped": 9.0,
    "unknown": 20.0,
    "degraded": 30.0,
    "inconvenience": 50.0,
}
ARRIVE_H = {
    "safety": 4.0,
    "production_stopped": 6.0,
    "unknown": 12.0,
    "degraded": 12.0,
    "inconvenience": 20.0,
}
"""What is promised. Hours on the wall clock for the critical, cover hours for the others."""

QUOTE_H = 24.0


@dataclass(frozen=True, slots=True)
class Habit:
    """How promises of one kind fare: late by nature, moved if late."""

    late: float
    moved: float


HABITS = {
    "restore": Habit(0.0, 0.95),  # lateness follows from the case itself
    "arrive": Habit(0.0, 0.96),
    "part_delivery": Habit(0.0, 0.95),
    "quote": Habit(0.0, 0.85),
    "update_customer": Habit(0.15, 0.95),
    "callback": Habit(0.14, 0.92),
    "said": Habit(0.17, 0.90),
    "maintenance_due": Habit(0.165, 0.95),
}
MOVED_IF_CRITICAL = 0.20
"""A customer who stands still stays on the telephone: few of these dates are moved."""
MOVED_IF_HURT = 0.40
MOVE_HOLDS = 0.98
"""How often the new date is kept."""
MOVE_ASKED_BY_NOBODY = 0.18
MOVE_TOLD = 0.55


@dataclass(frozen=True, slots=True)
class Waiting:
    """One case that is open on the Monday, written by hand."""

    customer: str
    family: str
    about: str
    consequence: str
    days: float  # since it was reported
    waiting_on: str
    detail: str
    moves: int  # how often we have moved its date
    owner: str  # named | queue | gone (left, given to nobody) | still (left, not even noticed)
    said: str = ""  # what somebody promised by word of mouth, and has not done


WAITING = (
    Waiting("Clinic Nord", "Vesper", "medical vacuum runs on its last pump", "safety", 19.4,
            "part", "IB-220 inverter board", 3, "gone",
            "tell the ward which day the board comes"),
    Waiting("Clinic Nord", "Pilot", "vacuum alarms do not reach the ward", "production_stopped",
            9.3, "supplier", "alarm gateway", 1, "queue"),
    Waiting("Valbruna Dairy", "Kelda", "second chiller down, milk goes to another dairy",
            "production_stopped", 26.5, "part", "IB-220 inverter board", 2, "named",
            "leave a loan machine until Friday"),
    Waiting("Harjula Paper", "Boreal", "drive fault F14, machine 3 stands", "production_stopped",
            12.6, "part", "IB-220 inverter board", 1, "gone"),
    Waiting("Kuura Dairy", "Kelda", "water too warm at night", "degraded", 33.4,
            "nobody", "", 0, "queue"),
    Waiting("Revontuli Airport", "Sirocco", "wet air at the de-icing hangar", "degraded", 20.3,
            "access", "airside pass", 2, "queue"),
    Waiting("Isola Airport", "Kelda", "pump seized", "production_stopped", 9.4,
            "part", "CP-60 pump cartridge", 1, "named"),
    Waiting("Ashgrove Pharma", "Pilot", "wrong sequence after restart", "degraded", 16.5,
            "supplier", "controller firmware", 2, "named"),
    Waiting("Three Lamps Brewing", "Boreal", "loses oil", "degraded", 11.4,
            "part", "AE-45 air end seal kit", 1, "named"),
    Waiting("Kivikko Packaging", "Boreal", "unloads and does not load again", "degraded", 17.6,
            "nobody", "", 0, "still"),
    Waiting("Pohja Laboratories", "Pilot", "setpoint not taken over", "", 47.4,
            "nobody", "", 0, "queue"),
)  # fmt: skip
