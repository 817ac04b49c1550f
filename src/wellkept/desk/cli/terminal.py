"""Text for a terminal: nothing that could steer it, and never wider than it is.

Records hold any text. A control character would move the cursor or clear the screen, a mark of
direction would turn a line around; both become a visible sign. Width is counted in columns: a
Chinese character takes two, a combining accent none.
"""

import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 100
NARROWEST = 72
TOGETHER = "\u00a0"
"""A space at which no line is broken."""
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def width() -> int:
    """This will give how wide to write: as the terminal is, WIDTH where it is wider or none."""
    return max(NARROWEST, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))


def plain(text: str) -> str:
    """This will put a text on one line, without what cannot be seen.

    >>> plain("two\\nlines"), plain("\\x1b[31mred\\x07"), plain("  a\\tb ")
    ('two lines', '�[31mred�', 'a b')
    """
    return UNSEEN.sub("�", " ".join(text.split()))


def cleaned(value: Any) -> Any:
    """This will make every text of a document plain, at any depth."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: cleaned(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [cleaned(inner) for inner in value]
    return value


def columns(text: str) -> int:
    """This will count the columns that a text takes.

    >>> columns("Nord"), columns("東京"), columns("e\\u0301")
    (4, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def cut(text: str, most: int) -> str:
    """This will cut a text to so many columns.

    >>> cut("Clinic Nord", 8), cut("東京大学", 5), cut("Nord", 4)
    ('Clinic …', '東京…', 'Nord')
    """
    if columns(text) <= most:
        return text
    kept, left = [], most - 1
    for letter in text:
        left -= _columns_of(letter)
        if left < 0:
            break
        kept.append(letter)
    return "".join(kept) + "…"


def cut_left(text: str, most: int) -> str:
    """This will cut a text from its beginning, for the end of a file's name tells more.

    >>> cut_left("export.zip/cases.csv:12", 12)
    '…ases.csv:12'
    """
    return text if columns(text) <= most else "…" + cut(text[::-1], most)[:-1][::-1]


def pad(text: str, wide: int, *, right: bool = False) -> str:
    """This will cut or fill a text to exactly so many columns; `right` sets it to the right.

    >>> pad("Nord", 6), pad("3 h", 6, right=True)
    ('Nord  ', '   3 h')
    """
    text = cut(text, wide)
    blank = " " * (wide - columns(text))
    return blank + text if right else text + blank


def wrapped(text: str, *, first: str = "  ", then: str = "  ", wide: int = 0) -> list[str]:
    """This will break a text into lines of at most `wide` columns; a longer word is cut in pieces.

    0 is the width of the terminal.

    >>> wrapped("one two three", first="- ", wide=9)
    ['- one two', '  three']
    """
    wide = wide or width()
    lines, line, empty = [], first, True
    for word in _short_words(
        re.split("[ \n]+", text.strip()), wide - max(columns(first), columns(then))
    ):
        if not empty and columns(line) + 1 + columns(word) > wide:
            lines.append(line)
            line, empty = then, True
        line += word if empty else f" {word}"
        empty = False
    return [one.replace(TOGETHER, " ") for one in (*lines, line)]


def _short_words(words: Sequence[str], most: int) -> list[str]:
    short: list[str] = []
    for word in words:
        while columns(word) > most:
            head = cut(word, most + 1)[:-1]
            short.append(head)
            word = word[len(head) :]
        short.append(word)
    return short


def table(rows: Sequence[Sequence[str]], *, indent: str = "    ", right: bool = True) -> list[str]:
    """This will set rows in columns: the first to the right if asked, the last keeps its end.

    The widest columns give way until a line fits.

    >>> table([["9 h", "Nord", "a"], ["12 min", "Mill", "b.csv:7"]], indent="")
    ['   9 h  Nord  a', '12 min  Mill  b.csv:7']
    """
    rows = _without_empty(rows)
    if not rows or not rows[0]:
        return []
    last = len(rows[0]) - 1
    wide = [max(columns(row[i]) for row in rows) for i in range(last + 1)]
    most = width()
    while sum(wide) + 2 * last + len(indent) > most:
        wide[wide.index(max(wide))] -= 1
    lines = []
    for row in rows:
        cells = [pad(cell, wide[i], right=right and i == 0) for i, cell in enumerate(row[:-1])]
        lines.append(indent + "  ".join([*cells, cut_left(row[-1], wide[last])]).rstrip())
    return lines


def _without_empty(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    some = [any(cells) for cells in zip(*rows, strict=True)]
    return [[cell for cell, there in zip(row, some, strict=True) if there] for row in rows]
