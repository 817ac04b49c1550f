"""The summary: a manager reads it on a terminal of a hundred columns, whatever the records hold."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cli.conftest import CASES, PROMISES, Folder, Said
from wellkept.desk.cli.main import run
from wellkept.desk.cli.phrases import PHRASES, estimate
from wellkept.desk.cli.summary import summary
from wellkept.desk.cli.terminal import UNSEEN, columns
from wellkept.study.measures.catalogue import MEASURES

Json = dict[str, Any]


@pytest.fixture
def document(folder: Folder, capsys: Said) -> Json:
    """The document of a small folder."""
    assert run(["measure", str(folder(promises=PROMISES, cases=CASES)), "--json"]) == 0
    found: Json = json.loads(capsys.readouterr().out)
    return found


def readable(text: str) -> list[str]:
    """The lines of a summary, each within a hundred columns and free of what cannot be seen."""
    lines = text.split("\n")
    assert [line for line in lines if columns(line) > 100] == []
    assert not any(UNSEEN.search(line) for line in lines)
    assert "None" not in text and "nan" not in text.lower().split()
    return lines


def test_every_measure_has_its_own_words() -> None:
    assert set(PHRASES) == {measure.name for measure in MEASURES}


def test_it_begins_with_what_was_read_and_who_is_let_down(document: Json) -> None:
    lines = readable(summary(document))
    assert lines[0] == "exports: 2 Mar 2026 to 16 Mar 2026, 2 files read"
    assert lines[1].startswith("4 promises, 6 cases; zone: not stated")
    assert lines[3].startswith("── Being let down now: 1 promise past its date, none with an owner")
    assert lines[4].split("  ")[1:] == ["11 d 8 h late", "Clinic Nord", "P3"]


def test_on_a_narrow_terminal_no_line_is_broken_by_the_terminal(
    document: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(columns, summary(document).split("\n"))) == 80
    monkeypatch.setenv("COLUMNS", "30")
    assert max(map(columns, summary(document).split("\n"))) == 72, "narrower helps nobody"


def test_the_headline_of_promises_is_short(document: Json) -> None:
    lines = summary(document).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("── Promises kept"))
    assert lines[at + 1] == "  75.0 % broken (28.4–97.2 %): 3 of 4 · 1 still owed"
    assert lines[at + 2] == "  felt by 2 customers: 1 of them twice or more, 0 three times or more"
    assert lines[at + 3] == "  hit most: Clinic Nord 2 of 2, Dairy Ost 1 of 2"


def test_times_are_told_from_half_to_the_longest(document: Json) -> None:
    text = summary(document)
    assert "6 in all · 1 not resolved yet" in text
    assert "resolved within: half 1 d" not in text  # half a day is said in hours
    assert re.search(r"resolved within: half \d+ h .* · longest 12 d", text)


def test_what_is_not_measured_says_what_it_needs(document: Json) -> None:
    text = summary(document)
    assert "── Not measured, for the records are not there" in text
    assert "  Availability needs assets with the beginning and end of each downtime" in text


def test_the_same_worst_are_not_named_twice(document: Json) -> None:
    assert "the worst: the same as under “Promises kept”" in summary(document)


def test_groups_stand_with_their_k_of_n(folder: Folder, capsys: Said) -> None:
    assert run(["measure", str(folder(promises=PROMISES)), "--by", "Region"]) == 0
    text = capsys.readouterr().out
    assert "  by Region: no group is worse than chance allows" in text
    assert "    North  100 %: 2 of 2" in text and "    South  50.0 %: 1 of 2" in text


def test_one_is_singular(folder: Folder, capsys: Said) -> None:
    one = "\n".join(PROMISES.splitlines()[:2]) + "\n"
    assert run(["measure", str(folder(promises=one))]) == 0
    text = capsys.readouterr().out
    assert "1 file read" in text and "1 promise;" in text and "1 row read as promises" in text
    assert "felt by 1 customer:" in text


def test_nothing_to_measure_says_what_each_measure_needs(folder: Folder, capsys: Said) -> None:
    assert run(["measure", str(folder(notes="colour,shape\nred,round\nblue,square\n"))]) == 0
    text = capsys.readouterr().out
    readable(text)
    assert "nothing that a measure can use" in text and "notes.csv: 2 rows, not used" in text
    assert text.count(" needs ") == len(MEASURES)


HOSTILE = (
    "\x1b[2J\x1b[31mred\x07", "\x9b31m", "\u202eevil\u2066", "line\r\nbreak\ttab", "\x00nul",
    "東京大学病院" * 20, "é" * 150, "x" * 400, "👩‍⚕️ ward", "﷽" * 30, "{0} %s", "",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text_and_within_the_line(
    name: str, folder: Folder, capsys: Said
) -> None:
    cell = '"' + name.replace("\x00", "") + '"'
    text = PROMISES.replace("Clinic Nord", cell).replace("A1", cell).replace("Alma", cell)
    assert run(["measure", str(folder(promises=text)), "--by", "Customer"]) == 0
    readable(capsys.readouterr().out.rstrip("\n"))


def says_nothing_of_its_own(text: str) -> bool:
    """A name that is itself "nan" or "None" is rightly shown so."""
    return not any(word in text.lower() for word in ("nan", "none"))


WORDS = st.text(max_size=60).filter(says_nothing_of_its_own)


@given(name=WORDS, file=WORDS, number=st.floats(0, 1e7))
def test_any_text_anywhere_in_the_document_is_tame(name: str, file: str, number: float) -> None:
    row = {
        "id": name, "what": name, "customer": name, "asset": name, "owner": name,
        "due": "2026-03-04T00:00:00+00:00", "late_h": number, "consequence": "safety",
        "file": file, "line": 3,
    }  # fmt: skip
    column = {"role": "customer", "header": name}
    table = {"file": file, "shape": "promise", "rows": 2, "used": 2, "columns": [column]}
    place = {"file": file, "line": 2, "column": name, "value": name, "became": name}
    found = {
        "since": "2026-03-01T00:00:00+00:00", "until": "2026-03-04T00:00:00+00:00", "measures": [],
        "source": {"folder": name, "files": []}, "letting_down": [row, {**row, "owner": None}],
        "absent": [{"title": name, "needs": name}],
        "understood": {
            "zone": {"name": None, "how": name}, "facts": {"promise": 2},
            "tables": [table],
            "repaired": [{"what": name, "count": 2, "examples": [place]}] * 9,
            "left_out": [{"why": name, "count": 1, "examples": []}],
            "suspicions": [{"text": name, "advice": name}] * 15,
        },
    }  # fmt: skip
    readable(summary(found))


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "says"),
    [
        (0.1376, 0.1276, 0.1481, "share", "13.8 % (12.8–14.8 %)"),
        (3.35, 3.2, 3.45, "h", "3.4 h (3.2–3.5 h)"),
        (1.0, 0.5, 2.0, "h", "1 h (30 min–2 h)"),
        (60.0, 52.0, 100.0, "h", "2 d 12 h (2 d 4 h–4 d 4 h)"),
        (41.3, 34.4, 48.5, "h per 1,000 h", "41 h per 1,000 h (34–48 h per 1,000 h)"),
        (1.0, 1.0, 1.0, "handoffs", "1 handoff"),
        (2.0, 1.0, 3.0, "handoffs", "2 handoffs (1–3 handoffs)"),
        (9.0, 2.0, None, "h", "9 h (2 h or more)"),
        (9.0, None, 12.0, "d", "9 d (at most 12 d)"),
        (9.0, None, None, "d", "9 d"),
    ],
)
def test_an_interval_names_its_unit_once_where_it_can(
    value: float, low: float | None, high: float | None, unit: str, says: str
) -> None:
    assert estimate({"value": value, "low": low, "high": high}, unit) == says
