"""One small company, written down twice: as a folder of exports, and through the verbs.

Two clinics, three people. Cases pass hands, wait, come back; promises are moved by us, by the
customer in time, by the customer too late; a press stands still.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from builders import DAY, HOUR, MONDAY, a_customer, a_person, a_role, a_site, an_asset
from study.facts.folders import csv
from wellkept.record.cases.actions import (
    acknowledge_cases,
    assign_cases,
    close_cases,
    promise_in_case,
    record_downtimes,
    reopen_cases,
    report_cases,
    restore_cases,
    resume_cases,
    start_work,
    wait_for,
)
from wellkept.record.cases.models import Case, Downtime
from wellkept.record.cases.rules import WaitingOn
from wellkept.record.installed_base.actions import place_assets, transfer_assets
from wellkept.record.installed_base.models import Ownership, Placement
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import Person
from wellkept.record.parties.models import Customer
from wellkept.record.promises.actions import keep_promises, make_promises, move_promises
from wellkept.record.promises.models import Promise, PromiseMove

NOW = MONDAY + 21 * DAY
Step = tuple[str, float, str]
"""A word, hours after Monday nine o'clock, and who has the case from then on."""

STORIES: tuple[tuple[str, str, str, tuple[Step, ...]], ...] = (
    ("leaks", "Clinic Nord", "production_stopped", (
        ("reported", 0, ""), ("acknowledged", 1, "Alma"), ("in work", 2, "Bruno"),
        ("restored", 9, "Bruno"), ("closed", 30, "Bruno"))),
    ("no picture", "Clinic Nord", "safety", (
        ("reported", 5, ""), ("acknowledged", 6, "Alma"), ("in work", 8, "Bruno"),
        ("in work", 12, "Alma"), ("waiting for customer", 20, "Alma"), ("in work", 44, "Alma"),
        ("restored", 50, "Alma"), ("closed", 60, "Alma"), ("reopened", 90, "Alma"),
        ("restored", 100, "Alma"), ("closed", 120, "Alma"))),
    ("noise", "Mill East", "degraded", (
        ("reported", 24, ""), ("acknowledged", 60, "Cleo"), ("in work", 61, "Cleo"),
        ("restored", 200, "Cleo"))),
    ("door sticks", "Mill East", "inconvenience", (("reported", 100, ""),)),
)  # fmt: skip
# id, kind, customer, made, due, done, owner, case (all in hours; done None: still owed)
PROMISES = (
    ("respond", "Clinic Nord", 0, 2, 1, "Alma", 0),
    ("restore", "Clinic Nord", 0, 8, 9, "Bruno", 0),
    ("restore", "Clinic Nord", 5, 53, 50, "Alma", 1),
    ("said", "Mill East", 24, 48, 40, "Cleo", None),
    ("said", "Mill East", 24, 72, 90, "Cleo", None),
    ("report", "Clinic Nord", 30, 130, None, "Alma", None),
    ("quote", "Mill East", 40, 900, None, "", None),
    ("callback", "Clinic Nord", 41, 60, 70, "Bruno", None),
)
# promise, from, to, when, who asked
MOVES = (
    (3, 48, 60, 30, "us"),
    (4, 72, 96, 50, "customer"),
    (7, 60, 75, 66, "customer"),
)
DOWN = (("A-1", 0, 9, "no"), ("A-2", 5, 50, "no"), ("A-2", 300, 304, "yes"))
ASSETS = (("A-1", "Clinic Nord"), ("A-2", "Clinic Nord"), ("A-3", "Mill East"))
SITES = (("Nord 1", "Clinic Nord"), ("East 1", "Mill East"))


def moment(hours: float) -> datetime:
    """Give the moment so many hours after Monday, nine o'clock."""
    return MONDAY + hours * HOUR


def as_folder(into: Path) -> Path:
    """Write the company down as exports, with a recipe that says in which zone."""
    log = [
        f"T{no},{_said(hours)},{word},{owner}"
        for no, (_, _, _, steps) in enumerate(STORIES)
        for word, hours, owner in steps
    ]
    cases = [
        f"T{no},{about},{customer},{grave},{_said(steps[0][1])}"
        for no, (about, customer, grave, steps) in enumerate(STORIES)
    ]
    promises = [
        f"P{no},{kind},{customer},{_said(made)},{_said(due)},{_said(done)},{owner},"
        f"{'' if case is None else f'T{case}'}"
        for no, (kind, customer, made, due, done, owner, case) in enumerate(PROMISES)
    ]
    moves = [f"P{no},{_said(a)},{_said(b)},{_said(at)},{who}" for no, a, b, at, who in MOVES]
    down = [f"{asset},{_said(a)},{_said(b)},{planned}" for asset, a, b, planned in DOWN]
    files = {
        "log.csv": csv("Ticket,Timestamp,Status,Assignee", *log),
        "tickets.csv": csv("Ticket,Summary,Customer,Consequence,Opened at", *cases),
        "promises.csv": csv(
            "Promise ID,Kind,Customer,Made on,Due date,Fulfilled at,Owner,Ticket", *promises
        ),
        "moves.csv": csv("Promise ID,Old due date,New due date,Moved at,Moved by", *moves),
        "downtimes.csv": csv("Asset,Down from,Up again at,Planned", *down),
        "assets.csv": csv("Asset ID,Customer", *(f"{a},{c}" for a, c in ASSETS)),
        "wellkept.toml": f'zone = "UTC"\nuntil = {NOW:%Y-%m-%dT%H:%M:%SZ}\n',
    }
    into.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (into / name).write_text(content, encoding="utf-8")
    return into


def _said(hours: float | None) -> str:
    return "" if hours is None else f"{moment(hours):%Y-%m-%d %H:%M:%S}"


def through_verbs() -> None:
    """Let everything happen at its moment, each deed by the verb for it."""
    customers = {name: a_customer(name) for name in ("Clinic Nord", "Mill East")}
    sites = {who: a_site(customers[who], name=name, zone="Etc/UTC") for name, who in SITES}
    people = {name: a_person(name) for name in ("Alma", "Bruno", "Cleo")}
    assets = {number: an_asset(number=number) for number, _ in ASSETS}
    for number, who in ASSETS:
        place = Placement(asset=assets[number], site=sites[who], from_at=MONDAY - 30 * DAY)
        place_assets(placements=[place], at=MONDAY, by=None)
        held = Ownership(asset=assets[number], customer=customers[who], from_at=MONDAY - 30 * DAY)
        transfer_assets(ownerships=[held], at=MONDAY, by=None)
    cases = [
        _case(about, customers[who], Consequence.of(grave), steps, people)
        for about, who, grave, steps in STORIES
    ]
    promises = []
    for kind, who, made, due, done, owner, case in PROMISES:
        row = Promise(
            kind=kind, about=kind, customer=customers[who], made_at=moment(made),
            first_due=moment(due), accountable=a_role(), owner=people.get(owner),
        )  # fmt: skip
        at = moment(made)
        if case is None:
            made_now = make_promises(promises=[row], at=at, by=None)
        else:
            row.consequence = cases[case].consequence
            made_now = promise_in_case(case=cases[case], promises=[row], at=at, by=None)
        promises.append((made_now[0], done))
    for no, old, new, when, who in MOVES:
        move = PromiseMove(
            promise=promises[no][0],
            old_due=moment(old),
            new_due=moment(new),
            asked_by=who,
            evidence="they called",
            at=moment(when),
        )
        move_promises(moves=[move], at=moment(when), by=None)
    for row, done in promises:
        if done is not None:
            row.refresh_from_db()
            at = moment(done)
            if row.is_owed:
                keep_promises(promises=[row], fulfilled_at=at, at=at, by=None)
    record_downtimes(
        downtimes=[
            Downtime(asset=assets[number], from_at=moment(a), until_at=moment(b),
                     planned=planned == "yes")
            for number, a, b, planned in DOWN
        ],
        at=NOW - DAY, by=None,
    )  # fmt: skip


def _case(
    about: str,
    customer: Customer,
    grave: Consequence,
    steps: tuple[Step, ...],
    people: Mapping[str, Person],
) -> Case:
    first, *rest = steps
    at = moment(first[1])
    row = Case(about=about, customer=customer, consequence=grave, reported_at=at,
               accountable=a_role())  # fmt: skip
    (case,) = report_cases(cases=[row], at=at, by=None)
    owner = ""
    for word, hours, who in rest:
        at = moment(hours)
        case.refresh_from_db()
        if who != owner:
            assign_cases(cases=[case], person=people[who], at=at, by=None)
            owner = who
        _happen(case, word, at)
    return case


def _happen(case: Case, word: str, at: datetime) -> None:
    given: dict[str, Any] = {"cases": [case], "happened_at": at, "at": at, "by": None}
    match word:
        case "acknowledged":
            acknowledge_cases(**given)
        case "in work" if case.waiting_on == WaitingOn.CUSTOMER.value:
            resume_cases(**given)
        case "in work":
            start_work(**given)
        case "waiting for customer":
            wait_for(whom=WaitingOn.CUSTOMER, **given)
        case "restored":
            restore_cases(**given)
        case "closed":
            close_cases(confirmed=True, **given)
        case "reopened":
            reopen_cases(**given)
