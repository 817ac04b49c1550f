"""Every reason of an import is a sentence, about columns that exist; no code is shown."""

import re
from pathlib import Path

import pytest

from desk.exchange.folders import PROMISED, a_folder, tried
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.reasons import DOUBTS, EVENTS, MOVES, SETTLINGS, Why, doubts_of
from wellkept.desk.web.pages.exchange import _troubles
from wellkept.record.cases import rules as of_cases
from wellkept.record.promises import rules as of_promises
from wellkept.record.sources.roles import ROLES

CODES = [*of_promises.Contradiction, *of_cases.Contradiction]
ALL = [one for one in vars(reasons).values() if isinstance(one, Why)]
ALL += [why for by_code in (DOUBTS, MOVES, SETTLINGS, EVENTS) for why in by_code.values()]
OPEN_ENDED = (reasons.MOVE_LEFT, reasons.EVENT_LEFT, *EVENTS.values())
"""Behind them stands what differs from row to row."""
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")


def test_every_doubt_has_its_sentence() -> None:
    assert [one.text for code in CODES for one in doubts_of(code)] == [
        DOUBTS[code].text for code in CODES
    ]
    assert len(set(CODES)) == len(DOUBTS) and doubts_of("") == []
    with pytest.raises(KeyError):
        doubts_of("something_else")


@pytest.mark.parametrize("why", ALL, ids=lambda why: why.text[:30])
def test_every_reason_is_a_sentence_about_columns_that_there_are(why: Why) -> None:
    assert why.text[0].isupper() and not CODE.search(why.text)
    assert why.text.endswith(".") or why in OPEN_ENDED
    assert why.roles and ROLES.keys() >= set(why.roles)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_name_that_many_rows_give_is_shown_where_it_is_written_first(tmp_path: Path) -> None:
    long = "Clinic " * 40
    rows = "".join(f"P{n},{who},2026-01-05 09:00,2026-01-09 17:00,,\n"
                   for n, who in enumerate(("Mill East", long, long), 1))  # fmt: skip
    run = tried(a_folder(tmp_path / "in", promises=PROMISED + rows))
    (trouble,) = [one for one in _troubles(run) if "customer" in one.title]
    (row,) = trouble.rows
    assert trouble.why == reasons.LONG_CUSTOMER.text
    assert (row["file"], row["line"], row["column"]) == ("promises.csv", 3, "customer")
    assert row["value"].startswith("Clinic Clinic")
