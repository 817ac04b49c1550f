"""Planned maintenance: twice a year for every machine, promised for a day."""

from wellkept.desk.demo import story
from wellkept.desk.demo.company import PLANNING
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.hours import Cover
from wellkept.desk.demo.moves import REASONS, moved_if_late
from wellkept.desk.demo.records import DAY, HOUR, Asset, Company, Downtime, Move, Promise
from wellkept.desk.demo.staff import Staff

EVERY_DAYS = 182
KNOWN_DAYS = 30
"""How many cover days ahead the day is promised."""
KIND = "maintenance_due"
NEVER = 0.006


def maintain(company: Company, covers: dict[str, Cover], staff: Staff, seed: int) -> None:
    """This will fill in the maintenance promises and the stops that the visits need."""
    dice = Dice(seed, "upkeep")
    start_s = company.monday_s - story.WEEKS * 7 * DAY
    for asset in company.assets:
        if asset.kind != "machine":
            continue
        cover = covers[asset.site.zone]
        first_s = max(start_s, asset.installed_s) + round(dice.between(45, 45 + EVERY_DAYS) * DAY)
        for near_s in range(first_s, company.monday_s + KNOWN_DAYS * DAY, EVERY_DAYS * DAY):
            promise = _promise(asset, cover.day_no(near_s), cover, dice)
            promise.owner, promise.team = staff.one_of(PLANNING, promise.made_s, dice), PLANNING
            company.promises.append(promise)
            if promise.done_s is not None:
                from_s = promise.done_s - round(dice.between(1.5, 5.0) * HOUR)
                reason = "planned maintenance"
                company.downtimes.append(Downtime(asset, from_s, promise.done_s, True, reason))


def _promise(asset: Asset, day_no: int, cover: Cover, dice: Dice) -> Promise:
    """Promised for a day, and due at its end."""
    promise = Promise(
        KIND,
        f"half-yearly maintenance, {asset.product}",
        asset,
        "inconvenience",
        cover.on_day(day_no - KNOWN_DAYS, 2),
        cover.midnight_after(day_no),
    )
    done_no = _done_on(promise, day_no, cover, dice)
    if done_no is not None:
        promise.done_s = cover.on_day(done_no, dice.between(5.0, 9.0))
    return promise


def _done_on(promise: Promise, day_no: int, cover: Cover, dice: Dice) -> int | None:
    """The cover day on which it is done, None if never; the date may be moved on the way."""
    hurt = promise.asset.site.customer.name in story.HURT
    late = story.HABITS[KIND].late * (2.2 if hurt else 1.0)
    if dice.chance(NEVER):
        promise.ended_s = promise.due_s + EVERY_DAYS * DAY
        promise.ended_why = "skipped, the next one came due"
        return None
    if dice.chance(story.BY_CUSTOMER):
        new_no = day_no + 1 + int(dice.between(0, 10))
        _move(promise, day_no, new_no, "customer", dice, cover, before=5)
        return new_no - int(dice.between(0, 2))
    if not dice.chance(late):
        return day_no - int(dice.between(0, 14))
    done_no = day_no + 1 + int(dice.spread(4.0, 0.8))
    if dice.chance(moved_if_late(promise, hurt=hurt)):
        holds = dice.chance(story.MOVE_HOLDS)
        new_no = done_no + int(dice.between(0, 3)) if holds else (day_no + done_no) // 2 + 1
        asked_by = "" if dice.chance(story.MOVE_ASKED_BY_NOBODY) else "us"
        _move(promise, day_no, new_no, asked_by, dice, cover, before=1)
    return done_no


def _move(
    promise: Promise, old_no: int, new_no: int, who: str, dice: Dice, cover: Cover, *, before: int
) -> None:
    """One move, asked so many cover days before the old day."""
    at_s = cover.on_day(old_no - before, dice.between(0.5, 8.0))
    told = who == "customer" or dice.chance(story.MOVE_TOLD)
    old_s, new_s = cover.midnight_after(old_no), cover.midnight_after(new_no)
    reason = "customer asked for another day" if who == "customer" else dice.pick(REASONS)
    promise.moves.append(Move(at_s, old_s, new_s, who, reason, at_s if told else None))
