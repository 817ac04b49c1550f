"""Every column gets the role that its system means, and nothing is taken on a guess unsaid."""

from __future__ import annotations

import pytest

from record.sources.exports import EXPORTS
from record.sources.profiled import roles_of, understood
from wellkept.record.sources.asset_flags import flag_of_header
from wellkept.record.sources.understanding import Understanding

DAYS = [f"2024-03-{day:02d} 08:00:00" for day in range(1, 29)]


def by_header(one: Understanding) -> dict[str, str]:
    """Header → role, with the clock columns, and "-" for segments."""
    found = {one.headers[key]: "-" for key in one.headers}
    for role, column in one.roles.items():
        found[column.header] = role
        if column.clock_key is not None:
            found[one.headers[column.clock_key]] = f"clock of {role}"
    return found


@pytest.mark.parametrize("name", EXPORTS)
def test_every_column_of_an_export_gets_the_role_that_its_system_means(name: str) -> None:
    export = EXPORTS[name]
    one = understood(export.headers, export.rows, name=name)
    assert one.shape == export.shape
    assert by_header(one) == export.roles
    assert {column.how for column in one.roles.values()} <= {"header"}


def test_what_has_no_role_stays_a_segment_for_cutting() -> None:
    export = EXPORTS["servicenow cases"]
    one = understood(export.headers, export.rows)
    assert [one.headers[key] for key in one.segments] == [
        header for header, role in export.roles.items() if role == "-"
    ]


# The audit log: final values repeated on every row


def audit_log() -> Understanding:
    export = EXPORTS["servicenow audit log"]
    return understood(export.headers, export.rows)


def test_a_final_value_repeated_on_every_row_belongs_to_the_case_not_to_the_event() -> None:
    one = audit_log()
    assert one.per_case == {"reported", "resolved", "closed"}
    assert any("‘closed_at’: the same on every row of a case" in said for said in one.why)


def test_the_moment_of_an_event_is_the_one_that_varies_inside_the_case() -> None:
    one = audit_log()
    assert one.roles["event_at"].header == "sys_updated_at"
    assert not one.roles["event_at"].per_case


def test_an_order_number_that_repeats_over_lines_does_not_make_a_log_of_deliveries() -> None:
    export = EXPORTS["purchase lines"]
    assert understood(export.headers, export.rows).shape == "promise"


# Headers that mislead


def test_the_day_on_which_a_delivery_was_recorded_is_not_the_day_on_which_it_came() -> None:
    headers = "ID; Scheduled Delivery Date; Delivery Recorded Date; Delivered to Client Date"
    rows = [["1", "2024-03-01", "2024-03-09", "2024-03-02"], ["2", "2024-03-03", "2024-03-09", ""]]
    assert roles_of(understood(headers, rows))["done"] == "Delivered to Client Date"


def test_without_a_better_column_the_recorded_day_still_does_not_become_the_delivery() -> None:
    headers = "ID; Scheduled Delivery Date; Delivery Recorded Date; Vendor"
    rows = [["1", "2024-03-01", "2024-03-09", "Ada"], ["2", "2024-03-03", "2024-03-09", "Bo"]]
    assert "done" not in roles_of(understood(headers, rows))


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Closed", ["yes", "no", "no"]),
        ("Resolution", ["Fixed", "Won't do", "Duplicate"]),
        ("Days to close until deadline", ["12", "-3", "99"]),
        ("Due in days", ["5", "-3", "0"]),
        ("Last Closed Ticket", ["T-1", "T-2", "T-3"]),
        ("Customer Satisfaction", ["5", "4", "1"]),
        ("Closed by", ["Alma", "Bruno", "Alma"]),
    ],
)
def test_a_header_that_sounds_right_over_values_that_are_not_gets_no_role(
    header: str, values: list[str]
) -> None:
    rows = [[f"T-{i}", DAYS[i], value] for i, value in enumerate(values)]
    one = understood(f"Ticket ID; Created; {header}", rows)
    assert header not in set(roles_of(one).values())
    assert header in {one.headers[key] for key in one.segments}


@pytest.mark.parametrize(
    "values",
    [
        ["20180403", "20180404", "20180405"],
        ["1.2.2018", "1.3.2018", "2.1.2018"],
        ["2018-04-03", "2018-04-04", "2018-04-05"],
    ],
    ids=["part numbers", "versions", "batches"],
)
def test_values_that_look_like_dates_under_another_name_are_no_moments_of_anything(
    values: list[str],
) -> None:
    rows = [[f"T-{i}", DAYS[i], value] for i, value in enumerate(values)]
    one = understood("Ticket ID; Created; Firmware", rows)
    assert roles_of(one) == {"case_id": "Ticket ID", "reported": "Created"}


def test_a_number_that_reads_as_a_moment_is_still_the_number_of_the_ticket() -> None:
    rows = [[f"2024030400{i:02d}", DAYS[i], ""] for i in range(6)]
    assert roles_of(understood("Ticket#; Created; Closed", rows))["case_id"] == "Ticket#"


def test_an_identifier_of_the_customer_never_numbers_the_cases() -> None:
    rows = [[f"N-{i}", f"C-{i % 2}", "Open", DAYS[i], ""] for i in range(8)]
    one = understood("number; customer_id; status; created_at; closed_at", rows)
    assert (one.shape, one.roles["case_id"].header) == ("case", "number")


def test_a_phone_of_the_customer_is_not_the_customer() -> None:
    rows = [[f"T-{i}", DAYS[i], "0461 1234"] for i in range(3)]
    assert "customer" not in roles_of(understood("Ticket; Created; Customer Phone", rows))


# Two candidates for one role


def test_of_two_candidates_the_more_direct_name_wins_and_it_is_said() -> None:
    rows = [[f"T-{i}", DAYS[i], DAYS[i + 1], DAYS[i + 2]] for i in range(5)]
    one = understood("Ticket; Reported at; Due date; Target date", rows)
    assert one.roles["due"].header == "Due date"
    assert any("‘Due date’ is taken, not ‘Target date’" in said for said in one.why)


def test_of_two_equal_names_the_fuller_column_wins_and_it_is_said() -> None:
    rows = [[f"T-{i}", DAYS[i], "", DAYS[i]] for i in range(8)]
    rows[0][2] = DAYS[9]
    one = understood("Ticket; Created; Resolved at; Resolved date", rows)
    assert one.roles["resolved"].header == "Resolved date"
    assert any("fuller (100% against 12%)" in said for said in one.why)


def test_a_customer_s_wish_is_no_promise_beside_a_promised_date() -> None:
    rows = [["1", "2024-03-01", "2024-03-04", "2024-03-05"]] * 3
    one = understood("Order; Requested date; Promised date; Delivered", rows)
    assert one.roles["due"].header == "Promised date"


def test_an_empty_column_of_ends_keeps_its_role_and_is_suspected() -> None:
    rows = [[f"T-{i}", DAYS[i], ""] for i in range(4)]
    one = understood("Ticket; Created; Closed at", rows)
    assert one.roles["closed"].header == "Closed at"
    assert any("empty on every row" in found.text for found in one.suspicions)


# Verdicts and flags


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("made_sla", {"true": "kept", "false": "broken"}),
        ("SLA breached", {"true": "broken", "false": "kept"}),
        ("IsViolated", {"true": "broken", "false": "kept"}),
        ("In ritardo", {"true": "broken", "false": "kept"}),
        ("Überfällig", {"true": "broken", "false": "open"}),
        ("Overdue", {"true": "broken", "false": "open"}),
    ],
)
def test_a_yes_means_kept_or_broken_as_the_header_says(
    header: str, meaning: dict[str, str]
) -> None:
    rows = [[f"T-{i}", DAYS[i], DAYS[i + 1], "true" if i % 2 else "false"] for i in range(6)]
    assert understood(f"Ticket; Created; Due; {header}", rows).words.verdict == meaning


def test_an_unplanned_column_says_the_opposite_of_a_planned_one() -> None:
    rows = [[f"M{i % 2}", DAYS[i], DAYS[i + 1], "yes" if i % 2 else "no"] for i in range(6)]
    headers = "Machine; Downtime start; Downtime end"
    assert understood(f"{headers}; Planned", rows).words.planned == {"yes": True, "no": False}
    assert understood(f"{headers}; Unplanned", rows).words.planned == {"yes": False, "no": True}


def test_a_status_of_the_agreement_without_known_words_is_no_verdict() -> None:
    rows = [[f"T-{i}", DAYS[i], DAYS[i + 1], f"tier {i}"] for i in range(6)]
    assert "verdict" not in roles_of(understood("Ticket; Created; Due; SLA status", rows))


# Words of the coded columns


def test_only_words_that_state_a_consequence_give_a_class_and_it_is_said_where_from() -> None:
    words = ["1 - Critical", "2 - High", "3 - Moderate"]
    one = understood("Ticket; Created; Priority", [[f"T-{i}", DAYS[i], words[i]] for i in range(3)])
    assert one.words.consequence == {"1 - Critical": "production_stopped"}
    assert [word.word for word in one.unknown_words] == ["2 - High", "3 - Moderate"]
    assert (
        "consequence: production stopped, assumed from the word ‘1 - Critical’ in column "
        "‘Priority’." in one.why
    )


def test_a_state_that_nobody_knows_is_listed_with_its_count_and_not_guessed() -> None:
    words = ["New", "Purple", "Purple", "Closed"]
    one = understood("Ticket; Created; State", [[f"T-{i}", DAYS[i], words[i]] for i in range(4)])
    assert "Purple" not in one.words.state
    assert [(word.role, word.word, word.count) for word in one.unknown_words] == [
        ("state", "Purple", 2)
    ]
    assert any("‘Purple’" in found.text for found in one.suspicions)


def test_a_queue_in_the_owner_column_is_nobody() -> None:
    owners = ["Alma", "To be assigned", "Bruno", "Alma"]
    one = understood("Ticket; Created; Owner", [[f"T-{i}", DAYS[i], owners[i]] for i in range(4)])
    assert one.words.nobody == ("To be assigned",)


def test_a_list_that_says_no_end_lets_nothing_be_open() -> None:
    rows = [[f"A{i}", DAYS[i], "Crack"] for i in range(4)]
    one = understood("Asset; BscStartDate; Shorttext", rows)
    assert (one.shape, one.roles["reported"].header) == ("case", "BscStartDate")
    assert not one.says_ends
    assert any("the only moment of the table" in said for said in one.why)


def test_a_log_of_machine_states_is_no_list_of_cases() -> None:
    """Warnings and information are no problems of a customer; the recipe says which are outages."""
    words = ("Stop", "Warning", "Informational", "Communication")
    rows = [[DAYS[n], DAYS[n + 1], words[n % 4], str(900 + n), "Pitch fault"] for n in range(27)]
    headers = ["Timestamp start", "Timestamp end", "Status", "Code", "Message"]
    one = understood(headers, rows, name="Status_Turbine_1.csv")
    assert one.shape == "none"
    assert 'shape = "downtime"' in " ".join(one.why)


def test_the_moment_a_call_was_received_dates_it_better_than_a_day() -> None:
    rows = [
        [str(160000 + n), f"03/{n + 1:02}/2024", f"03/{n + 1:02}/2024 07:{n:02}:13 AM",
         f"03/{n + 1:02}/2024 07:{n + 9:02}:00 AM"]
        for n in range(28)
    ]  # fmt: skip
    one = understood(["Call Number", "Call Date", "Received DtTm", "Response DtTm"], rows)
    assert by_header(one)["Received DtTm"] == "reported"
    assert by_header(one)["Response DtTm"] == "responded"


def test_visits_of_one_order_are_promises_kept_by_beginning_inside_their_window() -> None:
    rows = [
        [f"SA-{n}", f"WO-{n // 2}", f"2024-03-{n + 1:02} 08:00", f"2024-03-{n + 1:02} 10:00",
         f"2024-03-{n + 1:02} 09:{n:02}", f"2024-03-{n + 1:02} 11:{n:02}", "Completed"]
        for n in range(28)
    ]  # fmt: skip
    headers = ["Appointment Number", "Work Order", "Arrival Window Start", "Arrival Window End",
               "Actual Start", "Actual End", "Status"]  # fmt: skip
    one = understood(headers, rows)
    assert one.shape == "promise"
    roles = by_header(one)
    assert (roles["Arrival Window End"], roles["Actual Start"]) == ("due", "done")
    assert roles["Appointment Number"] == "promise_id" and roles["Work Order"] == "case_id"


def test_the_time_of_day_of_a_german_date_is_found_beside_it() -> None:
    rows = [
        [f"1000{n}", f"{n + 1:02}.03.2024", f"07:{n:02}:00", f"{n + 1:02}.03.2024", "MMAB"]
        for n in range(28)
    ]
    one = understood(["Meldung", "Meldungsdatum", "Meldungszeit", "Abschlussdatum", "Status"], rows)
    assert by_header(one)["Meldungszeit"] == "clock of reported"


def test_chargers_and_lifts_are_assets_whatever_the_case_of_their_words() -> None:
    words = ("Available", "OutOfOrder", "Charging", "Faulted")
    rows = [[f"UK-{n % 5}", words[n % 4], DAYS[n]] for n in range(28)]
    one = understood(["EVSE ID", "Status", "Last Updated"], rows)
    assert one.shape == "asset_state"
    assert one.words.asset_state == {
        "Available": "up", "OutOfOrder": "down", "Charging": "up", "Faulted": "down",
    }  # fmt: skip


# Yes and no: whether an asset served


@pytest.mark.parametrize(
    ("header", "yes_is"),
    [("in_service", "up"), ("isAvailable", "up"), ("In operation", "up"), ("in Betrieb", "up"),
     ("Lift is down", "down"), ("out_of_order", "down"), ("fault", "down"), ("online", "up"),
     ("status", None), ("door open", None), ("alarm", None), ("value", None)],
)  # fmt: skip
def test_what_a_yes_means_is_said_by_the_header(header: str, yes_is: str | None) -> None:
    flag = flag_of_header(header)
    assert (flag.yes if flag else None) == yes_is


def test_a_customer_that_never_changes_gives_way_to_who_asked() -> None:
    days = ["2024-03-01 08:00:00", "2024-03-02 08:00:00"]
    rows = [[f"T{at}", "Root", f"Clinic {at % 5}", *days] for at in range(30)]
    one = understood("ID; Entity; Requester; Opening date; Closing date", rows)
    assert roles_of(one)["customer"] == "Requester"
