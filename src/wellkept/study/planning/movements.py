"""What a row of a ledger of stock was: a request, something that came back, or neither.

A list of requests has pieces above zero, and below zero what came back. A ledger also holds what
came in, went from shelf to shelf or was counted; most ledgers write what went out below zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.plan_movement_words import movement_word, movement_words
from wellkept.study.planning.cells import Floats, Rows

Marks = NDArray[np.bool_]

OFTEN_BLANK = 0.1  # of the rows of a column “out”: then a blank is no request
MOSTLY = 0.5  # of the rows that went out: then what went out is written below zero


@dataclass(frozen=True, slots=True, eq=False)
class Movements:
    """Pieces without their sign; which rows came back, and which were no request at all."""

    pieces: Floats
    back: Marks
    aside: Marks
    below_zero: bool  # what went out is written below zero


def movements(rows: Rows) -> Movements:
    """This will tell requests from what came back, what came in and what only moved.

    An unreadable or blank number is one piece: somebody asked.
    """
    pieces = rows.numbers("quantity", 0.0 if _one_side(rows) else 1.0)
    means = _means(rows)
    went = means == "out" if bool((means == "out").any()) else means == ""
    signed = went & (pieces != 0)
    ledger = bool((means == "in").any()) or bool((means == "moved").any())
    below = bool(signed.any()) and float((pieces[signed] < 0).mean()) > MOSTLY
    out = -pieces if below else pieces
    back = (means == "back") | ((out < 0) & (means != "in") & (means != "moved"))
    aside = (means == "in") | (means == "moved")
    if below or ledger:  # in a ledger, what came without a word of return was no request's
        came = (means == "") & (out < 0)
        back, aside = back & ~came, aside | came
    return Movements(np.abs(pieces), np.asarray(back), np.asarray(aside), below)


def _one_side(rows: Rows) -> bool:
    """Whether the pieces are those of a column “out” beside one “in”: a blank says nothing went."""
    if not rows.has("quantity") or movement_word(rows.header["quantity"]) != "out":
        return False
    return bool(np.isnan(rows.numbers("quantity")).mean() > OFTEN_BLANK)


def _means(rows: Rows) -> NDArray[np.str_]:
    """The meaning of each row's word: out, in, moved, back, or nothing known."""
    said = rows.texts("movement")
    known = movement_words({text for text in said if text})
    return np.array([known.get(text, "") for text in said], np.str_)
