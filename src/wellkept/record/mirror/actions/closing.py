"""Locking a round, laying it beside the records once, and what follows from it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wellkept.record.access.batches import insert
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.mirror.actions.refusals import (
    NobodyAnswered,
    Revealed,
    StillOpen,
    ThreeAtMost,
    in_hand,
    open_in_hand,
    see_that_leads_all,
)
from wellkept.record.mirror.models import Choice, Round
from wellkept.record.mirror.rules import MOST_CHOSEN, Stage
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Kind, MadeTo

Actions = Sequence[Mapping[str, Any]]


@verb(Group.MANAGER)
def lock_round(
    *, round: Round, actions: Actions, print_of: Callable[[Round], str], at: datetime, by: By
) -> Round:
    """This will lock all answers of a round, so that nobody changes them any more.

    `print_of` gives the print of the answers; it is asked when no answer can come any more.
    `actions` are the promises to ourselves that run now, by keys. Raises RoundLocked, and
    NobodyAnswered.
    """
    see_that_leads_all(by)
    mine = open_in_hand(round)
    if not mine.respondents.exists():
        raise NobodyAnswered(_("Nobody has answered yet, so there is nothing to lock."))
    mine.locked_at, mine.actions = at.replace(microsecond=0), list(actions)
    mine.sha256 = print_of(mine)
    mine.save(update_fields=["locked_at", "sha256", "actions"])
    note(mine, respondents=mine.respondents.count())
    return mine


def see_that_reveals(round: Round, by: By) -> None:
    """This will refuse to reveal a round, before any record is read for it, as the verb would.

    Raises NotAllowed, StillOpen, Revealed.
    """
    see_that_leads_all(by)
    if round.stage is Stage.OPEN:
        raise StillOpen(_("No record is opened while answers are open: lock the round first."))
    if round.stage is Stage.REVEALED:
        raise Revealed(_("This round was laid beside the records already; open the next one."))


@verb(Group.MANAGER)
def reveal_round(*, round: Round, shown: Mapping[str, Any], at: datetime, by: By) -> Round:
    """This will keep what the records showed of a locked round; it is shown once, and stays.

    Raises StillOpen while answers can change, and Revealed for a second time.
    """
    mine = in_hand(round)
    see_that_reveals(mine, by)
    mine.revealed_at, mine.shown = at, dict(shown)
    mine.save(update_fields=["revealed_at", "shown"])
    note(mine)
    return mine


@verb(Group.MANAGER)
def choose_gaps(
    *, round: Round, promises: Mapping[str, Promise], at: datetime, by: By
) -> list[Promise]:
    """This will make promises to ourselves of gaps, given by claim as rows that are not saved.

    Raises StillOpen before anything was shown, ThreeAtMost, NotAPromise, NotTrue.
    """
    see_that_leads_all(by)
    mine = in_hand(round)
    if mine.stage is not Stage.REVEALED:
        raise StillOpen(_("Gaps are chosen when the records have been laid beside the answers."))
    there = mine.choices.count()
    if there + len(promises) > MOST_CHOSEN:
        raise ThreeAtMost(
            _(
                "At most three gaps of a round become promises; %(there)s are chosen. Three "
                "that are kept are worth more than ten that are not."
            )
            % {"there": there}
        )
    for one in promises.values():
        one.kind, one.made_to = Kind.DIAGNOSTIC.value, MadeTo.OURSELVES.value
    made = make_promises(promises=list(promises.values()), at=at, by=by)
    chosen = insert(
        [
            Choice(round=mine, claim=claim, place=there + place, promise=promise)
            for place, (claim, promise) in enumerate(zip(promises, made, strict=True), start=1)
        ]
    )
    note(mine, chosen, made, claims=list(promises))
    return made
