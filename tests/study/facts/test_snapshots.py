"""The same list exported again, the same file twice, parts of a list, and lists side by side."""

from pathlib import Path

import pytest

from study.facts.folders import Content, Found, Row, archive, at, csv, facts, folder

CASES = "Ticket,Customer,Opened,Closed,Status,Due"
EARLY = csv(
    CASES,
    "T1,Clinic Nord,2026-03-02 08:00,,Open,2026-03-05",
    "T2,Clinic Ost,2026-03-02 09:00,2026-03-03 10:00,Closed,2026-03-04",
    "T3,Clinic Ost,2026-03-03 09:00,,Open,2026-03-06",
)
LATE = csv(
    CASES,
    "T1,Clinic Nord,2026-03-02 08:00,2026-03-09 12:00,Closed,2026-03-10",
    "T2,Clinic Ost,2026-03-02 09:00,2026-03-03 10:00,Closed,2026-03-04",
    "T3,Clinic Ost,2026-03-03 09:00,,Open,2026-03-06",
    "T4,Clinic Ost,2026-03-09 09:00,,Open,2026-03-12",
)
BOTH = {"cases-2026-03-04.csv": EARLY, "cases-2026-03-10.csv": LATE}
WHENCE = ("src", "row", "promise_no", "case_no", "downtime_no")


def plain(found: Found) -> dict[str, list[Row]]:
    """All facts without the numbers that lead back to the files."""
    return {
        name: sorted(
            ({key: value for key, value in row.items() if key not in WHENCE} for row in rows),
            key=repr,
        )
        for name, rows in found.tables.items()
    }


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The list of 4 March and that of 10 March."""
    return facts(folder(tmp_path_factory.mktemp("twice"), BOTH))


def test_the_latest_row_counts(twice: Found) -> None:
    assert twice.cases["T1"]["resolved_s"] == at("2026-03-09 12:00")
    assert len(twice.cases) == 4
    assert "3" in twice.notes("repaired") and "several files of one list" in twice.notes("repaired")


def test_the_first_date_stays_and_a_changed_one_is_a_move_of_ours(twice: Found) -> None:
    row = twice.promises["T1"]
    assert row["first_due_s"] == row["judged_due_s"] == at("2026-03-06")
    assert row["current_due_s"] == at("2026-03-11")
    assert (row["moves"], row["our_moves"]) == (1, 1)
    assert row["done_s"] > row["judged_due_s"], "kept by today's date, broken by the first one"


def test_what_did_not_change_was_not_moved(twice: Found) -> None:
    assert [twice.promises[name]["moves"] for name in ("T2", "T3", "T4")] == [0, 0, 0]


def test_what_was_known_before_the_second_list_is_what_the_first_one_says(tmp_path: Path) -> None:
    known = facts(folder(tmp_path, BOTH), known_at="2026-03-04")
    alone = facts(folder(tmp_path, {"cases.csv": EARLY}), until="2026-03-04")
    assert plain(known) == plain(alone)
    assert "cases-2026-03-10.csv" in known.left_out
    assert "no measure reads it" not in known.left_out, "it was not known yet: that is the reason"


def test_names_with_numbers_are_ordered_by_number(tmp_path: Path) -> None:
    files = {"day9.csv": EARLY, "day10.csv": LATE}
    recipe = '[[table]]\nfile = "day*.csv"\nsnapshot = "name"\n'
    found = facts(folder(tmp_path, files, recipe))
    assert found.cases["T1"]["resolved_s"] == at("2026-03-09 12:00")
    assert found.promises["T1"]["first_due_s"] == at("2026-03-06")


def test_a_ticket_gone_from_the_later_list_was_open_at_least_until_the_first(
    tmp_path: Path,
) -> None:
    """A list of open tickets only: T3 is no longer in it, and nobody wrote why."""
    gone = "\n".join(line for line in LATE.splitlines() if not line.startswith("T3")) + "\n"
    found = facts(folder(tmp_path, {"a-2026-03-04.csv": EARLY, "b-2026-03-10.csv": gone}))
    row = found.cases["T3"]
    assert not row["settled"]
    assert row["censored_s"] == at("2026-03-03 10:00"), "the last moment that the first list knows"


LOG = csv(
    "Ticket,Changed at,State,Agent",
    "T1,2026-03-02 08:00,New,",
    "T1,2026-03-02 09:00,In progress,Alma",
    "T1,2026-03-02 10:00,In progress,Bruno",
    "T2,2026-03-02 08:00,New,",
    "T2,2026-03-02 10:00,Resolved,Bruno",
)
NUMBERLESS = csv(
    "Customer,Opened,Closed,Status",
    "Clinic Nord,2026-03-01 08:00,2026-03-02 08:00,Closed",
    "Clinic Ost,2026-03-01 08:00,,Open",
)
LINES = csv(
    "Order,Promised,Delivered",
    "O1,2026-03-02 15:00,2026-03-02 20:00",
    "O1,2026-03-03 15:00,",
    "O2,2026-03-02 15:00,2026-03-04 20:00",
)
STOPS = csv(
    "Lift,Reason,Out of service,Back in service,Return promised",
    "EL1,Door,2026-03-01 08:00,2026-03-01 09:00,2026-03-01 10:00",
    "EL2,Pit,2026-03-01 08:00,,2026-03-01 10:00",
)
MOVES = csv(
    "Ticket,Old due date,New due date,Moved at,Moved by",
    "T1,2026-03-05,2026-03-07,2026-03-03,us",
    "T1,2026-03-07,2026-03-05,2026-03-04,us",
)


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    """Cases with moves, a log, cases without a number, lines whose order comes back, outages."""
    files = {
        "cases.csv": EARLY,
        "moves.csv": MOVES,
        "log.csv": LOG.replace("T1", "L1").replace("T2", "L2"),
        "list.csv": NUMBERLESS,
        "lines.csv": LINES,
        "stops.csv": STOPS,
    }
    once = facts(folder(tmp_path, files), until="2026-03-20")
    copies = {f"z copy of {name}": content for name, content in files.items()}
    again = facts(folder(tmp_path, {**files, **copies}), until="2026-03-20")
    assert [len(once.tables[name]) for name in ("case", "event", "promise", "downtime")] == [
        7,
        5,
        8,
        2,
    ]
    for name, rows in plain(once).items():
        assert plain(again)[name] == rows, name


def test_a_file_and_the_archive_that_holds_it_are_one(tmp_path: Path) -> None:
    once = facts(folder(tmp_path, {"lines.csv": LINES}))
    files: dict[str, Content] = {"lines.csv": LINES, "old.zip": archive({"march/lines.csv": LINES})}
    again = facts(folder(tmp_path, files))
    assert plain(again) == plain(once)
    assert "old.zip/march/lines.csv" in again.left_out


def test_a_list_in_two_parts_is_the_whole_list(tmp_path: Path) -> None:
    header, *rows = LATE.splitlines()
    whole = facts(folder(tmp_path, {"all.csv": LATE}))
    parts = {"part1.csv": csv(header, *rows[:2]), "part2.csv": csv(header, *rows[2:])}
    assert plain(facts(folder(tmp_path, parts))) == plain(whole)


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    log = {"b.csv": LOG, "c.csv": MOVES}
    first = facts(folder(tmp_path, {"a.csv": EARLY, **log}))
    second = facts(folder(tmp_path, {"z.csv": EARLY, **log}))
    assert plain(first) == plain(second)


def test_two_lists_of_the_same_tickets_complete_each_other(tmp_path: Path) -> None:
    """The desk knows the customer and the end; planning knows the date and the person."""
    desk = csv(
        "Ticket,Customer,Opened,Closed",
        "T1,Clinic Nord,2026-03-02 08:00,2026-03-04 08:00",
        "T2,Clinic Ost,2026-03-02 08:00,",
    )
    planning = csv(
        "Ticket,Opened,Due,Owner",
        "T1,2026-03-02 08:00,2026-03-05 09:00,Alma",
        "T2,2026-03-02 08:00,2026-03-05 09:00,Bruno",
    )
    found = facts(folder(tmp_path, {"desk.csv": desk, "planning.csv": planning}))
    row = found.cases["T1"]
    assert (row["customer"], row["owner"]) == ("Clinic Nord", "Alma")
    assert row["resolved_s"] == at("2026-03-04 08:00")
    assert row["resolve_due_s"] == at("2026-03-05 09:00")
    assert not found.cases["T2"]["settled"] and len(found.promises) == 2


def test_a_number_that_comes_twice_in_one_file_counts_once_and_is_said(tmp_path: Path) -> None:
    cases = csv(
        CASES,
        *(f"T{n},Clinic Nord,2026-03-01 08:00,,Open," for n in range(2, 9)),
        "T1,Clinic Nord,2026-03-01 08:00,,Open,",
        "T1,Clinic Nord,2026-03-01 08:00,2026-03-02 08:00,Closed,",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}))
    assert len(found.cases) == 8
    assert found.cases["T1"]["settled"]
    assert "'count': 1" in found.left_out and "'value': 'T1'" in found.left_out
    assert "'line': 9" in found.left_out


def test_the_same_records_under_other_labels_are_used_once(tmp_path: Path) -> None:
    """Two exports of one list of 120 tickets: the second in German, without the customers."""
    rows = [
        (f"T{n}", f"2026-01-{1 + n // 10:02} {n % 10 + 8:02}:{n % 60:02}", n) for n in range(120)
    ]
    ours = csv("Ticket,Opened,Closed,Customer", *(f"{t},{s},{s},Clinic {n}" for t, s, n in rows))
    theirs = csv("Nummer,Eröffnet,Geschlossen", *(f"x{n},{s},{s}" for _, s, n in rows))
    found = facts(folder(tmp_path, {"ours.csv": ours, "theirs.csv": theirs}))
    assert len(found.cases) == 120 and all(row["customer"] for row in found.tables["case"])
    assert "theirs.csv: holds the same 120 records as ours.csv" in found.left_out


def test_lists_without_numbers_still_give_each_row_a_name_of_its_own(tmp_path: Path) -> None:
    other = NUMBERLESS.replace("2026-03", "2026-04").replace("Customer", "Client")
    found = facts(folder(tmp_path, {"a.csv": NUMBERLESS, "b.csv": other}))
    assert len(found.cases) == 4


@pytest.mark.parametrize("recipe", ["", '[[table]]\nfile = "x*.csv"\nsnapshot = "Exported"\n'])
def test_the_column_that_dates_the_export_orders_the_files(tmp_path: Path, recipe: str) -> None:
    """A guarantee that runs until 2030 says nothing about the age of a file."""
    header = "Ticket,Opened,Closed,Status,Exported,Warranty until"
    files = {
        "x1.csv": csv(
            header,
            "T1,2026-03-01 08:00,,Open,2026-03-04,2030-01-01",
            "T2,2026-03-01 08:00,,Open,2026-03-04,2030-01-01",
        ),
        "x2.csv": csv(
            header,
            "T1,2026-03-01 08:00,2026-03-02 08:00,Closed,2026-03-09,2029-01-01",
            "T2,2026-03-01 08:00,,Open,2026-03-09,2029-01-01",
        ),
    }
    found = facts(folder(tmp_path, files, recipe))
    assert found.cases["T1"]["resolved_s"] == at("2026-03-02 08:00")


def test_a_copy_changes_nothing_of_what_was_known(tmp_path: Path) -> None:
    once = facts(folder(tmp_path, {"cases.csv": EARLY}), known_at="2026-03-03")
    files = {"cases.csv": EARLY, "z copy of cases.csv": EARLY}
    again = facts(folder(tmp_path, files), known_at="2026-03-03")
    assert set(once.cases) == {"T1", "T2"}, "T3 came at nine o'clock on that day"
    assert plain(again) == plain(once)


def test_a_part_of_a_list_that_goes_on_later_still_tells_what_was_known(tmp_path: Path) -> None:
    april = csv(CASES, "T8,Clinic Nord,2026-04-01 08:00,,Open,", "T9,,2026-04-20 08:00,,Open,")
    files = {"march.csv": EARLY, "april.csv": april}
    known = facts(folder(tmp_path, files), known_at="2026-04-10")
    assert set(known.cases) == {"T1", "T2", "T3", "T8"}


def test_before_the_first_export_its_rows_are_cut_as_those_of_a_lone_file(tmp_path: Path) -> None:
    alone = facts(folder(tmp_path, {"cases-2026-03-04.csv": EARLY}), known_at="2026-03-02 12:00")
    known = facts(folder(tmp_path, BOTH), known_at="2026-03-02 12:00")
    assert set(known.cases) == {"T1", "T2"}
    assert plain(known) == plain(alone)
    assert "cases-2026-03-10.csv: taken after known_at" in known.left_out


def test_a_revised_date_beside_the_due_one_is_a_move_and_blank_is_none(tmp_path: Path) -> None:
    rows = csv(
        "Ticket,Customer,Opened,Due date,Revised due date,Closed",
        "T1,Clinic Nord,2026-03-02,2026-03-05,2026-03-10,2026-03-09",
        "T2,Clinic Ost,2026-03-02,2026-03-04,,2026-03-03",
        "T3,Clinic Ost,2026-03-02,2026-03-06,2026-03-08,",
    )
    found = facts(folder(tmp_path, {"cases.csv": rows})).promises
    assert [(found[one]["our_moves"], found[one]["moves"]) for one in ("T1", "T2", "T3")] == [
        (1, 1), (0, 0), (1, 1),
    ]  # fmt: skip
    assert found["T1"]["judged_due_s"] == at("2026-03-06"), "the end of the day first given"
    assert found["T1"]["current_due_s"] == at("2026-03-11")
    assert found["T2"]["judged_due_s"] == found["T2"]["current_due_s"] == at("2026-03-05")
