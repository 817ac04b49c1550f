"""New York elevators, 2018: the average return is early, and EL700X breaks 15 of 19 promises."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from real.measured import Document, beside, measured, of

LATE, EARLY = "snapshot2_2018-05-22.csv", "snapshot1_2018-04-03.csv"


def copied(data_folder: Callable[[str], Path], to: Path, *names: str) -> Path:
    for name in names:
        shutil.copy(data_folder("mta_elevators") / name, to / name)
    return to


def test_the_source_counts_595_of_4351_and_our_rule_597_of_4339(both: Document) -> None:
    """Source: ended rows, due yet or not. Ours: due by the last moment, open past it is broken."""
    kept = of(both, "promise_kept_rate")
    told = beside(kept, "Ended rows only")
    assert told["n"] == 4351 and told["text"].startswith("595 of them late")
    assert (kept["share_beyond"]["k"], kept["share_beyond"]["n"]) == (597, 4339)
    assert kept["open"] == 2


def test_the_elevator_behind_the_average_is_named(both: Document) -> None:
    rows = {row["name"]: row for row in of(both, "promise_kept_rate")["hit"]["rows"]}
    assert (rows["EL700X"]["k"], rows["EL700X"]["n"]) == (15, 19)
    assert (rows["EL279X"]["k"], rows["EL279X"]["n"]) == (13, 13)
    worst = of(both, "promise_lateness")["worst"][0]
    assert worst["asset"] == "EL700X" and worst["value"] == pytest.approx(1096.99, abs=0.01)


def test_lateness_of_ended_rows_is_what_the_source_gives(both: Document) -> None:
    """README: p50 -3.931, p90 0.486, p95 4.894, p99 41.236, max 1096.986 of 4,351."""
    told = beside(of(both, "promise_lateness"), "Ended rows only, early counted as negative")
    found = [told["quantiles"][name]["value"] for name in ("p50", "p90", "p95", "p99")]
    assert found == pytest.approx([-3.931, 0.486, 4.894, 41.236], abs=5e-4)
    assert told["max"] == pytest.approx(1096.986, abs=5e-4)


def test_downtime_is_the_sources_and_ours_counts_silence_and_open_ones(both: Document) -> None:
    """README: p50 3.353, p90 9.144, p99 58.703 of 4,351; the feed was silent twice."""
    restore = of(both, "time_to_restore")
    told = beside(restore, "Ended rows only")
    found = [told["quantiles"][name]["value"] for name in ("p50", "p90", "p99")]
    assert told["n"] == 4351 and found == pytest.approx([3.353, 9.144, 58.703], abs=5e-4)
    assert restore["n"] == 4359 and restore["open"] == 8 + 24
    assert restore["quantiles"]["p99"]["value"] > 58.703
    silent = [
        one["text"] for one in both["understood"]["suspicions"] if "same second" in one["text"]
    ]
    assert len(silent) == 2 and silent[0].startswith("17 rows")


def test_nine_open_rows_of_the_first_snapshot_are_closed_in_the_second(
    data_folder: Callable[[str], Path], tmp_path: Path, both: Document
) -> None:
    first = measured(copied(data_folder, tmp_path, EARLY))
    assert first["understood"]["facts"]["downtime"] == 2034
    told = beside(of(first, "promise_kept_rate"), "Ended rows only")
    assert told["n"] == 2034 - 9
    assert both["understood"]["facts"]["downtime"] == 4359
    again = [note for note in both["understood"]["repaired"] if "several files" in note["what"]]
    assert again[0]["count"] == 2034


def test_what_was_known_at_the_first_snapshot_is_the_first_snapshot(
    data_folder: Callable[[str], Path], tmp_path: Path
) -> None:
    alone = measured(copied(data_folder, tmp_path, EARLY))
    at = int(datetime.fromisoformat(alone["until"]).timestamp())
    assert datetime.fromtimestamp(at, tz=UTC).year == 2018
    then = measured(data_folder("mta_elevators"), known_s=at)
    kept, kept_then = of(alone, "promise_kept_rate"), of(then, "promise_kept_rate")
    assert kept["share_beyond"] == kept_then["share_beyond"]
    assert then["understood"]["facts"]["downtime"] == 2034
