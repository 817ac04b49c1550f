"""`wellkept diagnose`: asked in the terminal or read from a file, locked, then measured."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.cli.conftest import PROMISES, Folder, Said
from wellkept.desk.cli import answers_file
from wellkept.desk.cli.main import run
from wellkept.study.diagnostic.claims.catalogue import SHORT
from wellkept.study.diagnostic.written import read_answers
from wellkept.study.facts.folder import open_folder

OPENS = "wellkept.desk.cli.diagnose.open_folder"
Typed = Callable[[list[str]], list[str]]
ONE = ["C-1 last week", "3", "80", "4", "2", "5"]
"""Recall, level, confidence, number, low, high."""
STORIES = ["1", "2", "3"]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Type lines; what is left is given back, and after the last the input ends."""

    def ready(lines: list[str]) -> list[str]:
        left = list(lines)

        def read() -> str:
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr("builtins.input", read)
        return left

    return ready


@pytest.fixture
def exports(folder: Folder) -> Path:
    return folder(promises=PROMISES)


def everything(*, lock: str = "lock") -> list[str]:
    return ["1", *ONE * len(SHORT), *STORIES, lock]


def test_the_short_form_is_asked_locked_and_measured(
    exports: Path, typed: Typed, capsys: Said
) -> None:
    left = typed(everything())
    assert run(["diagnose", str(exports)]) == 0
    said = capsys.readouterr()
    assert left == []
    assert "1 of 12 · Leadership attention" in said.err and "12 of 12" in said.err
    assert "exports: the mirror, as of 2026-03-13, your own answers" in said.out
    assert "P1 · " in said.out and "start to keep" in said.out
    kept = read_answers((exports.parent / "exports.answers.toml").read_text("utf-8"), "a")
    assert kept.sha256 and not kept.asking
    [person] = kept.answers.respondents
    assert (person.group, len(person.answers)) == ("executive", 12)
    assert person.vignettes == {"A": 1, "B": 2, "C": 3}
    first = person.answers[0]
    assert (first.level, first.confidence, first.recall) == (3, 0.8, "C-1 last week")
    assert (first.number, first.low, first.high) == (4, 2, 5) and first.seconds is not None


def test_what_was_answered_is_saved_and_the_same_command_goes_on(
    exports: Path, typed: Typed, capsys: Said
) -> None:
    typed(["2", *ONE, *ONE, "no idea", "q"])
    assert run(["diagnose", str(exports)]) == 2
    said = capsys.readouterr()
    assert "the round is still open" in said.err and said.out == ""
    path = exports.parent / "exports.answers.toml"
    assert len(read_answers(path.read_text("utf-8"), "a").answers.respondents[0].answers) == 2
    typed([*ONE * 10, *STORIES, "lock"])
    assert run(["diagnose", str(exports)]) == 0
    assert "3 of 12" in capsys.readouterr().err
    [person] = read_answers(path.read_text("utf-8"), "a").answers.respondents
    assert person.group == "service_management" and len(person.answers) == 12


def test_no_record_is_opened_while_the_round_is_open(
    exports: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object) -> Iterator[None]:
        raise AssertionError("somebody opened the records")

    monkeypatch.setattr(OPENS, opened)
    for lines in ([], ["1", *ONE], everything(lock=""), everything(lock="later")):
        typed(lines)
        (exports.parent / "exports.answers.toml").unlink(missing_ok=True)
        assert run(["diagnose", str(exports)]) == 2


def test_the_lock_stands_in_the_file_before_the_records_are_opened(
    exports: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exports.parent / "exports.answers.toml"
    seen = []

    def opened(*given: Any) -> object:
        seen.append("[locked]" in path.read_text("utf-8"))
        return open_folder(*given)

    monkeypatch.setattr(OPENS, opened)
    typed(everything())
    assert run(["diagnose", str(exports)]) == 0
    assert seen == [True]


def test_cannot_say_and_skipping_are_kept(exports: Path, typed: Typed) -> None:
    silent = ["", "?", ""]  # recall, level, number
    skipped = ["", ""]
    typed(["3", *silent, *skipped, *ONE * 10, "", "", "", "lock"])
    assert run(["diagnose", str(exports), "--json"]) == 0
    path = exports.parent / "exports.answers.toml"
    [person] = read_answers(path.read_text("utf-8"), "a").answers.respondents
    assert (person.answers[0].cannot_say, person.answers[1].skipped) == (True, True)
    assert person.vignettes == {}


def test_what_is_no_answer_is_asked_again(exports: Path, typed: Typed, capsys: Said) -> None:
    stubborn = ["boss", "9", "1", "C-1", "7", "three", "3", "120", "eighty", "83", "x", "90", "95",
                "85", "97"]  # fmt: skip
    typed([*stubborn, *ONE * 11, *STORIES, "lock"])
    assert run(["diagnose", str(exports)]) == 0
    said = capsys.readouterr().err
    assert "‘7’ is not a level" in said and "‘boss’ is not a number" in said
    assert "120 does not lie between 0 and 100" in said and "High 85 lies below low 95" in said
    path = exports.parent / "exports.answers.toml"
    first = read_answers(path.read_text("utf-8"), "a").answers.respondents[0].answers[0]
    assert (first.level, first.confidence, first.low, first.high) == (3, 0.85, 95, 97)


ANSWERS = """
[[respondent]]
group = "executive"
[[respondent.answer]]
claim = "P1"
level = 4
confidence = 95
number = 96
low = 94
high = 98
"""


def test_answers_are_read_from_a_file_and_locked_in_it(
    exports: Path, tmp_path: Path, capsys: Said
) -> None:
    path = tmp_path / "told.toml"
    path.write_text(f"# my own words\n{ANSWERS}", encoding="utf-8")
    words = ["diagnose", str(exports), "--answers", str(path), "--json", "--until", "2026-03-31"]
    assert run(words) == 0
    first = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    text = path.read_text("utf-8")
    assert text.startswith("# my own words") and text.count("[locked]") == 1
    assert run(words) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert path.read_text("utf-8") == text
    assert first["until"].startswith("2026-04-01T00:00") and first["contract"] == 1
    [p1] = [claim for claim in first["claims"] if claim["id"] == "P1"]
    assert p1["evidence"]["cases"][0]["file"] == "promises.csv"


def test_answers_changed_after_the_lock_are_refused(
    exports: Path, tmp_path: Path, capsys: Said
) -> None:
    path = tmp_path / "told.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    assert run(["diagnose", str(exports), "--answers", str(path)]) == 0
    path.write_text(path.read_text("utf-8").replace("96", "76"), encoding="utf-8")
    capsys.readouterr()
    assert run(["diagnose", str(exports), "--answers", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "somebody changed them afterwards" in said.err


def test_an_empty_folder_makes_everything_unprovable_and_says_what_to_keep(
    tmp_path: Path, capsys: Said
) -> None:
    empty, path = tmp_path / "empty", tmp_path / "told.toml"
    empty.mkdir()
    path.write_text(ANSWERS.replace("P1", "L1"), encoding="utf-8")
    page, paper = tmp_path / "brief.html", tmp_path / "new" / "brief.pdf"
    told = ["--answers", str(path), "--html", str(page), "--pdf", str(paper)]
    assert run(["diagnose", str(empty), *told]) == 0
    assert paper.read_bytes().startswith(b"%PDF-")
    said = capsys.readouterr()
    assert "! L1: reviews: level, date" in said.out and "Brief: " in said.err
    assert "Two pages: " in said.err
    assert "no records at all" in page.read_text("utf-8")


def test_the_whole_form_is_asked_where_it_is_wanted(
    exports: Path, typed: Typed, capsys: Said
) -> None:
    typed(["1", "", "", "q"])
    assert run(["diagnose", str(exports), "--full"]) == 2
    assert "2 of 36" in capsys.readouterr().err
    assert 'form = "full"' in (exports.parent / "exports.answers.toml").read_text("utf-8")


REFUSED = {
    "no folder": (["nowhere"], "there is no such folder or file"),
    "a wrong zone": ([".", "--zone", "Rome"], "is not a time zone"),
    "a wrong moment": ([".", "--until", "soon"], "is not a moment"),
    "wrong answers": ([".", "--answers", "bad.toml"], "respondent 1: group boss is not known"),
    "not a text": ([".", "--answers", "latin.toml"], "not UTF-8"),
    "no recipe": ([".", "--answers", "good.toml", "--recipe", "none.toml"], "no such recipe"),
}


@pytest.mark.parametrize(("words", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    exports: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, words: list[str], says: str
) -> None:
    monkeypatch.chdir(exports)
    (exports / "bad.toml").write_text('[[respondent]]\ngroup = "boss"\n')
    (exports / "good.toml").write_text(ANSWERS)
    (exports / "latin.toml").write_bytes(b"# caf\xe9\n")
    assert run(["diagnose", *words]) == 2
    said = capsys.readouterr()
    assert said.out == "" and says in said.err and said.err.count("\n") == 1


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "told.toml"
    answers_file.write(path, "before")
    assert path.stat().st_mode & 0o777 == 0o600

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        answers_file.write(path, "after")
    assert path.read_text() == "before" and [p.name for p in tmp_path.iterdir()] == ["told.toml"]


def test_the_picture_on_the_terminal_shows_claimed_and_shown(
    exports: Path, tmp_path: Path, capsys: Said
) -> None:
    path = tmp_path / "told.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    assert run(["diagnose", str(exports), "--answers", str(path)]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 100
    assert re.search(r"^  0 .*4  confidence 95 %$", out, re.M) or "too few" in out


def test_nothing_said_to_the_terminal_can_steer_it(
    folder: Folder, tmp_path: Path, capsys: Said
) -> None:
    path = tmp_path / "told.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    there = folder(promises=PROMISES.replace("Clinic Nord", "Clinic\x1b[31m Nord"))
    assert run(["diagnose", str(there), "--answers", str(path)]) == 0
    assert "\x1b" not in capsys.readouterr().out
