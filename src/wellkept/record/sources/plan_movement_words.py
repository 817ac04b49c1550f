"""What the word or the code of a row in a ledger of stock says: out, back, in, or only moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from wellkept.record.sources.heading import bag, plain

Meaning = Literal["out", "back", "in", "moved", ""]

_BACK = (
    *("return", "rueck", "ruck", "retour", "reso", "devol", "back", "credit", "storno", "reversal"),
    *("annul", "zwrot", "estorno"),
)
_OUT = bag(
    """issue issues issued consumption consumed usage used sold sale sales request demand out
    outgoing outbound delivered dispatch dispatched fulfillment fulfilment shipment shipped
    entnahme verbrauch abgang warenausgang ausgang lieferung verkauf sortie sorties consommation
    vente uscita uscite scarico consumo vendita prelievo salida salidas venta saida saidas venda
    baixa requisicao uitgifte verbruik verkoop wydanie rozchod rw wz removal removed"""
)
_IN = bag(
    """receipt receipts received purchase purchases in incoming inbound zugang wareneingang eingang
    einkauf entree entrees reception achat appro entrata entrate carico acquisto entrada entradas
    recepcion compra recebimento recepcao ontvangst inkoop przyjecie przychod pz"""
)
_MOVED = bag(
    """transfer transfers transferred umlagerung umlagerungen umbuchung transfert trasferimento
    traslado traspaso transferencia overboeking verplaatsing przesuniecie mm adjust adjustment
    adjustments reconciliation count counted recount counting inventory inventur inventurdifferenz
    inventaire inventario rettifica giroconto ajuste inventaris correctie korrektur correction
    rettifiche
    scrap scrapped scrapping verschrottung rebut scarto sucata"""
)
_OUT_NOTES = ("delivery note", "sales invoice", "goods issue")
_OF_CODES: tuple[tuple[Meaning, str], ...] = (
    ("back", "202 222 232 242 252 262 282 292 602 632 652 653 657"),
    ("out", "201 221 231 241 251 261 281 291 601 633 643"),
    ("in", "101 103 105 107 109 501 503 505 511 521 523 531 561"),
    # a receipt undone, or sent back to the supplier, is no customer's return
    ("in", "102 104 106 122 123 124 161 162 502 512 562"),
    ("moved", "551 552 553 554 555 556"),  # scrapped
    # J. D. Edwards: issues and shipments; receipts and completions; transfers and counts
    ("out", "ii im ri si"),
    ("in", "ov ic po pv"),
    ("moved", "it ia ip pi"),
    ("out", "ab wa"),
    ("in", "zu we"),
)
_CODES: dict[str, Meaning] = {code: one for one, codes in _OF_CODES for code in codes.split()}
"""Whole words only: movement types of SAP, document types of J. D. Edwards, German short forms."""


_PAIRS: tuple[dict[str, Meaning], ...] = (
    {"e": "in", "s": "out"}, {"c": "in", "s": "out"}, {"s": "in", "h": "out"},
    {"i": "in", "o": "out"}, {"z": "in", "a": "out"}, {"+": "in", "-": "out"},
)  # fmt: skip
"""Single letters, which only a pair gives a meaning: entrée and sortie, carico and scarico, Soll
and Haben, in and out, Zugang and Abgang."""


def movement_words(texts: Iterable[str]) -> dict[str, Meaning]:
    """This will say what each of a column's words means; single letters are judged together.

    >>> movement_words(["H", "S"]), movement_words(["S", "E"])
    ({'H': 'out', 'S': 'in'}, {'S': 'out', 'E': 'in'})
    """
    words = {text: plain(text).strip() for text in texts}
    pair = next((one for one in _PAIRS if set(words.values()) == set(one)), None)
    return {text: movement_word(text) if pair is None else pair[one] for text, one in words.items()}


def movement_word(text: str) -> Meaning:
    """This will say what a row was by its word or code; "" where nothing is known.

    >>> [movement_word(one) for one in ("201", "262", "101 GR", "311", "Reso", "SCARICO", "XX")]
    ['out', 'back', 'in', 'moved', 'back', 'out', '']
    """
    words = plain(text).strip()
    code = words.split()[0] if words[:3].isdigit() and not words[3:4].isdigit() else words
    if code in _CODES:
        return _CODES[code]
    if len(code) == 3 and code.isdigit() and code[0] in "347":
        return "moved"  # SAP: 3xx from shelf to shelf, 4xx between stocks, 7xx counted
    if any(one in words for one in _BACK) and "backorder" not in words:
        return "back"
    if any(one in words for one in _OUT_NOTES):
        return "out"
    tokens = frozenset("".join(c if c.isalnum() else " " for c in words).split())
    known: tuple[tuple[Meaning, frozenset[str]], ...] = (
        ("moved", _MOVED), ("in", _IN), ("out", _OUT),
    )  # fmt: skip
    return next((meaning for meaning, some in known if tokens & some), "")
