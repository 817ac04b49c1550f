"""What becomes of an asset: its state, what its stop means to the customer."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import locked, update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.access.wording import said
from wellkept.record.installed_base.actions.rights import KEEPERS, log, see_that_past
from wellkept.record.installed_base.models import Asset
from wellkept.record.installed_base.rules import ONWARD, Consequence, CostBand, State, may_become
from wellkept.record.journal.rules import Refusal


class NotThatWay(Refusal):
    """An asset does not go from this state to that one."""


@verb(*KEEPERS)
def change_state(
    *,
    assets: Sequence[Asset],
    state: State,
    reason: str,
    happened_at: datetime,
    at: datetime,
    by: By,
) -> None:
    """This will bring assets into a state; one that is in it stays. Raises NotThatWay, NotYet.

    The reason is a code, as worn or sold.
    """
    see_that_past(happened_at, at)
    changing = [one for one in locked(assets, of=Asset) if one.state != state.value]
    before = {one.pk: one.state for one in changing}
    for one in changing:
        if not may_become(State(one.state), state):
            able = ", ".join(sorted(said(state) for state in ONWARD[State(one.state)]))
            raise NotThatWay(
                _("%(number)s is %(state)s, and cannot become %(wanted)s; it can become: %(able)s.")
                % {
                    "number": one.number,
                    "state": said(one.state),
                    "wanted": said(state),
                    "able": able,
                }
            )
        one.state = state.value
    update(changing, ["state"])
    log(
        changing, state.value, at=at, by=by, happened=happened_at, old=before, new=state.value,
        reason=reason,
    )  # fmt: skip
    note(changing, state=state)


@verb(*KEEPERS)
def rate_consequence(
    *, assets: Sequence[Asset], consequence: Consequence, said_by: str, at: datetime, by: By
) -> None:
    """This will say what a stop of assets means to the customer, and who said so (their role)."""
    changing = locked(assets, of=Asset)
    before = {one.pk: Consequence(one.consequence).word for one in changing}
    for one in changing:
        one.consequence, one.consequence_said_by = consequence.value, said_by
        one.consequence_said_at = at
    update(changing, ["consequence", "consequence_said_by", "consequence_said_at"])
    log(changing, "consequence", at=at, by=by, old=before, new=consequence.word)
    note(changing, consequence=consequence.word)


@verb(*KEEPERS)
def rate_cost(
    *, assets: Sequence[Asset], band: CostBand, said_by: str, at: datetime, by: By
) -> None:
    """This will say what an hour of downtime costs the customer, in a band, and who said so."""
    changing = locked(assets, of=Asset)
    before = {one.pk: one.cost_band for one in changing}
    for one in changing:
        one.cost_band, one.cost_band_said_by, one.cost_band_said_at = band.value, said_by, at
    update(changing, ["cost_band", "cost_band_said_by", "cost_band_said_at"])
    log(changing, "cost_band", at=at, by=by, old=before, new=band.value)
    note(changing, band=band)
