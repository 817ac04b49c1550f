"""What a log of events tells of each ticket: who held it, whom it waited for, how it came back."""

from pathlib import Path

import pytest

from study.facts.folders import DAY, HOUR, Found, at, csv, facts, folder, keyed

LOG = "Ticket,Changed at,State,Agent,Team"
UNTIL = "2026-03-06"


def spans(found: Found, ticket: str) -> list[tuple[int, int | None, str | None]]:
    """The stretches of a ticket under one owner, or under none."""
    number = found.cases[ticket]["case_no"]
    rows = [row for row in found.tables["holding"] if row["case_no"] == number]
    return [(row["from_s"], row["to_s"], row["owner"]) for row in rows]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Two tickets: one passed around and reopened, one that nobody takes."""
    rows = csv(
        LOG,
        "T1,2026-03-02 08:00,New,,Desk",
        "T1,2026-03-02 09:00,In progress,Alma,Field",
        "T1,2026-03-02 12:00,Closed,Alma,Field",
        "T1,2026-03-03 08:00,Reopened,Bruno,Field",
        "T1,2026-03-03 10:00,Waiting for customer,Bruno,Field",
        "T1,2026-03-03 15:00,In progress,Alma,Field",
        "T1,2026-03-04 08:00,Resolved,Alma,Field",
        "T2,2026-03-02 08:00,New,unassigned,Desk",
        "T2,2026-03-02 09:00,Queued,Alma,Desk",
        "T2,2026-03-02 10:00,In progress,Bruno,Desk",
        "T2,2026-03-02 12:00,In progress,n/a,Desk",
    )
    return facts(folder(tmp_path_factory.mktemp("log"), {"log.csv": rows}), until=UNTIL)


def test_handing_back_to_somebody_who_had_it_before_is_a_bounce(log: Found) -> None:
    """Alma gives it to Bruno, Bruno gives it back."""
    assert (log.cases["T1"]["handoffs"], log.cases["T1"]["bounces"]) == (2, 1)


def test_waiting_for_the_customer_is_paused_until_the_next_word(log: Found) -> None:
    assert log.cases["T1"]["paused_s"] == 5 * HOUR
    assert log.cases["T2"]["paused_s"] == 0
    assert [e["waiting_on"] for e in log.events if e["waiting_on"]] == ["customer"]


def test_the_time_a_closed_ticket_lay_closed_is_not_open_time(log: Found) -> None:
    row = log.cases["T1"]
    assert row["open_s"] == 4 * HOUR + DAY
    assert row["resolved_s"] == at("2026-03-04 08:00") and row["reopened"] == 1


def test_the_first_answer_is_the_first_event_in_which_somebody_acts(log: Found) -> None:
    assert log.cases["T1"]["responded_s"] == at("2026-03-02 09:00")
    assert log.cases["T1"]["reported_s"] == at("2026-03-02 08:00")


def test_blank_and_unassigned_and_queued_are_nobody(log: Found) -> None:
    """T1 waits an hour for Alma; T2 is unassigned, then queued on Alma's desk, then nobody's."""
    assert log.cases["T1"]["ownerless_s"] == HOUR
    assert not log.cases["T1"]["ownerless_now"]
    row = log.cases["T2"]
    assert row["ownerless_s"] == 2 * HOUR + (3 * DAY + 12 * HOUR)
    assert row["ownerless_now"] and row["owner"] is None


def test_a_team_is_never_an_owner(log: Found) -> None:
    assert {row["owner"] for row in log.events} == {None, "Alma", "Bruno"}
    assert log.cases["T2"]["team"] == "Desk"


def test_who_held_a_ticket_is_told_in_stretches(log: Found) -> None:
    assert [owner for _, _, owner in spans(log, "T2")] == [None, "Bruno", None]
    assert spans(log, "T2")[-1][:2] == (at("2026-03-02 12:00"), None)


def test_events_keep_the_order_in_which_they_were_written(log: Found) -> None:
    words = [row["word"] for row in log.events if row["case_no"] == log.cases["T1"]["case_no"]]
    assert words[:3] == ["New", "In progress", "Closed"]
    assert [row["seq"] for row in log.events] == [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4]


def test_without_a_column_for_persons_handoffs_between_teams_count(tmp_path: Path) -> None:
    rows = csv(
        "Ticket,Changed at,State,Team",
        "T1,2026-03-02 08:00,New,Desk",
        "T1,2026-03-02 09:00,In progress,Field",
        "T1,2026-03-02 10:00,In progress,Desk",
        "T2,2026-03-02 10:00,New,Desk",
        "T2,2026-03-02 11:00,In progress,Desk",
    )
    found = facts(folder(tmp_path, {"log.csv": rows}))
    assert (found.cases["T1"]["handoffs"], found.cases["T1"]["bounces"]) == (2, 1)
    assert found.cases["T2"]["handoffs"] == 0
    assert found.cases["T1"]["ownerless_s"] is None, "nobody wrote down who held it"


def test_the_recipe_may_say_that_a_name_is_nobody_and_what_a_word_means(tmp_path: Path) -> None:
    rows = csv(
        LOG,
        "T1,2026-03-02 08:00,Neu,Hotline,-",
        "T1,2026-03-02 10:00,Geparkt,Alma,-",
        "T1,2026-03-02 15:00,Zurück,Alma,-",
        "T2,2026-03-02 08:00,Neu,Bruno,-",
        "T2,2026-03-02 09:00,Durch,Bruno,-",
    )
    recipe = """
        [[table]]
        file = "log.csv"
        [table.words]
        nobody = ["hotline"]
        [table.words.state]
        "geparkt" = "waiting on customer"
        "Zurück" = "in_work"
        "Durch" = "closed confirmed"
    """
    where = folder(tmp_path, {"log.csv": rows}, recipe)
    found = facts(where, until="2026-03-02 16:00")
    assert found.cases["T1"]["ownerless_s"] == 2 * HOUR
    assert found.cases["T1"]["paused_s"] == 5 * HOUR
    assert found.cases["T2"]["resolved_s"] == at("2026-03-02 09:00")
    assert found.suspicions == ""


def test_a_word_without_a_meaning_changes_nothing_and_is_listed(tmp_path: Path) -> None:
    rows = csv(
        LOG,
        "T1,2026-03-02 08:00,New,Alma,Desk",
        "T1,2026-03-02 10:00,Resolved,Alma,Desk",
        "T1,2026-03-02 12:00,Purple,Bruno,Desk",
        "T2,2026-03-02 08:00,New,Alma,Desk",
        "T2,2026-03-02 10:00,Purple,Alma,Desk",
    )
    found = facts(folder(tmp_path, {"log.csv": rows}))
    assert found.cases["T1"]["resolved_s"] == at("2026-03-02 10:00")
    assert found.cases["T1"]["reopened"] == 0
    assert not found.cases["T2"]["settled"]
    assert "‘Purple’" in found.suspicions


GERMAN = (
    "Ticketnummer;Zeitstempel;Status;Bearbeiter\n"
    "T1;02.03.2026 12:00;Gelöst;Alma\n"
    "T2;02.03.2026 10:00;In Bearbeitung;Bruno\n"
    "T2;02.03.2026 11:00;Gelöst;Bruno\n"
)


def test_two_logs_of_the_same_tickets_are_one_story(tmp_path: Path) -> None:
    english = csv(
        "Ticket,Changed at,State,Agent",
        "T1,2026-03-02 08:00,New,",
        "T1,2026-03-02 09:00,In progress,Alma",
        "T2,2026-03-02 08:00,New,",
    )
    found = facts(folder(tmp_path, {"desk.csv": english, "werkstatt.csv": GERMAN}))
    assert [row["event_s"] for row in found.events] == [
        *(at(f"2026-03-02 {hour:02}:00") for hour in (8, 9, 12)),
        *(at(f"2026-03-02 {hour:02}:00") for hour in (8, 10, 11)),
    ]
    assert found.cases["T1"]["resolved_s"] == at("2026-03-02 12:00")
    assert found.cases["T2"]["ownerless_s"] == 2 * HOUR
    assert found.cases["T2"]["handoffs"] == 0


def test_rows_of_a_log_without_a_number_or_a_moment_are_left_out_and_said(tmp_path: Path) -> None:
    rows = [f"T{n},2026-03-02 0{h}:00,In progress,Alma" for n in range(5) for h in range(4)]
    log = csv(
        "Ticket,Changed at,State,Agent",
        *rows,
        ",2026-03-02 05:00,Closed,Alma",
        "T1,,Closed,Alma",
        "T2,yesterday,Closed,Alma",
    )
    found = facts(folder(tmp_path, {"log.csv": log}))
    assert len(found.events) == 20
    assert not any(row["settled"] for row in found.tables["case"])
    notes = [note for note in found.understood["left_out"] if "log.csv" in note["why"]]
    assert sum(note["count"] for note in notes) == 3, "rows of a log = events + left out"
    assert {one["line"] for note in notes for one in note["examples"]} == {22, 23, 24}
    assert "'value': 'yesterday'" in found.left_out


def test_blanks_around_a_number_do_not_make_two_tickets(tmp_path: Path) -> None:
    log = csv(
        "Ticket,Changed at,State,Agent",
        " T 1 ,2026-03-02 08:00,New,Alma",
        "T 1,2026-03-02 09:00,Resolved, Alma ",
        "T 2,2026-03-02 08:00,New,Alma",
        "T 2,2026-03-02 08:30,New,Alma",
    )
    found = facts(folder(tmp_path, {"log.csv": log}))
    assert set(found.cases) == {"T 1", "T 2"}
    assert found.cases["T 1"]["resolved_s"] == at("2026-03-02 09:00")
    assert found.cases["T 1"]["handoffs"] == 0


def test_what_a_log_says_about_the_ticket_itself_is_read_once(tmp_path: Path) -> None:
    rows = csv(
        "Ticket,Changed at,State,Agent,Customer,Priority,Opened at",
        "T1,2026-03-02 08:00,New,,Clinic Nord,Safety,2026-03-02 07:00",
        "T1,2026-03-02 09:00,In progress,Alma,Clinic Nord,Safety,2026-03-02 07:00",
        "T1,2026-03-02 12:00,Closed,Alma,Clinic Nord,Safety,2026-03-02 07:00",
        "T2,2026-03-02 08:00,New,,Clinic Ost,Cosmetic,2026-03-02 08:00",
        "T2,2026-03-02 09:00,Closed,Alma,Clinic Ost,Cosmetic,2026-03-02 08:00",
    )
    found = keyed(facts(folder(tmp_path, {"log.csv": rows})).tables["case"], "case_id")
    assert found["T1"]["customer"] == "Clinic Nord" and found["T1"]["urgency"] == 0
    assert found["T1"]["reported_s"] == at("2026-03-02 07:00")
    assert found["T2"]["consequence"] == "inconvenience"


def test_events_of_one_second_keep_the_order_of_the_file(tmp_path: Path) -> None:
    rows = csv(
        LOG,
        "T1,2026-03-02 08:00,New,,Desk",
        "T1,2026-03-02 09:00,Resolved,Alma,Desk",
        "T1,2026-03-02 09:00,Reopened,Alma,Desk",
        "T2,2026-03-02 08:00,New,,Desk",
        "T2,2026-03-02 09:00,Reopened,Alma,Desk",
        "T2,2026-03-02 09:00,Resolved,Alma,Desk",
    )
    found = facts(folder(tmp_path, {"log.csv": rows}), until=UNTIL)
    assert (found.cases["T1"]["settled"], found.cases["T2"]["settled"]) == (False, True)
    assert (found.cases["T1"]["reopened"], found.cases["T2"]["reopened"]) == (1, 0)


DATED = (
    "T1,2026-03-01 08:00,New,,2026-03-05,Clinic Ost",
    "T1,2026-03-02 08:30,In progress,Alma,2026-03-07,Clinic Nord",
    "T1,2026-03-08 08:30,Closed,Alma,2026-03-07,Clinic Nord",
    "T2,2026-03-01 08:00,New,,2026-03-05,Clinic Ost",
    "T2,2026-03-01 09:00,In progress,Alma,2026-03-05,Clinic Ost",
)
DATED_LOG = "Ticket,Changed at,State,Agent,Due date,Customer"


@pytest.mark.parametrize("rows", [DATED, DATED[::-1]], ids=["oldest first", "newest first"])
def test_a_log_written_newest_first_tells_the_same(tmp_path: Path, rows: tuple[str, ...]) -> None:
    """The first date is the one written first in time; the customer the one written last."""
    found = facts(folder(tmp_path, {"log.csv": csv(DATED_LOG, *rows)}), until="2026-03-20")
    row = found.promises["T1"]
    assert row["first_due_s"] == row["judged_due_s"] == at("2026-03-06")
    assert row["current_due_s"] == at("2026-03-08") and row["our_moves"] == 1
    assert row["done_s"] > row["judged_due_s"]
    assert found.cases["T1"]["customer"] == "Clinic Nord"


def test_a_date_changed_after_the_window_has_not_changed_yet(tmp_path: Path) -> None:
    where = folder(tmp_path, {"log.csv": csv(DATED_LOG, *DATED)})
    row = facts(where, until="2026-03-01 12:00").promises["T1"]
    assert row["current_due_s"] == row["first_due_s"] == at("2026-03-06")
    assert row["moves"] == 0


def test_an_event_recorded_later_was_not_known_yet(tmp_path: Path) -> None:
    """Bruno closed T1 on the 2nd and typed it in on the 5th."""
    rows = csv(
        "Ticket,Changed at,State,Agent,Recorded at",
        "T1,2026-03-01 08:00,New,,2026-03-01 08:00",
        "T1,2026-03-02 08:30,Closed,Bruno,2026-03-05 08:00",
        "T2,2026-03-01 08:00,New,,2026-03-01 08:00",
        "T2,2026-03-01 09:00,In progress,Alma,2026-03-01 09:00",
    )
    recipe = '[[table]]\nfile = "log.csv"\n[table.columns]\nchanged = "Recorded at"\n'
    where = folder(tmp_path, {"log.csv": rows}, recipe)
    assert facts(where).cases["T1"]["settled"]
    known = facts(where, known_at="2026-03-03")
    assert not known.cases["T1"]["settled"] and known.cases["T1"]["owner"] is None
    assert len(known.events) == 3


def test_two_logs_that_both_know_the_ticket_give_it_once(tmp_path: Path) -> None:
    """The desk's log knows the customer, the workshop's log the machine and the date."""
    desk = csv(
        "Ticket,Changed at,State,Agent,Customer",
        "T1,2026-03-02 08:00,New,,Clinic Nord",
        "T1,2026-03-02 09:00,In progress,Alma,Clinic Nord",
        "T2,2026-03-02 08:00,New,,Clinic Ost",
        "T2,2026-03-02 09:00,In progress,Alma,Clinic Ost",
    )
    workshop = csv(
        "Ticket,Changed at,State,Agent,Machine,Due date",
        "T1,2026-03-02 10:00,In progress,Bruno,M1,2026-03-04",
        "T1,2026-03-02 12:00,Resolved,Bruno,M1,2026-03-04",
        "T2,2026-03-02 10:00,In progress,Bruno,M2,2026-03-04",
        "T2,2026-03-02 11:00,In progress,Bruno,M2,2026-03-04",
    )
    cases = csv("Ticket,Opened,Channel,Closed", "T1,2026-03-02 07:00,mail,")
    files = {"desk.csv": desk, "workshop.csv": workshop, "cases.csv": cases}
    found = facts(folder(tmp_path, files))
    assert set(found.cases) == set(found.promises) == {"T1", "T2"}
    row = found.cases["T1"]
    assert (row["customer"], row["asset"]) == ("Clinic Nord", "M1")
    assert row["reported_s"] == at("2026-03-02 07:00")
    assert row["resolved_s"] == at("2026-03-02 12:00")
