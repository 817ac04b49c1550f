"""The claims are data: complete, comparable, versioned, and ready to be translated."""

import ast
import dataclasses
import itertools
import json
from hashlib import sha256
from pathlib import Path

import pytest

from house import SOURCE
from wellkept.study.diagnostic import instrument
from wellkept.study.diagnostic.claim import AREAS, LADDER, VERSION, Claim
from wellkept.study.diagnostic.claims.catalogue import BY_ID, CLAIMS, SHORT
from wellkept.study.diagnostic.evidence.catalogue import EVIDENCES, KNOWN

DIAGNOSTIC = SOURCE / "study" / "diagnostic"
FINGERPRINT = "1 b43e11bba686c993"


def test_there_are_36_claims_four_to_an_area() -> None:
    assert len(CLAIMS) == 36 and len(BY_ID) == 36
    assert {a: sum(c.id[0] == a for c in CLAIMS) for a in AREAS} == dict.fromkeys("LMRIPVCOT", 4)
    assert [claim.area for claim in CLAIMS if claim.id.endswith("1")] == list(AREAS.values())


def test_the_short_form_has_twelve_of_the_fifteen_numbers() -> None:
    assert " ".join(claim.id for claim in SHORT) == "L1 M1 R2 I1 P1 P2 V1 V4 C1 O1 T1 T4"
    numbers = " ".join(claim.id for claim in CLAIMS if claim.number)
    assert numbers == "L1 M1 M3 R1 R2 I1 P1 P2 V1 V4 C1 C4 O1 T1 T4"


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_can_be_scored_and_said(claim: Claim) -> None:
    assert len(claim.anchors) == len(LADDER) == 5 and len(claim.cuts) == 4
    assert all(a <= b for a, b in itertools.pairwise(claim.cuts))
    assert claim.sentence.endswith(".") and ("÷" in claim.shows or claim.id == "T4")
    assert claim.keep and claim.gap and set(claim.conditions) <= {1, 2, 3, 4}
    same = [level for level in (2, 3, 4) if claim.cuts[level - 1] == claim.cuts[level - 2]]
    assert set(same) <= set(claim.conditions), "two levels with one cut need a condition"


def test_each_claim_has_its_own_evidence_and_no_evidence_is_left_over() -> None:
    assert [claim.evidence for claim in CLAIMS] == list(EVIDENCES)
    assert {evidence.id for evidence in KNOWN} <= EVIDENCES.keys()
    assert len(EVIDENCES) == 36


def test_a_changed_claim_needs_a_new_version() -> None:
    """Locked answers name the version: change VERSION, then this fingerprint."""
    told = json.dumps([dataclasses.asdict(claim) for claim in CLAIMS], sort_keys=True)
    assert f"{VERSION} {sha256(told.encode()).hexdigest()[:16]}" == FINGERPRINT


def claim_modules() -> list[Path]:
    return [
        *sorted((DIAGNOSTIC / "claims").glob("*.py")),
        DIAGNOSTIC / "instrument.py",
        DIAGNOSTIC / "naming.py",
    ]


def unmarked(path: Path) -> list[str]:
    """List the texts with a space in them that are neither marked for translation nor docs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
            allowed |= set(node.args)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(node.value)
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and " " in node.value and node not in allowed
    ]  # fmt: skip


@pytest.mark.parametrize("path", claim_modules(), ids=lambda path: path.name)
def test_every_text_is_marked_so_that_it_can_be_gathered(path: Path) -> None:
    assert unmarked(path) == []


def test_a_text_without_its_mark_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text('"""Doc here."""\nA = _("marked text")\nB = "bare text"\n')
    assert unmarked(tmp_path / "claims.py") == ["bare text"]


def test_a_claim_is_said_in_another_language_and_scored_as_before() -> None:
    [claim] = [claim for claim in CLAIMS if claim.id == "P1"]
    shouted = claim.said_in(str.upper)
    assert shouted.sentence == claim.sentence.upper() and shouted.anchors[0] == "NOT KNOWN"
    assert shouted.conditions[4].isupper() and shouted.number and shouted.number.question.isupper()
    assert (shouted.id, shouted.cuts, shouted.evidence) == (claim.id, claim.cuts, claim.evidence)


def test_the_instrument_is_whole() -> None:
    assert [vignette.level for vignette in instrument.VIGNETTES] == [1, 2, 3]
    assert {vignette.claim for vignette in instrument.VIGNETTES} == {"R2"}
    assert [question.id for question in instrument.CUSTOMER_QUESTIONS] == list("123456")
    assert all(claim in BY_ID for q in instrument.CUSTOMER_QUESTIONS for claim in q.claims)
    assert list(instrument.CONFIDENCE_WORDS) == [5, 25, 50, 75, 95]
    assert {instrument.LEADERS, instrument.FRONT} < instrument.GROUPS.keys()


def test_the_study_of_the_mirror_needs_no_web_framework() -> None:
    assert not [
        path.name for path in DIAGNOSTIC.rglob("*.py") if "django" in path.read_text("utf-8")
    ]
