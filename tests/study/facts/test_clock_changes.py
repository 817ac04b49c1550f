"""Times in the hours that a change of the clocks skips or repeats are kept, and told."""

import doctest
from pathlib import Path

from builders import MONDAY
from wellkept.study.facts import clock_changes
from wellkept.study.facts.folder import Asked, open_folder

NOW = int(MONDAY.timestamp())
TIMES = (
    "2025-03-30 01:59", "2025-03-30 02:30", "2025-03-30 03:30", "2025-10-26 01:59",
    "2025-10-26 02:30", "2025-10-26 02:45", "2025-10-26 03:00", "2025-06-01 02:30",
)  # fmt: skip


def test_the_examples_in_the_docstrings_hold() -> None:
    found = doctest.testmod(clock_changes)
    assert found.attempted > 0 and found.failed == 0


def test_a_time_that_does_not_exist_and_one_that_comes_twice_are_told_with_what_was_taken(
    tmp_path: Path,
) -> None:
    """In the zone that was stated, by column; an offset leaves no doubt, nor does another zone."""
    rows = "".join(
        f"T{n},Pump,{at},{at}:00+01:00,2025-12-0{n} 09:00\n" for n, at in enumerate(TIMES, 1)
    )
    (tmp_path / "cases.csv").write_text("ticket,subject,opened,acknowledged,closed\n" + rows)
    with open_folder(tmp_path, Asked(now_s=NOW, until_s=NOW, zone="Europe/Rome")) as facts:
        asked = "SELECT key, epoch_ms(reported_s * 1000) FROM case_rows ORDER BY key"
        moments = [f"{at:%m-%d %H:%M}" for _, at in facts.source.con.execute(asked).fetchall()]
        repaired = facts.understood["repaired"]
    assert moments == [
        "03-30 00:59", "03-30 01:30", "03-30 01:30", "10-25 23:59",
        "10-26 00:30", "10-26 00:45", "10-26 02:00", "06-01 00:30",
    ]  # fmt: skip
    skipped, repeated = (one for one in repaired if "Europe/Rome" in one["what"])
    assert "does not have" in skipped["what"] and "come twice" in repeated["what"]
    assert "“opened”" in skipped["what"] and "“opened”" in repeated["what"]
    (example,) = skipped["examples"]
    assert (skipped["count"], example["line"], example["value"]) == (1, 3, "2025-03-30 02:30")
    assert example["became"] == "2025-03-30 03:30+02:00"
    assert [(one["line"], one["became"]) for one in repeated["examples"]] == [
        (6, "2025-10-26 02:30+02:00"), (7, "2025-10-26 02:45+02:00"),
    ]  # fmt: skip
    with open_folder(tmp_path, Asked(now_s=NOW, until_s=NOW, zone="Asia/Tokyo")) as facts:
        assert not [one for one in facts.understood["repaired"] if "Asia/Tokyo" in one["what"]]
