"""The words by which registers say where an asset is in its life, in languages and systems."""

import pytest

from record.sources.profiled import roles_of, understood
from wellkept.record.installed_base.rules import State
from wellkept.record.sources.lexicon_lives import LIFE_WORDS
from wellkept.record.sources.life_words import LIFE_MEANINGS, life_word
from wellkept.record.sources.words import normal, phrases

SAID = {
    "ServiceNow, assets": "On order: ordered; In stock: idle; In use: in_use; In maintenance: -; "
    "Retired: retired; Missing: -; Retired - Disposed: retired; In stock - Pending disposal: idle",
    "ServiceNow, items": "Installed: installed; Pending Install: delivered; Non-Operational: idle; "
    "Operational: in_use; DR Standby: idle; End of Life: retired; Absent: -",
    "SAP": "INST: installed; ESTO: idle; ECUS EDEL: in_use; AVLB: none; ESTO DLFL: retired; "
    "ASEQ INAC: idle; LÖVM: retired",
    "Maximo": "NOT READY: installed; OPERATING: in_use; DECOMMISSIONED: retired; BROKEN: -; "
    "LIMITED USE: in_use; INACTIVE: idle",
    "Salesforce": "Shipped: delivered; Installed: installed; Registered: in_use; "
    "Obsolete: retired; Purchased: ordered",
    "Dynamics": "Active: in_use; Inactive: idle; InStock: idle; EndOfLife: retired; 1: -",
    "German": "In Betrieb: in_use; Außer Betrieb: idle; Auf Lager: idle; Stillgelegt: retired; "
    "vorübergehend stillgelegt: idle; Verschrottet (2024): retired; nicht verschrottet: -; "
    "defekt: -; 2 - im Einsatz: in_use; Außer Dienst / verkauft: retired",
    "French": "En service: in_use; Mis au rebut: retired; Réformé: retired; Hors service: idle",
    "Italian": "In esercizio: in_use; Dismesso: retired; A magazzino: idle; Guasto: -",
    "Spanish": "En uso: in_use; Dado de baja: retired; Almacén: idle; Averiado: -",
    "Dutch": "In gebruik: in_use; Afgevoerd: retired; Op voorraad: idle; Buiten gebruik: idle",
    "Portuguese": "Em operação: in_use; Sucateado: retired; Em estoque: idle",
    "Polish": "W użytkowaniu: in_use; Zezłomowany: retired; W magazynie: idle",
}


@pytest.mark.parametrize("who", SAID)
def test_words_mean_what_their_writers_mean(who: str) -> None:
    for pair in SAID[who].split("; "):
        word, _, means = pair.rpartition(": ")
        assert (word, life_word(word) or "-") == (word, means)


def test_every_word_is_written_as_it_is_compared_and_means_one_state() -> None:
    every = [(one, life) for life, text in LIFE_WORDS.items() for one in phrases(text)]
    assert [one for one, _ in every if normal(one) != one] == []
    assert len(dict(every)) == len(every)
    assert (*State, "none") == LIFE_MEANINGS


HEADS = """Status; Gerätestatus; Anlagenzustand; Betriebsstatus; Lebenszyklus; Life Cycle Stage;
    install_status; operational_status; statecode; Systemstatus; STTXT; Statut; Stato impianto;
    Estado del equipo; Fase ciclo di vita; Cycle de vie; Toestand; Status urządzenia"""


@pytest.mark.parametrize("header", [one.strip() for one in HEADS.split(";")])
def test_the_state_of_a_register_is_known_by_its_header(header: str) -> None:
    rows = [[f"E{n}", f"Pumpe {n}", "KSB", f"K{n}", "In Betrieb"] for n in range(8)]
    rows[3][-1], rows[5][-1] = "Verschrottet", "Zur Prüfung"
    one = understood(f"Equipment; Bezeichnung; Hersteller; Kunde; {header}", rows)
    assert (one.shape, roles_of(one)["state"]) == ("asset", header)
    assert one.words.asset_life == {"In Betrieb": "in_use", "Verschrottet": "retired"}
    assert [(w.role, w.word) for w in one.unknown_words] == [("asset_life", "Zur Prüfung")]


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("In service", "in_use", "idle"),
        ("Aktiv", "in_use", "idle"),
        ("Ausgemustert", "retired", "in_use"),
        ("is_active", "in_use", "idle"),
        ("Status", None, None),
    ],
)
def test_a_yes_means_what_the_header_names(header: str, yes: str | None, no: str | None) -> None:
    rows = [[f"E{n}", f"Pumpe {n}", "KSB", f"K{n}", "no" if n == 2 else "yes"] for n in range(8)]
    one = understood(f"Equipment; Bezeichnung; Hersteller; Kunde; {header}", rows)
    assert one.words.asset_life == ({"yes": yes, "no": no} if yes else {})


def test_of_several_columns_that_one_is_the_state_whose_words_are_known() -> None:
    rows = [[f"E{n}", f"Pumpe {n}", "KSB", "gut", "In use"] for n in range(8)]
    one = understood("Equipment; Bezeichnung; Hersteller; Zustand; Anlagenstatus", rows)
    assert roles_of(one)["state"] == "Anlagenstatus"
