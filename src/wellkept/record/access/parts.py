"""The part of a table that somebody sees, in a statement whose text is made once: see `kept`.

What `visible` says depends on the scopes of an account, on its key, and on the keys of the few
rows that it reaches: its teams, the person behind it. The scopes and how many keys there are make
the text; the keys are values. So the text is made for somebody who has marks for keys.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet

from wellkept.record.access.gate import Few, Reached, visible_in_parts
from wellkept.record.access.kept import Sql, asked, kept, sql_of
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope

Makes = Callable[..., Sql]


class Reach(NamedTuple):
    """What the gate asks of an account beside its key: its scopes, and whether it is of ours."""

    scopes: frozenset[Scope]
    is_ours: bool


def kept_for(make: Makes, model: type[Model], *shape: Any, to: Account, **values: Any) -> Sql:
    """This will give the statement `make(to, *shape, **values)`, with its text made once.

    `make` may ask the gate what the account sees of rows of the model, and of no other; `shape`
    and `values` are as `kept` has them.
    """
    reach = Reach(frozenset(to.scopes), bool(to.groups - {Group.PORTAL}))
    few: Few = to.__dict__.setdefault("few", Few())
    many: list[tuple[Reached, int]] = []
    named: dict[str, int] = {}
    for reached in _reached_by(reach, model):
        if reached not in few.known:
            found = asked(kept(_few, reach, model, reached, account=to.pk))
            few.known[reached] = [key for (key,) in found]
        keys = few.known[reached]
        named |= {f"few{len(many)}_{number}": key for number, key in enumerate(keys)}
        many.append((reached, len(keys)))
    return kept(_made, make, reach, tuple(many), *shape, account=to.pk, **named, **values)


@cache
def _reached_by(reach: Reach, model: type[Model]) -> tuple[Reached, ...]:
    """Of which rows the keys are named, where it is asked what is seen of a model."""
    return tuple(_selections(reach, model, 0))


def _few(reach: Reach, model: type[Model], reached: Reached, account: int) -> Sql:
    return sql_of(_selections(reach, model, account)[reached])


def _selections(reach: Reach, model: type[Model], account: int) -> Mapping[Reached, QuerySet[Any]]:
    """What finds the keys of few rows, where it is asked what an account sees of a model."""
    noted = _Noted()
    visible_in_parts(model._default_manager.all(), to=_stand_in(account, reach, noted))
    return noted.asked


class _Noted(Few):
    """Keys of nothing, and a note of what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[Reached, QuerySet[Any]] = {}

    def keys(self, reached: Reached, rows: QuerySet[Any, int]) -> list[int]:
        self.asked[reached] = rows
        return []


def _made(make: Makes, reach: Reach, many: Any, *shape: Any, account: int, **values: Any) -> Sql:
    few = Few()
    for number, (reached, length) in enumerate(many):
        few.known[reached] = [values.pop(f"few{number}_{key}") for key in range(length)]
    try:
        return make(_stand_in(account, reach, few), *shape, **values)
    except EmptyResultSet:
        return Sql("select 0 as pk where 1 = 0")  # they see nothing of it, whatever it would give


def _stand_in(account: int, reach: Reach, few: Few) -> Account:
    """Somebody with a mark for a key, who asks the record nothing."""
    made = Account(pk=account)
    group = Group.READ_ONLY if reach.is_ours else Group.PORTAL
    made.held = frozenset((group, scope) for scope in reach.scopes)
    made.__dict__["few"] = few
    return made
