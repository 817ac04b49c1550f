"""Real exports come in whole: every row, every stated fact, every dirty spot said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from record.sources.conftest import RealRecords
from record.sources.folders_made import cells_of, headers, said
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.reading import lines_of
from wellkept.record.sources.values import moments_of, number_sql

SETS = ("bpi2013_volvo", "carparts", "cdnow", "import_shapes", "mta_elevators", "nist_excavators",
        "scms_delivery", "syntetos_auto", "uci498_servicenow")  # fmt: skip
"""All that are counted together."""


def span(column: ColumnProfile) -> tuple[str | None, str | None]:
    return column.first, column.last


def test_every_file_is_read_or_refused_or_ignored_with_a_reason(real: RealRecords) -> None:
    real.see(*SETS)
    assert {one.name for one in real.reading.files if one.state == "refused"} == {
        "carparts/carparts.rda"
    }
    assert all(one.why for one in real.reading.files if one.state != "read")
    assert len(real.reading.tables) == 30
    for table in real.reading.tables:
        assert table.rows
        assert len(real.columns(table)) == len(table.columns)


def test_elevator_outages_keep_seconds_and_microseconds(real: RealRecords) -> None:
    table = real.table("snapshot2_2018-05-22.csv")
    columns = real.by_header(table)
    assert table.rows == 4359
    assert columns["first_missed"].blank == 8
    assert columns["elevator"].distinct == 280
    assert span(columns["out_of_service"]) == (
        "2018-02-14T03:13:00+00:00",
        "2018-05-22T01:17:00+00:00",
    )
    forms = columns["first_missed"].moments.formats
    assert [(form.pattern, form.zone) for form in forms] == [("iso", "+00:00")]


def test_the_service_log_reads_its_question_marks_as_blank(real: RealRecords) -> None:
    table = real.table("incident_event_log_restored.csv.gz")
    columns = real.by_header(table)
    marks = {
        **{"caller_id": 29, "opened_by": 4835, "sys_created_at": 53076, "location": 76},
        **{"category": 78, "subcategory": 111, "u_symptom": 32964, "cmdb_ci": 141267},
        **{"assignment_group": 14213, "assigned_to": 27496, "problem_id": 139417, "rfc": 140721},
        **{"vendor": 141468, "caused_by": 141689, "closed_code": 714, "resolved_by": 226},
        "resolved_at": 3141,
    }
    assert table.rows == 141712
    assert {name: columns[name].blank for name in marks} == marks
    assert dict(columns["incident_state"].top)["-100"] == 5
    assert columns["number"].distinct == 24918
    assert span(columns["opened_at"]) == ("2016-02-29T01:16:00+00:00", "2017-02-16T14:17:00+00:00")
    assert columns["sys_updated_at"].last == "2017-02-18T15:00:00+00:00"
    assert "c0" in columns["resolved_at"].constant_within
    assert "c0" not in columns["incident_state"].constant_within


def test_the_damaged_archive_keeps_both_columns_of_one_name(real: RealRecords) -> None:
    table = real.table("incident_event_log.csv")
    assert (table.rows, len(table.columns)) == (141712, 36)
    assert {"category", "category (2)", "ident_state"} <= set(headers(table))
    assert said(table.repaired, "same name").examples[0].became == "category (2)"
    assert lines_of(table, [141712]) == {141712: 141713}


def test_deliveries_have_two_formats_in_one_row_and_words_among_numbers(real: RealRecords) -> None:
    table = real.table("SCMS_Delivery_History_Dataset.csv")
    columns = real.by_header(table)
    assert (table.rows, table.encoding) == (10324, "utf-8")
    assert span(columns["Delivered to Client Date"]) == (
        "2006-05-02T00:00:00+00:00",
        "2015-09-14T00:00:00+00:00",
    )
    weight, freight = columns["Weight (Kilograms)"], columns["Freight Cost (USD)"]
    found = real.con.execute(
        f"select count(*) - count({number_sql(weight.key, weight.numbers)}), "
        f"count(*) - count({number_sql(freight.key, freight.numbers)}) from {table.relation}"
    ).fetchone()
    assert found == (3952, 4126)
    sent = columns["PO Sent to Vendor Date"]
    moments = moments_of(real.con, table.relation, sent.key, sent.moments.formats)
    read = real.con.execute(f"select count({moments.seconds}) from {table.relation} t").fetchone()
    assert read == (4592,)
    assert sent.moments.day_first is False


def test_work_orders_keep_the_one_shifted_row(real: RealRecords) -> None:
    table = real.table("nist_excavators/excavators.csv")
    columns = real.by_header(table)
    cost = columns["Cost"]
    amount = number_sql(cost.key, cost.numbers)
    found = real.con.execute(
        f"select count(*), count({amount}), round(sum({amount}), 2), min({amount}), max({amount}) "
        f"from {table.relation}"
    ).fetchone()
    assert found == (5485, 5484, 17506068.13, -339.81, 1026684.2)
    assert dict(columns["PMType"].top)["t swing"] == 1
    assert span(columns["BscStartDate"]) == (
        "2001-07-05T00:00:00+00:00",
        "2012-12-13T00:00:00+00:00",
    )


def test_space_aligned_purchases_are_read_with_and_without_a_header(real: RealRecords) -> None:
    master, sample = (real.table(f"CDNOW_{name}.txt") for name in ("master", "sample"))
    columns = real.by_header(master)
    found = real.con.execute(
        f"select count(*), count(distinct c0), sum(c2::int), round(sum(c3::double), 2), "
        f"count(*) filter (c3::double = 0) from {master.relation}"
    ).fetchone()
    assert found == (69659, 23570, 167881, 2500315.63, 80)
    assert columns["customer_id"].numbers.zero_led
    assert span(columns["date"]) == ("1997-01-01T00:00:00+00:00", "1998-06-30T00:00:00+00:00")
    assert (headers(sample)[0], sample.rows) == ("column 1", 6919)
    assert [one.why for one in real.reading.files if "cdnow/LICENSE" in one.name] == [
        "it is a text without columns"
    ]


def test_closed_problems_and_incidents_are_whole(real: RealRecords) -> None:
    problems = real.table("closed_problems.csv")
    columns = real.by_header(problems)
    assert (problems.rows, columns["org:role"].blank) == (6660, 2078)
    assert columns["case:concept:name"].distinct == 1487
    assert span(columns["time:timestamp"]) == (
        "2006-01-11T15:49:42+00:00",
        "2012-05-31T23:49:06+00:00",
    )
    incidents = real.by_header(real.table("incidents.csv.gz"))
    assert (incidents["case_id"].rows, incidents["case_id"].distinct) == (65533, 7554)
    assert dict(incidents["task"].top)["Completed+In Call"] == 2035


def test_a_wide_table_of_months_keeps_its_missing_cells(real: RealRecords) -> None:
    table = real.table("carparts.csv.gz")
    columns = real.columns(table)
    assert (table.rows, len(columns)) == (51, 2675)
    assert sum(one.blank for one in columns) == 6122
    assert columns[0].moments.formats[0].precision == "month"


def test_old_macintosh_exports_are_read_with_their_repairs_said(real: RealRecords) -> None:
    bad, blanks = (real.table(f"assets-sample-{name}.csv") for name in ("BAD", "BLANKS"))
    columns = real.by_header(bad)
    assert (bad.rows, blanks.rows, bad.encoding) == (200, 200, "mac_roman")
    assert said(bad.repaired, "same name").count == 2
    assert said(blanks.repaired, "no name").count == 3
    assert columns["Serial"].blank == 17
    assert columns["Model Number"].numbers.damaged
    assert columns["Purchase Date"].moments.formats[0].pattern == "%m/%d/%y"
    assert lines_of(bad, [1, 200]) == {1: 2, 200: 201}


@pytest.mark.parametrize(
    ("name", "header", "look"),
    [
        ("licenses-sample.csv", "purchase cost", lambda one: one.numbers.currency == "$"),
        ("licenses-sample.csv", "maintained", lambda one: one.yes_no == 1.0),
        ("licenses-sample.csv", "expiration date", lambda one: one.moments.day_first is False),
        ("WorkOrders.csv", "Due Date", lambda one: one.moments.day_first is True),
        (
            "WorkOrders.csv",
            "Completed On",
            lambda one: one.moments.formats[0].precision == "moment",
        ),
    ],
)
def test_shapes_of_real_systems_read_as_they_are_meant(
    name: str, header: str, look: Callable[[ColumnProfile], bool], real: RealRecords
) -> None:
    table = real.table(name)
    column = real.by_header(table)[header]
    assert look(column), column
    assert len(cells_of(table, real.con)) == table.rows
