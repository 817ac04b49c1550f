"""How the report reads the measure document: typed, and never surprised by what is missing."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from wellkept.desk.report.saying import retold

Fields = Mapping[str, Any]

NOTHING: Fields = {}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def block(fields: Fields, name: str) -> Fields:
    """Return a nested block of fields, empty where the document holds none."""
    found = fields.get(name)
    return found if isinstance(found, Mapping) else NOTHING


def items(fields: Fields, name: str, at_most: int | None = None) -> list[Fields]:
    """Return a list of blocks, empty where the document holds none; at most so many."""
    found = fields.get(name)
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    return [one for one in found[:at_most] if isinstance(one, Mapping)]


def length(fields: Fields, name: str) -> int:
    """Return how long a list of the document is."""
    found = fields.get(name)
    return len(found) if isinstance(found, Sequence) and not isinstance(found, str) else 0


def number(fields: Fields, name: str) -> float | None:
    """Return a number, or None where the document gives none; NaN and infinity are none."""
    return as_number(fields.get(name))


def as_number(found: object) -> float | None:
    """Return a finite number or None."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if math.isfinite(found) else None


def numbers(fields: Fields, name: str) -> list[float]:
    """Return a list of numbers; empty unless every one of them is finite."""
    found = fields.get(name)
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    read = [as_number(one) for one in found]
    return [] if None in read else [one for one in read if one is not None]


def count(fields: Fields, name: str) -> int:
    """Return a whole number, 0 where the document gives none."""
    found = number(fields, name)
    return 0 if found is None else int(found)


def text(fields: Fields, name: str, at_most: int = 160) -> str:
    """Return a text fit to be shown, empty where the document gives none."""
    found = fields.get(name)
    if isinstance(found, str):
        return shown(retold(found), at_most)
    return "" if found is None else shown(str(found), at_most)


def shown(words: str, at_most: int = 160) -> str:
    """Return words on one line, without what cannot be seen, and cut where they never end.

    >>> shown("two\\nlines\\x00 and a turn \\u202e", 80)
    'two lines� and a turn �'
    """
    line = _UNSEEN.sub("�", " ".join(words.split()))
    return line if len(line) <= at_most else line[: at_most - 1].rstrip() + "…"


def sentence(words: str) -> str:
    """Return words as a sentence: a capital before, a full stop behind.

    >>> sentence("no signal in 14 weeks"), sentence("")
    ('No signal in 14 weeks.', '')
    """
    full = words if words.endswith((".", "!", "?", "…")) else f"{words}."
    return full[0].upper() + full[1:] if words else ""


def unbroken(words: str) -> str:
    """Return a sentence in which no line breaks between a number and its unit.

    >>> unbroken("6 d early, 4 h of 12 h").count("\u00a0")
    3
    """
    return re.sub(r"(?<=\d) (?=(?:h|d|min|%)(?!\w))", "\u00a0", words)


def slug(name: str) -> str:
    """Return a name fit for an anchor."""
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")[:60] or "measure"


def reason(fields: Fields, *names: str) -> str:
    """Return why a field is missing: the first of these names that has a reason."""
    reasons = block(fields, "reasons")
    return next((text(reasons, name, 300) for name in names if reasons.get(name)), "")
