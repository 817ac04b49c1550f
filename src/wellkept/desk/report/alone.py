"""One tail card by itself, for a page that has its own frame."""

from functools import cache

from django.template import Context, Engine
from django.template.base import Template
from django.utils.safestring import SafeString

from wellkept.desk.report.cards import card_of
from wellkept.desk.report.moments import clock_of
from wellkept.desk.report.page import HERE, stylesheet
from wellkept.desk.report.reading import Fields, slug, text
from wellkept.desk.report.rows import Card
from wellkept.desk.report.saying import TAGS

ROOM = "measured"
"""The class of the element in which the card's style holds, and nowhere else."""


def card_alone(measure: Fields, *, zone: object, owners: bool = True) -> Card:
    """Return the tail card of one measure, large."""
    id = slug(text(measure, "name"))
    return card_of(measure, clock_of(zone), id=id, lead=True, owners=owners)


def drawn(card: Card) -> SafeString:
    """Return a card as HTML: every text of it is shown as text, never as markup."""
    return _template().render(Context({"card": card}, use_l10n=False, use_tz=False))


def style_alone() -> str:
    """Return the report's style, held inside elements of class ROOM; tokens are the page's."""
    _, _, rules = stylesheet().partition(";")
    return f".{ROOM}{{{rules}}}"


@cache
def _template() -> Template:
    return Engine(dirs=[str(HERE / "templates")], builtins=[TAGS]).get_template("_card.html")
