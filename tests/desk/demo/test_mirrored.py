"""The demo company in the mirror: what is believed and what is so; the truth is the oracle."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.demo.conftest import MONDAY, Demo
from wellkept.desk.cli.answers_file import beside
from wellkept.desk.cli.diagnose import mirror_document, opened
from wellkept.desk.demo import believed
from wellkept.desk.demo.folder import answers_file
from wellkept.desk.demo.truth import Record
from wellkept.study.diagnostic.locking import lock
from wellkept.study.diagnostic.written import read_answers
from wellkept.study.facts.folder import Asked

Json = dict[str, Any]
NOW = datetime.combine(MONDAY, datetime.min.time(), UTC) + timedelta(hours=9)


@pytest.fixture(scope="module")
def mirror(demo: Demo) -> Json:
    """The mirror of the demo folder, from the answers that lie beside it."""
    path = answers_file(demo.folder)
    held = read_answers(path.read_text("utf-8"), path.name)
    locked = lock(held.answers, at_s=int(NOW.timestamp()))
    with opened(demo.folder, Asked(now_s=int(NOW.timestamp()))) as records:
        return mirror_document(locked, records)


def claim(mirror: Json, name: str) -> Json:
    [row] = [row for row in mirror["claims"] if row["id"] == name]
    return dict(row)


def counted(mirror: Json, name: str) -> Record:
    shown = claim(mirror, name)["shown"]
    return Record(shown["k"], shown["n"])


def test_its_people_answers_lie_where_the_command_looks_for_them(demo: Demo) -> None:
    assert answers_file(demo.folder) == beside(demo.folder)
    assert not Path(demo.folder / answers_file(demo.folder).name).exists()


def test_every_gap_has_the_name_that_the_truth_gives_it(demo: Demo, mirror: Json) -> None:
    names = {row["id"]: row["name"]["key"] for row in mirror["claims"]}
    assert names == demo.truth.mirror.names
    assert {"normalised", "overlooked", "contested", "unprovable", "held"} <= set(names.values())


def test_executives_believe_96_and_the_records_say_85(demo: Demo, mirror: Json) -> None:
    truth = demo.truth.mirror
    [p1] = [row for row in mirror["numbers"]["rows"] if row["claim"] == "P1"]
    said = {one["group"]: one["value"] for one in p1["groups"]}
    assert said["executive"] == truth.executives_believe == 96
    kept = truth.kept_last_quarter
    assert p1["records"]["value"] == pytest.approx(100 * kept.k / kept.n, abs=0.2)
    assert 84 < p1["records"]["value"] < 86
    assert p1["ranges_that_hold"]["k"] == 0


def test_evidence_counts_what_was_counted_while_it_was_made(demo: Demo, mirror: Json) -> None:
    truth = demo.truth.mirror
    assert counted(mirror, "P2") == truth.stopped_restored
    assert counted(mirror, "V4") == truth.parts_in_time
    assert counted(mirror, "I1") == truth.heard_of_in_24_months


def test_what_is_normalised_has_lasted_for_more_than_two_years(demo: Demo, mirror: Json) -> None:
    [wall] = mirror["normalised"]
    assert wall["claim"] == believed.NORMALISED and wall["predictable"]
    assert wall["weeks_below"] > 104
    ever = demo.truth.mirror.parts_in_time_ever
    assert 0 < wall["failed"] <= ever.n - ever.k
    assert sum(week["n"] for week in wall["weeks"]) <= ever.n
    assert wall["moved"] > 0 and wall["customers"] > 10


def test_what_is_overlooked_has_nobody_and_names_who_waits(demo: Demo, mirror: Json) -> None:
    row = claim(mirror, believed.OVERLOOKED)
    assert row["owner"] is None and row["gap"]["flagged"] and row["claimed"]["confidence"] >= 0.7
    assert row["evidence"]["cases"][0]["customer"] == demo.truth.worst[0].customer
    assert row["evidence"]["cases"][0]["id"] == demo.truth.worst[0].number
    assert mirror["choose"][0] == believed.OVERLOOKED


def test_what_is_contested_shows_both_views_and_finance_is_hidden(mirror: Json) -> None:
    apart = claim(mirror, believed.CONTESTED)["claimed"]["apart"]
    assert (apart["first"], apart["second"]) == ("executive", "front_line")
    assert apart["value"] >= 1 and apart["low"] > 0
    assert mirror["respondents"]["hidden"] == ["finance"]
    assert mirror["respondents"]["left_out"] == 2 and "finance" not in repr(mirror["claims"])


def test_what_cannot_be_shown_says_what_to_keep_trusted_first(mirror: Json) -> None:
    rows = mirror["unprovable"]
    unprovable = [row["claim"] for row in rows if row["name"] == "unprovable"]
    assert sorted(unprovable) == sorted(believed.UNPROVABLE)
    assert mirror["says"].startswith(f"Of 12 claims: {len(rows)} cannot be shown by any record, ")
    counts = [int(n) for n in re.findall(r"\d+", mirror["says"])]
    assert counts[0] == sum(counts[1:]), "each claim is counted once"
    trusted = [row["trusted"] for row in rows]
    assert trusted == sorted(trusted, reverse=True) and any(trusted)


def test_the_mirror_gives_no_verdict_that_the_claims_cannot_carry(mirror: Json) -> None:
    whole = mirror["confidence"]["groups"][0]
    assert whole["signed"]["value"] > 0 and not whole["excludes_zero"]
    assert "may be chance" in mirror["confidence"]["says"]
    assert mirror["scales"]["differ"] is False
