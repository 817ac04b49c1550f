"""The options of `wellkept measure`: when, where, by what, and into which form."""

import json
from pathlib import Path
from typing import Any

import pytest

from desk.cli.conftest import CASES, PROMISES, Folder, Said
from study.measures.contract import check_document
from wellkept import __version__
from wellkept.desk.cli.main import parser, run

Json = dict[str, Any]
NULLABLE = {"encoding", "separator", "role", "format", "name"}


def document(words: list[str], said: Said) -> Json:
    """The measure document that a command prints, and nothing else."""
    assert run(["measure", *words, "--json"]) == 0
    out, err = said.readouterr()
    assert err == ""
    found: Json = json.loads(out, parse_constant=pytest.fail)
    return found


def of(found: Json, name: str) -> Json:
    """One measure of a document."""
    [measure] = [one for one in found["measures"] if one["name"] == name]
    return dict(measure)


def test_the_version_is_said(capsys: Said) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"wellkept {__version__}\n"


def test_help_is_for_every_word(capsys: Said) -> None:
    for words in (["--help"], ["measure", "--help"], ["demo", "--help"]):
        with pytest.raises(SystemExit) as stopped:
            parser().parse_args(words)
        assert stopped.value.code == 0 and "usage: wellkept" in capsys.readouterr().out


def test_the_whole_document_keeps_the_contract(folder: Folder, capsys: Said) -> None:
    found = document([str(folder(promises=PROMISES, cases=CASES))], capsys)
    assert set(found) == {
        "contract", "wellkept", "since", "until", "known_at", "source", "understood", "measures",
        "absent", "letting_down",
    }  # fmt: skip
    assert found["contract"] == 1 and found["known_at"] is None
    check_document({key: found[key] for key in ("measures", "absent", "letting_down")})
    assert {file["name"] for file in found["source"]["files"]} == {"promises.csv", "cases.csv"}
    assert set(found["source"]["fingerprint"]) > {":"}
    for table in found["understood"]["tables"]:
        assert all(value is not None or key in NULLABLE for key, value in table.items())


def test_one_file_will_do_in_place_of_a_folder(folder: Folder, capsys: Said) -> None:
    found = document([str(folder(promises=PROMISES) / "promises.csv")], capsys)
    assert of(found, "promise_kept_rate")["n"] == 4


def test_until_and_since_cut_the_window(folder: Folder, capsys: Said) -> None:
    place = str(folder(promises=PROMISES))
    until = document([place, "--until", "2026-03-05T12:00+00:00"], capsys)
    assert until["until"] == "2026-03-05T12:00:00+00:00"
    assert of(until, "promise_kept_rate")["n"] == 3
    since = document([place, "--since", "2026-03-05"], capsys)
    assert since["since"] == "2026-03-05T00:00:00+00:00"
    assert of(since, "promise_kept_rate")["n"] == 2  # P3 is due at the end of the fourth


def test_a_day_alone_reaches_to_its_end_and_begins_with_its_first_moment(
    folder: Folder, capsys: Said
) -> None:
    place = str(folder(promises=PROMISES))
    day = ["--until", "2026-03-05", "--since", "2026-03-05"]
    found = document([place, *day], capsys)
    assert (found["since"], found["until"]) == (
        "2026-03-05T00:00:00+00:00",
        "2026-03-06T00:00:00+00:00",
    )


def test_a_moment_without_an_offset_is_in_the_stated_zone(folder: Folder, capsys: Said) -> None:
    place = str(folder(cases=CASES))
    words = [place, "--zone", "Europe/Rome", "--until", "2026-03-05T12:00"]
    found = document(words, capsys)
    assert found["until"] == "2026-03-05T11:00:00+00:00"
    assert found["understood"]["zone"]["name"] == "Europe/Rome"


def test_known_at_leaves_out_what_was_written_later(folder: Folder, capsys: Said) -> None:
    changed = "Promise,Promised,Delivered,Last changed\n" + "".join(
        f"P{i},2026-03-0{i} 12:00,2026-03-0{i} 11:00,2026-03-0{i} 11:30\n" for i in range(1, 8)
    )
    place = str(folder(promises=changed))
    found = document([place, "--known-at", "2026-03-04T18:00+00:00"], capsys)
    assert found["known_at"] == "2026-03-04T18:00:00+00:00"
    assert of(found, "promise_kept_rate")["n"] == 4


def test_by_compares_the_groups_of_a_column(folder: Folder, capsys: Said) -> None:
    found = document([str(folder(promises=PROMISES)), "--by", "region"], capsys)
    by = of(found, "promise_kept_rate")["by"]
    assert {(row["group"], row["k"], row["n"]) for row in by["groups"]} == {
        ("North", 2, 2),
        ("South", 1, 2),
    }


def test_a_recipe_beside_the_folder_or_elsewhere_is_used(
    folder: Folder, tmp_path: Path, capsys: Said
) -> None:
    place = folder(promises=PROMISES, recipe="until = 2026-03-04T12:00:00Z\n")
    assert document([str(place)], capsys)["until"] == "2026-03-04T12:00:00+00:00"
    other = tmp_path / "other.toml"
    other.write_text("until = 2026-03-03T12:00:00Z\n")
    found = document([str(place), "--recipe", str(other)], capsys)
    assert found["until"] == "2026-03-03T12:00:00+00:00"


def test_what_was_understood_becomes_a_recipe_that_understands_the_same(
    folder: Folder, capsys: Said
) -> None:
    place = folder(promises=PROMISES, cases=CASES)
    before = document([str(place)], capsys)
    assert run(["measure", str(place), "--write-recipe"]) == 0
    recipe = capsys.readouterr().out
    assert recipe.startswith(("#", "[", "z"))
    (place / "wellkept.toml").write_text(recipe, encoding="utf-8")
    after = document([str(place)], capsys)
    assert after["measures"] == before["measures"]


def test_document_report_and_summary_come_from_one_run(
    folder: Folder, tmp_path: Path, capsys: Said
) -> None:
    page = tmp_path / "deep" / "er" / "report.html"
    place = str(folder(promises=PROMISES))
    assert run(["measure", place, "--html", str(page), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["contract"] == 1
    assert err.startswith(f"Report: {page} (") and err.count("\n") == 1
    assert page.read_text(encoding="utf-8").startswith("<!")
    assert run(["measure", place, "--html", str(page)]) == 0
    assert "Promises kept" in capsys.readouterr().out


def test_the_same_folder_gives_the_same_document(folder: Folder, capsys: Said) -> None:
    place = str(folder(promises=PROMISES, cases=CASES))
    assert document([place], capsys) == document([place], capsys)


def test_a_day_ends_at_the_same_moment_on_the_command_line_and_in_the_recipe(
    folder: Folder, capsys: Said
) -> None:
    zone = 'zone = "America/Chicago"\n'
    there = folder(cases=CASES, recipe=f"{zone}until = 2026-03-05\n")
    stated = document([str(there)], capsys)
    there = folder(cases=CASES, recipe=zone)
    asked = document([str(there), "--until", "2026-03-05"], capsys)
    assert stated["until"] == asked["until"] == "2026-03-06T06:00:00+00:00"
    asked = document([str(there), "--until", "2026-03-05", "--zone", "UTC"], capsys)
    assert asked["until"] == "2026-03-06T00:00:00+00:00"
