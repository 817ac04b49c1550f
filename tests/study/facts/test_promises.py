"""What was promised: dates that move, words instead of dates, and what a promise inherits."""

from pathlib import Path

import pytest

from study.facts.folders import DAY, Found, Row, at, csv, facts, folder

PROMISES = "Promise ID,Customer,Promised date,Delivered on"
MOVES = "Promise ID,Old due date,New due date,Moved at,Moved by"
UNTIL = "2026-04-01"


def dates(row: Row) -> tuple[int, int, int]:
    """The first, the judged and the current date of a promise, as days of March 2026."""
    first, judged, current = (
        (row[f"{name}_due_s"] - at("2026-03-01")) // DAY for name in ("first", "judged", "current")
    )
    return first, judged, current


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Promises for 10 March with a list of moves beside them."""
    promises = csv(
        PROMISES,
        *(f"{name},Clinic Nord,2026-03-10,2026-03-12" for name in ("in time", "ours", "too late")),
        "silent,Clinic Ost,2026-03-10,",
        "never,Clinic Ost,2026-03-10,2026-03-10",
        "back,Clinic Ost,2026-03-10,2026-03-10",
    )
    moves = csv(
        MOVES,
        "in time,2026-03-10,2026-03-12,2026-03-05,customer",
        "ours,2026-03-10,2026-03-12,2026-03-05,us",
        "too late,2026-03-10,2026-03-12,2026-03-12,customer",
        "silent,2026-03-10,2026-03-15,2026-03-05,",
        "back,2026-03-10,2026-03-14,2026-03-04,us",
        "back,2026-03-14,2026-03-10,2026-03-05,us",
    )
    where = folder(tmp_path_factory.mktemp("moved"), {"promises.csv": promises, "moves.csv": moves})
    return facts(where, until=UNTIL)


def test_what_the_customer_asked_for_in_time_shifts_the_judged_date(moved: Found) -> None:
    row = moved.promises["in time"]
    assert dates(row) == (10, 12, 12)
    assert (row["moves"], row["our_moves"], row["moved_late"]) == (1, 0, 0)


def test_a_move_of_ours_changes_only_what_we_say_today(moved: Found) -> None:
    row = moved.promises["ours"]
    assert dates(row) == (10, 10, 12)
    assert (row["moves"], row["our_moves"], row["moved_late"]) == (1, 1, 0)


def test_what_the_customer_asked_for_after_the_date_had_passed_is_too_late(moved: Found) -> None:
    row = moved.promises["too late"]
    assert dates(row) == (10, 10, 12)
    assert (row["our_moves"], row["moved_late"]) == (1, 1)


def test_a_move_that_nobody_explains_counts_as_ours(moved: Found) -> None:
    row = moved.promises["silent"]
    assert dates(row) == (10, 10, 15) and row["our_moves"] == 1 and not row["settled"]


def test_a_date_moved_there_and_back_was_moved_twice(moved: Found) -> None:
    row = moved.promises["back"]
    assert dates(row) == (10, 10, 10) and row["moves"] == 2


def test_what_was_never_moved_has_one_date(moved: Found) -> None:
    row = moved.promises["never"]
    assert dates(row) == (10, 10, 10) and row["moves"] == 0


def test_a_list_that_shows_todays_date_takes_the_first_one_from_its_moves(tmp_path: Path) -> None:
    """Planning overwrites the date; only the list of moves still knows what was said first."""
    promises = csv(
        PROMISES,
        "P1,Clinic Nord,2026-03-12,2026-03-12",
        "P2,Clinic Nord,2026-03-14,2026-03-14",
    )
    moves = csv(
        MOVES,
        "P2,2026-03-11,2026-03-14,2026-03-06,customer",
        "P1,2026-03-10,2026-03-12,2026-03-05,us",
        "P2,2026-03-10,2026-03-11,2026-03-05,us",
    )
    where = folder(tmp_path, {"promises.csv": promises, "moves.csv": moves})
    found = facts(where, until=UNTIL)
    assert dates(found.promises["P1"]) == (10, 10, 12)
    assert dates(found.promises["P2"]) == (10, 13, 14)
    assert found.promises["P2"]["our_moves"] == 1


def test_moves_of_promises_that_are_not_there_are_said(tmp_path: Path) -> None:
    moves = csv(
        MOVES,
        "P1,2026-03-10,2026-03-12,2026-03-05,us",
        "P9,2026-03-10,2026-03-12,2026-03-05,us",
        ",2026-03-10,2026-03-12,2026-03-05,us",
    )
    promises = csv(PROMISES, "P1,Clinic Nord,2026-03-10,2026-03-12")
    found = facts(folder(tmp_path, {"promises.csv": promises, "moves.csv": moves}))
    assert sum(note["count"] for note in found.understood["left_out"]) == 2, found.left_out
    assert "'line': 3" in found.left_out and "'line': 4" in found.left_out


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Two columns: the date as first said, and the date as said today."""
    promises = csv(
        "Promise ID,Customer,First due date,Due date,Delivered on,Moved by",
        "P1,Clinic Nord,2026-03-10,2026-03-12,2026-03-12,customer",
        "P2,Clinic Ost,2026-03-10,2026-03-12,2026-03-12,us",
        "P3,Clinic Nord,2026-03-10,2026-03-12,2026-03-12,",
        "P4,Clinic Nord,2026-03-10,,2026-03-10,",
        "P5,Clinic Nord,,2026-03-10,2026-03-10,",
        "P6,Clinic Nord,,,2026-03-10,",
    )
    where = folder(tmp_path_factory.mktemp("beside"), {"promises.csv": promises})
    return facts(where, until=UNTIL)


def test_two_dates_beside_each_other_are_a_move(beside: Found) -> None:
    found = {name: dates(row) for name, row in beside.promises.items() if name != "P6"}
    assert found == {
        "P1": (10, 12, 12),
        "P2": (10, 10, 12),
        "P3": (10, 10, 12),
        "P4": (10, 10, 10),
        "P5": (10, 10, 10),
    }
    assert [beside.promises[f"P{n}"]["our_moves"] for n in range(1, 6)] == [0, 1, 1, 0, 0]


def test_a_promise_without_any_date_is_kept_in_the_facts_but_never_judged(beside: Found) -> None:
    row = beside.promises["P6"]
    assert row["judged_s"] is None and row["judged_due_s"] is None and row["verdict"] is None


@pytest.fixture(scope="module")
def inherited(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Promises that name only their ticket."""
    cases = csv(
        "Ticket,Customer,Opened,Closed,Priority,Machine,Site",
        "T1,Clinic Nord,2026-03-01 08:00,2026-03-03 08:00,Safety,M1,Hall 1",
        "T2,Clinic Ost,2026-03-01 08:00,,Cosmetic,M2,Hall 2",
    )
    promises = csv(
        "Promise ID,Ticket,Due,Delivered on,Owner",
        "P1,T1,2026-03-02 08:00,2026-03-02 09:00,Alma",
        "P2,T2,2026-03-02 08:00,,",
        "P3,T9,2026-03-02 08:00,,unassigned",
    )
    files = {"cases.csv": cases, "promises.csv": promises}
    return facts(folder(tmp_path_factory.mktemp("inherited"), files), until=UNTIL)


def test_a_promise_takes_customer_and_consequence_from_its_case(inherited: Found) -> None:
    row = inherited.promises["P1"]
    assert (row["customer"], row["site"], row["asset"]) == ("Clinic Nord", "Hall 1", "M1")
    assert (row["consequence"], row["urgency"]) == ("safety", 0)
    assert inherited.promises["P2"]["consequence"] == "inconvenience"


def test_a_promise_of_a_ticket_that_nobody_knows_stands_for_itself(inherited: Found) -> None:
    row = inherited.promises["P3"]
    assert row["case_id"] == "T9" and row["customer"] is None
    assert (row["consequence"], row["urgency"], row["owner"]) == ("unknown", 2, None)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Lists that say whether a promise was kept, but not when it was fulfilled."""
    files = {
        "orders.csv": csv(
            "Order,Customer,Order date,On time",
            "O1,Clinic Nord,2026-03-02,yes",
            "O2,Clinic Nord,2026-03-02,no",
            "O3,Clinic Nord,2026-03-02,",
        ),
        "deliveries.csv": csv(
            "Delivery number,Customer,Due date,On time",
            "D1,Clinic Nord,2026-03-02,yes",
            "D2,Clinic Nord,2026-03-02,no",
            "D3,Clinic Nord,2026-03-02,",
        ),
    }
    return facts(folder(tmp_path_factory.mktemp("told"), files), until=UNTIL)


def test_a_verdict_without_dates_is_counted_without_lateness(told: Found) -> None:
    verdicts = {name: told.promises[name]["verdict"] for name in ("O1", "O2", "O3")}
    assert verdicts == {"O1": "kept", "O2": "broken", "O3": None}
    assert told.promises["O1"]["judged_due_s"] is None
    assert told.promises["O1"]["judged_s"] == at("2026-03-02")


def test_a_verdict_is_believed_where_nobody_wrote_when_it_was_done(told: Found) -> None:
    """D1 was on time, says the source: without its date it must not count as still owed."""
    verdicts = {name: told.promises[name]["verdict"] for name in ("D1", "D2", "D3")}
    assert verdicts == {"D1": "kept", "D2": "broken", "D3": None}
    assert told.promises["D1"]["settled"] and not told.promises["D3"]["settled"]


def test_released_and_given_up_promises_say_so(tmp_path: Path) -> None:
    promises = csv(
        "Promise ID,Customer,Due date,Delivered on,Customer released,Cancelled",
        "early,Clinic Nord,2026-03-02,,2026-03-01,",
        "late,Clinic Nord,2026-03-02,,2026-03-05,",
        "gone,Clinic Nord,2026-03-02,,,2026-03-01",
    )
    rows = facts(folder(tmp_path, {"promises.csv": promises}), until=UNTIL).promises
    assert rows["early"]["released_s"] < rows["early"]["judged_due_s"]
    assert rows["late"]["released_s"] > rows["late"]["judged_due_s"]
    assert rows["gone"]["ended_s"] == at("2026-03-02") and not rows["gone"]["settled"]


def test_what_is_delivered_without_a_date_is_not_still_owed(tmp_path: Path) -> None:
    promises = csv(
        "Promise ID,Customer,Due date,Delivered on,Status",
        "P1,Clinic Nord,2026-03-02,,Delivered",
        "P2,Clinic Nord,2026-03-02,,Open",
        "P3,Clinic Nord,2026-03-02,2026-03-04,Delivered",
    )
    rows = facts(folder(tmp_path, {"promises.csv": promises}), until=UNTIL).promises
    owed = [
        name for name, row in rows.items() if row["judged_s"] is not None and not row["settled"]
    ]
    assert owed == ["P2"]


def test_a_length_of_time_promised_counts_from_the_report(tmp_path: Path) -> None:
    cases = csv(
        "Ticket,Opened,Closed,SLA hours",
        "T1,2026-03-02 08:00,2026-03-02 15:00,8",
        "T2,2026-03-02 08:00,2026-03-02 19:00,8",
        "T3,2026-03-02 08:00,2026-03-02 19:00,",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}))
    assert set(found.promises) == {"T1", "T2"}
    assert found.promises["T2"]["judged_due_s"] == at("2026-03-02 16:00")
    assert found.cases["T1"]["resolve_due_s"] == at("2026-03-02 16:00")


def test_an_answer_may_have_a_date_of_its_own(tmp_path: Path) -> None:
    cases = csv(
        "Ticket,Opened,Response due,First response,Due,Closed",
        "T1,2026-03-02 08:00,2026-03-02 10:00,2026-03-02 11:00,2026-03-05 08:00,2026-03-03 08:00",
        "T2,2026-03-02 08:00,2026-03-02 10:00,,2026-03-05 08:00,",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}))
    rows = {(row["case_id"], row["kind"]): row for row in found.tables["promise"]}
    assert set(rows) == {(case, kind) for case in ("T1", "T2") for kind in ("respond", "resolve")}
    assert rows["T1", "respond"]["done_s"] - rows["T1", "respond"]["judged_due_s"] == 3600
    assert not rows["T2", "respond"]["settled"]
    assert found.cases["T1"]["respond_due_s"] == at("2026-03-02 10:00")


def test_what_is_open_past_its_date_is_broken_and_owed_whatever_its_verdict_says(
    tmp_path: Path,
) -> None:
    """The verdict of an open row was written when its date had not come; a closed one keeps it."""
    rows = csv("case_id,opened,sla_target_date,closed_date,on_time,status",
               "C1,2026-03-01 08:00,2026-03-02 08:00,,ONTIME,Open",
               "C2,2026-03-01 08:00,2026-03-02 08:00,,OVERDUE,Open",
               "C3,2026-03-01 08:00,2026-03-02 08:00,,ONTIME,Closed",
               "C4,2026-03-01 08:00,2026-03-02 08:00,2026-03-04 08:00,ONTIME,Closed")  # fmt: skip
    found = facts(folder(tmp_path, {"cases.csv": rows}), until="2026-03-10")
    told = {row["case_id"]: (row["verdict"], row["settled"]) for row in found.promises.values()}
    assert told == {"C1": (None, False), "C2": (None, False), "C3": ("kept", True),
                    "C4": (None, True)}  # fmt: skip


def test_a_verdict_beside_a_date_counts_where_nothing_could_say_that_it_ended(
    tmp_path: Path,
) -> None:
    rows = csv("Line ID,Promised date,On time", *(f"L{n},2026-03-02,No" for n in range(3)))
    found = facts(folder(tmp_path, {"lines.csv": rows}), until="2026-03-10")
    assert {row["verdict"] for row in found.promises.values()} == {"broken"}
