"""Where registers say that sites are: their addresses, and their countries."""

from typing import Any

from wellkept.desk.exchange.offered_places import PLACED
from wellkept.desk.exchange.weighing import Offer
from wellkept.record.parties.models import Site
from wellkept.record.sources.lexicon_countries import country_code


def place_of(offer: Offer) -> dict[str, str]:
    """This will give the fields of the place that files say; an unknown country ends the address.

    What they leave open is not among them.
    """
    code = country_code(offer.country) if offer.country else None
    lines = [offer.address, None if code else offer.country]
    address = "\n".join(line for line in lines if line)
    return {name: v for name, v in (("address", address), ("country", code)) if v}


def is_strange(offer: Offer) -> bool:
    """This will tell whether files name a country that is not known."""
    return bool(offer.country) and country_code(offer.country) is None


def moved(offer: Offer, row: Site, said: str) -> dict[str, Any]:
    """This will give what files say now of the place of a site, and did not say before.

    What they say for the first time fills what is open in the record, and changes nothing else.
    """
    found = {}
    for name, value in place_of(offer).items():
        then, now = _piece(name, said), _piece(name, offer.said)
        if name == "address" and is_strange(offer):
            then, now = then + _piece("country", said), now + _piece("country", offer.said)
        held = getattr(row, name)
        if held != value and (then != now if then else not held):
            found[name] = value
    return found


def _piece(name: str, said: str) -> str:
    mark = PLACED[name]
    return next((one for one in said.split("|") if one.startswith(mark)), "")
