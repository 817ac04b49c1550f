"""The evidences, one for each claim, by name: a new one is a line here, and scoring stays.

Definitions are the same for everybody: nothing but the scope can be chosen, and cut points stand
with the claims.
"""

from wellkept.study.diagnostic.claims.catalogue import CLAIMS
from wellkept.study.diagnostic.evidence import (
    counting,
    customers,
    knowledge,
    owners,
    parts,
    process,
    promises,
)
from wellkept.study.diagnostic.evidence.finding import Evidence, Found, NoRecord, Records

KNOWN = (
    Evidence("numbers_that_count_all", counting.numbers_that_count_all),
    Evidence("promises_recorded", counting.promises_recorded),
    Evidence("named_today", owners.named_today),
    Evidence("ownerless_hour", owners.ownerless_hour),
    Evidence("seen_in_24_months", knowledge.seen_in_24_months),
    Evidence("first_dates_kept", promises.first_dates_kept),
    Evidence("stopped_restored", promises.stopped_restored),
    Evidence("late_announced", promises.late_announced),
    Evidence("repeats_examined", promises.repeats_examined),
    Evidence("parts_in_time", parts.parts_in_time),
    Evidence("same_way_everywhere", process.same_way_everywhere),
    Evidence("peak_weeks", process.peak_weeks),
    Evidence("five_most_hurt", customers.five_most_hurt),
)
_FOUND_BY = {evidence.id: evidence for evidence in KNOWN}
EVIDENCES = {
    claim.evidence: _FOUND_BY.get(claim.evidence, Evidence(claim.evidence)) for claim in CLAIMS
}
"""By name, in the order of the claims; those that no record can show yet find nothing."""


def evidence_of(records: Records, ids: tuple[str, ...]) -> dict[str, Found | NoRecord]:
    """This will answer chosen evidences from records that were opened for locked answers."""
    return {name: EVIDENCES[name].of(records) for name in ids}
