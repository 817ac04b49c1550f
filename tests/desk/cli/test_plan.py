"""`wellkept plan`: the summary for ten seconds, the document, the table, the refusals."""

import csv
import json
from pathlib import Path

import pytest

from desk.cli.conftest import Said
from desk.cli.test_refusals import refusal
from study.planning.folders import FILES, PARTS, a_folder
from wellkept.desk.cli.main import run
from wellkept.desk.cli.terminal import WIDTH, columns

UNTIL = ["--until", "2025-12-31"]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_folder(tmp_path_factory.mktemp("parts"))


def test_the_summary_says_today_the_plan_and_what_to_do_first(parts: Path, capsys: Said) -> None:
    assert run(["plan", str(parts), *UNTIL]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert "plan as of 2025-12-31; 2 parts, 3 places, 4 assets, 1 contract, 48 requests" in lines[0]
    head = "\n".join(lines[:11])
    assert "today: 3,800 EUR in stock" in head and "plan: " in head and "do: buy" in head
    order = [out.index(f"── {one}") for one in ("Buy next", "Contracts at risk", "Assumed")]
    assert order == sorted(order)
    assert "Clinic Nord (C-118)" in out
    assert "Does it hold? Predicted, simulated, replayed" in out
    assert max(map(columns, lines)) <= WIDTH


def test_json_prints_the_document_and_nothing_else(parts: Path, capsys: Said) -> None:
    assert run(["plan", str(parts), *UNTIL, "--json", "--what-if", "need=x2"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["contract"] == 1 and document["wellkept"]
    assert document["what_if"][0]["asked"] == "need=x2"
    assert document["what_if"][0]["more_pieces"] > 0


def test_the_table_is_written_for_an_erp(parts: Path, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "new" / "plan.csv"
    assert run(["plan", str(parts), *UNTIL, "--table", str(file), "--json"]) == 0
    assert str(file) in capsys.readouterr().err
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert {"PS-7", "VS-20"} == {row["part"] for row in rows}
    assert all(int(row["minimum"]) <= int(row["maximum"]) for row in rows)


def test_the_report_is_written_where_it_was_asked_for(
    parts: Path, tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "plan.html"
    assert run(["plan", str(parts), *UNTIL, "--html", str(file)]) == 0
    assert "Report: " in capsys.readouterr().err
    assert "Clinic Nord" in file.read_text(encoding="utf-8")


def test_without_until_the_last_day_recorded_is_taken(parts: Path, capsys: Said) -> None:
    assert run(["plan", str(parts), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["until"] == "2025-12-17", "the last request"


def test_the_budget_is_kept_and_told(parts: Path, capsys: Said) -> None:
    assert run(["plan", str(parts), *UNTIL, "--budget", "500"]) == 0
    assert "within a budget of 500 EUR" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--budget", "much"], "--budget much is not an amount of money"),
        (["--budget", "-5"], "--budget"),
        (["--what-if", "lead_day=3"], "did you mean lead_days?"),
        (["--what-if", "lead_days:VS-2=3"], "there is no part VS-2; did you mean VS-20?"),
        (["--until", "soon"], "--until soon is not a moment"),
        (["--zone", "Rome"], "--zone Rome is not a time zone"),
        (["--recipe", "nowhere.toml"], "nowhere.toml: there is no such recipe file"),
    ],
)
def test_words_that_cannot_be_used_are_refused_with_what_to_write(
    parts: Path, words: list[str], says: str, capsys: Said
) -> None:
    assert says in refusal(["plan", str(parts), *words], capsys)


def test_a_folder_without_anything_to_plan_says_what_is_wanted(
    tmp_path: Path, capsys: Said
) -> None:
    assert "there is no such folder" in refusal(["plan", str(tmp_path / "no")], capsys)
    (tmp_path / "people.csv").write_text("name,born\nAlma,1980\n")
    assert "nothing to plan from" in refusal(["plan", str(tmp_path)], capsys)


def test_two_currencies_without_a_rate_are_refused_with_file_line_and_column(
    tmp_path: Path, capsys: Said
) -> None:
    pounds = PARTS.replace("VS-20,vane set,300,EUR", "VS-20,vane set,300,GBP")
    folder = a_folder(tmp_path, {"parts.csv": pounds}, 'currency = "EUR"\n')
    said = refusal(["plan", str(folder)], capsys)
    assert "parts.csv, line 3, column ‘unit cost’: 300 GBP" in said


def test_no_control_character_of_a_file_reaches_the_terminal(tmp_path: Path, capsys: Said) -> None:
    names = FILES["parts.csv"].replace("vane set", "vane\x1b[31m set")
    assert run(["plan", str(a_folder(tmp_path, {"parts.csv": names})), *UNTIL]) == 0
    assert "\x1b" not in capsys.readouterr().out
