"""Which deeds the one who asks may do at all, so that a page shows no button in vain."""

from collections.abc import Callable
from typing import Any

from wellkept.desk.web.asking import Asking
from wellkept.record.access.verbs import may
from wellkept.record.cases import actions as of_cases
from wellkept.record.promises import actions as of_promises

PROMISES: dict[str, Callable[..., Any]] = {
    "take": of_promises.take_promises,
    "accept": of_promises.accept_promises,
    "decline": of_promises.decline_promises,
    "offer": of_promises.offer_promises,
    "keep": of_promises.keep_promises,
    "move": of_promises.move_promises,
    "tell": of_promises.tell_customer,
    "end": of_promises.end_promises,
    "release": of_promises.release_promises,
    "take_back": of_promises.take_back_fulfilment,
    "correct": of_promises.correct_date,
    "confirm": of_promises.confirm_correction,
    "void": of_promises.void_promises,
    "cause": of_promises.annotate_cause,
    "make": of_promises.make_promises,
}


def on_promises(asking: Asking) -> dict[str, bool]:
    """This will tell for each deed whether the account's groups may do it."""
    return {name: may(asking.account, action) for name, action in PROMISES.items()}


CASES: dict[str, Callable[..., Any]] = {
    "acknowledge": of_cases.acknowledge_cases,
    "start": of_cases.start_work,
    "take": of_cases.take_cases,
    "accept": of_cases.accept_cases,
    "decline": of_cases.decline_cases,
    "offer": of_cases.offer_cases,
    "wait": of_cases.wait_for,
    "resume": of_cases.resume_cases,
    "restore": of_cases.restore_cases,
    "confirm": of_cases.confirm_cases,
    "refuse": of_cases.refuse_restoration,
    "close": of_cases.close_cases,
    "cancel": of_cases.cancel_cases,
    "reopen": of_cases.reopen_cases,
    "contact": of_cases.log_contact,
}


def on_cases(asking: Asking) -> dict[str, bool]:
    """This will tell for each deed on cases whether the account's groups may do it."""
    return {name: may(asking.account, action) for name, action in CASES.items()}
