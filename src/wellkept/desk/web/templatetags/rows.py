"""A promise in a list: the template is rendered once for each shape of row, then filled in.

Fifty rows have some thirty texts and four forms each, and few shapes: with or without a customer,
an owner, an offer. A stencil has marks where values stand, which no text of ours has.
"""

import re
from dataclasses import fields, replace
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from wellkept.desk.web.promise_rows import Row
from wellkept.desk.web.times import Moment

register = template.Library()
KEPT = "wellkept_stencils"
MARK = re.compile("\ue000(.*?)\ue001")
OF_DUE = tuple(one.name for one in fields(Moment))


@register.simple_tag(takes_context=True)
def promise_row(context: Context, row: Row, key: str) -> SafeString:
    """This will give a row of a list of promises; `key` begins its name on the page."""
    request: Any = context["request"]
    stencils: dict[Any, str] = request.__dict__.setdefault(KEPT, {})
    values = {name: str(getattr(row, name)) for name in _texts()}
    shape = (key, row.owed, row.to_me, row.mine, row.due is None, *map(bool, values.values()))
    if shape not in stencils:
        shown = {"row": _stencil(row), "key": key, "may": context["may"], "me": context["me"]}
        stencils[shape] = render_to_string("web/_promise_row.html", shown, request)
    if row.due is not None:
        values |= {f"due.{name}": getattr(row.due, name) for name in OF_DUE}
    return mark_safe(MARK.sub(lambda mark: escape(values[mark[1]]), stencils[shape]))


@lru_cache(maxsize=1)
def _texts() -> tuple[str, ...]:
    return tuple(one.name for one in fields(Row) if one.type in (str, "str"))


def _stencil(row: Row) -> Row:
    """A row of the same shape with marks for values."""
    marks: dict[str, Any] = {name: _mark(name) for name in _texts() if getattr(row, name)}
    due = None if row.due is None else Moment(*(_mark(f"due.{name}") for name in OF_DUE))
    return replace(row, due=due, **marks)


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"
