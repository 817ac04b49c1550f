"""The words with which a document is drawn: in the reader's language on a page of the desk.

A file that is written from the terminal stays in English, and needs no framework's settings to be
made. So what draws a document marks its words by `_`, which says them as they are written unless
a page has said who translates:

    with speaking(gettext, ngettext):
        card = card_alone(measure, zone=zone)

What the study composed knows its parts (`Said`), and is said anew of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wellkept.study.measures.composing import Said

TAGS = "wellkept.desk.report.tags"
"""What an engine of templates that draw documents is built with."""
Say = Callable[[str], str]
Count = Callable[[str, str, int], str]
_speaker: ContextVar[tuple[Say, Count] | None] = ContextVar("who translates", default=None)


def said(text: str) -> str:
    """This will say a text in the language of whoever it is drawn for. Imported as `_`."""
    speaker = _speaker.get()
    if speaker is None or not text:
        return text
    return text.by(*speaker) if isinstance(text, Said) else speaker[0](text)


def retold(text: str) -> str:
    """This will say what was composed; any other text is data, and stays as it is."""
    return said(text) if isinstance(text, Said) else text


def quoted(text: str) -> bool:
    """Whether a sentence stays in English: nobody translates, or its parts were not kept."""
    return as_composed() or not isinstance(text, Said)


def as_composed() -> bool:
    """Whether sentences stand as the study composed them, in English: nobody translates."""
    return _speaker.get() is None


def counted(one: str, many: str, n: int) -> str:
    """This will say one of two texts, by how many things there are. Imported as `ngettext`."""
    speaker = _speaker.get()
    if speaker is None:
        return one if n == 1 else many
    return speaker[1](one, many, n)


@contextmanager
def speaking(say: Say, count: Count) -> Iterator[None]:
    """This will have documents drawn in another language for as long as it lasts."""
    token = _speaker.set((say, count))
    try:
        yield
    finally:
        _speaker.reset(token)
