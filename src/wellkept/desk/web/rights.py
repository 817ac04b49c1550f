"""Which deeds the one who asks may do to rows in hand: what a page shows, by the gate of the deed.

A deed asks three things: whether one of their groups may, whether the row is in that group's
reach, and whether the row's own state lets it. A page asks the same three of the same functions:
the groups of the verb, `gate.decided`, and `fits`. Of a list the reach is asked in one statement
for all of its rows, and in none where somebody decides about all that they see.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.record.access import gate
from wellkept.record.access.rules import WRITERS, Group, Scope
from wellkept.record.access.verbs import may, rule_of, who_may
from wellkept.record.cases import actions as of_cases
from wellkept.record.organisation.queries import RollCall, roll_call
from wellkept.record.organisation.rules import Doer, Whereabouts
from wellkept.record.promises import actions as of_promises
from wellkept.record.promises.models import Promise

Verb = Callable[..., Any]
Deeds = frozenset[str]
"""The names of the deeds that can be done to one row."""
NONE: Deeds = frozenset()

PROMISES: dict[str, Verb] = {
    "take": of_promises.take_promises,
    "accept": of_promises.accept_promises,
    "decline": of_promises.decline_promises,
    "offer": of_promises.offer_promises,
    "assign": of_promises.assign_promises,
    "keep": of_promises.keep_promises,
    "move": of_promises.move_promises,
    "tell": of_promises.tell_customer,
    "end": of_promises.end_promises,
    "release": of_promises.release_promises,
    "take_back": of_promises.take_back_fulfilment,
    "correct": of_promises.correct_date,
    "void": of_promises.void_promises,
    "cause": of_promises.annotate_cause,
    "unassign": of_promises.unassign_promises,
    "edit": of_promises.correct_promise,
    "remark": of_promises.remark_on,
}
CASES: dict[str, Verb] = {
    "acknowledge": of_cases.acknowledge_cases,
    "start": of_cases.start_work,
    "take": of_cases.take_cases,
    "accept": of_cases.accept_cases,
    "decline": of_cases.decline_cases,
    "offer": of_cases.offer_cases,
    "assign": of_cases.assign_cases,
    "wait": of_cases.wait_for,
    "agree": of_cases.agree_to_wait,
    "resume": of_cases.resume_cases,
    "restore": of_cases.restore_cases,
    "confirm": of_cases.confirm_cases,
    "refuse": of_cases.refuse_restoration,
    "close": of_cases.close_cases,
    "cancel": of_cases.cancel_cases,
    "reopen": of_cases.reopen_cases,
    "contact": of_cases.log_contact,
    "code": of_cases.code_case,
    "unassign": of_cases.unassign_cases,
    "edit": of_cases.correct_case,
    "remark": of_cases.remark_on_cases,
}


def on_promises(asking: Asking, rows: Collection[Any], *, seen: bool = True) -> dict[int, Deeds]:
    """This will tell for each promise, by its key, what can be done to it: `deeds_on`."""
    return deeds_on(asking, Promise, rows, PROMISES, seen=seen)


def deeds_on(
    asking: Asking,
    model: type[Model],
    rows: Collection[Any],
    verbs: Mapping[str, Verb],
    *,
    seen: bool = True,
    offered: frozenset[int] = frozenset(),
) -> dict[int, Deeds]:
    """This will tell for each row of a model, by its key, which of some verbs can be done to it.

    `seen` says that the rows came through the gate of reading; `offered` are keys of those that
    were offered to the one who asks, where a row does not say so itself.
    """
    mine = {name: verb for name, verb in verbs.items() if may(asking.account, verb)}
    keys = {one.pk for one in rows}
    held = asking.account.scopes_for
    groups_by_scopes = {held(who_may(verb)): who_may(verb) for verb in mine.values()}
    reach = {
        scopes: decided_among(asking, model, keys, groups, seen=seen)
        for scopes, groups in groups_by_scopes.items()
    }  # groups that are held for the same rows reach the same ones
    asked = [(name, reach[held(who_may(verb))], rule_of(verb)) for name, verb in mine.items()]
    doer = doer_of(asking, offered)
    return {
        one.pk: frozenset(
            name
            for name, reached, rule in asked
            if one.pk in reached and (rule is None or rule(one, doer))
        )
        for one in rows
    }


def decided_among(
    asking: Asking,
    model: type[Model],
    keys: Collection[int],
    groups: Iterable[Group],
    *,
    seen: bool = True,
) -> Collection[int]:
    """This will leave the keys of rows that the one who asks decides about by some groups."""
    groups = frozenset(groups)
    if not keys or (seen and gate.decides_all_seen(asking.account, groups)):
        return keys
    if Scope.ALL in asking.account.scopes_for(groups):
        return keys
    rows = model._default_manager.filter(pk__in=keys)
    return set(gate.decided(rows, by=asking.account, groups=groups).values_list("pk", flat=True))


def decides(asking: Asking, row: Model, verb: Verb) -> bool:
    """This will tell whether the one who asks may do a verb to a row that they see."""
    reached = decided_among(asking, type(row), [row.pk], who_may(verb))
    return may(asking.account, verb) and row.pk in reached


def doer_of(asking: Asking, offered: frozenset[int] = frozenset()) -> Doer:
    """This will say who asks, as a verb's rule on a row wants it."""
    person = asking.person
    return Doer(
        None if person is None else person.pk, asking.now, lambda: where_of(asking), offered
    )


def where_of(asking: Asking) -> Mapping[int, Whereabouts]:
    """This will say where everybody is."""
    return roll_of(asking).where


def roll_of(asking: Asking) -> RollCall:
    """This will say where everybody is and who works here; asked once for a request."""
    known: dict[str, Any] = asking.request.__dict__
    if "roll" not in known:
        known["roll"] = roll_call(asking.now)
    roll: RollCall = known["roll"]
    return roll


def not_theirs(asking: Asking) -> str:
    """This will say why a page shows no deed to somebody who may do some elsewhere."""
    if not asking.account.groups & WRITERS:
        return ""
    return _(
        "You see this; those whose part it is decide about it, and managers who see everything."
    )
