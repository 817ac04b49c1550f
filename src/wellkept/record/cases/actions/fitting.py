"""When a verb would do something to a case: the rules by which verbs refuse, for pages too.

Each reads the row in hand alone.
"""

from wellkept.record.cases.models import Case
from wellkept.record.cases.rules import State, WaitingOn
from wellkept.record.organisation.rules import Doer


def is_idle(case: Case) -> bool:
    """This will tell whether work on it could begin: it is not in work, or waits for somebody."""
    return case.state != State.IN_WORK or waits(case)


def waits(case: Case) -> bool:
    """This will tell whether it waits for somebody."""
    return case.waiting_on != WaitingOn.NOBODY


def is_open(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open."""
    return case.is_open


def has_ended(case: Case, doer: Doer) -> bool:
    """This will tell whether it was closed or cancelled."""
    return not case.is_open


def silent(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open, and nobody answered yet."""
    return case.is_open and case.acknowledged_at is None


def idle(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open, and work on it could begin."""
    return case.is_open and is_idle(case)


def waiting(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open, and waits for somebody."""
    return case.is_open and waits(case)


def not_restored(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open, and the customer cannot work yet."""
    return case.is_open and case.state != State.RESTORED


def restored(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open and was restored, so that the customer can say so."""
    return case.is_open and case.restored_at is not None


def free(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open, and nobody who is there owns it but the doer."""
    return case.is_open and doer.may_take(case.owner_id)


def owned(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open, and somebody owns it, there or not."""
    return case.is_open and case.owner_id is not None


def offered(case: Case, doer: Doer) -> bool:
    """This will tell whether it is open, and was offered to the doer."""
    return case.is_open and case.pk in doer.offered
