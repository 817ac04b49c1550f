"""Reasons, proof and document: every number can be told, and none is a NaN."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from house import ROOT
from study.planning.folders import (
    FILES,
    UNTIL,
    a_document,
    a_folder,
    a_plan,
    only,
    part,
    place,
    requests,
)
from wellkept.methods import allocation
from wellkept.study.planning import document as doc
from wellkept.study.planning import table
from wellkept.study.planning.lines import sentence
from wellkept.study.planning.run import Plan


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return a_plan(a_folder(tmp_path_factory.mktemp("parts")))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = a_folder(tmp_path_factory.mktemp("parts"))
    return a_document(folder, asked=["lead_days:VS-20=60", "need=x1.2"])


# Reasons


def test_every_piece_says_how_often_for_whom_and_from_which_cost_on(plan: Plan) -> None:
    wanted = part(plan.problem, "PS-7"), place(plan.problem, "Bari"), 2
    second = next(one for one in plan.pieces if (one.part, one.place, one.nth) == wanted)
    said = sentence(plan.problem, second)
    assert re.fullmatch(
        r"Second pressure sensor at Bari: needed (?:once|[\d.]+ times) a year, saves [\d.]+ h a "
        r"year of standing still where people depend on it at Clinic Nord under contract C-118; "
        r"worth holding while a lost hour costs more than [\d.]+ EUR\.",
        said,
    ), said


def test_the_break_even_is_where_the_piece_costs_what_it_saves(plan: Plan) -> None:
    for one in plan.pieces:
        assert one.break_even_h is not None
        assert one.break_even_h * one.saves_h == pytest.approx(one.holding)


def test_the_reasons_are_those_of_the_method_site_by_site(plan: Plan) -> None:
    model, stock = plan.model, plan.found.stock
    value = model.value(plan.found.reckoned.risk)
    exact = allocation.reasons(model.network(), stock, value, np.arange(model.parts))
    mine = {(u.part, 0 if u.depot else u.place + 1, u.nth): u for u in plan.pieces}
    compared = 0
    for row in range(exact.item.size):
        key = (int(exact.item[row]), int(exact.location[row]), int(exact.unit[row]))
        if key[1] > 0:
            assert mine[key].saves_money == pytest.approx(float(exact.worth[row]), rel=1e-6)
            assert mine[key].used_per_year == pytest.approx(float(exact.used[row]), rel=1e-6)
            compared += 1
    assert compared == stock[:, 1:].sum() > 0
    assert len(plan.pieces) == stock.sum()


def test_a_piece_held_because_nobody_may_go_below_it_says_so(tmp_path: Path) -> None:
    floors = "part,location,on hand,never below,never below owner\nPS-7,Tampere,0,1,Alma\n"
    plan = a_plan(a_folder(tmp_path, {"stock.csv": floors}))
    said = [sentence(plan.problem, one) for one in plan.pieces]
    assert any("kept because nobody may go below it" in one for one in said)


def test_the_part_that_looks_well_stocked_names_who_waits(tmp_path: Path) -> None:
    """Plenty of vane sets in Bari, where most are needed; none in Tampere, where a clinic waits."""
    rows = ["part,requested on,quantity,location,asset"]
    for nth in range(120):
        day = UNTIL - timedelta(days=6 * (nth + 1))
        where, asset = ("Tampere", "A2") if nth % 8 == 0 else ("Bari", "A4")
        rows.append(f"VS-20,{day},1,{where},{asset}")
    stock = "part,location,on hand\nVS-20,Modena,20\nVS-20,Bari,25\n"
    plan = a_folder(tmp_path, {"requests.csv": "\n".join(rows) + "\n", "stock.csv": stock})
    (found,) = a_document(plan)["hidden"]
    assert (found["part"], found["place"], found["customer"]) == ("VS-20", "Tampere", "Clinic Nord")
    assert found["pieces_there"] == 0
    assert found["wait_h"] == pytest.approx(6 * 24, rel=0.02), "the way from Modena"
    assert "looks well stocked" in found["sentence"] and "none lies at Tampere" in found["sentence"]


# Proof


def test_the_prediction_holds_against_the_play(document: dict[str, Any]) -> None:
    rows = {row["name"]: row for row in document["proof"]["compared"]}
    assert {"missing", "fill", "waiting", "penalties", "contract hours"} == set(rows)
    lost = ("fill", "waiting", "penalties", "contract hours")
    assert [name for name in lost if not rows[name]["holds"]] == []


def test_the_past_is_played_with_the_plan_and_with_our_own_levels(document: dict[str, Any]) -> None:
    whole, later = document["proof"]["replays"]
    assert [one["name"] for one in whole["scored"]] == ["the plan", "our own levels"]
    assert [one["name"] for one in later["scored"]] == ["a plan of that day", "our own levels"]
    assert whole["demands"] == 48 and later["demands"] < 20
    assert "hindsight" in later["caution"] and "flatters" in whole["caution"]
    assert later["from"] > whole["from"] and later["until"] == whole["until"]
    mine, own = whole["scored"]
    assert mine["waiting_h"] < own["waiting_h"]


def test_a_short_past_is_not_played_and_says_why(tmp_path: Path) -> None:
    few = a_document(a_folder(tmp_path, {"requests.csv": requests(10)}))["proof"]
    assert few["replays"] == [] and "There are 10 demands" in few["why_none"]


# What to learn


def test_a_guessed_lead_time_is_worth_more_than_a_known_one(tmp_path: Path) -> None:
    orders = "part,ordered on,received on\n" + "".join(
        f"PS-7,{date(2024, 1, 1) + timedelta(20 * n)},{date(2024, 1, 31) + timedelta(20 * n)}\n"
        for n in range(30)
    )
    parts = (
        "part,name,unit cost,lead time (days)\nPS-7,pressure sensor,200,30\nVS-20,vane set,300,\n"
    )
    found = a_document(a_folder(tmp_path, {"parts.csv": parts, "purchases.csv": orders}))["learn"]
    lead = {one["part"]: one for one in found if one["field"] == "lead_days"}
    assert lead["VS-20"]["guessed"] and "nobody wrote it down" in lead["VS-20"]["sentence"]
    assert lead["VS-20"]["worth"] > lead.get("PS-7", {"worth": 0})["worth"]


def test_an_assumption_says_what_half_and_twice_of_it_would_do(tmp_path: Path) -> None:
    parts = "part,unit cost,lead time (days)\nPS-7,200,\nVS-20,300,\n"
    rows = a_document(a_folder(tmp_path, {"parts.csv": parts}))["assumptions"]
    lead = next(one for one in rows if one["field"] == "lead_days")
    assert (lead["value"], lead["count"]) == (30, 2)
    assert lead["low"] < lead["stock_value"] < lead["high"]


# The document


def test_the_document_is_json_without_nan_and_every_null_has_its_reason(
    document: dict[str, Any],
) -> None:
    text = json.dumps(document, allow_nan=False)
    assert json.loads(text) == document
    nulls = doc._nulls({k: v for k, v in document.items() if k != "reasons"}, "")
    assert nulls == set(document["reasons"])
    assert all(document["reasons"].values())


def test_a_null_without_a_reason_is_a_fault_of_ours() -> None:
    assert doc.reasons({"a": [{"risk_now": None}]}) == {"a.risk_now": "no allowance is agreed"}
    with pytest.raises(KeyError, match="surprise"):
        doc.reasons({"surprise": None})
    assert doc.cleaned({"x": float("nan"), "y": np.float64(np.inf), "z": np.int64(3)}) == {
        "x": None, "y": None, "z": 3,
    }  # fmt: skip


FOLDERS: dict[str, dict[str, str | None]] = {
    "no stock": {"stock.csv": None},
    "no contracts": {"contracts.csv": None},
    "no assets": {"assets.csv": None, "where_used.csv": None, "contracts.csv": None},
    "no requests": {"requests.csv": None},
    "no prices": {"parts.csv": None},
    "no places": {"locations.csv": None},
    "no allowance": {"contracts.csv": "contract,customer,penalty per hour\nC-118,Clinic Nord,5\n"},
    "one request": {"requests.csv": requests(1)},
    "a floor without owner": {"stock.csv": "part,location,on hand,never below\nPS-7,Bari,0,1\n"},
    "superseded for ever": {"supersession.csv": "old part,new part\nPS-5,PS-7\n"},
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_partial_folder_gives_a_whole_document(name: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path, FOLDERS[name])
    document = a_document(folder)
    json.dumps(document, allow_nan=False)
    assert document["plan"]["pieces"] >= 0
    assert (document["now"] is None) == (name == "no stock")


def test_demand_alone_is_planned_at_one_place(tmp_path: Path) -> None:
    rows = "".join(f"PS-7,2025-{m:02d}-03,1,200,30\n" for m in range(1, 13))
    folder = only(tmp_path, {"usage.csv": "item,date,qty,unit price,lead time days\n" + rows})
    document = a_document(folder)
    assert len(document["scope"]["places"]) == 1
    assert document["buys"][0]["sentence"].startswith("Buy ")
    assert any(
        "so what their absence costs is a guess" in a["why"] for a in document["assumptions"]
    )
    assert document["units"][0]["sentence"].startswith("First PS-7 in stock: needed")


def names_in(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*(names_in(item) for item in value), set())
    if not isinstance(value, dict):
        return set()
    deeper = (names_in(inner) for name, inner in value.items() if name != "reasons")
    return set(value).union(*deeper)


def test_every_name_of_the_plan_document_is_documented(document: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "reference" / "plan-document.md").read_text(encoding="utf-8")
    page = re.sub(r"^```.*?^```", "", page, flags=re.M | re.S)
    told = {word for code in re.findall(r"`([^`]+)`", page) for word in re.findall(r"\w+", code)}
    assert names_in(document) - told == set()
    assert set(table.HEADER) - told == set()


def test_the_table_holds_every_line_with_its_reason(plan: Plan) -> None:
    rows = [dict(zip(table.HEADER, row, strict=True)) for row in table.rows(plan)]
    target = {(r["part"], r["location"]): r["minimum"] for r in rows}
    assert target["PS-7", "Bari"] == int(
        plan.found.stock[part(plan.problem, "PS-7"), place(plan.problem, "Bari") + 1] - 1
    )
    assert sum(int(str(r["change"])) for r in rows) == int(
        plan.found.stock.sum() - plan.problem.holdings.position.sum()
    )
    assert all(r["reason"] for r in rows)


def test_the_same_folder_gives_the_same_document(tmp_path: Path, document: dict[str, Any]) -> None:
    again = a_document(a_folder(tmp_path), asked=["lead_days:VS-20=60", "need=x1.2"])
    for one in (again, document):
        one["source"] = {**one["source"], "folder": ""}
    assert again == document


def test_files_that_the_plan_passes_over_are_named(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"holidays.csv": "day,what\n2025-12-25,Christmas\n"})
    notes = a_document(folder)["understood"]["left_out"]
    assert any(n["what"].startswith("holidays.csv: the plan does not read it") for n in notes)
    assert FILES
