"""Products, as lists of them say and as registers of assets name them: one row for each."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wellkept.desk.exchange.catalogue import LISTED, NAMED, PLACES, SHORT
from wellkept.desk.exchange.earlier import key_kind
from wellkept.desk.exchange.names import Keyed
from wellkept.desk.exchange.numbers import by_name, holders_of
from wellkept.desk.exchange.offered import LONGEST
from wellkept.desk.exchange.reasons import (
    ALIKE_NUMBER,
    LIFE,
    LONG_PRODUCT,
    LONG_PRODUCT_NAME,
    NAMELESS,
    NO_KIND,
    NO_PRODUCT_NAME,
    ONE_NUMBER_TWICE,
    OTHER_NUMBER,
    OTHER_WORD,
    SEVERAL_PRODUCTS,
    SUPPORT_BEFORE_LAUNCH,
    UNNAMED_TOO,
    Why,
)
from wellkept.desk.exchange.weighing import (
    Change,
    Offer,
    Weighed,
    Work,
    Written,
    attempt,
    keys_by_name,
)
from wellkept.record.installed_base.actions import add_products, restate_products
from wellkept.record.installed_base.models import Product, ProductExternalId
from wellkept.record.installed_base.rules import ProductKind
from wellkept.record.sources.models import ExternalId

WIDTH = 60
"""Characters of a product's number."""
NO_PRODUCT = "not recorded"
"""The product of assets that no file gives one."""
MOST_YEARS = 200


def short_number(name: str) -> str:
    """This will give the number of a product that has none but its name.

    It holds less than a name: a long one is told by its hash.

    >>> short_number("Pump"), len(short_number("Pump " * 20))
    ('Pump', 60)
    """
    if len(name) <= WIDTH:
        return name
    return f"{name[:50]} #{hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[:8]}"


@dataclass(slots=True)
class News:
    """What files say of a product that the record does not have so, and what is not taken of it."""

    values: dict[str, Any] = field(default_factory=dict)
    doubts: list[Why] = field(default_factory=list)


class Products(Keyed):
    """Products, by the number that a list or a register gives, or by their name alone.

    Who is known by a name alone gets its number from the first list that gives one to that name
    and to no other.
    """

    noun = "product"
    ids = ProductExternalId
    pointed_to = True
    numbered = True

    def __init__(self, work: Work) -> None:
        """Names that several products of the record have, as far as they were looked for."""
        super().__init__(work)
        self._shared: set[str] = set()
        self._bare: set[str] = set()

    def refusal(self, offer: Offer) -> Why | None:
        """A row that names nothing, and what the record cannot hold whole, are not taken."""
        if offer.nothing:
            return NO_PRODUCT_NAME
        if offer.number is not None and len(offer.number) > WIDTH:
            return LONG_PRODUCT
        return LONG_PRODUCT_NAME if offer.listed and len(offer.name) > LONGEST else None

    def adopt(self, offers: Sequence[Offer]) -> Mapping[str, int]:
        """Those that the record has: by number first; by name where only one product is meant."""
        numbers = {one.id: one.number or short_number(one.name) for one in offers}
        there = by_name(Product, "number", list(numbers.values()))
        found = {one.id: there[n] for one in offers if (n := numbers[one.id]) in there}
        rest = [one for one in offers if one.id not in found]
        names = [name for one in rest for name in (one.name, *one.numbers)]
        named = holders_of(Product, "name", names)
        bare = by_name(Product, "number", [short_number(name) for name in names])
        bare |= self._cut(names)
        mine = self._called([one.name for one in rest if one.number is None])
        for one in rest:
            if one.number is None:
                key = self._by_name(one, named.get(one.name, []), mine)
            else:
                key = self._unnumbered(one, named, bare)
            if key is not None:
                found[one.id] = key
        return found

    def _unnumbered(
        self, one: Offer, named: Mapping[str, Sequence[int]], bare: Mapping[str, int]
    ) -> int | None:
        """The product that is known by a name alone which the files give this number, and no other.

        Of several, or beside another product of the name, none is taken for it without a doubt.
        """
        called = dict.fromkeys((one.name, *one.numbers))
        alone = {name: bare[short_number(name)] for name in called if short_number(name) in bare}
        sure = [
            key
            for name, key in alone.items()
            if list(named.get(name, ())) == [key] and (one.one_number or name in one.numbers)
        ]
        left = [key for name, key in alone.items() if key in named.get(name, ())]
        if len(set(left)) > min(len(sure), 1):
            self._bare.add(one.id)
        return sure[0] if sure else None

    def _by_name(self, one: Offer, keys: Sequence[int], mine: Mapping[str, int]) -> int | None:
        if one.several:
            return None
        if len(keys) > 1 and one.name not in mine:
            self._shared.add(one.id)
            return None
        return mine.get(one.name, keys[0] if keys else None)

    def _called(self, names: Sequence[str]) -> dict[str, int]:
        """Products that a list of this system called so."""
        return keys_by_name(self.ids, key_kind(self.noun), self.work.system, names)

    def _cut(self, names: Sequence[str]) -> dict[str, int]:
        """Products of long names whose number is the head of the name, and that have it alone."""
        long = {name for name in names if WIDTH < len(name) <= LONGEST}
        heads = {name[:WIDTH] for name in long}
        found = by_name(Product, "name", sorted(long), number__in=heads)
        return {short_number(name): key for name, key in found.items()}

    def foretell(self, found: Weighed) -> None:
        """What is said for the first time of products that are there, and what stays open."""
        told = [*((o, key, "") for o, key in found.linked),
                *((c.offer, c.row, c.said) for c in found.update)]  # fmt: skip
        rows = Product.objects.in_bulk([key for _, key, _ in told])
        news = {offer.id: self._news(offer, rows[key], said) for offer, key, said in told}
        fresh = {offer.id for offer, key in found.linked if news[offer.id].values}
        changes = [c for c in found.update if c.offer.listed or news[c.offer.id].values]
        found.same += len(found.update) - len(changes)
        found.update = changes + [Change(o, k, "", None) for o, k in found.linked if o.id in fresh]
        for offer in (*(o for o, _ in found.linked), *(c.offer for c in changes)):
            self._note(offer, news[offer.id])
        for offer in found.create:
            self._note(offer, self._news(offer, None, ""))
        found.linked = [(o, key) for o, key in found.linked if o.id not in fresh]

    def _note(self, offer: Offer, news: News) -> None:
        rules = (
            (offer.twice, ONE_NUMBER_TWICE),
            (offer.alike, ALIKE_NUMBER),
            (offer.nameless, NAMELESS),
            (offer.several or offer.id in self._shared, SEVERAL_PRODUCTS),
            (offer.id in self._bare, UNNAMED_TOO),
        )
        for why in (*(why for holds, why in rules if holds), *news.doubts):
            self.work.problems.note(self.noun, offer, why)

    def _news(self, offer: Offer, row: Product | None, said: str) -> News:
        """What the files say now and did not say before, as far as the record can take it.

        What a list says for the first time fills what is open in the record; of what the record
        says otherwise it changes nothing.
        """
        news = News()
        first = not said.startswith(LISTED)
        wanted = _wanted(offer, news)
        if row is None:
            news.values = wanted
        else:
            then, now = said.split("|"), offer.said.split("|")
            for name, value in wanted.items():
                if value == getattr(row, name):
                    continue
                if name == "number":
                    taken = row.number == short_number(row.name)
                elif first:
                    taken = _is_open(row, name, said)
                    if not taken:
                        news.doubts.append(OTHER_WORD.get(name, OTHER_NUMBER))
                else:
                    said_now = offer.listed or name == "name"
                    taken = said_now and then[PLACES[name]] != now[PLACES[name]]
                if taken:
                    news.values[name] = value
        _see_dates(news, row)
        return news

    def _renamed(self, one: Change) -> list[ExternalId]:
        """What a list said before stays said, where a register alone told more."""
        rows = super()._renamed(one)
        for row in rows:
            if one.said.startswith(LISTED) and not one.offer.listed:
                row.said = one.said
        return rows

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Make new ones."""

        def act(some: Sequence[Offer]) -> None:
            rows = [Product(**_fresh(one, self._news(one, None, "").values)) for one in some]
            made = add_products(products=rows, at=self.work.at, by=self.work.by)
            done.new(made)
            for one, row in zip(some, made, strict=True):
                done.names += self.named(one, row.pk)

        self.trying(offers, act, found)

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """What the lists say now and did not say before; the rest stays."""
        rows = Product.objects.in_bulk([one.row for one in changes])
        wanted: dict[int, dict[str, Any]] = defaultdict(dict)
        for one in changes:
            news = self._news(one.offer, rows[one.row], one.said)
            wanted[one.row] |= news.values
        changing = [one for one in changes if wanted[one.row]]
        done.keep(rows[one.row] for one in changing)

        def act(some: Sequence[Change]) -> None:
            told = {one.row: wanted[one.row] for one in some}
            restate_products(changes=told, at=self.work.at, by=self.work.by)

        for change, reason in attempt(changing, act):
            self.work.problems.note(self.noun, change.offer, reason)


def _wanted(offer: Offer, news: News) -> dict[str, Any]:
    """The fields of a product that the files give; what they leave open is not among them."""
    wanted: dict[str, Any] = {}
    if offer.number is not None:
        wanted["number"] = offer.number
    if offer.number is None or offer.name != offer.number:
        wanted["name"] = offer.name[:LONGEST]
    if not offer.listed:
        return wanted
    if offer.kind == ProductKind.UNKNOWN:
        news.doubts.append(NO_KIND)
    elif offer.kind is not None:
        wanted["kind"] = offer.kind
    if offer.family is not None:
        wanted["family"] = offer.family[:120]
    days: dict[str, date | None] = {
        "released_on": offer.launched_on,
        "sale_ends_on": offer.sale_ends_on,
        "support_ends_on": offer.support_ends_on,
    }
    wanted |= {name: day for name, day in days.items() if day is not None}
    years = offer.expected_life
    if years is not None and years == int(years) and 1 <= years <= MOST_YEARS:
        wanted["expected_life_years"] = int(years)
    elif years is not None:
        news.doubts.append(LIFE)
    return wanted


def _fresh(offer: Offer, values: Mapping[str, Any]) -> dict[str, Any]:
    name = offer.name[:LONGEST]
    blank = {"number": short_number(offer.name), "name": name, "kind": ProductKind.UNKNOWN.value}
    return blank | dict(values)


def _is_open(row: Product, name: str, said: str) -> bool:
    """Whether the record says nothing of its own in a field: what a register called it is none."""
    value = getattr(row, name)
    if name == "kind":
        return bool(value == ProductKind.UNKNOWN)
    if name != "name":
        return value in (None, "")
    hashed = hashlib.md5(row.name.encode(), usedforsecurity=False).hexdigest()[:SHORT]
    return row.name in ("", row.number) or said == f"{NAMED}|{hashed}"


def _see_dates(news: News, row: Product | None) -> None:
    """Support that ends before the product was released is not taken: which is wrong?"""

    def as_told(name: str) -> date | None:
        value: date | None = news.values.get(name, getattr(row, name, None))
        return value

    begins, ends = as_told("released_on"), as_told("support_ends_on")
    told = news.values.keys() & {"released_on", "support_ends_on"}
    if told and begins is not None and ends is not None and ends < begins:
        news.doubts.append(SUPPORT_BEFORE_LAUNCH)
        for name in told:
            del news.values[name]
