"""Sites: a name is one customer's, so two customers may each have their "Main building"."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from wellkept.desk.exchange.earlier import UNSAID, key_kind
from wellkept.desk.exchange.meant import families, meant
from wellkept.desk.exchange.names import Keyed
from wellkept.desk.exchange.numbers import by_name, holders_of
from wellkept.desk.exchange.places import is_strange, moved, place_of
from wellkept.desk.exchange.reasons import (
    LONG_SITE,
    NO_COUNTRY,
    ONLY_SITE,
    SAME_KEY,
    SEVERAL_SITES,
    Why,
)
from wellkept.desk.exchange.weighing import (
    Change,
    Offer,
    Weighed,
    Work,
    Written,
    keys_by_name,
)
from wellkept.record.access.batches import among, chunks
from wellkept.record.organisation.models import Region
from wellkept.record.parties.actions import add_customers, add_sites, edit_site
from wellkept.record.parties.models import Customer, CustomerExternalId, Site, SiteExternalId
from wellkept.record.parties.rules import is_zone
from wellkept.record.promises.actions import reckon_again

NOBODY = "Customer not recorded"
"""Whose sites are that no file gives a customer: one row of the record, to be sorted out there."""


class Sites(Keyed):
    """Sites, by name; a site without a customer in the files belongs to one that says so."""

    noun = "site"
    ids = SiteExternalId
    pointed_to = True
    several = SEVERAL_SITES

    def __init__(self, work: Work) -> None:
        """Which sites of the record have a name is asked for each chunk."""
        super().__init__(work)
        self._found: dict[str, list[int]] = {}

    def refusal(self, offer: Offer) -> Why | None:
        """Names that the record cannot hold whole are not taken."""
        return LONG_SITE if len(offer.name) > 200 else None

    def adopt(self, offers: Sequence[Offer]) -> Mapping[str, int | None]:
        """Those that have the register's key, else those that the customer has, by name."""
        customers = self.work.pointed(CustomerExternalId, "customer", [o.customer for o in offers])
        nobody = Customer.objects.filter(name=NOBODY, merged_into=None).first()
        unnamed = 0 if nobody is None else nobody.pk
        whose = {one.id: customers.get(one.customer or "", unnamed) for one in offers}
        found = self._called(offers, whose)
        nobodys = [one for one in offers if one.customer is None and not found[one.id]]
        found |= self._anybodys(nobodys)
        named = {name: k[0] if len(k) == 1 else None for name, k in found.items() if k}
        self._found = found
        return named | self._by_keys(offers, whose)

    def may_be(self, offer: Offer) -> str:
        """The sites of a name, each with whose it is."""
        rows = Site.objects.filter(pk__in=self._found[offer.id]).select_related("customer")
        return "? " + " / ".join(f"{row.name} – {row.customer.name}" for row in rows.order_by("pk"))

    def _anybodys(self, offers: Sequence[Offer]) -> dict[str, list[int]]:
        """Sites of a name whose customer no row says, whoever has them."""
        there = holders_of(Site, "name", [one.name for one in offers])
        return {one.id: there.get(one.name, []) for one in offers}

    def _called(self, offers: Sequence[Offer], whose: Mapping[str, int]) -> dict[str, list[int]]:
        """Sites of the name that the customer has, else those of the rows that mean the same."""
        others = families(Customer, whose.values())
        every = {*whose.values(), *(one for some in others.values() for one in some)}
        there: dict[tuple[int, str], list[int]] = {}
        for names, some in product(chunks({one.name for one in offers}), chunks(every)):
            rows = Site.objects.filter(name__in=names, customer__in=some)
            for customer, name, key in rows.values_list("customer", "name", "pk"):
                there.setdefault((customer, name), []).append(key)
        found = {}
        for one in offers:
            own, same = whose[one.id], others.get(whose[one.id], ())
            found[one.id] = there.get((own, one.name)) or [
                key for other in same for key in there.get((other, one.name), ())
            ]
        return found

    def _by_keys(self, offers: Sequence[Offer], whose: Mapping[str, int]) -> dict[str, int]:
        """Those that a register gave the key; where nobody says which system's, as far as told.

        What is called otherwise, and another's, may be of a second system that numbers alike.
        """
        kind, system = key_kind(self.noun), self.work.system
        keys = keys_by_name(SiteExternalId, kind, system, [k for o in offers for k in o.numbers])
        rows = Site.objects.in_bulk(keys.values())
        means = meant(Customer, [*whose.values(), *(row.customer_id for row in rows.values())]).of
        found = {}
        for one in offers:
            for key in (keys[number] for number in one.numbers if number in keys):
                same = means(rows[key].customer_id) == means(whose[one.id])
                alike = rows[key].name == one.name or same
                if alike or system != UNSAID:
                    found[one.id] = key
        return found

    def foretell(self, found: Weighed) -> None:
        """A site that its key names, and that is called otherwise or is another's, changes."""
        keys = [key for _, key in found.linked]
        rows = {row.pk: row for row in among(Site.objects.select_related("customer"), "pk", keys)}
        customers = self.work.pointed(
            CustomerExternalId, "customer", [offer.customer for offer, _ in found.linked]
        )
        whose = [*customers.values(), *(row.customer_id for row in rows.values())]
        means = meant(Customer, whose).of
        other = {
            offer.id
            for offer, key in found.linked
            if rows[key].name != offer.name
            or means(customers.get(offer.customer, rows[key].customer_id))
            != means(rows[key].customer_id)
        }
        placed = {offer.id for offer, key in found.linked if moved(offer, rows[key], "")}
        for offer, key in found.linked:
            if offer.id in other:
                self.work.problems.note(self.noun, offer, SAME_KEY)
            elif offer.customer is None and rows[key].customer.name != NOBODY:
                told = f"→ {rows[key].customer.name}"
                self.work.problems.note(self.noun, offer, ONLY_SITE, beside=told)
        for offer in (*found.create, *(o for o, _ in found.linked), *_offers(found.update)):
            if is_strange(offer):
                self.work.problems.note(self.noun, offer, NO_COUNTRY)
        fresh = other | placed
        found.update += [Change(o, key, "", None) for o, key in found.linked if o.id in fresh]
        found.linked = [(o, key) for o, key in found.linked if o.id not in fresh]

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Make new ones."""
        if not offers:
            return
        nobody = self._nobody(done) if any(one.customer is None for one in offers) else 0
        regions = by_name(Region, "name", [one.region for one in offers if one.region])
        customers = keys_by_name(
            CustomerExternalId, "customer", self.work.system, [one.customer for one in offers]
        )

        def act(some: Sequence[Offer]) -> None:
            rows = [
                Site(
                    name=one.name,
                    customer_id=customers.get(one.customer or "", nobody) or self._nobody(done),
                    zone=self._zone(one),
                    region_id=regions.get(one.region or ""),
                    **place_of(one),
                )
                for one in some
            ]
            made = add_sites(sites=rows, at=self.work.at, by=self.work.by)
            done.new(made)
            for one, row in zip(some, made, strict=True):
                done.names += self.named(one, row.pk)

        self.trying(offers, act, found)

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """Zone, region, customer or place as the files say now; what they leave out stays."""
        rows = Site.objects.in_bulk([one.row for one in changes])
        regions = by_name(Region, "name", [c.offer.region for c in changes if c.offer.region])
        customers = keys_by_name(
            CustomerExternalId, "customer", self.work.system, [c.offer.customer for c in changes]
        )
        whose = [*customers.values(), *(row.customer_id for row in rows.values())]
        means = meant(Customer, whose).of
        for one in changes:
            row, offer = rows[one.row], one.offer
            done.keep([row])
            new: dict[str, Any] = {} if one.key is not None else {"name": offer.name}
            if offer.zone and is_zone(offer.zone):
                new["zone"] = offer.zone
            if offer.region in regions:
                new["region"] = Region.objects.get(pk=regions[offer.region])
            if offer.customer in customers:
                wanted = customers[offer.customer]
                if means(wanted) != means(row.customer_id):
                    new["customer"] = Customer.objects.get(pk=wanted)
            new |= moved(offer, row, one.said)
            told: dict[str, Any] = {"at": self.work.at, "by": self.work.by}
            zone = row.zone
            edit_site(site=row, changes=new, seen=row.version, **told)
            if row.zone != zone:
                reckon_again(sites=[row], **told)

    def _zone(self, offer: Offer) -> str:
        if offer.zone and is_zone(offer.zone):
            return str(offer.zone)
        return self.work.zone

    def _nobody(self, done: Written) -> int:
        there = Customer.objects.filter(name=NOBODY, merged_into=None).first()
        if there is not None:
            return there.pk
        made = add_customers(customers=[Customer(name=NOBODY)], at=self.work.at, by=self.work.by)
        done.new(made)
        return made[0].pk


def _offers(changes: Sequence[Change]) -> list[Offer]:
    return [one.offer for one in changes]
