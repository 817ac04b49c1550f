"""Promises given by word of mouth while a case runs: to call, to keep informed, to do a thing."""

from wellkept.desk.demo import story
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.hours import Cover
from wellkept.desk.demo.moves import move_by_customer, settle
from wellkept.desk.demo.pledges import pledge
from wellkept.desk.demo.products import SAID
from wellkept.desk.demo.records import DAY, HOUR, Case, Promise

LONG_S = 40 * HOUR
"""Cases that last longer get a date for the next news."""
MOST_UPDATES = 3
SAID_SHARE = 0.10


def speak(case: Case, cover: Cover, dice: Dice) -> list[Promise]:
    """This will give the promises that somebody said while the case ran."""
    made = [*_updates(case, cover, dice), *_callbacks(case, cover, dice)]
    if dice.chance(SAID_SHARE) and (said := _said(case, cover, dice)) is not None:
        made.append(said)
    return made


def fare(promise: Promise, dice: Dice) -> Promise:
    """This will let a promise be kept, be late, be forgotten or be waived, as the story has it."""
    site = promise.asset.site
    hurt = site.customer.name in story.HURT
    late = story.HABITS[promise.kind].late
    late *= 2.2 if hurt else 1.25 if site.region == story.OWNERLESS_REGION else 0.92
    length_s = promise.due_s - promise.made_s
    if dice.chance(story.RELEASED):
        promise.released_s = promise.made_s + round(length_s * dice.between(0.2, 1.3))
    elif promise.consequence not in story.CRITICAL and dice.chance(story.FORGOTTEN):
        if dice.chance(0.4):
            promise.ended_s = promise.due_s + round(dice.between(2, 30) * DAY)
            promise.ended_why = "no longer possible"
    elif dice.chance(late):
        settle(promise, promise.due_s + round(dice.spread(15.0, 1.0) * HOUR), dice, hurt=hurt)
    elif dice.chance(story.BY_CUSTOMER):
        later_s = int(dice.between(1, 6)) * DAY
        at_s = promise.made_s + round(length_s * dice.between(0.3, 0.9))
        move_by_customer(promise, at_s, promise.due_s + later_s, "customer asked for another day")
        promise.done_s = promise.due_s + later_s - HOUR
    else:
        promise.done_s = promise.due_s - round(length_s * dice.between(0.02, 0.7))
    return promise


def _updates(case: Case, cover: Cover, dice: Dice) -> list[Promise]:
    restored_s = case.first("Restored")
    if restored_s is None or restored_s - case.reported_s < LONG_S:
        return []
    made: list[Promise] = []
    made_s = case.first("Acknowledged") or case.events[1].at_s
    while made_s < restored_s and len(made) < MOST_UPDATES:
        due_s = cover.day_end(made_s, 1 if case.critical else 2)
        news = fare(pledge(case, "update_customer", "how it stands", made_s, due_s), dice)
        if news.done_s is None and news.released_s is None:
            news.ended_s, news.ended_why = max(restored_s, due_s + DAY), "the case was over by then"
        made.append(news)
        made_s = due_s
    return made


def _callbacks(case: Case, cover: Cover, dice: Dice) -> list[Promise]:
    if case.kind == "question":
        from_s = case.first("Acknowledged")
        about, days = f"answer: {case.about}", 1
    else:
        from_s = case.first("Restored")
        about, days = "is it still running well?", 6
        if from_s is not None and not case.critical and not dice.chance(0.12):
            return []
    if from_s is None:
        return []
    due_s = cover.day_end(from_s, days)
    return [fare(pledge(case, "callback", about, from_s, due_s), dice)]


def _said(case: Case, cover: Cover, dice: Dice) -> Promise | None:
    spoken_s = case.first("Acknowledged")
    if spoken_s is None:
        return None
    due_s = cover.day_end(spoken_s, 1 + int(dice.between(0, 5)))
    return fare(pledge(case, "said", dice.pick(SAID), spoken_s, due_s), dice)
