"""How dates are moved: by the company shortly before they pass, now and then by the customer."""

from wellkept.desk.demo import story
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.records import DAY, HOUR, Move, Promise

REASONS = ("part late", "engineer ill", "no capacity", "planning", "waiting for supplier")
QUARTER = 900


def re_date(promise: Promise, done_s: int, dice: Dice, *, times: int | None = None) -> None:
    """This will move a date that cannot be kept, shortly before it passes, once or more often.

    The last new date is kept mostly, so that the promise looks kept by the date as said today.
    """
    holds = dice.chance(story.MOVE_HOLDS)
    late_s = done_s - promise.current_due_s
    steps = times or 1 + (late_s > 4 * DAY and dice.chance(0.45)) + dice.chance(0.06)
    for step in range(1, steps + 1):
        old_s = promise.current_due_s
        if step == steps and holds:
            new_s = max(done_s, old_s) + round(dice.between(0.5, 9.0) * HOUR)
        else:
            new_s = old_s + round((done_s - old_s) * dice.between(0.3, 0.8))
        move_by_us(promise, _up(new_s), dice)


def move_by_us(promise: Promise, new_s: int, dice: Dice) -> None:
    """This will add one move that nobody outside the company asked for."""
    old_s = promise.current_due_s
    earliest = promise.moves[-1].at_s if promise.moves else promise.made_s
    at_s = max(old_s - round(dice.between(0.2, 3.0) * HOUR), earliest + 60)
    asked_by = "" if dice.chance(story.MOVE_ASKED_BY_NOBODY) else "us"
    told = dice.chance(story.MOVE_TOLD)
    told_s = at_s + round(dice.between(0.1, 3.0) * HOUR) if told else None
    promise.moves.append(Move(at_s, old_s, max(new_s, old_s + QUARTER), asked_by, "", told_s))
    promise.moves[-1].reason = dice.pick(REASONS)


def move_by_customer(promise: Promise, at_s: int, new_s: int, reason: str) -> None:
    """This will add a move that the customer asked for, and so knows of."""
    promise.moves.append(Move(at_s, promise.current_due_s, new_s, "customer", reason, at_s))


def moved_if_late(promise: Promise, *, hurt: bool) -> float:
    """This will give how often a late promise of this kind is moved in time."""
    share = story.HABITS[promise.kind].moved
    if promise.consequence in story.CRITICAL:
        share = min(share, story.MOVED_IF_CRITICAL)
    return share * story.MOVED_IF_HURT if hurt else share


def settle(promise: Promise, done_s: int, dice: Dice, *, hurt: bool) -> None:
    """This will fulfil a promise, late or not; a late one is often moved first."""
    promise.done_s = done_s
    if done_s <= promise.judged_due_s:
        return
    if dice.chance(moved_if_late(promise, hurt=hurt)):
        re_date(promise, done_s, dice)
    elif dice.chance(story.ASKED_TOO_LATE * 10):
        asked_s = promise.current_due_s + max(60, (done_s - promise.current_due_s) // 3)
        move_by_customer(promise, asked_s, _up(done_s + HOUR), "customer asked after it passed")


def _up(at_s: int) -> int:
    """The next quarter of an hour: nobody promises seconds."""
    return -(-at_s // QUARTER) * QUARTER
