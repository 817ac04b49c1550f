"""What rows of the ledger point to, looked up for a whole chunk at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from wellkept.desk.exchange.numbers import by_name
from wellkept.desk.exchange.weighing import Offer, keys_by_name
from wellkept.record.installed_base.models import AssetExternalId
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import Person, Team
from wellkept.record.parties.models import CustomerExternalId, SiteExternalId


@dataclass(frozen=True, slots=True)
class Links:
    """Keys by the names that rows give."""

    customers: dict[str, int]
    sites: dict[str, int]
    assets: dict[str, int]
    people: dict[str, int]
    teams: dict[str, int]

    def of(self, offer: Offer) -> dict[str, int | None]:
        """This will give what a row points to, as fields of a promise or a case."""
        return {
            "customer_id": self.customers.get(offer.customer or ""),
            "site_id": self.sites.get(offer.site or ""),
            "asset_id": self.assets.get(offer.asset or ""),
            "team_id": self.teams.get(offer.team or ""),
        }


NO_LINKS = Links({}, {}, {}, {}, {})
"""For rows that are only looked at."""


def links_of(offers: Sequence[Offer], system: str, more: Sequence[Offer] = ()) -> Links:
    """This will look up everything that rows name; `more` are rows that name people and teams."""
    people = [one.owner for one in (*offers, *more) if one.owner is not None]
    teams = [one.team for one in (*offers, *more) if one.team is not None]
    return Links(
        customers=keys_by_name(
            CustomerExternalId, "customer", system, [o.customer for o in offers]
        ),
        sites=keys_by_name(SiteExternalId, "site", system, [o.site for o in offers]),
        assets=keys_by_name(AssetExternalId, "asset", system, [o.asset for o in offers]),
        people=by_name(Person, "personal__name", people),
        teams=by_name(Team, "name", teams),
    )


def consequence_of(word: str | None) -> int:
    """This will read a class as the facts name it; another word is unknown."""
    try:
        return Consequence.of(word or "").value
    except KeyError:
        return Consequence.UNKNOWN.value
