"""What happens to the cases of somebody who leaves the company."""

from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.records import Case, Event, Person
from wellkept.desk.demo.staff import Staff

IN_QUEUE = "In queue"
DOING = ("On site", "Restored", "Resolved", "Reopened")
"""Somebody must have it to write these."""
OVER = ("Restored", "Resolved", "Closed", "Cancelled")


def leave(cases: list[Case], staff: Staff, dice: Dice, *, unnoticed: set[Case]) -> None:
    """This will put the open cases of those who left back in the queue, all but the unnoticed."""
    for person, left_s in staff.gone():
        for case in cases:
            open_then = case.reported_s < left_s and case not in unnoticed
            if open_then and _has(case, person, left_s):
                _give_back(case, person, left_s, staff, dice)


def _has(case: Case, person: Person, at_s: int) -> bool:
    last = case.held_at(at_s)
    return last.owner == person.name and last.word not in OVER


def _give_back(case: Case, person: Person, left_s: int, staff: Staff, dice: Dice) -> None:
    """Nobody has it from the day of leaving until somebody does something."""
    desk = f"{case.asset.site.region} desk"
    heir: str | None = None
    for event in case.events:
        if event.at_s <= left_s or event.owner != person.name:
            continue
        if heir is None and event.word in DOING:
            heir = staff.one_of(event.team, event.at_s, dice)
        event.owner = heir
        event.actor = heir or staff.one_of(desk, event.at_s, dice)
        event.team = event.team if heir else desk
    before = [event for event in case.events if event.at_s <= left_s]
    after = case.events[len(before) :]
    actor = staff.one_of(desk, left_s, dice)
    queue = Event(left_s, IN_QUEUE, None, desk, actor, None, f"{person.name} left the company")
    case.events = [*before, queue, *after]
