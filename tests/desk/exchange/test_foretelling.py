"""A dry run tells what an import then tells: every row, its column, its value and its reason."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import DAY, MONDAY
from databases import undone
from desk.exchange.folders import (
    C1,
    C2,
    CASES,
    LOG,
    P1,
    P2,
    P3,
    PROMISED,
    THREE,
    a_folder,
    bring,
    see_that_foretold,
    told,
)
from wellkept.desk.exchange import opening, reasons, running
from wellkept.desk.exchange.opening import Opened, Wanted, opened
from wellkept.desk.exchange.reasons import EVENTS, MOVES, SETTLINGS
from wellkept.record.cases.rules import Unrecorded
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Unmoved, Unsettled
from wellkept.record.sources.models import ImportRun

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

MOVED = "promise number,old due date,new due date,moved on\n" + "".join(
    f"X{n},2026-01-1{n} 17:00,2026-01-2{n} 17:00,2026-01-0{n} 12:00\n" for n in range(1, 4)
)
REGISTER = "serial number,product,customer,site,parent asset\n" + "".join(
    f"SN{n},Pump,Clinic Nord,Turin,SN{5 - n}\n" for n in range(1, 4)
)
DOWN = "serial number,down from,down to\n" + "".join(
    f"SN{n},2026-01-0{n} 08:00,2026-01-0{n} 12:00\n" for n in range(1, 4)
)

SOUND = {
    "promises": PROMISED + P1.replace("P1", "X1") + P2.replace("P2", "X2") + P3.replace("P3", "X3"),
    "moves": MOVED,
    "tickets": CASES + C1.replace("T1", "U1") + C2.replace("T2", "U2"),
    "log": LOG,
    "assets": REGISTER,
    "downtimes": DOWN,
}


def at(days: int | None) -> str:
    return "" if days is None else f"{MONDAY + timedelta(days=days):%Y-%m-%d %H:%M}"


day = st.integers(-60, 3)
perhaps = st.none() | day
who = st.sampled_from(["Clinic Nord", "Mill East", "Long " * 45, ""])
number = st.integers(1, 4)
asset = st.sampled_from(["SN1", "SN2", "SN3", "SN4", "S" * 61, ""])
word = st.sampled_from(["New", "In Progress", "Resolved", "Closed", "Cancelled", "Pending"])


def lines(*cells: Any, most: int = 5) -> Any:
    return st.lists(st.tuples(*cells), max_size=most)


numbered = st.dictionaries(number, st.tuples(who, perhaps, perhaps, perhaps), max_size=6)
dirty = st.fixed_dictionaries(
    {
        "promises": numbered,
        "moves": lines(number, perhaps, perhaps, perhaps),
        "tickets": st.dictionaries(
            number, st.tuples(who, asset, perhaps, perhaps, perhaps), max_size=6
        ),
        "log": lines(number, word, day, most=12),
        "assets": st.dictionaries(asset, asset, max_size=4),
        "downtimes": lines(asset, perhaps, perhaps),
    }
)


def files_of(made: dict[str, Any]) -> dict[str, str]:
    """Write rows under headings, behind some sound rows by which each file is understood."""
    rows = {
        "promises": [f"P{n},{c},{at(m)},{at(d)},{at(e)}," for n, (c, m, d, e) in
                     made["promises"].items()],
        "moves": [f"P{n},{at(o)},{at(w)},{at(m)}" for n, o, w, m in made["moves"]],
        "tickets": [f"T{n},Pump,{c},{a},{at(b)},{at(r)},{at(e)}," for n, (c, a, b, r, e) in
                    made["tickets"].items()],
        "log": [f"T{n},{w},{at(m)}," for n, w, m in made["log"]],
        "assets": [f"{a},Pump,Mill East,Turin,{p}" for a, p in made["assets"].items()],
        "downtimes": [f"{a},{at(b)},{at(e)}" for a, b, e in made["downtimes"]],
    }  # fmt: skip
    return {name: SOUND[name] + "\n".join(some) + "\n" for name, some in rows.items() if some}


NORD, LATE = "Clinic Nord", -30
FIRST: dict[str, Any] = {
    "promises": {
        1: (NORD, -50, LATE, -20),
        2: (NORD, -50, LATE, None),
        3: (NORD, 0, -9, None),
        4: ("Mill East", -40, 2, None),
    },
    "moves": [(1, None, -10, -15), (2, None, -55, -40), (2, None, -9, 2)],
    "tickets": {1: (NORD, "SN5", -20, -10, None), 2: (NORD, "SN5", 2, None, None)},
    "log": [(3, "New", -8), (3, "Pending", -6)],
    "assets": {"SN5": "SN6", "SN6": "SN5", "SN7": "SN9", "SN4": ""},
    "downtimes": [("SN5", -20, None), ("SN4", -8, -7)],
}
"""Something of every kind, for later files to change: read once."""


@pytest.fixture(scope="module")
def before(one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = a_folder(tmp_path_factory.mktemp("before"), **files_of(FIRST))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "anything_before", bool)  # there is no record yet
        with opened(Wanted(folder, zone="Europe/Rome"), MONDAY) as found:
            yield found


def as_foretold(found: Opened, now: datetime) -> ImportRun:
    run = running.dry_run(found, now=now, by=None)
    run = running.apply(found, run, now=now, by=None)
    see_that_foretold(run)
    return run


def tried_and_brought(folder: Path, now: datetime, **wanted: Any) -> ImportRun:
    with opened(Wanted(folder, zone="Europe/Rome", **wanted), now) as found:
        return as_foretold(found, now)


@settings(
    max_examples=2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(then=dirty)
def test_a_dry_run_foretells_what_an_import_tells(
    record: Any, tmp_path: Path, before: Opened, then: Any
) -> None:
    files = files_of(then)
    if files:
        with undone(record):
            as_foretold(before, MONDAY)
            tried_and_brought(a_folder(tmp_path / "in", **files), MONDAY + DAY)


def test_every_kind_of_row_that_is_left_out_is_foretold_by_its_reason(
    tmp_path: Path, before: Opened
) -> None:
    """One of each, without waiting for chance: moves, ends, events, parts that run in circles."""
    then = FIRST | {
        "promises": {1: (NORD, -50, LATE, -19), 2: (NORD, -50, LATE, -51)},
        "moves": [],
        "tickets": {1: (NORD, "SN5", -20, -25, None)},
        "downtimes": [("SN5", -20, -19)],
    }
    runs = [
        as_foretold(before, MONDAY),
        tried_and_brought(a_folder(tmp_path / "in", **files_of(then)), MONDAY + DAY),
    ]
    texts = {why for run in runs for _, _, why, *_ in told(run, "applied")}
    wanted = [
        MOVES[Unmoved.SETTLED], MOVES[Unmoved.BEFORE_MADE], MOVES[Unmoved.TO_COME],
        SETTLINGS[Unsettled.BEFORE_MADE], EVENTS[Unrecorded.BEFORE_REPORT],
        reasons.IN_CIRCLES, reasons.NO_PARENT, reasons.CASE_AHEAD,
    ]  # fmt: skip
    assert [one.text for one in wanted if one.text not in texts] == []


def test_a_customer_that_was_renamed_is_known_by_its_number(tmp_path: Path) -> None:
    register = "customer,name\nK1,Clinic Nord\nK2,Mill East\nK3,Mill West\n"
    bring(a_folder(tmp_path / "in", customers=register, promises=THREE))
    renamed = {"customers": register, "promises": THREE + P1.replace("P1", "P9")}
    folder = a_folder(
        tmp_path / "in", **{n: t.replace("Clinic", "The Clinic") for n, t in renamed.items()}
    )
    run = tried_and_brought(folder, MONDAY + DAY)
    assert [row[2] for row in told(run, "applied")] == [reasons.SAME_NUMBER.text]
    assert not Customer.objects.filter(name="The Clinic Nord").exists()
    nord = Customer.objects.get(number="K1")
    assert nord.name == "Clinic Nord" and Promise.objects.filter(customer=nord).count() == 3
