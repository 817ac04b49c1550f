"""Running the catalogue: every measure the records allow, a line for each they do not."""

from concurrent.futures import ThreadPoolExecutor

from wellkept.study.facts.source import Source
from wellkept.study.measures.card import Card, Json, Where
from wellkept.study.measures.catalogue import MEASURES, Measure
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.customers import owed
from wellkept.study.measures.once import Once
from wellkept.study.measures.selections import SHARED
from wellkept.study.measures.window import Window

AT_ONCE = 2
"""Measures reckoned side by side: while one waits for its rows, another works on its own."""


def run(source: Source, window: Window, where: Where) -> Json:
    """This will give `measures`, `absent` and `letting_down` of the measure document."""
    source = Once(source, SHARED)
    measures, absent = [], []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        cards = list(pool.map(lambda one: one.reckon(source, window), MEASURES))
    for measure, card in zip(MEASURES, cards, strict=True):
        if card is None:
            absent.append({"name": measure.name, "title": measure.title, "needs": measure.needs})
        else:
            card = _about_groups(card, window)
            measures.append(_head(measure, card, window) | card.document(where))
    down = owed(source, window, where)
    return {"measures": measures, "absent": absent, "letting_down": down}


def _head(measure: Measure, card: Card, window: Window) -> Json:
    return {
        "name": measure.name,
        "title": measure.title,
        "question": measure.question,
        "unit": card.unit or measure.unit,
        "grain": measure.grain,
        "direction": measure.direction,
        "level": window.level,
        "definition_version": measure.version,
    }


def _about_groups(card: Card, window: Window) -> Card:
    if card.by is not None or window.by is None:
        return card
    why = _("‘%(column)s’ does not belong to the rows of this measure")
    return card.because(by=why % {"column": window.by})
