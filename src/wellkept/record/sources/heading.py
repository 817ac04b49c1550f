"""A column's header, taken apart into plain words that can be compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SPECIAL = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "Ł": "L",
        "’": "'",
        "º": "o",
        "ª": "a",
    }
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_WORD = re.compile(r"[a-z]+|[0-9]+")
_UNITS = {
    "h": "h hr hrs hour hours std stunden stunde heures heure ore ora horas hora uur uren",
    "min": "m min mins minute minutes minuten minuti minutos minuut",
    "s": "s sec secs second seconds sekunden secondes secondi segundos",
    "d": "d day days tage jours jour giorni dias dagen werktage",
    "money": "usd eur gbp chf brl cad aud jpy inr sek nok dkk pln zar mxn",
    "weight": "kg kilogram kilograms kilogramm lb lbs",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_ZONES = {"utc": "UTC", "gmt": "UTC"}
_PREFIXES = ("u", "x", "cf", "custom", "field", "msdyn", "studio", "dim", "fact", "tbl")


@dataclass(frozen=True, slots=True)
class Heading:
    """The words of a header, with the unit and the zone that it may state."""

    words: tuple[str, ...]
    unit: str | None = None  # "h", "min", "s", "d", "money", "weight"
    zone: str | None = None  # "UTC" when the header says so

    @property
    def text(self) -> str:
        """The words with blanks between, for comparing."""
        return " ".join(self.words)


def plain(text: str) -> str:
    """This will give the text in lower case without accents."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    return "".join(c for c in spread if not unicodedata.combining(c)).lower()


def _split(text: str) -> tuple[str, ...]:
    marked = re.sub(r"\b[A-Z]{2,}s\b", lambda found: found.group(0).lower(), text)
    marked = re.sub(r"^\s*(?:#|№)\s*$", "number", marked)
    marked = re.sub(r"^\s*#", " count of ", marked)
    marked = re.sub(r"#", " number ", marked)
    marked = re.sub(r"\bN(?:[°ºo]\.?|\.)(?=[\s_])", " number ", marked)
    marked = re.sub(r"\((?:s|es|n|en|e)\)", "", marked)
    marked = re.sub(r"__[cr]\b", "", marked)
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", marked))
    return tuple(_WORD.findall(plain(spaced)))


def _bracketed(text: str) -> tuple[str, str | None]:
    """A unit in brackets is taken out; other brackets lose only their brackets."""
    unit = None
    for found in _BRACKETS.finditer(text):
        inside = _split(found.group(1).removeprefix("in "))
        if len(inside) == 1 and inside[0] in _UNIT_OF:
            unit = _UNIT_OF[inside[0]]
            text = text.replace(found.group(0), " ", 1)
    return text, unit


def _without_prefix(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = words
    while len(kept) > 1 and kept[0] in _PREFIXES:
        kept = kept[1:]
    return kept


@lru_cache(maxsize=20_000)
def heading(header: str) -> Heading:
    """This will take a header apart: camelCase, snake_case, dots, accents, "(s)", "#", units.

    >>> heading("BscStartDate").words
    ('bsc', 'start', 'date')
    >>> heading("Résolu le").words
    ('resolu', 'le')
    >>> heading("Handle Time (Hours)")
    Heading(words=('handle', 'time'), unit='h', zone=None)
    """
    bare, unit = _bracketed(header.strip())
    words = _without_prefix(_split(bare)) or _split(header)
    half = len(words) // 2
    if half and words[:half] == words[half:]:  # some systems write "Group - Group"
        words = words[:half]
    zone = next((_ZONES[word] for word in words if word in _ZONES), None)
    if zone is not None and len(words) > 1:
        words = tuple(word for word in words if word not in _ZONES) or words
    if unit is None and len(words) > 1:
        unit = _UNIT_OF.get(words[-1]) if len(words[-1]) > 1 else None
    return Heading(words, unit, zone)


def unit_of(word: str) -> str | None:
    """This will name the unit that a word of a header stands for, if any."""
    return _UNIT_OF.get(word)


def bag(words: str) -> frozenset[str]:
    """This will give the set of the words of a text."""
    return frozenset(words.split())
