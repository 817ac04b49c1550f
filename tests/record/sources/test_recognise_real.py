"""Real exports, recognised without a recipe: every role, and what stays without one."""

from __future__ import annotations

import pytest

from record.sources.conftest import RealRecords
from record.sources.profiled import roles_of
from wellkept.record.sources.folder import recognise_folder
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.recipe_reading import read_recipe
from wellkept.record.sources.recipe_writing import as_toml
from wellkept.record.sources.snapshots import possible_snapshots
from wellkept.record.sources.suspicions import silences
from wellkept.record.sources.understanding import Understanding
from wellkept.record.sources.values import moment_sql


def recognised(real: RealRecords, folder: str, *only: str) -> dict[str, Understanding]:
    return {one.file: one for one in recognise_folder(real.within(folder, *only))}


def segments(one: Understanding) -> set[str]:
    return {one.headers[key] for key in one.segments}


def test_the_lifts_are_outages_with_a_promised_return(real: RealRecords) -> None:
    found = recognised(real, "mta_elevators")
    for name in ("snapshot1_2018-04-03.csv", "snapshot2_2018-05-22.csv"):
        assert found[name].shape == "downtime"
        assert roles_of(found[name]) == {
            "asset": "elevator",
            "reason": "reason",
            "down_from": "out_of_service",
            "down_to": "first_missed",
            "due": "estimated_return",
        }
    register = found["elevators.csv"]
    assert register.shape == "asset"
    assert roles_of(register) == {"asset": "mta_id", "site": "station"}
    assert segments(register) == {"location"}


def test_the_two_lists_of_lifts_are_snapshots_of_one(real: RealRecords) -> None:
    read = real.within("mta_elevators", "snapshot")
    found = recognise_folder(read)
    profiles = {table.name: columns for table, columns in read}
    [group] = possible_snapshots(found, profiles)
    assert group.files == ("snapshot1_2018-04-03.csv", "snapshot2_2018-05-22.csv")
    assert [found[0].headers[key] for key in group.keys] == ["elevator", "out_of_service"]


def test_the_two_silences_of_the_watcher_are_found(real: RealRecords) -> None:
    [(table, columns)] = real.within("mta_elevators", "snapshot2")
    [one] = recognise_folder([(table, columns)])
    ends = moment_sql(one.roles["down_to"].key, one.roles["down_to"].formats)
    counted = real.con.execute(
        f"select {ends}, count(*) from {table.relation} where {ends} is not null "
        "group by 1 order by 1"
    ).fetchall()
    found = silences([(int(at), int(rows)) for at, rows in counted])
    assert [(round(spell.hours, 1), spell.rows) for spell in found] == [(8.8, 17), (20.1, 7)]


SERVICENOW = {
    "case_id": "number",
    "event_at": "sys_updated_at",
    "actor": "sys_updated_by",
    "state": "incident_state",
    "reported": "opened_at",
    "resolved": "resolved_at",
    "closed": "closed_at",
    "verdict": "made_sla",
    "handoff_count": "reassignment_count",
    "reopen_count": "reopen_count",
    "customer": "caller_id",
    "channel": "contact_type",
    "site": "location",
    "kind": "category",
    "asset": "cmdb_ci",
    "consequence": "priority",
    "team": "assignment_group",
    "owner": "assigned_to",
}


def test_the_audit_log_is_events_and_its_final_values_belong_to_the_case(real: RealRecords) -> None:
    [one] = recognised(real, "uci498_servicenow", "incident").values()
    assert one.shape == "event"
    assert roles_of(one) == SERVICENOW
    assert one.per_case >= {"reported", "resolved", "closed"}
    assert not one.per_case & {"event_at", "state", "owner", "verdict"}
    assert {word: meant.meaning for word, meant in one.words.state.items()} == {
        "New": "reported",
        "Active": "in_work",
        "Awaiting User Info": "waiting on customer",
        "Awaiting Vendor": "waiting on supplier",
        "Awaiting Problem": "waiting",
        "Awaiting Evidence": "waiting",
        "Resolved": "resolved",
        "Closed": "closed",
    }
    assert ("state", "-100", 5) in [(w.role, w.word, w.count) for w in one.unknown_words]
    assert one.words.consequence == {"1 - Critical": "production_stopped"}
    assert one.words.verdict == {"true": "kept", "false": "broken"}


def test_the_damaged_copy_of_the_log_is_read_alike_and_suspected_to_be_a_copy(
    real: RealRecords,
) -> None:
    found = list(recognised(real, "uci498_servicenow").values())
    damaged = next(one for one in found if one.file.startswith("original"))
    assert roles_of(damaged) == {**SERVICENOW, "state": "ident_state"}
    assert damaged.words.consequence == {}
    assert any("same rows" in said.text for one in found for said in one.suspicions)


def test_the_deliveries_are_promises_and_the_recorded_day_is_not_the_delivered_one(
    real: RealRecords,
) -> None:
    found = recognised(real, "scms_delivery")
    one = found["SCMS_Delivery_History_Dataset.csv"]
    assert one.shape == "promise"
    assert roles_of(one) == {
        "promise_id": "ID",
        "case_id": "PO / SO #",
        "due": "Scheduled Delivery Date",
        "done": "Delivered to Client Date",
        "changed": "Delivery Recorded Date",
        "region": "Country",
        "team": "Managed By",
        "about": "Item Description",
        "product": "Product Group",
        "money": "Line Item Value",
    }
    assert segments(one) >= {"Vendor", "Fulfill Via", "Shipment Mode", "Project Code"}
    assert found["data_dictionary.csv"].shape == "none"


def test_the_problem_log_has_a_state_and_a_finer_state(real: RealRecords) -> None:
    one = recognised(real, "bpi2013_volvo", "closed_problems")["closed_problems.csv"]
    assert one.shape == "event"
    assert roles_of(one) == {
        "case_id": "case:concept:name",
        "event_at": "time:timestamp",
        "state": "concept:name",
        "substate": "lifecycle:transition",
        "owner": "org:resource",
        "team": "org:group",
        "region": "resource country",
        "product": "product",
        "consequence": "impact",
    }
    assert one.words.consequence == {}
    assert segments(one) == {"organization country", "organization involved", "org:role"}


def test_the_incident_log_reads_its_compound_words(real: RealRecords) -> None:
    one = recognised(real, "bpi2013_volvo", "incidents")["incidents.csv.gz"]
    assert (one.shape, roles_of(one)) == (
        "event",
        {"case_id": "case_id", "event_at": "timestamp_utc", "state": "task", "owner": "user"},
    )
    assert one.roles["event_at"].zone == "UTC"
    assert {word: meant.meaning for word, meant in one.words.state.items()} == {
        "Accepted+In Progress": "in_work",
        "Accepted+Assigned": "acknowledged",
        "Accepted+Wait": "waiting",
        "Accepted+Wait - User": "waiting on customer",
        "Accepted+Wait - Customer": "waiting on customer",
        "Accepted+Wait - Vendor": "waiting on supplier",
        "Accepted+Wait - Implementation": "waiting",
        "Queued+Awaiting Assignment": "queued",
        "Completed+Resolved": "resolved",
        "Completed+In Call": "resolved",
        "Completed+Closed": "closed",
        "Completed+Cancelled": "cancelled",
    }
    assert [word.word for word in one.unknown_words] == ["Unmatched+Unmatched"]


def test_the_excavators_are_cases_whose_end_nothing_says(real: RealRecords) -> None:
    found = recognised(real, "nist_excavators")
    one = found["excavators.csv"]
    assert (one.shape, roles_of(one)) == (
        "case",
        {
            "reported": "BscStartDate",
            "asset": "Asset",
            "about": "OriginalShorttext",
            "kind": "PMType",
            "money": "Cost",
        },
    )
    assert not one.says_ends
    texts = [said.text for file in found.values() for said in file.suspicions]
    assert any("‘excavators.csv’ seem to hold the same rows" in text for text in texts)


def test_the_work_orders_join_their_assets_and_places(real: RealRecords) -> None:
    found = recognised(real, "import_shapes/atlas_cmms_demo")
    assert {name: one.shape for name, one in found.items()} == {
        "WorkOrders.csv": "case",
        "Assets.csv": "asset",
        "Locations.csv": "site",
        "Meters.csv": "none",
        "Parts.csv": "none",
    }
    assert roles_of(found["WorkOrders.csv"]) == {
        "about": "Title",
        "state": "Status",
        "consequence": "Priority",
        "due": "Due Date",
        "reported": "Date created",
        "resolved": "Completed On",
        "asset": "Asset Name",
        "site": "Location Name",
        "team": "Team Name",
        "owner": "Assigned To",
        "kind": "Category",
    }
    assert roles_of(found["Assets.csv"]) == {
        "asset": "Name",
        "name": "Description",
        "parent_asset": "Parent Asset",
        "warranty_ends": "Warranty Expiry Date",
        "site": "Location Name",
        "state": "Status",
        "team": "Teams names",
        "kind": "Category",
    }


def test_lists_of_an_inventory_are_told_apart(real: RealRecords) -> None:
    found = recognised(real, "import_shapes/snipeit_import_samples")
    assert {name.removesuffix(".csv"): one.shape for name, one in found.items()} == {
        "assets-sample": "asset",
        "assets-sample-BAD": "asset",
        "assets-sample-BLANKS": "asset",
        "licenses-sample": "asset",
        "locations-sample": "site",
        "users-sample": "none",
        "models-sample": "none",
        "accessories-sample": "none",
        "components-sample": "none",
        "consumables-sample": "none",
    }
    assert found["assets-sample-BAD.csv"].roles["asset"].header == "Asset Tag"


@pytest.mark.parametrize("name", ["carparts", "cdnow", "syntetos_auto"])
def test_sales_and_demand_are_kept_but_no_measure_reads_them(name: str, real: RealRecords) -> None:
    for one in recognised(real, name).values():
        assert (one.shape, one.roles) == ("none", {})
        assert one.why


@pytest.mark.parametrize(
    "name", ["mta_elevators", "scms_delivery", "bpi2013_volvo", "import_shapes/atlas_cmms_demo"]
)
def test_the_recipe_written_from_real_records_reads_again_and_says_the_same(
    name: str, real: RealRecords
) -> None:
    read = real.within(name)
    first = recognise_folder(read)
    again = recognise_folder(read, read_recipe(as_toml(Recipe(), first)))
    for before, after in zip(first, again, strict=True):
        assert (after.shape, after.segments) == (before.shape, before.segments)
        assert roles_of(after) == roles_of(before)
        for role, column in before.roles.items():
            assert after.roles[role].formats == column.formats
        assert {word: meant.meaning for word, meant in after.words.state.items()} == {
            word: meant.meaning for word, meant in before.words.state.items()
        }
