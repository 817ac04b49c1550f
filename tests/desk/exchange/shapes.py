"""Exports of many shapes, small and in doubt: what a folder measures, the record must too.

Every shape is named by what is odd about it. Columns come and go, ends and owners are blank, logs
know half of what a list knows; chance is repeatable.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from study.facts.folders import csv

Row = dict[str, str]
BEGUN = datetime(2026, 1, 1, 8, tzinfo=UTC)
CUSTOMERS = ("Clinic Nord", "Mill East", "Port West", "Yard South", "")
PEOPLE = ("Alma", "Bruno", "Carla", "")
LISTED = ("Ticket", "Subject", "Opened", "Closed")
MORE = ("Customer", "Serial number", "First response", "Restored", "Resolved", "Status",
        "Assigned to", "Due date", "First due date", "Response due", "Reopen count",
        "Reassignment count", "Priority", "SLA met")  # fmt: skip
LOGGED = ("Case ID", "Activity", "Timestamp", "Resource", "Group")
MILESTONE = ("Id", "CaseId", "MilestoneTypeId", "StartDate", "TargetDate", "CompletionDate",
             "IsViolated")  # fmt: skip
PROMISED = ("Promise number", "Customer", "Made on", "Due date", "Delivered on")
MOVED = ("Promise number", "Old due date", "New due date", "Moved on", "Requested by")
DOWN = ("Serial number", "Down from", "Down to", "Customer", "Planned", "Due date")


def _at(hours: int | None) -> str:
    return "" if hours is None else f"{BEGUN + timedelta(hours=hours):%Y-%m-%d %H:%M}"


def _moment(case: Row) -> datetime:
    return datetime.fromisoformat(case["Opened"]).replace(tzinfo=UTC)


def _file(columns: Sequence[str], rows: Sequence[Row]) -> str:
    return csv(",".join(columns), *(",".join(row[one] for one in columns) for row in rows))


def _cases(chance: Random) -> list[Row]:
    """Thirty cases; some open, some over nobody knows when, some answered after their end."""
    rows = []
    for number in range(30):
        reported = chance.randrange(1_000)
        resolved = reported + chance.randrange(90) if chance.random() < 0.7 else None
        closed = None if resolved is None or chance.random() < 0.3 else resolved + 5
        over = "Closed" if chance.random() < 0.2 else "In Progress"
        due = reported + chance.choice((24, 48, 100))
        said = "" if resolved is None else ("yes" if resolved <= due else "no")
        rows.append({
            "Ticket": f"T{100 + number}", "Subject": f"Pump {number}",
            "Customer": chance.choice(CUSTOMERS), "Serial number": f"SN{number % 7}",
            "Opened": _at(reported), "Resolved": _at(resolved), "Closed": _at(closed),
            "First response": _at(chance.choice((None, reported, reported + 30))),
            "Restored": _at(chance.choice((None, reported + 4))),
            "Status": over if resolved is None else ("Resolved" if closed is None else "Closed"),
            "Assigned to": chance.choice(PEOPLE), "Due date": _at(due),
            "First due date": _at(due - chance.choice((0, 0, 24))),
            "Response due": _at(reported + 8), "SLA met": said,
            "Reopen count": str(chance.choice((0, 0, 1, 2))),
            "Reassignment count": str(chance.choice((0, 1, 3))),
            "Priority": chance.choice(("1 - Critical", "2 - High", "4 - Low")),
        })  # fmt: skip
    return rows


def _log(chance: Random, cases: Sequence[Row]) -> list[Row]:
    """What happened to them: waits, work again after the end, and much in one moment.

    Some of those that waited for the customer are called new again, and are paused no more.
    """
    rows = []
    for case in cases:
        hours = int((_moment(case) - BEGUN).total_seconds() // 3600)
        waits = (["Awaiting customer", one] for one in ("In Progress", "New"))
        words = ["New", "In Progress", *chance.choice(([], *waits))]
        if case["Resolved"]:
            words += ["Resolved", *chance.choice(([], ["In Progress"], ["In Progress", "Closed"]))]
        owner = chance.choice(PEOPLE)
        for word in words:
            owner = chance.choice((owner, owner, *PEOPLE))
            rows.append({
                "Case ID": case["Ticket"], "Activity": word, "Timestamp": _at(hours),
                "Resource": owner, "Group": chance.choice(("North", "South", "East", "West")),
            })  # fmt: skip
            hours += chance.choice((0, 0, 1, 9, 40))
    return rows


def _milestones(chance: Random, cases: Sequence[Row]) -> list[Row]:
    """Two promises of each case; a mark says violated of some that are not over either."""
    rows = []
    for number, case in enumerate(cases):
        for kind, hours in (("First Response", 1), ("Resolution", 24)):
            made = _moment(case)
            due = made + timedelta(hours=hours)
            done = made + timedelta(hours=chance.randrange(2 * hours))
            open_ = chance.random() < 0.3
            rows.append({
                "Id": f"{5000 + 2 * number + (hours == 24)}", "CaseId": case["Ticket"],
                "MilestoneTypeId": kind, "StartDate": f"{made:%Y-%m-%d %H:%M}",
                "TargetDate": f"{due:%Y-%m-%d %H:%M}",
                "CompletionDate": "" if open_ else f"{done:%Y-%m-%d %H:%M}",
                "IsViolated": str(open_ or done > due).lower(),
            })  # fmt: skip
    return rows


def _promises(chance: Random) -> tuple[list[Row], list[Row]]:
    """Promises, and moves of some: a few come after the promise was kept."""
    rows, moves = [], []
    for number in range(30):
        made = chance.randrange(600)
        due = made + chance.choice((24, 72, 200))
        done = due + chance.randrange(-20, 60) if chance.random() < 0.75 else None
        row = {"Promise number": f"P{number}", "Customer": chance.choice(CUSTOMERS),
               "Made on": _at(made), "Due date": _at(due), "Delivered on": _at(done),
               "Moves": str(chance.choice((0, 0, 1, 2)))}  # fmt: skip
        rows.append(row)
        for _ in range(chance.choice((0, 0, 1, 2))):
            later = due + chance.randrange(1, 99)
            moves.append({"Promise number": row["Promise number"], "Old due date": _at(due),
                          "New due date": _at(later), "Moved on": _at(made + chance.randrange(300)),
                          "Requested by": chance.choice(("customer", "us", ""))})  # fmt: skip
            due = later
    return rows, moves


def _downtimes(chance: Random) -> list[Row]:
    rows = []
    for _ in range(25):
        asset, begun = chance.randrange(1, 9), chance.randrange(1_200)
        over = begun + chance.randrange(1, 60) if chance.random() < 0.85 else None
        rows.append({"Serial number": f"SN{asset}", "Down from": _at(begun), "Down to": _at(over),
                     "Customer": CUSTOMERS[asset % 5], "Planned": chance.choice(("yes", "no")),
                     "Due date": _at(begun + 24)})  # fmt: skip
    return rows


def shapes() -> Iterator[tuple[str, dict[str, str]]]:
    """Give folders by what is odd about them, file by file; what is odd of another noun is added.

    To read, import and measure a folder takes a second: each has several oddities.
    """
    cases = _cases(Random(1))
    whole = (*LISTED, *MORE)
    log, short = _log(Random(2), cases), _log(Random(2), cases[:18])
    promises, moves = _promises(Random(4))
    yield "a list without answers or owners, and moves after the end", {
        "tickets": _file(LISTED, cases), "down": _file(DOWN, _downtimes(Random(5))),
        "promises": _file(PROMISED, promises), "moves": _file(MOVED, moves)}  # fmt: skip
    yield "a list of all columns but of closing, and a count of moves", {
        "tickets": _file([one for one in whole if one != "Closed"], cases),
        "promises": _file((*PROMISED, "Moves"), promises)}  # fmt: skip
    again = [row | {"Due date": _at(2_000)} for row in promises[:3]]
    yield "a list that tells no ends, and promises named twice with another date", {
        "tickets": _file((*LISTED[:3], "Restored"), cases),
        "promises": _file(PROMISED, [*promises, *again])}  # fmt: skip
    yield "a list, and a log of half of it", {
        "tickets": _file(whole, cases), "log": _file(LOGGED, short)}  # fmt: skip
    open_ones = [row for row in log if row["Activity"] not in ("Resolved", "Closed")]
    yield "a list with counts, and a log of teams without ends", {
        "tickets": _file([one for one in whole if one != "Restored"], cases),
        "log": _file([*LOGGED[:3], "Group"], open_ones)}  # fmt: skip
    yield "milestones that are said to be violated, and still owed", {
        "Case": _file((*LISTED, "Status", "Customer"), cases),
        "CaseMilestone": _file(MILESTONE, _milestones(Random(3), cases))}  # fmt: skip
