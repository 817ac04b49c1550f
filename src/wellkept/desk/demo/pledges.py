"""The promises that a case brings: to answer, to come, to restore, to deliver, to quote."""

from wellkept.desk.demo import story
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.fates import Fate
from wellkept.desk.demo.hours import Cover
from wellkept.desk.demo.moves import move_by_customer, settle
from wellkept.desk.demo.products import SCARCE_PART
from wellkept.desk.demo.records import DAY, HOUR, Case, Event, Promise

LEAD_DAYS = {"part order": 4, "breakdown": 2}
SCARCE_LEAD_DAYS = 6


def promise_all(case: Case, fate: Fate, cover: Cover, dice: Dice) -> list[Promise]:
    """This will give the promises whose fulfilment is an event of the case itself."""
    hurt = case.asset.site.customer.name in story.HURT
    made = [_respond(case, cover)]
    if case.down:
        made.append(_restore(case, fate, cover, dice, hurt))
    if (on_site := case.first("On site")) is not None:
        made.append(_arrive(case, on_site, cover, dice, hurt))
    made += _parts(case, cover, dice, hurt)
    if case.kind == "quote request":
        made.append(_quote(case, cover, dice, hurt))
    return made


def pledge(case: Case, kind: str, about: str, made_s: int, due_s: int) -> Promise:
    """This will give a promise that belongs to a case."""
    return Promise(kind, about, case.asset, case.consequence, made_s, due_s, case)


def due_after(case: Case, from_s: int, hours: float, cover: Cover) -> int:
    """This will add hours: on the wall clock for the critical, cover hours for the others."""
    return from_s + round(hours * HOUR) if case.critical else cover.later(from_s, hours)


def _respond(case: Case, cover: Cover) -> Promise:
    due_s = due_after(case, case.reported_s, story.RESPOND_H[case.consequence], cover)
    promise = pledge(case, "respond", "answer by a person", case.reported_s, due_s)
    promise.done_s = case.first("Acknowledged")
    if promise.done_s is None and case.ended_s is not None:
        promise.ended_s = max(case.ended_s, case.reported_s + DAY)
        promise.ended_why = "case closed without an answer"
    return promise


def _restore(case: Case, fate: Fate, cover: Cover, dice: Dice, hurt: bool) -> Promise:
    due_s = due_after(case, case.reported_s, story.RESTORE_H[case.consequence], cover)
    promise = pledge(case, "restore", case.about, case.reported_s, due_s)
    restored_s = case.first("Restored")
    if restored_s is None:
        promise.released_s = case.first("Cancelled")
        return promise
    if any(wait.acknowledged for wait in fate.waits):
        _pause(promise, case)
    settle(promise, restored_s, dice, hurt=hurt)
    return promise


def _pause(promise: Promise, case: Case) -> None:
    """The customer agreed to wait: the date moves by as much as the wait lasted."""
    waits = [n for n, event in enumerate(case.events) if event.waiting_on == "customer"]
    start, end = case.events[waits[0]], case.events[waits[0] + 1]
    if start.at_s < promise.due_s:
        new_s = promise.due_s + end.at_s - start.at_s
        move_by_customer(promise, start.at_s, new_s, "waited for the customer")


def _arrive(case: Case, on_site_s: int, cover: Cover, dice: Dice, hurt: bool) -> Promise:
    sent = case.held_at(on_site_s - 1)
    due_s = due_after(case, sent.at_s, story.ARRIVE_H[case.consequence], cover)
    promise = pledge(
        case, "arrive", f"engineer on site in {case.asset.site.town}", sent.at_s, due_s
    )
    settle(promise, on_site_s, dice, hurt=hurt)
    return promise


def _parts(case: Case, cover: Cover, dice: Dice, hurt: bool) -> list[Promise]:
    made = []
    for event, after in zip(case.events, case.events[1:], strict=False):
        if event.word != "Waiting for part":
            continue
        part = event.detail or "part"
        due_s = _part_due(case, event, cover)
        promise = pledge(case, "part_delivery", f"{part} on site", event.at_s, due_s)
        settle(promise, after.at_s, dice, hurt=hurt)
        made.append(promise)
    return made


def _part_due(case: Case, asked: Event, cover: Cover) -> int:
    if case.critical:
        return asked.at_s + DAY
    days = SCARCE_LEAD_DAYS if asked.detail == SCARCE_PART else LEAD_DAYS[case.kind]
    return cover.day_end(asked.at_s, days)


def _quote(case: Case, cover: Cover, dice: Dice, hurt: bool) -> Promise:
    due_s = cover.later(case.reported_s, story.QUOTE_H)
    promise = pledge(case, "quote", f"quote for {case.about}", case.reported_s, due_s)
    sent_s = case.first("Resolved")
    if sent_s is not None:
        settle(promise, sent_s, dice, hurt=hurt)
    else:
        promise.released_s = case.first("Cancelled")
    return promise
