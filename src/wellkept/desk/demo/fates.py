"""What becomes of a case, thrown in advance: how long each step takes, what it has to wait for."""

from dataclasses import dataclass

from wellkept.desk.demo import story
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.products import SCARCE_IN, SCARCE_PART
from wellkept.desk.demo.records import DAY, Case
from wellkept.desk.demo.spares import BY_NUMBER, WELL_STOCKED, fitting


@dataclass(frozen=True, slots=True)
class Wait:
    """One time in which the work stands, in hours on the wall clock."""

    waiting_on: str
    detail: str
    hours: float
    acknowledged: bool = False  # the customer agreed that the clock stops


@dataclass(frozen=True, slots=True)
class Fate:
    """How a case will go. Hours are cover hours, or wall hours if the case is critical."""

    owned_at_once: bool
    answered: bool
    answer_h: float
    queue_h: float  # without an owner, after the answer
    bounces: tuple[float, ...]  # hours before each handing over
    visit: bool
    travel_h: float
    work_h: float
    waits: tuple[Wait, ...]
    settle_h: float  # from restored to resolved
    confirm_h: float  # from resolved to closed
    reopen_days: float | None
    redo_h: float
    cancelled: bool
    forgotten: bool


ANSWER_H = {
    "safety": 0.28,
    "production_stopped": 0.4,
    "unknown": 0.9,
    "degraded": 0.9,
    "inconvenience": 1.6,
}
NORTH_SLOWER = 1.3
WAIT_SHARES = {"customer": 0.13, "access": 0.035, "supplier": 0.03, "approval": 0.03}
WAIT_H = {"customer": (20.0, 0.9), "access": (16.0, 0.7), "supplier": (50.0, 0.8)}
WAIT_FOR = {
    "customer": "customer to give a time",
    "access": "site access",
    "supplier": "supplier's answer",
    "approval": "approval of the cost",
}


ANY_PARTS = tuple(spare.called for spare in fitting("Station"))


def draw(case: Case, monday_s: int, dice: Dice) -> Fate:
    """This will throw the fate of a case."""
    slower = story.HURT_SLOWER if case.asset.site.customer.name in story.HURT else 1.0
    north = case.asset.site.region == story.OWNERLESS_REGION
    answer_h = dice.spread(ANSWER_H[case.consequence] * (NORTH_SLOWER if north else 1.0), 0.68)
    return Fate(
        owned_at_once=not north and case.channel in ("phone", "monitoring"),
        answered=case.critical or not dice.chance(story.UNANSWERED[case.asset.site.region]),
        answer_h=answer_h * (1.0 if slower == 1.0 else 1.5),
        queue_h=_queue(case, dice) if north else 0.0,
        bounces=_bounces(case, dice),
        visit=case.down and dice.chance(_visit_share(case)),
        travel_h=dice.spread(story.ARRIVE_H[case.consequence] * 0.46, 0.62) * slower,
        work_h=_work(case, monday_s, dice) * slower,
        waits=_waits(case, monday_s, slower, dice),
        settle_h=dice.spread(6.0, 0.9),
        confirm_h=dice.spread(20.0, 0.8),
        reopen_days=dice.between(1, 9) if dice.chance(story.REOPENED) else None,
        redo_h=dice.spread(12.0, 0.8),
        cancelled=not case.critical and dice.chance(story.CANCELLED),
        forgotten=not case.down and dice.chance(story.FORGOTTEN),
    )


def _visit_share(case: Case) -> float:
    if case.kind == "software fault":
        return 0.12
    return 0.75 if case.critical else 0.6


def _queue(case: Case, dice: Dice) -> float:
    if case.critical:
        return dice.spread(0.8, 0.9) if dice.chance(0.3) else 0.0
    return dice.spread(story.QUEUE_H, story.QUEUE_SPREAD) if dice.chance(story.QUEUE_SHARE) else 0.0


def _bounces(case: Case, dice: Dice) -> tuple[float, ...]:
    """Two support teams hand a case to and fro; how often nobody has counted."""
    if not case.down or case.critical or not dice.chance(story.BOUNCED[case.asset.kind]):
        return ()
    return tuple(dice.spread(2.2, 0.7) for _ in range(2 + dice.count(1.8)))


def _work(case: Case, monday_s: int, dice: Dice) -> float:
    if case.kind == "quote request":
        habit_s = monday_s - story.LATE_QUOTES_DAYS * DAY
        late = story.LATE_QUOTES if case.reported_s >= habit_s else story.LATE_QUOTES_BEFORE
        if dice.chance(late):
            return story.QUOTE_H + dice.spread(14.0, 0.9)
        return story.QUOTE_H * dice.between(0.1, 0.8)
    if case.kind in ("question", "part order"):
        return dice.spread(3.0, 0.7)
    worse = story.WORSE_WORK if _is_worse(case, monday_s) else 1.0
    return dice.spread(2.2 if case.critical else 3.6, 0.85) * worse


def _is_worse(case: Case, monday_s: int) -> bool:
    recent = case.reported_s >= monday_s - story.WORSE_DAYS * DAY
    return recent and case.asset.family == story.WORSE_FAMILY


def _waits(case: Case, monday_s: int, slower: float, dice: Dice) -> tuple[Wait, ...]:
    waits: list[Wait] = []
    if case.kind == "part order":
        waits.append(Wait("part", dice.pick(_parts(case)), dice.spread(52.0, 0.65)))
    if not case.down:
        return tuple(waits)
    if case.asset.kind != "software":
        share = story.WORSE_PART_SHARE if _is_worse(case, monday_s) else story.PART_SHARE
        if dice.chance(share):
            waits.append(_part_wait(case, slower, dice))
    for waiting_on, share in WAIT_SHARES.items():
        if not case.critical and dice.chance(share):
            median, sigma = WAIT_H.get(waiting_on, (26.0, 0.7))
            hours = dice.spread(median, sigma)
            agreed = waiting_on == "customer" and dice.chance(0.7)
            waits.append(Wait(waiting_on, WAIT_FOR[waiting_on], hours, agreed))
    return tuple(waits)


def _part_wait(case: Case, slower: float, dice: Dice) -> Wait:
    """Most parts come in a day or two; one of them does not."""
    hurry = {"safety": 0.3, "production_stopped": 0.5}.get(case.consequence, 1.0) * slower
    if case.asset.family in SCARCE_IN and dice.chance(story.SCARCE_SHARE):
        hours = dice.spread(story.SCARCE_H, story.SCARCE_SPREAD)
        return Wait("part", SCARCE_PART, min(hours * hurry, 900.0))
    return Wait("part", dice.pick(_parts(case)), dice.spread(30.0, 0.8) * hurry)


def _parts(case: Case) -> tuple[str, ...]:
    """The parts that fit and may be short; only one customer waits for the well-stocked one."""
    family = case.asset.family
    if case.asset.site.customer.name == story.WAITING_CUSTOMER and family == "Vesper":
        return (BY_NUMBER[WELL_STOCKED].called,)
    others = [spare for spare in fitting(family) if spare.number != WELL_STOCKED]
    return tuple(spare.called for spare in others) or ANY_PARTS
