"""What looks wrong is said as a sentence with advice; what looks right stays unsaid."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.sources.profiled import a_table, understood
from wellkept.record.sources.left_over import of_left_over
from wellkept.record.sources.recipe_reading import read_recipe
from wellkept.record.sources.suspicions import (
    HourCounts,
    QuietSpell,
    in_future,
    office_hours,
    pairs_to_check,
    silence,
    silences,
)
from wellkept.record.sources.understanding import PairCheck

OFFICE = tuple(100 if 8 <= hour < 17 else 2 for hour in range(24))
ROUND_THE_CLOCK = (40,) * 24
DAY = [f"2024-03-{day:02d} 08:00:00" for day in range(1, 29)]


def test_times_labelled_utc_in_office_hours_are_asked_about() -> None:
    found = office_hours(HourCounts("opened_at", OFFICE, labelled="+00:00"))
    assert found is not None
    assert "labelled +00:00" in found.text and "between 8 h and 18 h" in found.text
    assert "local time?" in found.text
    assert "zone =" in found.advice


def test_times_without_a_label_in_office_hours_are_local_and_unsuspicious() -> None:
    assert office_hours(HourCounts("opened_at", OFFICE)) is None


def test_office_hours_in_the_night_point_to_another_zone() -> None:
    shifted = OFFICE[10:] + OFFICE[:10]
    found = office_hours(HourCounts("opened_at", shifted))
    assert found is not None and "UTC perhaps?" in found.text


@pytest.mark.parametrize(
    "hours",
    [
        HourCounts("t", ROUND_THE_CLOCK, labelled="+00:00"),
        HourCounts("t", tuple(count // 50 for count in OFFICE), labelled="+00:00"),
        HourCounts("t", OFFICE, labelled="+00:00", stated="Europe/Rome"),
        HourCounts("t", OFFICE, labelled="+02:00"),
    ],
    ids=["round the clock", "too few", "the zone is stated", "a local label"],
)
def test_without_evidence_nothing_is_said_about_the_zone(hours: HourCounts) -> None:
    assert office_hours(hours) is None


def test_hours_need_24_counts() -> None:
    with pytest.raises(ValueError, match="24 counts"):
        office_hours(HourCounts("t", (1, 2, 3)))


# Silence of a feed


def steady(hours: int, every_s: int = 1800) -> list[tuple[int, int]]:
    return [(at, 1) for at in range(0, hours * 3600, every_s)]


def test_a_feed_that_was_silent_is_found_by_the_ends_that_follow_at_once() -> None:
    ends = steady(100)
    back = ends[-1][0] + 9 * 3600
    ends += [(back, 17), *((back + at, 1) for at, _ in steady(50)[1:])]
    assert silences(ends) == (QuietSpell(ends[199][0], back, 17),)


def test_a_quiet_night_without_a_burst_is_no_silence() -> None:
    ends = steady(100)
    ends.append((ends[-1][0] + 9 * 3600, 1))
    assert silences(ends) == ()


def test_a_nightly_batch_is_a_habit_not_a_silence() -> None:
    assert silences([(day * 86400, 40) for day in range(60)]) == ()


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 50))))
def test_a_silence_always_lies_between_two_ends(ends: list[tuple[int, int]]) -> None:
    ordered = sorted(dict(ends).items())
    for spell in silences(ordered):
        assert spell.to_s - spell.from_s >= 6 * 3600
        assert spell.rows >= 5
        assert {spell.from_s, spell.to_s} <= {moment for moment, _ in ordered}


def test_the_advice_for_a_silence_is_a_recipe_that_reads() -> None:
    at = int(datetime(2018, 2, 21, 14, 3, 38, tzinfo=UTC).timestamp())
    found = silence(QuietSpell(at - 31699, at, 17), "first_missed")
    assert "17 rows end in the same second" in found.text and "8.8 hours" in found.text
    lines = found.advice.split("[[silence]] ")[1].removesuffix(".").replace(", to", "\nto")
    recipe = read_recipe(f"[[silence]]\n{lines}")
    assert recipe.silences[0].to == datetime(2018, 2, 21, 14, 3, 38, tzinfo=UTC)


# Columns


def test_rounded_identifiers_are_said_because_two_machines_may_share_one() -> None:
    rows = [[f"6.3770{i}E+15", f"M-{i}", "KSB"] for i in range(6)]
    one = understood("Asset number; Model; Manufacturer", rows)
    assert any("spreadsheet rounded" in found.text for found in one.suspicions)


def test_states_coded_by_numbers_are_asked_about() -> None:
    rows = [[f"T-{i}", DAY[i], str(i % 3 + 1)] for i in range(9)]
    one = understood("Ticket; Created; State", rows)
    assert any("codes its states by numbers" in found.text for found in one.suspicions)


def test_a_verdict_that_never_differs_is_asked_about() -> None:
    rows = [[f"T-{i}", DAY[i % 28], DAY[i % 28], "true"] for i in range(24)]
    one = understood("Ticket; Created; Due; SLA met", rows)
    assert any("Every row of ‘SLA met’ says ‘true’" in found.text for found in one.suspicions)


def test_days_that_could_be_months_are_asked_about_with_the_line_for_the_recipe() -> None:
    rows = [[f"T-{i}", f"0{i + 1}/0{i + 2}/2024"] for i in range(6)]
    one = understood("Ticket; Reported", rows)
    [found] = [found for found in one.suspicions if "Reported" in found.text]
    assert 'reported = "%d/%m/%Y"' in found.advice


def left_over(header: str, rows: list[list[str]]) -> list[str]:
    """What is doubted of columns that nobody reads, each as its sentence and its advice."""
    one = understood(header, rows)
    _, profiles = a_table(header, rows)
    found = of_left_over(one.shape, one.roles, {profile.key: profile for profile in profiles})
    return [f"{doubt.text} {doubt.advice}" for doubt in found]


def test_dates_that_a_spreadsheet_turned_come_with_the_recipe_that_turns_them_back() -> None:
    days = [f"2024-{month:02}-{day:02} 08:00:00" for month, day in enumerate(range(1, 7), 4)]
    days += ["19/03/2024 08:00", "22/03/2024 08:00", "30/03/2024 08:00"]
    one = understood("Ticket; Opened", [[f"T-{i}", day] for i, day in enumerate(days)])
    [found] = [found for found in one.suspicions if "took days for months" in found.text]
    assert "days 1 to 12 (6 " in found.text and "stayed text (3)" in found.text
    advice = found.advice.split("[table.formats] ")[1].removesuffix(".")
    recipe = read_recipe(f'[[table]]\nfile = "t.csv"\n[table.formats]\n{advice}')
    assert [one.pattern for one in recipe.tables[0].formats["reported"]] == [
        "%d/%m/%Y %H:%M",
        "%Y-%d-%m %H:%M:%S",
    ]


def test_dates_in_a_form_that_nobody_knows_are_not_passed_over() -> None:
    rows = [[f"J-{i}", DAY[i], f"2024-03-0{i + 1} 08-12 h"] for i in range(6)]
    [said] = left_over("Job; Reported; Promised date", rows)
    assert "‘Promised date’ looks like dates, as in ‘2024-03-01 08-12 h’" in said
    assert left_over("Job; Reported; Closed", [[*row[:2], "yes"] for row in rows]) == []


def test_hours_beside_a_date_that_were_not_joined_with_it_are_told() -> None:
    rows = [[f"T-{i}", f"2024-03-{i + 11}", f"{i + 8}:15"] for i in range(6)]
    [said] = left_over("Ticket; Opened; Uhrzeit Werkstor", rows)
    assert "‘Uhrzeit Werkstor’ holds times of day, which were not read" in said
    assert 'reported = { date = "Opened", time = "Uhrzeit Werkstor" }' in said
    assert left_over("Ticket; Opened; Uhrzeit", rows) == []


def test_cases_that_no_column_dates_are_told_with_the_columns_that_might() -> None:
    rows = [[f"T-{i}", "x" * i, DAY[i], DAY[i + 1]] for i in range(1, 7)]
    [said] = left_over("Ticket; Subject; Zzyx; Closed", rows)
    assert "nobody knows what the dates in ‘Zzyx’ mean" in said and "reported =" in said


def test_numbers_of_things_written_with_decimals_are_told() -> None:
    rows = [[f"{10040 + i}.0", DAY[i]] for i in range(6)]
    [said] = left_over("Ticket; Opened", rows)
    assert "‘Ticket’ writes whole numbers with .0 behind" in said


def ticket(pairs: list[PairCheck]) -> list[str]:
    rows = [[f"T-{i}", DAY[i], DAY[i + 1], DAY[i + 2]] for i in range(25)]
    one = understood("Ticket; Opened; Closed; Due", rows, pairs=pairs)
    return [found.text for found in one.suspicions]


def test_a_close_before_the_report_is_said_with_its_number() -> None:
    said = ticket([PairCheck("c1", "c2", both=400, ordered=380)])
    assert said == ["‘Closed’ is earlier than ‘Opened’ on 20 of 400 rows."]


def test_a_due_date_that_equals_the_report_on_every_row_is_said() -> None:
    said = ticket([PairCheck("c1", "c3", both=400, ordered=400, equal=399)])
    assert said == ["‘Due’ equals ‘Opened’ on 399 of 400 rows."]


def test_moments_in_their_order_are_not_suspicious() -> None:
    assert ticket([PairCheck("c1", "c2", both=400, ordered=400, equal=3)]) == []


def test_the_pairs_to_count_are_those_of_the_roles_that_are_there() -> None:
    rows = [[f"T-{i}", DAY[i], DAY[i + 1], DAY[i + 2]] for i in range(5)]
    one = understood("Ticket; Opened; Closed; Due", rows)
    assert set(pairs_to_check(one.roles)) == {("c1", "c2"), ("c1", "c3")}


def test_moments_after_the_records_were_taken_are_said() -> None:
    taken = datetime(2024, 3, 1, tzinfo=UTC)
    late = datetime(2031, 3, 1, tzinfo=UTC)
    found = in_future("Closed", 3, late, taken)
    assert found is not None and "3 moments of ‘Closed’" in found.text and "2031" in found.text
    assert in_future("Closed", 0, late, taken) is None
    assert in_future("Closed", 3, taken, taken) is None
