"""Registers under the headers that SAP and German, English and Odoo exports give them."""

from __future__ import annotations

import pytest

from record.sources.profiled import roles_of, understood

MANY = range(1, 9)


@pytest.mark.parametrize(
    ("headers", "row", "shape", "roles"),
    [
        (
            "Debitor; Name 1; Straße; PLZ; Ort; Land",
            "10{n};Klinik {n};Weg {n};1000{n};Berlin;DE",
            "customer", {"customer": "Debitor"},
        ),
        (
            "Kunde Name 1; Kunde; Ort",
            "Klinik {n};10{n};Berlin",
            "customer", {"customer": "Kunde Name 1"},
        ),
        (
            "Debitorennummer; Debitor Name; Ort",
            "10{n};Klinik {n};Berlin",
            "customer", {"customer": "Debitor Name"},
        ),
        (
            "MANDT; KUNNR; LAND1; NAME1; ORT01; PSTLZ; REGIO; STRAS; TELF1",
            "100;000010{n};DE;Klinik {n};Berlin;1000{n};11;Weg {n};030{n}",
            "customer", {"customer": "KUNNR"},
        ),
        (
            "EQUNR; EQKTX; EQTYP; HERST; TYPBZ; SERNR; BAUJJ; INBDT; KUND1; SWERK",
            "00010{n};Pumpe {n};M;KSB;Etanorm;SN{n};2018;2018010{n};000010{n};1000",
            "asset", {"asset": "EQUNR", "customer": "KUND1", "site": "SWERK"},
        ),
        (
            "Equipment; Bezeichnung; Hersteller; Hersteller-Serialnummer; Inbetriebnahme; Debitor",
            "100{n};Pumpe {n};KSB;SN{n};01.0{n}.2018;10{n}",
            "asset", {"asset": "Equipment", "customer": "Debitor"},
        ),
        (
            "name; product_id; lot_id; location_id; owned_by_id; warranty_start_date",
            "Pump {n};Etanorm;SN{n};Clinic {n} / Main;Clinic {n};2024-01-0{n}",
            "asset", {"asset": "lot_id", "customer": "owned_by_id", "site": "location_id"},
        ),
        (
            "Meldung; Kurztext; Kunde Name 1; Ort; Serialnummer; Meldedatum; Abschlussdatum",
            "20{n};Pumpe leckt;Klinik {n};Halle {n};SN{n};0{n}.01.2026;0{n}.02.2026",
            "case", {"customer": "Kunde Name 1", "site": "Ort", "asset": "Serialnummer"},
        ),
        (
            "QMNUM; QMTXT; QMDAT; MZEIT; EQUNR; KUNUM; QMDAB",
            "0002{n};Pumpe leckt;2026010{n};080000;00010{n};000010{n};2026020{n}",
            "case", {"customer": "KUNUM", "asset": "EQUNR", "reported": "QMDAT"},
        ),
    ],
    ids=lambda one: one.partition(";")[0] if isinstance(one, str) and ";" in one else "",
)  # fmt: skip
def test_registers_are_known_by_their_published_headers(
    headers: str, row: str, shape: str, roles: dict[str, str]
) -> None:
    one = understood(headers, [row.format(n=n).split(";") for n in MANY])
    assert one.shape == shape
    assert roles.items() <= roles_of(one).items()


def test_what_lists_places_of_machines_is_no_list_of_customers() -> None:
    """Functional locations, one to a customer: the customer stands beside, it is not the row."""
    rows = [f"B-{n};Halle {n};1000;Berlin;10{n}".split(";") for n in MANY]
    assert understood("TPLNR; PLTXT; SWERK; ORT01; KUNNR", rows).shape != "customer"
