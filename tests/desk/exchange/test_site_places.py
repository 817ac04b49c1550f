"""Addresses of sites come in with their register, follow it, and leave what people wrote."""

from pathlib import Path

import pytest

from builders import DAY, MONDAY
from desk.exchange.folders import a_folder, bring, counted, held, told
from desk.exchange.test_foretelling import tried_and_brought
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.undoing import undo
from wellkept.record.parties.actions import edit_site
from wellkept.record.parties.models import Site
from wellkept.record.sources.lexicon_addresses import part_of_address
from wellkept.record.sources.lexicon_countries import country_code

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

HEAD = "Standort;Kunde;Straße;Hausnr.;PLZ;Ort;Land\n"
S1 = "Werk Nord;Nord AG;Hafenweg;7a;01067;Dresden;Deutschland\n"
S2 = "Werk Süd;Süd GmbH;;;80331;München;DE\n"
S3 = "Halle 3;Nord AG;n/a;;;;Absurdistan\n"
S4 = "Halle 4;Nord AG;;;;;\n"


def places() -> list[tuple[str, str, str]]:
    """Give name, address and country of all sites."""
    return sorted(Site.objects.values_list("name", "address", "country"))


WRITTEN = [
    ("Halle 3", "Absurdistan", ""),
    ("Halle 4", "", ""),
    ("Werk Nord", "Hafenweg 7a\n01067 Dresden", "DE"),
    ("Werk Süd", "80331 München", "DE"),
]


def test_a_register_brings_addresses_and_the_same_one_changes_nothing(tmp_path: Path) -> None:
    """A zero at the head of a postcode stays; an unknown country is told, and stands behind."""
    nothing = held()
    folder = a_folder(tmp_path / "in", standorte=HEAD + S1 + S2 + S3 + S4)
    run = tried_and_brought(folder, MONDAY)
    assert places() == WRITTEN
    (problem,) = run.plan["problems"]["noted"]
    assert (problem["why"], problem["count"]) == (reasons.NO_COUNTRY.text, 1)
    (row,) = problem["rows"]
    assert (row["line"], "Absurdistan" in row["value"]) == (4, True)
    once = held()
    assert counted(bring(folder, MONDAY + DAY), "site") == (0, 0, 4, 0) and held() == once
    undo(run, now=MONDAY + 2 * DAY, by=None)
    assert held(keys=False, but=("last_number",)).keys() - nothing.keys() <= {"organisation.role"}


def test_a_first_word_fills_what_is_open_and_later_the_source_is_followed(tmp_path: Path) -> None:
    """Sites that came without their addresses get them; one that a person wrote stays."""
    bare = "Standort;Kunde;Land\nWerk Nord;Nord AG;\nWerk Süd;Süd GmbH;DE\nHalle 4;Nord AG;\n"
    bring(a_folder(tmp_path / "in", standorte=bare))
    south = Site.objects.get(name="Werk Süd")
    edit_site(site=south, changes={"address": "Tor 2"}, seen=south.version, at=MONDAY, by=None)
    before = places()
    run = tried_and_brought(a_folder(tmp_path / "in", standorte=HEAD + S1 + S2), MONDAY + DAY)
    assert counted(run, "site") == (0, 2, 0, 0)
    assert [one[1] for one in places()] == ["", "Hafenweg 7a\n01067 Dresden", "Tor 2"]
    moved = HEAD + S1.replace("7a", "9") + S2
    last = tried_and_brought(a_folder(tmp_path / "in", standorte=moved), MONDAY + 2 * DAY)
    assert counted(last, "site") == (0, 1, 1, 0)
    assert [one[1] for one in places()] == ["", "Hafenweg 9\n01067 Dresden", "Tor 2"]
    assert told(last, "applied") == []
    undo(last, now=MONDAY + 3 * DAY, by=None)
    undo(run, now=MONDAY + 3 * DAY, by=None)
    assert places() == before


@pytest.mark.parametrize(
    ("heads", "parts"),
    [
        ("STRAS, PSTLZ, ORT01, LAND1", "street, postcode, city, country"),
        ("street, street2, zip, city, country_id", "street, more, postcode, city, country"),
        ("ShippingStreet, ShippingPostalCode, ShippingCity", "street, postcode, city"),
        ("address1_line1, address1_postalcode, address1_country", "street, postcode, country"),
        ("Indirizzo, CAP, Comune, Nazione", "street, postcode, city, country"),
        ("Rue, Code postal, Ville, Pays", "street, postcode, city, country"),
        ("Calle, Código postal, Población", "street, postcode, city"),
        ("Straat, Huisnummer, Woonplaats", "street, number, city"),
        ("Site address, Customer City, Land/Region", "street, city, "),
        ("City Hall, Country manager, Zip file", ", , "),
    ],
)
def test_parts_of_an_address_are_known_by_their_headers(heads: str, parts: str) -> None:
    assert ", ".join(part_of_address(one) or "" for one in heads.split(", ")) == parts


def test_countries_are_known_by_letters_and_names() -> None:
    said = "Deutschland, DEU, at, Italia, Schweiz, UK, U.S.A., Brasil, Türkiye, SN, Utopia, 49"
    assert [country_code(one) for one in said.split(", ")] == [
        "DE", "DE", "AT", "IT", "CH", "GB", "US", "BR", "TR", "SN", None, None,
    ]  # fmt: skip


def test_a_person_and_a_street_name_no_site(tmp_path: Path) -> None:
    """Sites that have a number and no name are called by it, whoever is to be asked there."""
    head = "Site ID,Customer,Contact name,Street name,City\n"
    rows = "".join(f"S{n},Nord,Alma {n},Dock Road {n},Hull\n" for n in range(1, 5))
    bring(a_folder(tmp_path / "in", sites=head + rows))
    assert places()[0] == ("S1", "Dock Road 1\nHull", "")
    assert len(places()) == 4
