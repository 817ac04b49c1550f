"""The one gate: what a person may see of any rows, in one place."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import connections
from django.db.models import (
    Exists,
    ForeignKey,
    ForeignObjectRel,
    Model,
    OuterRef,
    Q,
    QuerySet,
)

from wellkept.record.access.models import Account, how_scoped
from wellkept.record.access.rules import Group, Scope

Rows = TypeVar("Rows", bound=QuerySet[Any])
Reached = tuple[type[Model], Scope]
"""Rows of a model of which an account reaches few, by a scope."""


class Few:
    """The keys of few rows that an account reaches: each selection is asked once for a request."""

    def __init__(self) -> None:
        """This will begin with nothing asked."""
        self.known: dict[Reached, list[int]] = {}

    def keys(self, reached: Reached, rows: QuerySet[Any, int]) -> list[int]:
        """This will give the keys that a selection finds."""
        if reached not in self.known:
            self.known[reached] = list(rows)
        return self.known[reached]


def visible(rows: Rows, *, to: Account, led: bool = False, walked: bool = False) -> Rows:
    """This will leave the rows that the account may see; every read of the desk passes here.

    Scopes add up: whoever is planner for a region and engineer for their own sees both. An
    account without a group, or shut, sees nothing. Rows are the same where they are `led`, that is
    found by something else; what is seen is then no way to them. Where they are `walked` in an
    order, a way of several steps is none on PostgreSQL, which would join it last. Raises Unscoped
    for a model that has not said how its rows are scoped.
    """
    how = how_scoped(rows.model)
    if how.sealed:
        return rows.none()
    if Scope.ALL in to.scopes or (how.everybody and to.groups - {Group.PORTAL}):
        return rows
    apart = walked and connections[rows.db].vendor == "postgresql"
    return rows.filter(_seen(rows.model, to, to.scopes, frozenset(), led=led, apart=apart))


def decided(rows: Rows, *, by: Account, groups: Collection[Group]) -> Rows:
    """This will leave the rows that the account decides about by groups that may do something.

    Whoever reads everything and coordinates a team sees all rows and decides about the team's:
    only the scopes for which these groups are held count here. Raises Unscoped as `visible` does.
    """
    scopes = by.scopes_for(groups)
    how = how_scoped(rows.model)
    if how.sealed or not scopes:
        return rows.none()
    if Scope.ALL in scopes or how.everybody:
        return rows
    return rows.filter(_seen(rows.model, by, scopes, frozenset()))


def decides_all_seen(by: Account, groups: Collection[Group]) -> bool:
    """This will tell whether somebody decides, by these groups, about every row that they see.

    So it is where they hold them as far as any other group; then nothing has to be asked of rows.
    """
    scopes = by.scopes_for(groups)
    return bool(scopes) and (Scope.ALL in scopes or by.scopes <= scopes)


def visible_in_parts(rows: Rows, *, to: Account) -> list[Rows]:
    """This will leave the same rows as `visible`, each in one part at least.

    An owner *or* somebody who was offered it: no index serves both at once, each has its own.
    """
    how = how_scoped(rows.model)
    if how.sealed or how.everybody or Scope.ALL in to.scopes:
        return [visible(rows, to=to)]
    return [
        rows.filter(part) for part in _parts(rows.model, to, to.scopes, frozenset(), by_sets=True)
    ]


def _seen(
    model: type[Model],
    to: Account,
    scopes: frozenset[Scope],
    passed: frozenset[type[Model]],
    *,
    led: bool = False,
    apart: bool = False,
) -> Q:
    """The condition on the rows of a model; `passed` models are on the way already: no circles."""
    seen = Q(pk__in=())
    for part in _parts(model, to, scopes, passed, led=led, apart=apart):
        seen |= part
    return seen


def _parts(
    model: type[Model],
    to: Account,
    scopes: frozenset[Scope],
    passed: frozenset[type[Model]],
    *,
    by_sets: bool = False,
    led: bool = False,
    apart: bool = False,
) -> list[Q]:
    how = how_scoped(model)
    parts = [
        _through(model, path, scope, to, by_sets=by_sets, led=led or (apart and "__" in path))
        for scope in scopes
        for path in how.paths(scope)
    ]
    if how.by_links and model not in passed:
        parts += [_linked(link, to, scopes, passed | {model}) for link in _links(model)]
    return parts


def _through(
    model: type[Model],
    path: str,
    scope: Scope,
    to: Account,
    *,
    by_sets: bool = False,
    led: bool = False,
) -> Q:
    """Rows whose path ends at the account, or at a row that this scope shows to it.

    `by_sets` says the first step of a path as a set, of which an index leads to the rows; as a
    join it leaves a list to be walked in its own order, and as a set where they are `led`.
    """
    end, many = _end(model, path)
    if end is Account:
        seen = _owned(model, path, to, led=led)
    else:
        onward = how_scoped(end).paths(scope)
        if not onward:
            raise TypeError(f"{model._meta.label} is scoped by {path}, which leads no further.")
        reached = Q(pk__in=())
        for one in onward:
            reached |= _through(end, one, scope, to)
        seen = Q(**{f"{path}__in": _keys(end, scope, reached, to)})
        head, _, rest = path.partition("__")
        first = model._meta.get_field(head).related_model
        if (by_sets or led) and not many and isinstance(first, type):
            ends: Any = _keys(end, scope, reached, to)
            if rest:
                ends = first._default_manager.filter(**{f"{rest}__in": ends}).values("pk")
            seen = Q(**{f"{head}__{'among' if led else 'in'}": ends})
    return Q(pk__in=model._default_manager.filter(seen).values("pk")) if many else seen


def _owned(model: type[Model], path: str, to: Account, *, led: bool = False) -> Q:
    """Rows whose path ends at the account: each step a set of keys, not a join.

    An owner or somebody who was offered it: of two sets an index serves each, of two joins none.
    Where they are `led`, neither does: all that somebody ever had would be gathered.
    """
    head, _, rest = path.partition("__")
    field = None if head == "pk" else model._meta.get_field(head)
    if not rest or field is None or field.one_to_many or field.many_to_many:
        return Q(**{path: to.pk})
    onward = field.related_model
    assert isinstance(onward, type)  # `_end` has walked the path
    how = "among" if led and isinstance(field, ForeignKey) else "in"
    return Q(**{f"{head}__{how}": _keys(onward, Scope.OWN, _owned(onward, rest, to), to)})


def _keys(model: type[Model], scope: Scope, condition: Q, to: Account) -> Any:
    """The keys of rows that a scope shows: a selection; named, once for a request, where few."""
    rows = model._default_manager.filter(condition).values_list("pk", flat=True)
    if not how_scoped(model).few:
        return rows
    few: Few = to.__dict__.setdefault("few", Few())
    return few.keys((model, scope), rows)


def _end(model: type[Model], path: str) -> tuple[type[Model], bool]:
    """The model at the end of a path, and whether the path forks, so that rows would repeat."""
    many = False
    for step in path.split("__"):
        if step == "pk":
            return model, many
        field = model._meta.get_field(step)
        onward = field.related_model
        if not isinstance(onward, type):
            raise TypeError(f"{model._meta.label} has no relation {step!r} to be scoped by.")
        many |= bool(field.one_to_many or field.many_to_many)
        model = onward
    return model, many


def _links(model: type[Model]) -> list[ForeignObjectRel]:
    return [
        relation
        for relation in model._meta.related_objects
        if relation.one_to_many or relation.one_to_one
    ]


def _linked(
    link: ForeignObjectRel, to: Account, scopes: frozenset[Scope], passed: frozenset[type[Model]]
) -> Q:
    """Rows that a visible row of another model points to."""
    pointing = link.related_model
    if not isinstance(pointing, type):
        raise TypeError(f"{link!r} points from nowhere")
    how = how_scoped(pointing)
    if how.sealed:
        return Q(pk__in=())
    shown = pointing._default_manager.filter(**{link.field.name: OuterRef("pk")})
    if how.everybody and to.groups - {Group.PORTAL}:
        return Q(Exists(shown))
    return Q(Exists(shown.filter(_seen(pointing, to, scopes, passed))))
