"""The forms of a promise in a list: rendered once for a page, then filled in for each row."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wellkept.desk.web.promise_rows import Row

register = template.Library()
FILLED = ("href", "zone", "suggested")
"""What differs from row to row."""
KEPT = "wellkept_promise_forms"


@register.simple_tag(takes_context=True)
def promise_forms(context: Context, row: Row, back: str = "") -> SafeString:
    """This will give the forms of a row; they lead back to `back`.

    Thirty texts and four forms stand in each of fifty rows: the page renders them once, with marks
    that no text of ours has, and puts the row's values in their place.
    """
    request: Any = context["request"]
    kept: dict[str, str] = request.__dict__.setdefault(KEPT, {})
    if back not in kept:
        marks = {name: _mark(name) for name in FILLED}
        shown = {"may": context.get("may"), "back": back, **marks}
        kept[back] = render_to_string("web/_promise_forms.html", shown, request)
    text = kept[back]
    for name in FILLED:
        text = text.replace(_mark(name), escape(getattr(row, name)))
    return mark_safe(text)  # a template of ours, filled with what was escaped


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"
