"""What a row of a ledger of stock was: a request, something that came back, or neither.

A list of requests has pieces above zero, and below zero what came back. A ledger also holds what
came in, went from shelf to shelf or was counted; most ledgers write what went out below zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.heading import bag, plain
from wellkept.study.planning.cells import Floats, Rows

Marks = NDArray[np.bool_]

_BACK = (
    *("return", "rueck", "ruck", "retour", "reso", "devol", "back", "credit", "storno", "reversal"),
    *("zwrot", "202", "222", "242", "262", "282", "292", "602"),
)
_OUT = bag(
    """issue issued consumption consumed usage used sold sale sales request demand out outgoing
    outbound delivered dispatch dispatched entnahme verbrauch abgang warenausgang sortie
    consommation uscita scarico consumo salida uitgifte verbruik wydanie rozchod rw wz
    201 221 231 241 261 281 291 601"""
)
_IN = bag(
    """receipt receipts received purchase in incoming inbound zugang wareneingang eingang entree
    reception entrata carico entrada recepcion ontvangst przyjecie przychod pz
    101 102 105 501 511 561"""
)
_MOVED = bag(
    """transfer transfers transferred umlagerung umbuchung transfert trasferimento traslado
    overboeking przesuniecie mm adjust adjustment adjustments reconciliation count counted
    recount inventory inventur inventaire rettifica ajuste
    301 302 303 305 311 312 313 315 321 322 343 344 701 702 711 712"""
)
_OUT_NOTES = ("delivery note", "sales invoice")
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
    pieces = rows.numbers("quantity", 1.0)
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


def _means(rows: Rows) -> NDArray[np.str_]:
    """The meaning of each row's word: out, in, moved, back, or nothing known."""
    said = rows.texts("movement")
    known = {text: _word(text) for text in set(said) if text}
    return np.array([known.get(text, "") for text in said], np.str_)


def _word(text: str) -> str:
    words = plain(text)
    if any(one in words for one in _BACK):
        return "back"
    if any(one in words for one in _OUT_NOTES):
        return "out"
    tokens = frozenset("".join(c if c.isalnum() else " " for c in words).split())
    for meaning, known in (("moved", _MOVED), ("in", _IN), ("out", _OUT)):
        if tokens & known:
            return meaning
    return ""
