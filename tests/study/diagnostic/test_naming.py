"""Scores and gap names: by rule, in the stated order, up to what records can show."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from study.diagnostic.rounds import NOTHING, a_finding
from wellkept.study.diagnostic.answers import Action
from wellkept.study.diagnostic.claims.catalogue import BY_ID
from wellkept.study.diagnostic.evidence.finding import Found, NoRecord
from wellkept.study.diagnostic.naming import MEANS, RULES, WORDS, Case, name_of, open_action
from wellkept.study.diagnostic.scoring import Standing, comparable, gap_of, standings
from wellkept.study.diagnostic.strips import Strip
from wellkept.study.diagnostic.voices import Apart, Voice

P2 = BY_ID["P2"]
OWNED = Action("P2", "Alma", date(2026, 1, 1), date(2026, 12, 31))
ENDLESS = replace(OWNED, until=None)
LASTING = Strip(0.95, (), since_s=0, weeks_below=30, predictable=True)
SPLIT = Apart("executive", "front_line", 2.0, 1.1, 2.9)


def standing(found: Found | NoRecord, claim: str = "P2") -> Standing:
    return standings([BY_ID[claim]], [found]).standings[0]


def named(
    found: Found | NoRecord,
    level: float | None,
    sure: float | None = 0.8,
    action: Action | None = None,
    apart: Apart | None = None,
    recalled: int = 0,
    claim: str = "P2",
    n: int = 9,
) -> str:
    """Name the gap of a claim that some people put at `level`."""
    scores = standings([BY_ID[claim]], [found])
    voice = Voice(n, level, sure, recalled, 0, 0, apart=apart)
    return name_of(Case(found, scores.standings[0], voice, gap_of(scores, 0, level), action))


LOW, HIGH = a_finding(50, 100), a_finding(990, 1000)


def test_the_names_come_in_the_stated_order() -> None:
    assert list(WORDS)[:7] == [
        "unprovable", "overlooked", "normalised", "contested", "doubted", "in_hand", "held",
    ]  # fmt: skip
    assert [key for key, _ in RULES] == list(WORDS)[1:7]
    assert WORDS.keys() == MEANS.keys()


@pytest.mark.parametrize(
    ("name", "given"),
    {
        "unprovable": {"found": NOTHING, "level": 2.0},
        "unrecorded": {"found": NOTHING, "level": 1.0},
        "overlooked": {"found": LOW, "level": 3.0},
        "normalised": {"found": LOW, "level": 1.0, "sure": 0.6},
        "contested": {"found": LOW, "level": 3.0, "sure": 0.6, "apart": SPLIT},
        "doubted": {"found": HIGH, "level": 3.0, "sure": 0.4},
        "in_hand": {"found": LOW, "level": 3.0, "action": OWNED},
        "held": {"found": HIGH, "level": 3.0},
        "gap": {"found": LOW, "level": 3.0, "sure": 0.6},
        "too_few": {"found": a_finding(3, 9), "level": 3.0},
        "unanswered": {"found": LOW, "level": None, "n": 0},
        "hidden": {"found": LOW, "level": None, "n": 3},
        "open": {"found": a_finding(9, 10), "level": 3.0},
    }.items(),
)
def test_each_name_has_its_case(name: str, given: dict[str, Any]) -> None:
    assert named(**given) == name


def test_the_first_rule_that_fits_is_the_name() -> None:
    assert named(LOW, 3.0, apart=SPLIT) == "overlooked"
    assert named(LOW, 2.0, 0.6, apart=SPLIT) == "normalised"
    assert named(HIGH, 3.0, 0.4, apart=SPLIT) == "contested"


def test_an_owner_takes_away_overlooked_and_a_date_normalised() -> None:
    assert named(LOW, 3.0, action=ENDLESS) == "gap"
    assert named(LOW, 2.0, 0.6, action=ENDLESS) == "normalised"
    assert named(LOW, 2.0, 0.6, action=OWNED) == "in_hand"


def test_a_lasting_strip_makes_it_normalised_if_it_is_known() -> None:
    lasting = replace(LOW, strip=LASTING)
    assert named(lasting, 3.0, 0.6) == "gap"
    assert named(lasting, 3.0, 0.6, recalled=1) == "normalised"
    assert named(replace(LOW, strip=replace(LASTING, weeks_below=25)), 1.0, 0.6) == "gap"
    assert named(replace(LOW, strip=replace(LASTING, predictable=False)), 1.0, 0.6) == "gap"


def test_a_strip_that_does_not_get_better_is_not_in_hand() -> None:
    getting_worse = replace(LOW, strip=replace(LASTING, weeks_below=3))
    assert named(getting_worse, 3.0, action=OWNED) == "gap"
    better = replace(LOW, strip=replace(LASTING, weeks_below=3, improving=True))
    assert named(better, 3.0, action=OWNED) == "in_hand"


def test_below_ten_records_no_level_is_shown_unless_all_were_counted() -> None:
    assert standing(a_finding(9, 9)).state == "too_few"
    assert standing(a_finding(0, 0)).state == "no_record"
    whole = standing(a_finding(5, 5, census=True, conditions={4: 0.0}), "T4")
    assert (whole.state, whole.median, whole.unmet) == ("shown", 3, (4,))


def test_a_condition_that_no_record_tells_limits_what_can_be_shown_not_what_is_held() -> None:
    """Claimed 4, shown up to the 3 that records can show: held, not a gap of one level."""
    found = a_finding(995, 1000, conditions={4: None})
    scores = standings([BY_ID["P4"]], [found])
    assert scores.standings[0].ceiling == 3 and scores.standings[0].median == 3
    gap = gap_of(scores, 0, 4.0)
    assert gap is not None and gap.value == 0 and gap.below == pytest.approx(0, abs=1e-9)
    assert named(found, 4.0, claim="P4") == "held"
    assert named(a_finding(10, 1000, conditions={4: None}), 4.0, claim="P4") == "overlooked"


def test_a_condition_that_is_not_met_caps_and_is_held_against_the_claim() -> None:
    found = a_finding(995, 1000, conditions={4: 0.0})
    assert standing(found, "P4").ceiling == 4
    assert named(found, 4.0, claim="P4") == "overlooked"


def test_what_can_show_two_at_most_is_not_called_normalised_for_that() -> None:
    partly = a_finding(990, 1000, ceiling=2)
    assert named(partly, 2.0, 0.8) == "held"
    assert named(a_finding(50, 100, ceiling=2), 1.0, 0.6) == "normalised"


def test_calibration_takes_claims_with_thirty_records_that_can_be_judged() -> None:
    claims = [BY_ID[name] for name in ("P2", "V4", "P3", "R1", "T4")]
    found: list[Found | NoRecord] = [
        a_finding(20, 29),
        a_finding(20, 30),
        NOTHING,
        a_finding(99, 99, ceiling=2),
        a_finding(5, 5, census=True),
    ]
    scores = standings(claims, found)
    assert scores.counts.tolist() == [False, True, False, True, True]
    kept = comparable(scores, np.array([[3.0, 3.0, 3.0, 3.0, 3.0], [2.0, 2.0, 2.0, 2.0, np.nan]]))
    assert np.isnan(kept).tolist() == [
        [True, False, True, True, False],
        [True, False, True, False, True],
    ]


def test_an_action_is_open_from_its_first_day_to_its_last() -> None:
    actions = (OWNED, Action("P2", "Bruno", date(2025, 1, 1), date(2025, 6, 30)))
    for day, owner in ((date(2026, 6, 1), "Alma"), (date(2026, 12, 31), "Alma"),
                       (date(2025, 6, 30), "Bruno"), (date(2025, 7, 1), None)):  # fmt: skip
        found = open_action(actions, "P2", day)
        assert (found.owner if found else None) == owner
    assert open_action(actions, "V4", date(2026, 6, 1)) is None
