"""The command line: a summary, a document, a report, and refusals in one sentence."""

import json
from pathlib import Path

import pytest

from desk.cli.conftest import Folder, Said
from wellkept.desk.cli.main import run

PROMISES = """Promise ID,Customer,Asset,Owner,Region,Promised date,Delivered on
P1,Clinic Nord,A1,Alma,North,2026-03-02,2026-03-09
P2,Dairy Ost,A2,Bruno,South,2026-03-03,2026-03-03
P3,Clinic Nord,A1,,North,2026-03-04,
P4,Dairy Ost,A2,Bruno,South,2026-03-05,2026-03-12
"""


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    (tmp_path / "promises.csv").write_text(PROMISES, encoding="utf-8")
    return tmp_path


def test_the_summary_says_who_is_let_down_now(
    exports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", str(exports)]) == 0
    text = capsys.readouterr().out
    assert "Being let down now: 1 promise past its date" in text and "Clinic Nord" in text
    assert "75.0 % broken (28.4–97.2 %): 3 of 4 · 1 still owed" in text


def test_the_document_is_json_without_nan_and_says_why_things_are_missing(
    exports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", str(exports), "--json", "--by", "Region"]) == 0
    found = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    kept = next(one for one in found["measures"] if one["name"] == "promise_kept_rate")
    assert (kept["share_beyond"]["k"], kept["n"]) == (3, 4)
    assert {row["group"] for row in kept["by"]["groups"]} == {"North", "South"}
    assert all(one["needs"] for one in found["absent"])


def test_until_cuts_what_happened_later(exports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["measure", str(exports), "--json", "--until", "2026-03-05T12:00+00:00"]) == 0
    found = json.loads(capsys.readouterr().out)
    owed = {row["id"] for row in found["letting_down"]}
    assert owed == {"P1", "P3"}


def test_the_report_is_written_and_its_place_is_said(
    exports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "out" / "report.html"
    assert run(["measure", str(exports), "--html", str(page)]) == 0
    assert "Clinic Nord" in page.read_text(encoding="utf-8")
    assert str(page) in capsys.readouterr().err


def test_a_recipe_is_printed_that_can_be_used(
    exports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", str(exports), "--write-recipe"]) == 0
    (exports / "wellkept.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert run(["measure", str(exports), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["understood"]["facts"]["promise"] == 4


REFUSALS = {
    "no folder": (["measure", "nowhere"], "no such folder"),
    "a wrong moment": (["measure", ".", "--until", "soon"], "--until soon is not a moment"),
    "a wrong zone": (["measure", ".", "--zone", "Rome"], "--zone Rome is not a time zone"),
    "an unknown column": (["measure", ".", "--by", "Regoin"], "Region"),
    "no such recipe": (["measure", ".", "--recipe", "none.toml"], "no such recipe"),
}


@pytest.mark.parametrize(("words", "says"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    exports: Path,
    words: list[str],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(exports)
    assert run(words) == 2
    said = capsys.readouterr()
    assert said.out == "" and says in said.err and said.err.count("\n") == 1


@pytest.mark.parametrize(
    "recipe",
    ['zne = "UTC"\n', "until = \n", '[calendar]\ncover = "99:00-10:00"\n',
     '[[table]]\nfile = "other.csv"\n'],
    ids=["unknown key", "not toml", "impossible hours", "file that is not there"],
)  # fmt: skip
def test_a_recipe_that_cannot_be_used_is_refused_with_the_place(
    exports: Path, recipe: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (exports / "wellkept.toml").write_text(recipe, encoding="utf-8")
    assert run(["measure", str(exports)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("wellkept: ") and said.count("\n") == 1


def test_an_empty_folder_says_what_to_put_into_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", str(tmp_path)]) == 2
    assert "CSV" in capsys.readouterr().err


def test_control_characters_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = PROMISES.replace("Clinic Nord", "Clinic\x1b[31m Nord")
    (tmp_path / "promises.csv").write_text(hostile, encoding="utf-8")
    assert run(["measure", str(tmp_path)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_folder_that_no_measure_can_use_says_so_without_dates_and_zones(
    folder: Folder, capsys: Said
) -> None:
    there = folder(parts="Part,On hand\nP1,3\nP2,4\nP3,5\n")
    assert run(["measure", str(there)]) == 0
    head = capsys.readouterr().out.split("\n\n")[0]
    assert head == "exports: 1 file read\nnothing that a measure can use"
