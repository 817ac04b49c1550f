"""All claims in their order, and the twelve of the short form."""

from wellkept.study.diagnostic.claim import Claim
from wellkept.study.diagnostic.claims import (
    availability,
    commercial,
    knowledge,
    leadership,
    measuring,
    process,
    promises,
    roles,
    trust,
)

CLAIMS: tuple[Claim, ...] = (
    *leadership.CLAIMS,
    *measuring.CLAIMS,
    *roles.CLAIMS,
    *knowledge.CLAIMS,
    *promises.CLAIMS,
    *availability.CLAIMS,
    *commercial.CLAIMS,
    *process.CLAIMS,
    *trust.CLAIMS,
)
SHORT = tuple(claim for claim in CLAIMS if claim.short)
BY_ID = {claim.id: claim for claim in CLAIMS}
PLACE = {claim.id: place for place, claim in enumerate(CLAIMS)}
