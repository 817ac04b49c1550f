"""The small faults that every real export has, laid in on purpose."""

from dataclasses import dataclass

from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.records import Case, Company, Promise, moment

BLANK_OWNERS = 12
UNRESOLVED = 4


@dataclass(frozen=True, slots=True)
class Blemishes:
    """Where the faults are."""

    blank_owners: tuple[Promise, ...]  # somebody had it, the export does not say who
    unresolved: tuple[Case, ...]  # closed without ever having been resolved
    twice: Promise  # its row stands in the file twice
    odd_date: Case  # closed at a date in another format


def blemish(company: Company, seed: int) -> Blemishes:
    """This will take a few values out of the records, and choose the rows to be written oddly."""
    dice = Dice(seed, "blemishes")
    owned = [p for p in company.promises if p.owner and p.case and p.done_s]
    closed = [
        c for c in company.cases if c.state == "Closed" and c.down and not c.count("Reopened")
    ]
    blanks = tuple(dice.pick(owned) for _ in range(BLANK_OWNERS))
    for promise in blanks:
        promise.owner = None
    unresolved = tuple(dict.fromkeys(dice.pick(closed) for _ in range(UNRESOLVED)))
    for case in unresolved:
        case.events = [event for event in case.events if event.word != "Resolved"]
    rest = [case for case in closed if case not in unresolved]
    return Blemishes(blanks, unresolved, dice.pick(owned), _late_in_month(rest, dice))


def _late_in_month(cases: list[Case], dice: Dice) -> Case:
    """A case closed after the 12th of a month: which number is the day is beyond doubt."""
    return dice.pick([case for case in cases if moment(case.ended_s or 0).day > 12])
