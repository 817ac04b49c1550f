"""The truth about promises: kept by which date, moved by whom, failed for whom."""

from collections import Counter

from wellkept.desk.demo import story
from wellkept.desk.demo.records import HOUR, Promise, moment
from wellkept.desk.demo.truth import Hit, Kept, Month, Moves, Named

JUST_BEFORE_S = 3 * HOUR


def due_by_monday(promises: list[Promise], until_s: int) -> list[Promise]:
    """This will give the promises whose judged date has come, unless released before it."""
    return [
        promise
        for promise in promises
        if promise.judged_due_s <= until_s
        and (promise.released_s is None or promise.released_s > promise.judged_due_s)
    ]


def late_s(promise: Promise, until_s: int) -> int:
    """This will give how late it is by the judged date; so far, if it was never fulfilled."""
    return (until_s if promise.done_s is None else promise.done_s) - promise.judged_due_s


def kept(due: list[Promise], until_s: int) -> Kept:
    """This will count what was kept by each of the three dates."""
    ends = [(p, until_s if p.done_s is None else p.done_s) for p in due]
    return Kept(
        due=len(due),
        by_judged=sum(end_s <= p.judged_due_s for p, end_s in ends),
        by_first=sum(end_s <= p.due_s for p, end_s in ends),
        by_current=sum(end_s <= p.current_due_s for p, end_s in ends),
    )


def mattered(due: list[Promise]) -> list[Promise]:
    """This will give the promises to those in danger or standing still."""
    return [promise for promise in due if promise.consequence in story.CRITICAL]


def critical_restore(due: list[Promise]) -> list[Promise]:
    """This will give, of these, the promises to restore."""
    return [promise for promise in mattered(due) if promise.kind == "restore"]


def moves(due: list[Promise], promises: list[Promise]) -> Moves:
    """This will count moved promises among those due, and all moves made."""
    made = [move for promise in promises for move in promise.moves]
    ours = [move for move in made if move.asked_by != "customer"]
    return Moves(
        promises_moved_by_us=sum(
            any(move.asked_by != "customer" for move in promise.moves) for promise in due
        ),
        promises_moved_by_customer=sum(
            any(move.asked_by == "customer" for move in promise.moves) for promise in due
        ),
        promises_asked_too_late=sum(
            any(move.asked_by == "customer" and move.at_s > move.old_s for move in promise.moves)
            for promise in due
        ),
        moves=len(made),
        asked_by_us=sum(move.asked_by == "us" for move in made),
        asked_by_nobody=sum(move.asked_by == "" for move in made),
        asked_by_customer=len(made) - len(ours),
        in_the_last_three_hours=sum(0 <= m.old_s - m.at_s <= JUST_BEFORE_S for m in ours),
    )


def _urgency(promise: Promise) -> int:
    return story.CONSEQUENCES.index(promise.consequence)


def owed(due: list[Promise], until_s: int) -> list[Promise]:
    """This will give what is still owed past its judged date, most urgent and oldest first."""
    waiting = [
        promise
        for promise in due
        if promise.done_s is None
        and promise.ended_s is None
        and promise.released_s is None
        and promise.judged_due_s < until_s
    ]
    return sorted(waiting, key=lambda p: (_urgency(p), p.judged_due_s, p.number))


def worst(due: list[Promise], until_s: int) -> tuple[list[Promise], list[Promise]]:
    """This will rank the failed: by consequence and then lateness, and by lateness alone."""
    failed = [promise for promise in due if late_s(promise, until_s) > 0]
    failed.sort(key=lambda promise: (-late_s(promise, until_s), promise.number))
    return sorted(failed, key=_urgency), failed


def named(promise: Promise, until_s: int) -> Named:
    """This will give a promise with its names."""
    return Named(
        number=promise.number,
        what=f"{promise.kind}: {promise.about}",
        customer=promise.asset.site.customer.name,
        owner=promise.owner,
        consequence=promise.consequence,
        due=moment(promise.judged_due_s).isoformat(),
        late_h=round(late_s(promise, until_s) / HOUR, 2),
        owed=promise.done_s is None and promise.ended_s is None and promise.released_s is None,
    )


def failures(due: list[Promise], until_s: int) -> Counter[str]:
    """This will count the failed promises of each customer."""
    return Counter(p.asset.site.customer.name for p in due if late_s(p, until_s) > 0)


def hit(due: list[Promise], until_s: int) -> Hit:
    """This will count the customers who felt it."""
    felt = failures(due, until_s)
    return Hit(
        one=sum(number >= 1 for number in felt.values()),
        two=sum(number >= 2 for number in felt.values()),
        three=sum(number >= 3 for number in felt.values()),
        failures=felt.total(),
        share_of_worst_five=sum(n for _, n in felt.most_common(5)) / max(1, felt.total()),
    )


def by_month(due: list[Promise], until_s: int) -> tuple[Month, ...]:
    """This will count promises by the month in which they were judged."""
    all_of = Counter(_month(promise) for promise in due)
    failed = Counter(_month(promise) for promise in due if late_s(promise, until_s) > 0)
    return tuple(Month(month, all_of[month], failed[month]) for month in sorted(all_of))


def quotes(due: list[Promise], until_s: int) -> tuple[Month, ...]:
    """This will show the habit that nobody sees any more: quotes late, month after month."""
    return by_month([promise for promise in due if promise.kind == "quote"], until_s)


def _month(promise: Promise) -> str:
    return f"{moment(promise.judged_due_s):%Y-%m}"
