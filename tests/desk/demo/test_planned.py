"""The plan finds in the demo company's folder what the truth says is hidden there."""

from typing import Any

import numpy as np
import pytest

from desk.demo.conftest import MONDAY, Demo
from wellkept.desk.demo.spares import SPARES
from wellkept.study.planning import run
from wellkept.study.planning.reading import read_plan_folder

DAY = float(np.datetime64(MONDAY.isoformat(), "D").astype(np.int64))


@pytest.fixture(scope="module")
def document(demo: Demo) -> dict[str, Any]:
    folder = read_plan_folder(demo.folder)
    return run.document(folder, run.make(folder, DAY), budget=None)


def test_the_part_that_averages_call_well_stocked_keeps_a_hospital_waiting(
    demo: Demo, document: dict[str, Any]
) -> None:
    truth = demo.truth.spares
    found = document["hidden"][0]
    assert len(document["hidden"]) == 1
    assert (found["part"], found["place"]) == (truth.well_stocked, truth.none_at)
    assert (found["customer"], found["contract"]) == (truth.customer, truth.agreement)
    assert (found["pieces"], found["pieces_there"]) == (truth.pieces, truth.pieces_there) == (25, 0)
    assert found["cover_years"] == pytest.approx(truth.cover_years, rel=0.1)
    assert found["fill"] == pytest.approx(truth.met_at_once, abs=0.05)
    assert "Clinic Nord (safety)" in found["sentence"]


def test_the_first_move_ends_the_hospital_s_wait(demo: Demo, document: dict[str, Any]) -> None:
    first = document["moves"][0]
    assert (first["part"], first["goal"]) == (
        demo.truth.spares.well_stocked,
        demo.truth.spares.none_at,
    )
    assert first["money"] == 0 and first["saves"] > 50_000


def test_the_first_purchase_is_of_the_part_that_nobody_planned(
    demo: Demo, document: dict[str, Any]
) -> None:
    assert document["buys"][0]["part"] in demo.truth.spares.planned_nowhere == ("IB-220",)


def test_what_the_lists_lack_is_assumed_by_name(demo: Demo, document: dict[str, Any]) -> None:
    rows = {one["field"]: one for one in document["assumptions"]}
    assert rows["unit_cost"]["parts"] == list(demo.truth.spares.without_price)
    assert rows["lead_days"]["parts"] == list(demo.truth.spares.without_lead_time)
    assert document["learn"][0]["part"] == demo.truth.spares.without_lead_time[0]
    assert document["learn"][0]["guessed"]


def test_the_folder_is_counted_as_the_truth_counts(demo: Demo, document: dict[str, Any]) -> None:
    truth, scope = demo.truth.spares, document["scope"]
    assert scope["parts"] == truth.parts == len(SPARES)
    assert len(scope["places"]) == truth.places
    assert scope["contracts"] == truth.agreements
    assert (scope["demands"], scope["returns"]) == (truth.requests, truth.returns)
    assert {one["old"]: one["new"] for one in document["superseded"]} == truth.superseded
    assert document["currency"] == "EUR", "pounds are turned by the rate in the folder"


def test_the_quantity_written_as_a_word_is_named(document: dict[str, Any]) -> None:
    notes = [n for n in document["understood"]["left_out"] if "not a number" in n["what"]]
    (note,) = notes
    assert note["count"] == 1 and note["examples"][0]["value"] == "two"


def test_the_plan_costs_a_fraction_of_today_and_its_proof_holds(document: dict[str, Any]) -> None:
    assert document["plan"]["total"] < document["now"]["total"] / 20
    assert document["plan"]["stock_value"] < 1.1 * document["now"]["stock_value"]
    rows = {one["name"]: one["holds"] for one in document["proof"]["compared"]}
    assert rows["missing"] and rows["fill"] and rows["waiting"] and rows["contract hours"]
    later = document["proof"]["replays"][1]
    mine, own = later["scored"]
    assert mine["waiting_h"] < own["waiting_h"] / 20
    assert mine["fill"] > 0.98 > own["fill"]


def test_one_promise_no_stock_can_keep(demo: Demo, document: dict[str, Any]) -> None:
    """The clinic's repairs alone use its allowance: the sentence says so."""
    risky = [one for one in document["contracts"] if (one["risk_plan"] or 0) > 0.1]
    assert [one["customer"] for one in risky] == ["Clinic Nord"]
    assert "repair work, which no stock shortens" in risky[0]["sentence"]
