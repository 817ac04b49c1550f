"""Headers of the parts of an address in a register of sites: street, postcode, city, country.

What stands before them for whose address it is (`OF_WHOM`) is left out; the rest has to be there
word for word, for a city may be a region, too, and an address the name of a site.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.words import phrases

OF_WHOM = bag(
    """site sites customer account client location main primary billing shipping delivery service
    installation standort kunde kunden objekt einsatzort werk betriebsstatte lieferung sito sede
    cliente sitio locatie klant"""
)
PEOPLE = bag(
    """contact contacts kontakt ansprechpartner ansprechperson kontaktperson contacto contatto
    contato referente interlocuteur contactpersoon kontaktowa"""
)
"""Words of headers that name a person at a customer, and no customer or site."""
ADDRESS_PARTS: Mapping[str, str] = {
    "street": """address, full address, street, street address, street name, street 1, street
        line 1, address line 1, address 1, address 1 line 1, addr1, strasse, strasse nr, strasse
        nummer, strasse hausnummer, strasse und hausnummer, strasse hausnr, str, anschrift,
        adresse, stras, rue, adresse 1, adresse ligne 1, via, indirizzo, via e numero, calle,
        direccion, domicilio, straat, adres, straat en huisnummer, rua, endereco, morada,
        logradouro, ulica, ulica i numer""",
    "number": """house number, house no, street number, street no, hausnummer, hausnr, numero
        civico, huisnummer, numer domu""",
    "more": """address 2, address line 2, address 1 line 2, addr2, street 2, street line 2,
        adresszusatz, zusatz, adresse 2, complement adresse, complement d adresse, adresse ligne
        2""",
    "postcode": """zip, zip code, postcode, postal code, postal, address 1 postalcode, post
        code1, plz, postleitzahl, pstlz, code postal, cp, cap, codice postale, codigo postal,
        cep, kod pocztowy""",
    "city": """city, town, city town, address 1 city, city1, ort, stadt, ort01, plz ort,
        postleitzahl ort, wohnort, ville, commune, localite, citta, comune, localita, ciudad,
        poblacion, localidad, municipio, stad, plaats, woonplaats, cidade, localidade, miasto,
        miejscowosc, zip city, postcode city, cp ville, code postal ville""",
    "country": """country, country name, country code, country key, country region, address 1
        country, country id, land, land1, landerkennzeichen, landerschlussel, landercode,
        landeskennzeichen, pays, code pays, paese, nazione, pais, codigo pais, landcode, kraj""",
}


@cache
def _known() -> Mapping[str, str]:
    return {
        phrase.replace(" ", ""): part
        for part, text in ADDRESS_PARTS.items()
        for phrase in phrases(text)
    }


def part_of_address(header: str) -> str | None:
    """This will say which part of an address a header names, None if none.

    >>> [part_of_address(one) for one in ("Straße / Nr.", "ShippingCity", "ORT01", "City hall")]
    ['street', 'city', 'city', None]
    """
    words = heading(header).words
    bare = (word for word in words if word not in OF_WHOM)
    return _known().get("".join(words)) or _known().get("".join(bare))
