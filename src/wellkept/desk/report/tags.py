"""`translate` and `blocktranslate` of the templates that draw documents.

They are written as the framework's own, so that its tool gathers their texts, and say them as
`saying` does, so that a file can be written without the framework's settings.
"""

from collections.abc import Mapping
from typing import Any

from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, TokenType, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from wellkept.desk.report.saying import as_composed, said

register = Library()


@register.simple_tag
def translate(text: str) -> str:
    """This will say a text."""
    return said(text)


@register.simple_tag
def quotation() -> str:
    """This will mark an element whose sentence stands as it was composed, in English."""
    return mark_safe(' lang="en"') if as_composed() else ""


class _Block(Node):
    """A text with places for values."""

    def __init__(self, text: str, values: Mapping[str, FilterExpression]) -> None:
        self.text, self.values = text, values

    def render(self, context: Context) -> SafeString:
        values = {name: one.resolve(context) for name, one in self.values.items()}
        shown = {name: conditional_escape(value) for name, value in values.items()}
        return mark_safe(said(self.text) % shown)


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    """This will say a text with values: `{% blocktranslate with n=x %}{{ n }} more{% end… %}`."""
    bits = token.split_contents()[1:]
    values: dict[str, Any] = token_kwargs(bits[1:], parser) if bits[:1] == ["with"] else {}
    text = ""
    while parser.tokens:
        part = parser.next_token()
        if part.token_type == TokenType.TEXT:
            text += part.contents.replace("%", "%%")
        elif part.token_type == TokenType.VAR:
            values.setdefault(part.contents, parser.compile_filter(part.contents))
            text += f"%({part.contents})s"
        elif part.contents == "endblocktranslate":
            return _Block(text, values)
        else:
            break
    raise TemplateSyntaxError("blocktranslate holds texts and values alone, to endblocktranslate")
