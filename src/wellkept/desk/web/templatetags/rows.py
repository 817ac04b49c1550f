"""A row in a list: the template is rendered once for each shape of row, then filled in.

Fifty rows have some thirty texts and four forms each, and few shapes: with or without a customer,
an owner, an offer. A stencil has marks where values stand, which no text of ours has; it holds
nothing of a record, so it is kept for whoever asks in the same language with the same rights.
"""

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wellkept.desk.web.escaping import escaped
from wellkept.desk.web.left_cases import CaseRow
from wellkept.desk.web.promise_rows import Row
from wellkept.desk.web.times import Moment
from wellkept.desk.web.wording import MADE

register = template.Library()
MARK = re.compile("\ue000(.*?)\ue001")
PAGE = ("key", "back", "csrf_token")
"""What is the same for all rows of a list."""
stencils: dict[Any, str] = {}
MADE.append(stencils)


class Shown:
    """How one kind of row is shown: by which template, and which of its fields are texts."""

    def __init__(self, template: str, row: type[NamedTuple], moment: str, *shape: str) -> None:
        """This will name the field that holds a moment, and those the row takes its shape from."""
        names = tuple(row.__annotations__)
        self.template, self.moment = template, moment
        self.texts = tuple(name for name, kind in row.__annotations__.items() if kind is str)
        self.texts_of = itemgetter(*map(names.index, self.texts))
        self.shape_of = itemgetter(*map(names.index, shape))
        self.moment_of = itemgetter(names.index(moment))


PROMISE = Shown("web/_promise_row.html", Row, "due", "can", "owed")
CASE = Shown("web/_case_row.html", CaseRow, "reported", "can_take")


@register.simple_tag(takes_context=True)
def promise_rows(context: Context, rows: Sequence[Row], key: str) -> SafeString:
    """This will give the rows of a list of promises; `key` begins their names on the page."""
    return _drawn(PROMISE, rows, _of_page(context, key))


@register.simple_tag(takes_context=True)
def case_rows(context: Context, rows: Sequence[CaseRow], key: str) -> SafeString:
    """This will give the rows of a list of cases; `key` begins their names on the page."""
    return _drawn(CASE, rows, _of_page(context, key))


def _drawn(shown: Shown, rows: Iterable[Any], around: dict[str, str]) -> SafeString:
    language, drawn = get_language(), []
    for row in rows:
        texts, moment = shown.texts_of(row), shown.moment_of(row)
        shape = (shown, language, shown.shape_of(row), moment is None, *map(bool, texts))
        if shape not in stencils:
            stencils[shape] = _stencil(shown, row)
        values = dict(zip(shown.texts, map(escaped, texts), strict=True))
        if moment is not None:
            for name, value in zip(Moment._fields, moment, strict=True):
                values[f"{shown.moment}.{name}"] = escaped(value)
        drawn.append(stencils[shape] % (around | values))
    return mark_safe("".join(drawn))


@register.simple_tag(takes_context=True)
def marks(
    context: Context, name: str, texts: object = None, first: str | None = None
) -> SafeString:
    """This will give what a field wears: wrong, and by which words; where one goes on, the focus.

    `first` is the name of the field to go on at, that of the page where it is not given.
    """
    go_on = context.get("first") if first is None else first
    worn = [format_html(' aria-invalid="true" aria-describedby="{}-wrong"', name)] if texts else []
    return mark_safe("".join([*worn, *([" autofocus"] if go_on == name else [])]))


def _of_page(context: Context, key: str) -> dict[str, str]:
    """What stands in each row of this list; made once for it."""
    request: Any = context["request"]
    known: dict[str, dict[str, str]] = request.__dict__.setdefault("around_rows", {})
    if key not in known:
        back = request.get_full_path() if request.method == "GET" else str(context.get("here", ""))
        said = (key, back, str(context.get("csrf_token", "")))
        known[key] = dict(zip(PAGE, map(escaped, said), strict=True))
    return known[key]


def _stencil(shown: Shown, row: Any) -> str:
    """A row of the same shape with marks for values, as a text to be filled in."""
    marks: dict[str, Any] = {name: _mark(name) for name in shown.texts if getattr(row, name)}
    if shown.moment_of(row) is not None:
        said = (_mark(f"{shown.moment}.{name}") for name in Moment._fields)
        marks[shown.moment] = Moment(*said)
    around: dict[str, Any] = {name: _mark(name) for name in PAGE}
    drawn = render_to_string(shown.template, around | {"row": row._replace(**marks)})
    return MARK.sub(r"%(\1)s", drawn.replace("%", "%%"))


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"
