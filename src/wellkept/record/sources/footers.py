"""Rows inside a table that are not records: the header again, totals, last words."""

from __future__ import annotations

import re
from collections.abc import Sequence

LOOKED_AT = 6  # last rows that may be totals or last words

HEADER_AGAIN = "The header line stands again among the records."
RULE = "A line of dashes is not a record."
TOTALS = "A row of totals at the end is not a record."
LAST_WORDS = "A line of text at the end is not a record."

_TOTAL = re.compile(
    r"(?i)\s*(grand\s+|sub\s*-?|report\s+)?"
    r"(total(s|e|es|en|i|eh)?|sum|summe|summen|gesamt|gesamtsumme|insgesamt|somme|totaux"
    r"|somma|suma|totaal|totalen)\b[^\w]*(general|général|generale|generaal)?\s*[:(]?.*"
)
_LAST_WORDS = re.compile(
    r"(?i)\s*\(?\s*(\d[\d.,' ]*\s*(rows?|records?|lines?|entries|results?|zeilen|datensätze"
    r"|lignes|enregistrements|righe|filas|registros|rijen)\b.*"
    r"|(rows?|records?|number of (rows|records)|record count|row count|total (rows|records))"
    r"\s*[:=]\s*\d+.*"
    r"|end of (report|file|data|list)\b.*|\*+\s*end\b.*"
    r"|(generated|exported|printed|created|report run|as of|data as of|confidential"
    r"|copyright|©|page \d+|erstellt am|exportiert am|généré le|exporté le|generato il)\b.*)"
)


def not_a_record(cells: Sequence[str | None], width: int) -> str | None:
    """This will say why one of the last rows is no record, or None when it may be one."""
    filled = [cell.strip() for cell in cells if cell is not None and cell.strip()]
    if not filled or width < 3:
        return None
    if len(filled) == 1 and _LAST_WORDS.fullmatch(filled[0]):
        return LAST_WORDS
    if _TOTAL.fullmatch(filled[0]) and len(filled) <= max(2, width // 2 + 1):
        rest = filled[1:]
        if all(_figure(cell) for cell in rest) and (rest or len(filled[0].split()) <= 3):
            return TOTALS
    return None


def signed(rows: Sequence[Sequence[str | None]], width: int) -> int:
    """This will count the last rows, from the end on, under which a report is signed.

    Each is one text without a figure, and one of them says who made it, when, or whose it is.
    """
    alone = []
    for cells in rows:
        filled = [cell.strip() for cell in cells if cell is not None and cell.strip()]
        said = len(filled) == 1 and bool(_LAST_WORDS.fullmatch(filled[0]))
        if width < 3 or len(filled) != 1 or not (said or _worded(filled[0])):
            break
        alone.append(said)
    return len(alone) if any(alone) else 0


def _worded(text: str) -> bool:
    return not any(sign.isdigit() for sign in text)


def _figure(cell: str) -> bool:
    return (
        re.fullmatch(r"[-+(]?\s?[^\w\s]?\s?[A-Z]{0,3}\s?\d[\d.,' ]*\)?\s?\S{0,4}", cell) is not None
    )
