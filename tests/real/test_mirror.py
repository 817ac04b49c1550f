"""The mirror on real records: what they show of the claims, and what none of them could."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from study.diagnostic.rounds import closed, somebody
from wellkept.desk.brief import write_brief
from wellkept.desk.cli.diagnose import mirror_document, opened
from wellkept.study.diagnostic.answers import Round
from wellkept.study.diagnostic.claims.catalogue import CLAIMS
from wellkept.study.facts.folder import Asked

NOW_S = 1_790_000_000
SHOWN = {
    "scms_delivery": {"P1", "M2", "O3"},
    "bpi2013_volvo": {"R2"},
    "mta_elevators": {"P1", "I1", "M2"},
}
"""Which claims these records can show; every other is without a record, or has too few."""


@pytest.mark.parametrize("name", SHOWN)
def test_real_records_show_what_they_can_and_no_more(
    data_folder: Callable[[str], Path], name: str
) -> None:
    told = Round("full", (somebody(say={claim.id: (3, 0.85) for claim in CLAIMS}),))
    with opened(data_folder(name), Asked(now_s=NOW_S)) as records:
        found: dict[str, Any] = mirror_document(closed(told), records)
    json.dumps(found, allow_nan=False)
    states = {claim["id"]: claim["shown"]["state"] for claim in found["claims"]}
    assert {one for one, state in states.items() if state == "shown"} == SHOWN[name]
    assert len(found["unprovable"]) >= 30
    page = write_brief(found)
    for claim in found["claims"]:
        assert all(case["id"] in page for case in claim["evidence"]["cases"])
