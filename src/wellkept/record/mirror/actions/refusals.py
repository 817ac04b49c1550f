"""Why a round says no, and the one way to take it in hand."""

from django.utils.translation import gettext as _

from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By, NotAllowed, reaches_all
from wellkept.record.journal.rules import Refusal
from wellkept.record.mirror.models import Round
from wellkept.record.mirror.rules import Stage


class RoundLocked(Refusal):
    """Answers are locked; nobody changes them any more."""


class StillOpen(Refusal):
    """Answers can still change, so no record is opened."""


class NobodyAnswered(Refusal):
    """There is nothing to lock."""


class LinkServes(Refusal):
    """A link has been ended, or as many have answered by it as it is for."""


class AnswersNameNobody(Refusal):
    """An answer was to be written down under somebody's account."""


class NoSuchGroup(Refusal):
    """This is none of the groups that answer."""


class ThreeAtMost(Refusal):
    """More gaps than three would become promises."""


class Revealed(Refusal):
    """A round is laid beside the records once."""


def in_hand(round: Round) -> Round:
    """This will read a round afresh and hold it until the verb ends."""
    return Round.objects.select_for_update().get(pk=round.pk)


def open_in_hand(round: Round) -> Round:
    """This will hold a round whose answers can change; raises RoundLocked."""
    mine = in_hand(round)
    if mine.stage is not Stage.OPEN:
        raise RoundLocked(
            _(
                "The answers were locked on %(locked_at)s UTC; nothing can be changed any "
                "more. The next round asks again."
            )
            % {"locked_at": f"{mine.locked_at:%Y-%m-%d %H:%M}"}
        )
    return mine


def see_that_leads_all(by: By) -> None:
    """This will refuse whoever manages a part of the rows: a round is about all; NotAllowed."""
    if not reaches_all(by, Group.MANAGER):
        raise NotAllowed(
            _(
                "A round is about everybody's records, and you decide about a part of them. Ask "
                "a manager who sees everything, or an administrator."
            )
        )


def see_that_nobody_signs(by: By) -> None:
    """This will refuse to put an account beside an answer; raises AnswersNameNobody."""
    if by is not None:
        raise AnswersNameNobody(
            _(
                "An answer is written down without the account it came from. Call this as a "
                "run of the machine."
            )
        )
