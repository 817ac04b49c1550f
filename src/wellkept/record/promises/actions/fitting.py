"""When a verb would do something to a promise: the rules by which verbs refuse, for pages too.

Each reads the row in hand alone: a row of the model, or what a list read of it.
"""

from typing import Any

from wellkept.record.organisation.rules import Doer
from wellkept.record.promises.rules import FAILED, is_owed, standing_of, was_fulfilled


def owed(one: Any, doer: Doer) -> bool:
    """This will tell whether it is still owed."""
    return is_owed(one)


def free(one: Any, doer: Doer) -> bool:
    """This will tell whether it is owed, and nobody who is there answers for it but the doer."""
    return is_owed(one) and doer.may_take(one.owner_id)


def owned(one: Any, doer: Doer) -> bool:
    """This will tell whether it is owed, and somebody is its owner, there or not."""
    return is_owed(one) and one.owner_id is not None


def offered(one: Any, doer: Doer) -> bool:
    """This will tell whether it was offered to the doer, who can decline it."""
    return doer.person is not None and one.offered_to_id == doer.person


def acceptable(one: Any, doer: Doer) -> bool:
    """This will tell whether it is owed, and was offered to the doer."""
    return is_owed(one) and offered(one, doer)


def movable(one: Any, doer: Doer) -> bool:
    """This will tell whether it is owed, and has a date that can be another."""
    return is_owed(one) and one.current_due is not None


def tellable(one: Any, doer: Doer) -> bool:
    """This will tell whether it names a customer, who can be told."""
    return one.customer_id is not None


def fulfilled(one: Any, doer: Doer) -> bool:
    """This will tell whether a fulfilment stands that can be taken back."""
    return was_fulfilled(one)


def dated(one: Any, doer: Doer) -> bool:
    """This will tell whether it has a first date, which can be wrong."""
    return one.first_due is not None


def not_void(one: Any, doer: Doer) -> bool:
    """This will tell whether it is not void yet."""
    return one.voided_at is None


def failed(one: Any, doer: Doer) -> bool:
    """This will tell whether it failed, so that there is a cause."""
    return standing_of(one, doer.at) in FAILED
