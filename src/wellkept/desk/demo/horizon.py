"""The Monday: whatever would happen after it has not happened yet."""

from wellkept.desk.demo.records import Company, Downtime, Promise


def cut(company: Company) -> None:
    """This will forget what lies after the Monday, and number what is left."""
    until_s = company.monday_s
    for case in company.cases:
        case.events = [event for event in case.events if event.at_s < until_s]
    company.promises = [made for made in company.promises if made.made_s < until_s]
    for promise in company.promises:
        _cut_promise(promise, until_s)
    company.downtimes = [down for down in company.downtimes if down.from_s < until_s]
    for down in company.downtimes:
        _cut_downtime(down, until_s)
    _number(company)


def _past(at_s: int | None, until_s: int) -> int | None:
    return at_s if at_s is not None and at_s < until_s else None


def _cut_promise(promise: Promise, until_s: int) -> None:
    promise.done_s = _past(promise.done_s, until_s)
    promise.released_s = _past(promise.released_s, until_s)
    promise.ended_s = _past(promise.ended_s, until_s)
    promise.ended_why = promise.ended_why if promise.ended_s else None
    promise.moves = [move for move in promise.moves if move.at_s < until_s]
    for move in promise.moves:
        move.told_s = _past(move.told_s, until_s)
    if promise.case is not None:
        held = promise.case.held_at(until_s if promise.done_s is None else promise.done_s)
        promise.owner, promise.team = held.owner, held.team


def _cut_downtime(down: Downtime, until_s: int) -> None:
    down.to_s = _past(down.to_s, until_s)


def _number(company: Company) -> None:
    """Numbers follow the order in which things became known."""
    company.cases.sort(key=lambda case: (case.reported_s, case.asset.number))
    for number, case in enumerate(company.cases, 100_001):
        case.number = f"C-{number}"
    company.promises.sort(key=lambda promise: (promise.made_s, promise.asset.number, promise.kind))
    for number, promise in enumerate(company.promises, 200_001):
        prefix = "M" if promise.kind == "maintenance_due" else "P"
        promise.number = f"{prefix}-{number}"
