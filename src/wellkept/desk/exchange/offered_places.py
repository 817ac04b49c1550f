"""What registers say of where sites are, and how it is compared with what they said before."""

from wellkept.desk.exchange.catalogue import hashed

PLACED = {"address": "at:", "country": "in:"}
"""How it is `said` where a site is, behind what else is said of it; nothing where nothing is."""


def said_of_places() -> str:
    """This will say as SQL what files say of the place of a site `d`, as parts of a text."""
    return ", ".join(
        f"CASE WHEN d.{one} IS NOT NULL THEN concat('|{mark}', {hashed(f'd.{one}')}) END"
        for one, mark in PLACED.items()
    )
