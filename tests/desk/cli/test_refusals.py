"""What cannot be used is refused in one sentence on stderr, never with a trace."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.cli.conftest import CASES, PROMISES, Folder, Said
from house import ROOT
from wellkept.desk.cli import measure as measuring
from wellkept.desk.cli.main import run
from wellkept.desk.cli.refusing import confess

COVER = '[calendar]\ncover = "{}"\n'


def refusal(words: list[str], said: Said) -> str:
    """The sentence with which words are refused."""
    try:
        code = run(words)
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else -1
    out, err = said.readouterr()
    assert code == 2, err
    assert out == "" and err.startswith("wellkept: ") and err.count("\n") == 1, err
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "COMMAND"),
        (["measrue", "."], "invalid choice: 'measrue'"),
        (["measure"], "FOLDER"),
        (["measure", ".", "--untl"], "--untl"),
        (["measure", ".", "--until"], "--until"),
        (["demo", "--port", "many"], "--port"),
    ],
)
def test_words_that_are_no_command_are_refused(words: list[str], says: str, capsys: Said) -> None:
    sentence = refusal(words, capsys)
    assert says in sentence and "--help’ prints what it takes" in sentence


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--until", "soon"),
        ("--until", "2026-13-01"),
        ("--until", "9999-12-31"),  # its end lies after all calendars
        ("--since", "yesterday"),
        ("--known-at", "12:00"),
        ("--zone", "Rome"),
        ("--zone", ""),
        ("--zone", "../../etc/passwd"),
        ("--by", "Regoin"),
        ("--recipe", "none.toml"),
        ("--recipe", "."),
    ],
)
def test_values_that_cannot_be_read_are_refused_by_name(
    option: str, value: str, folder: Folder, capsys: Said
) -> None:
    sentence = refusal(["measure", str(folder(p=PROMISES)), option, value], capsys)
    assert value in sentence or not value


def test_a_period_that_ends_before_it_begins_is_refused(folder: Folder, capsys: Said) -> None:
    words = ["measure", str(folder(p=PROMISES)), "--since", "2026-04-01", "--until", "2026-03-01"]
    assert "nothing lies between" in refusal(words, capsys)


@pytest.mark.parametrize(
    ("recipe", "says"),
    [
        ("zone = [", "TOML"),
        ('zne = "UTC"', "zne"),
        ('zone = "Mars/Base"', "Mars/Base"),
        (COVER.format("Mon-Fri 25:00-26:00"), ""),
        (COVER.format("Mon-Fri"), ""),
        (COVER.format("Mon-Fri 08:00-17:00") + 'holidays = "XX"', "XX"),
        ('[targets]\nspeed = "4 h"', "speed"),
        ('[[table]]\nfile = "gone.csv"', "gone.csv"),
        ('[[table]]\nfile = "*.csv"\n[table.columns]\ncustomer = "Kunde"', "Kunde"),
    ],
)
def test_a_broken_recipe_is_refused_with_what_is_wrong(
    recipe: str, says: str, folder: Folder, capsys: Said
) -> None:
    assert says in refusal(["measure", str(folder(cases=CASES, recipe=recipe))], capsys)


def test_a_recipe_that_is_no_text_is_refused(folder: Folder, capsys: Said) -> None:
    there = folder(p=PROMISES, recipe=b"\xff\xfe\x00zone")
    refusal(["measure", str(there)], capsys)


def test_a_place_that_is_not_there_or_holds_nothing_is_refused(
    folder: Folder, tmp_path: Path, capsys: Said
) -> None:
    assert "nowhere" in refusal(["measure", "nowhere"], capsys)
    assert "CSV" in refusal(["measure", str(folder())], capsys)
    assert "CSV" in refusal(["measure", str(folder(nothing=b""))], capsys)
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 9)
    refusal(["measure", str(tmp_path / "noise.bin")], capsys)


def test_a_report_that_cannot_be_written_is_refused_with_its_place(
    folder: Folder, tmp_path: Path, capsys: Said
) -> None:
    words = ["measure", str(folder(p=PROMISES)), "--html"]
    assert str(tmp_path) in refusal([*words, str(tmp_path)], capsys)
    (tmp_path / "file").write_text("no folder")
    assert "file" in refusal([*words, str(tmp_path / "file" / "report.html")], capsys)


def test_a_name_that_would_steer_the_terminal_is_made_visible(capsys: Said) -> None:
    sentence = refusal(["measure", "no\x1b[2Jwhere\u202e"], capsys)
    assert "\x1b" not in sentence and "\u202e" not in sentence


def test_a_demo_company_that_cannot_be_written_is_refused(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "file").write_text("no folder")
    words = ["demo", "--folder", str(tmp_path / "file"), "--no-serve"]
    assert "choose another --folder" in refusal(words, capsys)


# Our own faults


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("the well is dry")


def test_a_fault_of_ours_is_said_to_be_ours_and_shows_its_trace_only_when_asked(
    folder: Folder, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "open_folder", broken)
    words = ["measure", str(folder(p=PROMISES))]
    assert run(words) == 3
    sentence = capsys.readouterr().err
    assert sentence.startswith("wellkept: this is a fault of Wellkept in test_refusals.py")
    assert "RuntimeError: the well is dry" in sentence and sentence.count("\n") == 1
    monkeypatch.setenv("WELLKEPT_TRACE", "1")
    with pytest.raises(RuntimeError):
        run(words)


def test_stopping_it_from_the_keyboard_is_no_fault(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(measuring, "open_folder", stopped)
    assert run(["measure", str(folder(p=PROMISES))]) == 130


def in_a_shell(command: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell with the real command as $wellkept."""
    command = command.replace("$wellkept", f"{sys.executable} -m wellkept")
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **env},
    )


def test_whoever_reads_only_the_first_line_breaks_nothing(folder: Folder) -> None:
    done = in_a_shell(f"$wellkept measure {folder(p=PROMISES)} --json | head -1")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{\n", b"")


def test_a_terminal_that_lacks_letters_gets_their_numbers(folder: Folder) -> None:
    place = folder(p=PROMISES.replace("Clinic Nord", "Klinik Süd 東"))
    plain = in_a_shell(f"$wellkept measure {place}", PYTHONIOENCODING="ascii")
    assert plain.returncode == 0 and b"S\\xfcd" in plain.stdout
    document = in_a_shell(f"$wellkept measure {place} --json", PYTHONIOENCODING="ascii")
    assert document.returncode == 0 and b"S\\u00fcd \\u6771" in document.stdout


@pytest.mark.parametrize(
    "fault", [RuntimeError("database or disk is full"), OSError(errno.ENOSPC, "no room")]
)
def test_a_full_disk_is_no_fault_of_ours_and_an_import_goes_on(
    fault: Exception, capsys: Said
) -> None:
    assert confess(fault) == 2
    said = capsys.readouterr().err
    assert "no room left on a disk" in said and "--resume" in said and "fault" not in said
