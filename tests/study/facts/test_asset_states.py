"""A log of states tells outages; what nobody saw is neither an outage nor a repair."""

from pathlib import Path
from typing import Any

import pytest

from study.facts.folders import HOUR, Found, Row, at, csv, facts, folder
from wellkept.study.facts.folder import FolderFacts
from wellkept.study.measures.run import run
from wellkept.study.measures.window import Window

LOG = "equipmentnumber,type,state,stateExplanation,datetime"
UNTIL = "2026-03-03 00:00"


def told(tmp_path: Path, *rows: str, recipe: str = "", **more: str) -> Found:
    """The facts of a log of lifts; `more` are further files."""
    files = {"fasta.csv": csv(LOG, *rows)} | {f"{n}.csv": text for n, text in more.items()}
    return facts(folder(tmp_path, files, recipe), until=UNTIL)


def row(lift: int, state: str, moment: str, why: str = "") -> str:
    return f"100{lift},ELEVATOR,{state},{why},2026-03-{moment}:00"


def spell(found: Found, lift: int) -> list[tuple[int, int | None, int | None]]:
    """From, to and seen until, of one lift."""
    mine = [one for one in found.downtimes if one["asset"] == f"100{lift}"]
    return [(one["from_s"], one["to_s"], one["censored_s"]) for one in mine]


def hours(text: str) -> int:
    return at(f"2026-03-{text}")


CHANGES = (
    row(1, "ACTIVE", "01 00:00"),
    row(2, "ACTIVE", "01 00:00"),
    row(3, "INACTIVE", "01 00:00"),
    row(1, "INACTIVE", "01 06:00", "door stuck"),
    row(1, "ACTIVE", "01 08:00"),
    row(2, "INACTIVE", "01 10:00"),
    row(2, "UNKNOWN", "01 12:00", "monitoring disrupted"),
    row(2, "ACTIVE", "02 12:00"),
    row(3, "ACTIVE", "01 20:00"),
    row(1, "UNKNOWN", "02 00:00"),
    row(1, "INACTIVE", "02 03:00"),
    row(1, "ACTIVE", "02 05:00"),
    row(2, "INACTIVE", "02 20:00"),
)


def test_down_until_up_again_is_an_outage_of_the_named_lift(tmp_path: Path) -> None:
    found = told(tmp_path, *CHANGES)
    assert spell(found, 1)[0] == (hours("01 06:00"), hours("01 08:00"), None)
    [mine] = [one for one in found.downtimes if one["settled"]]
    assert (mine["asset"], mine["about"]) == ("1001", "door stuck")
    assert spell(found, 2)[1] == (hours("02 20:00"), None, None), "still down at the end"


def test_an_outage_that_runs_into_the_unknown_is_only_known_to_have_lasted_so_far(
    tmp_path: Path,
) -> None:
    found = told(tmp_path, *CHANGES)
    assert spell(found, 2)[0] == (hours("01 10:00"), None, hours("01 12:00"))
    assert "run into a time that nobody saw: 1." in found.suspicions


def test_an_outage_that_nobody_saw_begin_is_a_lower_bound(tmp_path: Path) -> None:
    """Lift 1 comes out of the unknown, lift 3 was down when the log began."""
    found = told(tmp_path, *CHANGES)
    assert spell(found, 1)[1] == (hours("02 03:00"), hours("02 05:00"), hours("02 05:00"))
    assert spell(found, 3) == [(hours("01 00:00"), hours("01 20:00"), hours("01 20:00"))]
    assert [one["settled"] for one in found.downtimes].count(True) == 1


def test_hours_that_nobody_saw_count_neither_as_able_nor_as_down(tmp_path: Path) -> None:
    """Lift 1: 45 h seen, 4 down; lift 2: 24 h seen, 6 down; lift 3: 48 h seen, 20 down."""
    cards = measured(tmp_path, *CHANGES)
    able = cards["availability"]
    assert able["value"]["value"] == pytest.approx(1 - (4 + 6 + 20) / (45 + 24 + 48))
    assert [(one["asset"], round(one["value"], 4)) for one in able["worst"]] == [
        ("1003", round(28 / 48, 4)), ("1002", 0.75), ("1001", round(41 / 45, 4)),
    ]  # fmt: skip
    assert able["open"] == 1
    rate = cards["unplanned_downtime"]
    assert rate["value"]["value"] == pytest.approx(1000 * 30 / 117)


def test_of_the_time_to_restore_only_what_was_seen_from_end_to_end_is_settled(
    tmp_path: Path,
) -> None:
    card = measured(tmp_path, *CHANGES)["time_to_restore"]
    assert (card["n"], card["open"]) == (5, 4), "one is down now; three were seen in part"
    assert sum(1 for one in card["worst"] if one["open"]) == 1
    beside = {one["title"]: one["n"] for one in card["beside"]}
    assert beside["Seen in part"] == 3


def measured(tmp_path: Path, *rows: str) -> dict[str, Any]:
    """The measures of such a log by name."""
    cards: dict[str, Any] = {}

    def look(opened: FolderFacts) -> None:
        window = Window(until_s=opened.until_s)
        found = run(opened.source, window, opened.where)
        cards.update({one["name"]: one for one in found["measures"]})

    facts(folder(tmp_path, {"fasta.csv": csv(LOG, *rows)}), until=UNTIL, look=look)
    return cards


def test_where_changes_are_told_the_first_fall_ends_a_time_of_serving(tmp_path: Path) -> None:
    """Lift 4 is first spoken of when it fails; it had served since the log began."""
    found = told(tmp_path, *CHANGES, row(4, "INACTIVE", "02 12:00"), row(4, "ACTIVE", "02 14:00"))
    assert spell(found, 4) == [(hours("02 12:00"), hours("02 14:00"), None)]
    assert watched_h(found, 4) == 48


def watched_h(found: Found, lift: int) -> float:
    rows = [one for one in found.tables["watch"] if one["asset"] == f"100{lift}"]
    return float(sum(one["to_s"] - one["from_s"] for one in rows)) / HOUR


def polled(lift: int, states: str, first: int = 0) -> list[str]:
    """One answer an hour: + up, - down, blank: nobody asked."""
    words = {"+": "ACTIVE", "-": "INACTIVE", "?": "UNKNOWN"}
    return [
        row(lift, words[state], f"{1 + (first + hour) // 24:02} {(first + hour) % 24:02}:00")
        for hour, state in enumerate(states)
        if state != " "
    ]


def test_who_asks_every_hour_knows_nothing_of_hours_in_which_he_did_not_ask(
    tmp_path: Path,
) -> None:
    """Lift 1 answers always; lift 2 goes dark while down, for ten hours, and is up afterwards."""
    rows = [*polled(1, "+" * 48), *polled(2, "+" * 10 + "---" + " " * 10 + "+" * 25)]
    found = told(tmp_path, *rows)
    assert spell(found, 2) == [(hours("01 10:00"), None, hours("01 12:00"))]
    assert watched_h(found, 1) == 48
    assert watched_h(found, 2) == 48 - 11


def test_a_lift_of_the_register_that_was_never_asked_is_not_called_able(tmp_path: Path) -> None:
    register = csv("equipmentnumber,manufacturer,location", "1001,Kone,Hbf", "1009,Otis,Ost")
    rows = [*polled(1, "+" * 40 + "-" * 8), *polled(2, "+" * 48)]
    found = told(tmp_path, *rows, facilities=register)
    assert watched_h(found, 9) == 0
    assert any(one["asset"] == "1009" for one in found.tables["watch"])


@pytest.mark.parametrize(("up", "down"), [("ACTIVE", "INACTIVE"), ("1", "0")])
def test_a_raster_with_a_column_for_each_lift_is_put_one_below_the_other(
    tmp_path: Path, up: str, down: str
) -> None:
    """Lift 2 is down from ten to twelve, lift 3 was not asked before six."""
    rows = [
        f"2026-03-01 {hour:02}:00:00,{up},{down if hour in (10, 11) else up},{up * (hour > 5)}"
        for hour in range(24)
    ]
    raster = csv("createdAt,1001,1002,1003", *rows)
    found = facts(folder(tmp_path, {"raster.csv": raster}), until="2026-03-01 23:00")
    assert [(one["asset"], one["to_s"] - one["from_s"]) for one in found.downtimes] == [
        ("1002", 2 * HOUR)
    ]
    assert [watched_h(found, lift) for lift in (1, 2, 3)] == [23, 23, 17]
    assert "has a column for each asset" in str(found.understood["repaired"])


def test_words_of_its_own_are_stated_in_the_recipe(tmp_path: Path) -> None:
    recipe = """
[[table]]
file = "states.csv"
shape = "asset_state"
[table.words.asset_state]
"3" = "up"
"7" = "down"
"8" = "planned down"
"""
    log = csv("Machine,Status,Time", "M1,3,2026-03-01 00:00", "M1,7,2026-03-01 05:00",
              "M1,3,2026-03-01 06:00", "M1,8,2026-03-01 08:00", "M1,9,2026-03-01 09:00",
              "M1,3,2026-03-02 00:00")  # fmt: skip
    found = facts(folder(tmp_path, {"states.csv": log}, recipe), until=UNTIL)
    first, second = found.downtimes
    assert (first["to_s"] - first["from_s"], first["planned"]) == (HOUR, None)
    assert (second["to_s"], second["censored_s"], second["planned"]) == (
        None, hours("01 09:00"), True,
    )  # fmt: skip
    assert "‘9’" in found.suspicions and "table.words.asset_state" in found.suspicions


def test_a_log_of_states_with_strange_words_is_not_read_until_they_are_explained(
    tmp_path: Path,
) -> None:
    log = csv("Machine,Status,Time", *(f"M{n % 3},{n % 7},2026-03-01 {n:02}:00" for n in range(20)))
    found = facts(folder(tmp_path, {"states.csv": log, "cases.csv": CASES}), until=UNTIL)
    assert not found.downtimes
    assert 'shape = "asset_state"' in found.left_out


CASES = csv("Ticket,Opened,Closed", "T1,2026-03-01 08:00,2026-03-01 09:00",
            "T2,2026-03-01 08:00,2026-03-02 09:00")  # fmt: skip


def test_rows_without_a_lift_or_a_moment_are_said(tmp_path: Path) -> None:
    found = told(tmp_path, *CHANGES, ",ELEVATOR,INACTIVE,,2026-03-02 10:00:00")
    assert "without a moment or without an asset" in found.left_out


def test_part_files_and_repeated_exports_tell_one_story(tmp_path: Path) -> None:
    """The log of each day in a file of its own, the second again with the first."""
    first = [one for one in CHANGES if "-03-01" in one]
    parts = told(tmp_path, *first, day2=csv(LOG, *[c for c in CHANGES if "-03-02" in c]))
    again = told(tmp_path, *first, day2=csv(LOG, *CHANGES))
    whole = told(tmp_path, *CHANGES)

    def story(found: Found) -> list[Row]:
        kept = ("asset", "from_s", "to_s", "censored_s", "about")
        rows = [{name: one[name] for name in kept} for one in found.downtimes]
        return sorted(rows, key=lambda one: (one["asset"], one["from_s"]))

    assert story(parts) == story(whole) == story(again)
