"""A language of wide letters: what a page still says in plain ones is not marked.

Only the text itself is made wide, not the values that are put into it, so that a value which is a
word of its own is seen, too.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import translation

from wellkept.desk.web.wording import MADE
from wellkept.record.access.wording import WORDS
from wellkept.record.sources.models import ImportRun

WIDE = {plain: plain + 0xFEE0 for plain in (*range(65, 91), *range(97, 123))}
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd]|{\w*}|<[^>]*>|&\w+;)")
"""What no translator touches: places of values, markup."""
SPOKEN = frozenset({"placeholder", "title", "alt", "aria-label", "aria-description"})
"""Attributes that a person reads or hears."""
QUIET = frozenset({"script", "style", "code"})
EMPTY = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"})
UNITS = frozenset({"min", "UTC", "CSV", "XLSX", "XLS", "ZIP", "PDF", "Parquet", "Wellkept"})
"""What every language writes alike: units, kinds of files, our own name."""
WORD = re.compile(r"[A-Za-z]{3,}")


@contextmanager
def spoken_wide(monkeypatch: Any) -> Iterator[None]:
    """Speak the language of wide letters for as long as it lasts."""
    said = translation._trans  # type: ignore[attr-defined]  # the one place that all texts pass
    with monkeypatch.context() as patched:
        patched.setattr(said, "gettext", _wide, raising=False)
        patched.setattr(said, "pgettext", lambda _context, text: _wide(text), raising=False)
        patched.setattr(
            said, "ngettext", lambda one, many, n: _wide(one if n == 1 else many), raising=False
        )
        _forget_words()
        yield
    _forget_words()


def _forget_words() -> None:
    """What was made in a language before is made again."""
    for known in MADE:
        known.clear()


def _wide(text: str) -> str:
    parts = KEPT.split(text)
    parts[::2] = [part.translate(WIDE) for part in parts[::2]]
    return "".join(parts)


def unmarked(page: str, data: frozenset[str] = frozenset()) -> list[str]:
    """List what a page says in plain letters, in words that no row of the record holds."""
    reader = _Reader()
    reader.feed(page)
    return [text for text in reader.said if WORD.search(_left(text, data))]


def unmarked_lines(text: str, data: frozenset[str]) -> list[str]:
    """List the lines of a mail that say something in plain letters; links are no words."""
    lines = (re.sub(r"https?://\S+", " ", line) for line in text.splitlines())
    return [line for line in lines if WORD.search(_left(line, data))]


def _left(text: str, data: frozenset[str]) -> str:
    """What is left of a text without data and units."""
    for value in sorted(data, key=len, reverse=True):
        if value in text:
            text = text.replace(value, " ")
    return WORD.sub(lambda found: "" if found[0] in UNITS else found[0], text)


class _Reader(HTMLParser):
    """Reads what is said; a part in a language of its own (`lang`) is a quotation."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _silent(self) -> bool:
        return any(quiet for _, quiet in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        quoted = tag != "html" and any(name == "lang" for name, _ in attrs)
        if not (self._silent or quoted or tag in QUIET):
            self.said += [text for name, text in attrs if name in SPOKEN and text]
        if tag not in EMPTY:
            self._open.append((tag, quoted or tag in QUIET))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._silent:
            self.said.append(data.strip())


def data_of_the_record() -> frozenset[str]:
    """Gather every text that stands in a row: names, words, addresses; a page may quote them."""
    texts: set[str] = set()
    for model in apps.get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]
        for row in model._default_manager.values_list(*names) if names else ():
            texts.update(str(value) for value in row if value)
    for plan in ImportRun.objects.values_list("plan", flat=True):
        texts.update(table["file"] for table in plan.get("understood", {}).get("tables", ()))
    texts |= {text.rpartition("/")[2] for text in texts}  # a zone is said by its city
    codes = {text for text in texts if text.replace("_", " ") in WORDS}
    return frozenset(text for text in texts - codes if WORD.search(text))
