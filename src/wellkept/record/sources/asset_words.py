"""The words of a log of asset states: whether the asset served, was down, or was not seen.

They are kept apart from the words of cases: an inactive case is closed, an inactive lift is down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, cast

from wellkept.record.sources.lexicon_words import PLANNED_WORDS
from wellkept.record.sources.words import normal, own_word, phrases

AssetWord = Literal["up", "down", "planned down", "unknown"]
ASSET_MEANINGS: tuple[AssetWord, ...] = ("up", "down", "planned down", "unknown")
"""What a recipe may write on the right side of `words.asset_state`."""

_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")  # OutOfOrder
_WORDS: dict[AssetWord, str] = {
    "up": """active, up, available, in service, operational, operating, operative, running, run,
        on, online, ok, working, functional, in operation, normal, healthy, serviceable, ready,
        producing, full performance, generating, connected, open, good, enabled, in use, green,
        occupied, charging, idle, standby,
        in betrieb, betriebsbereit, verfugbar, aktiv, lauft, en service, disponible,
        en fonctionnement, in servizio, in funzione, attivo, operativo, funzionante, en servicio,
        operativa, funcionando, in bedrijf, beschikbaar, em servico, em operacao, disponivel""",
    "down": """inactive, down, unavailable, not available, out of service, out of order, offline,
        failed, failure, fault, nok, not ok, ko, not in operation, not in service, faulted,
        faulty, broken, broken down, breakdown, stopped, stop,
        stoppage, outage, not working, not operational, non operational, inoperative, off, error,
        alarm, tripped, trip, disabled, unserviceable, emergency stop, forced outage, unplanned
        outage, disturbance, red, ausser betrieb, defekt, gestort, storung, inaktiv, steht,
        hors service, en panne, indisponible, a l arret, fuori servizio, guasto, fermo,
        non disponibile, fuera de servicio, averiado, parado, buiten bedrijf, storing, defect,
        fora de servico, avariado""",
    "unknown": """unknown, no data, nodata, n a, na, not known, undefined, no signal,
        no communication,
        communication lost, comm loss, comm lost, disconnected, not monitored, unmonitored,
        monitoring disrupted, monitoring not available, timeout, not reported, invalid, stale,
        unbekannt, keine daten, inconnu, sconosciuto, desconocido, onbekend, desconhecido""",
    "planned down": PLANNED_WORDS
    + """, planned down, planned outage, scheduled outage, planned stop, scheduled
        stop, planned maintenance, scheduled maintenance, preventive maintenance, planned service,
        scheduled service, planned shutdown""",
}


@cache
def _known() -> Mapping[str, AssetWord]:
    return {
        phrase: meaning for meaning, text in _WORDS.items() for phrase in phrases(text) if phrase
    }


@cache
def _run_together() -> Mapping[str, AssetWord]:
    return {phrase.replace(" ", ""): meaning for phrase, meaning in _known().items()}


def asset_word_run_together(text: str) -> AssetWord | None:
    """This will say what a state means that a header writes in one: "isactive", "outofservice"."""
    word = normal(text).replace(" ", "")
    return _run_together().get(word) or _run_together().get(word.removeprefix("is"))


def asset_word(text: str, own: Mapping[str, str] | None = None) -> AssetWord | None:
    """This will say what a word of an asset's state means; None when nothing is known about it.

    `own` are the recipe's words, which win. Maintenance alone may be planned or not: no meaning.

    >>> asset_word("INACTIVE"), asset_word("Out of service"), asset_word("Maintenance")
    ('down', 'down', None)
    """
    stated = own_word(text, own)
    if stated is not None:
        return cast("AssetWord", stated)
    return _known().get(normal(_JOINED.sub(" ", text))) or _known().get(normal(text))
