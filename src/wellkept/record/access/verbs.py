"""The form of a verb: keyword-only, own transaction, its right, its one row in the journal.

    class SiteClosed(Refusal): ...

    @verb(Group.COORDINATOR, Group.MANAGER)
    def close_sites(*, sites: Sequence[Site], at: datetime, by: By) -> None:
        …                                # refuse, then write
        note(sites, fields=["closed_on"])   # keys and codes; verb, who and when are known

A verb takes many rows; one row is a batch of one. `by` is None for a run of the machine. A verb
may call verbs of its own room and of rooms below: each writes its own journal row, all in the
outermost transaction. One that returns without having noted anything raises Unnoted, since a
change without a trace is a fault of ours; `note([])` says that nothing had to change.
"""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from wellkept.record.access.columns import Keys
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.sentences import sentence_of
from wellkept.record.access.turns import turn
from wellkept.record.access.wording import said
from wellkept.record.journal.actions import write
from wellkept.record.journal.rules import Refusal

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
By = Account | None
"""Who does it; None is a run of the machine, which may do everything."""

Rows = models.Model | Keys | Iterable[models.Model]
Fits = Callable[[Any, Any], bool]
"""Whether a verb has something to do on a row, for somebody at a moment: see `fits`."""


class NotAllowed(Refusal):
    """Somebody may not do this; the sentence says who may."""


class NotTrue(Refusal):
    """The database refused rows that contradict what must always be true."""


class Unnoted(RuntimeError):
    """A verb ended without a word to the journal: a fault of the verb, not of who called it."""


@dataclass(slots=True)
class _Running:
    """One call of a verb, as long as it runs."""

    name: str
    by: By
    at: datetime
    noted: bool = False


_running: ContextVar[_Running | None] = ContextVar("running verb", default=None)
_groups: dict[str, frozenset[Group]] = {}
_fits: dict[str, Fits] = {}


def verb(
    *groups: Group, fits: Fits | None = None
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """This will make a function a verb that these groups, and always an administrator, may call.

    `fits` says of a row, and of who would do it when, whether the verb would change something: by
    the same rules by which the verb refuses. Lists ask it before they show a button.
    The function must take keyword arguments only, among them `at` and `by`. Its calls raise
    NotAllowed, NotTrue where the database refuses the rows with one of our constraints, Unnoted.
    """

    def make(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
        name = _name(function)
        _check_form(function, name)
        _groups[name] = frozenset(groups) | {Group.ADMINISTRATOR}
        if fits is not None:
            _fits[name] = fits

        @wraps(function)
        def call(*args: Given.args, **given: Given.kwargs) -> Answer:
            at, by = given["at"], given["by"]
            if not isinstance(at, datetime) or at.tzinfo is None:
                raise ValueError(f"{name} needs `at` as an aware moment, not {at!r}")
            if by is not None and not isinstance(by, Account):
                raise TypeError(f"{name} needs `by` as an account or None, not {by!r}")
            _see_to_right(name, by)
            token = _running.set(running := _Running(name, by, at))
            try:
                with turn(connection), transaction.atomic():
                    answer = function(*args, **given)
                    if not running.noted:
                        raise Unnoted(f"{name} noted nothing: call note(rows), or note([])")
                return answer
            except IntegrityError as problem:
                raise NotTrue(sentence_of(problem)) from problem
            finally:
                _running.reset(token)

        return call

    return make


def note(*rows: Rows, **details: Any) -> None:
    """This will write the journal row of the running verb: the keys of the rows, and details.

    Details are codes, figures, names of fields, never a person's words: NotForTheJournal. Call
    it once, at the end, with all rows of the batch; raises Unnoted outside a verb or twice.
    """
    running = _running.get()
    if running is None:
        raise Unnoted("note() was called outside a verb")
    if running.noted:
        raise Unnoted(f"{running.name} notes twice: gather the rows of the batch and note once")
    running.noted = True
    flat: list[models.Model] = []
    keys: dict[str, Sequence[int]] = {}
    for one in rows:
        if isinstance(one, Keys):
            keys[one.model._meta.label_lower] = one.keys
        else:
            flat.extend([one] if isinstance(one, models.Model) else one)
    by = None if running.by is None else running.by.pk
    write(verb=running.name, by=by, at=running.at, rows=flat, keys=keys, details=details)


def may(user: Account, action: Callable[..., Any]) -> bool:
    """This will tell whether the account may call a verb at all (which rows is `visible`'s)."""
    return bool(user.groups & who_may(action))


def fits(action: Callable[..., Any], row: Any, doer: Any) -> bool:
    """This will tell whether a verb would do something to a row, as it stands, for its doer.

    Nothing is read: the row is in hand. A verb that says nothing of it fits every row.
    """
    rule = rule_of(action)
    return rule is None or rule(row, doer)


def rule_of(action: Callable[..., Any]) -> Fits | None:
    """This will give the rule by which a verb fits a row; None where it fits every row."""
    return _fits.get(_name(action))


def reaches_all(by: By, *groups: Group) -> bool:
    """This will tell whether somebody holds one of the groups for all rows; administrators do."""
    if by is None or Group.ADMINISTRATOR in by.groups:
        return True
    return Scope.ALL in by.scopes_for(groups)


def see_that_reaches_all(by: By, *groups: Group) -> None:
    """This will refuse somebody limited to a part who would decide who sees which part.

    Raises NotAllowed: they could let themselves see everything.
    """
    if not reaches_all(by, *groups):
        raise NotAllowed(
            _(
                "You see a part of the rows, so you may not decide who sees which. Ask a manager "
                "who sees everything, or an administrator."
            )
        )


def see_that_holds_for_all(by: By, *groups: Group) -> None:
    """This will refuse somebody limited to a part who would change what holds for every row.

    Raises NotAllowed: a role, a calendar, a commitment reaches beyond what they see.
    """
    if not reaches_all(by, *groups):
        raise NotAllowed(
            _(
                "This is about everybody's rows, and you see a part of them. Ask somebody who "
                "sees everything, or an administrator."
            )
        )


def who_may(action: Callable[..., Any]) -> frozenset[Group]:
    """This will name the groups that may call a verb; raises KeyError for what is no verb."""
    return _groups[_name(action)]


def every_verb() -> dict[str, frozenset[Group]]:
    """This will list the verbs loaded so far, by name, with the groups that may call them."""
    return dict(_groups)


def _name(function: Callable[..., Any]) -> str:
    room = function.__module__.removeprefix("wellkept.record.").split(".")[0]
    return f"{room}.{function.__name__}"


def _check_form(function: Callable[..., Any], name: str) -> None:
    taken = signature(function).parameters
    loose = [key for key, one in taken.items() if one.kind is not Parameter.KEYWORD_ONLY]
    if loose or not {"at", "by"} <= taken.keys():
        raise TypeError(f"{name} is no verb: all its arguments are keywords, with `at` and `by`")


def _see_to_right(name: str, by: By) -> None:
    if by is None or by.groups & _groups[name]:
        return
    able = ", ".join(sorted(said(group) for group in _groups[name]))
    raise NotAllowed(
        _(
            "You may not do this. It is for: %(able)s. Ask one of them, or an administrator for "
            "the access."
        )
        % {"able": able}
    )
