"""A report as its reader's tools see it: elements with attributes, and the text between."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input"}


@dataclass
class Element:
    """An element with its attributes and all the text inside it."""

    tag: str
    attributes: dict[str, str | None]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text inside, with plain spaces."""
        return plain(" ".join(self.words))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words.append(data)


def elements_of(html: str) -> list[Element]:
    """Return every element of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.elements


def by_id(html: str, id: str) -> Element:
    """Return the element with an id."""
    return next(e for e in elements_of(html) if e.attributes.get("id") == id)


def text_of(html: str) -> str:
    """Return all the text a person may read."""
    return next(e for e in elements_of(html) if e.tag == "body").text


def plain(words: str) -> str:
    """Return words with single plain spaces."""
    return re.sub(r"\s+", " ", words.replace("\u00a0", " ")).strip()
