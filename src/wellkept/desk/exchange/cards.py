"""What registers say of an asset itself: serial, revisions, since when installed, warranty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wellkept.desk.exchange.offered_cards import CARD
from wellkept.desk.exchange.reasons import (
    LONG_REVISION,
    LONG_SERIAL,
    SERIAL_TWICE,
    WARRANTY_BEFORE,
    Why,
)
from wellkept.desk.exchange.weighing import Offer, Work, Written, attempt
from wellkept.record.access.batches import chunks
from wellkept.record.installed_base.actions import edit_asset
from wellkept.record.installed_base.models import Asset

FIELDS = {"warranty_ends_on": "warranty_until_on"}
"""Fields of the record that are called otherwise than what an offered asset says."""
WIDTHS = {"serial": 120, "software_revision": 60, "hardware_revision": 60}
BEFORE_CARD = 2
"""Pieces of what is said of an asset before those of its card."""

Alike = set[tuple[str, int]]
"""Serials with the product that carries them."""


@dataclass(slots=True)
class News:
    """Fields of an asset that files say anew, and why some of what they say is in doubt."""

    values: dict[str, Any] = field(default_factory=dict)
    doubts: list[Why] = field(default_factory=list)


def news(offer: Offer, row: Asset | None, said: str) -> News:
    """This will give what files say now, and did not say before, of an asset itself.

    What they say for the first time fills what is open in the record, and changes nothing else.
    """
    found = News()
    then, now = _pieces(said), _pieces(offer.said)
    for place, name in enumerate(CARD):
        value, into = getattr(offer, name), FIELDS.get(name, name)
        if value is None:
            continue
        if len(str(value)) > WIDTHS.get(into, 60):
            found.doubts.append(LONG_SERIAL if into == "serial" else LONG_REVISION)
        elif row is None or _is_taken(getattr(row, into), value, then and then[place], now[place]):
            found.values[into] = value
    begins, ends = offer.installed_on, offer.warranty_ends_on
    if begins is not None and ends is not None and ends < begins:
        found.doubts.append(WARRANTY_BEFORE)
    return found


def _pieces(said: str) -> list[str]:
    """What was said of the card, field by field; nothing where nothing was."""
    pieces = said.split("|")[BEFORE_CARD : BEFORE_CARD + len(CARD)]
    return pieces if len(pieces) == len(CARD) else []


def _is_taken(held: Any, value: Any, then: str | list[str], now: str) -> bool:
    if held == value:
        return False
    return held in (None, "") if not then else then != now


def began(offer: Offer, work: Work) -> datetime | None:
    """This will give since when an asset stands where it stands; None where nobody says.

    It is the midnight of the day of its installation; one to come is no beginning yet.
    """
    if offer.installed_on is None:
        return None
    begin = datetime.combine(offer.installed_on, time.min, ZoneInfo(work.zone or "UTC"))
    return begin if begin <= work.at else None


def alike(offers: Sequence[Offer], products: Mapping[str, int]) -> Alike:
    """This will give the serials of new assets that the record has, with the product of each."""
    found: Alike = set()
    for some in chunks([one.serial for one in offers if one.serial is not None]):
        rows = Asset.objects.filter(serial__in=some, product__in=set(products.values()))
        found |= set(rows.values_list("serial", "product"))
    return found


def doubts(offer: Offer, product: int | None, there: Alike) -> list[Why]:
    """This will say what is in doubt of a new asset."""
    twice = offer.serial_twice or (offer.serial, product) in there
    return [*news(offer, None, "").doubts, *([SERIAL_TWICE] if twice else [])]


def restate(
    work: Work, told: Sequence[tuple[Offer, Asset, str]], done: Written
) -> list[tuple[Offer, str]]:
    """This will write what is said anew of assets, and give those of which a verb refused it."""
    wanted = {row.pk: news(offer, row, said).values for offer, row, said in told}
    changing = [one for one in told if wanted[one[1].pk]]
    for _, row, _ in changing:
        if row.serial and "serial" in wanted[row.pk]:
            done.keep(Asset.objects.filter(serial=row.serial, product=row.product_id))

    def act(some: Sequence[tuple[Offer, Asset, str]]) -> None:
        for _, row, _ in some:
            fresh = Asset.objects.get(pk=row.pk)
            edit_asset(
                asset=fresh, changes=wanted[row.pk], seen=fresh.version, at=work.at, by=work.by
            )

    return [(offer, reason) for (offer, _, _), reason in attempt(changing, act)]
