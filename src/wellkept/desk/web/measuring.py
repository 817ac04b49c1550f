"""The measure document of the record, from the snapshot of its facts that is current."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from wellkept.desk.findings import address_of, facts_home, last_mark, refresh
from wellkept.desk.web.asking import Asking
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.models import Customer
from wellkept.study.facts import snapshot
from wellkept.study.facts.record import RecordFacts
from wellkept.study.facts.record_reading import Address
from wellkept.study.facts.snapshot import Generation, Mark
from wellkept.study.measures.of_record import document_of

SOON = 50_000
"""With no more cases, events and promises than this, facts are made anew while a page is opened:
about a second. Larger records show the last snapshot and say how old it is."""
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure document, and whether the record has grown since its facts were made."""

    document: Document
    behind: bool


def measured(asking: Asking, by: str | None = None) -> Measured:
    """This will give the document for who sees everything; the caller has asked who it is."""
    address, mark = address_of(), last_mark()
    one = _current(asking, mark)
    return Measured(deepcopy(_document(one, address, by)), behind=one.mark != mark)


@contextmanager
def facts_now(asking: Asking) -> Iterator[RecordFacts]:
    """This will open the current facts of the record, made anew where that is soon done."""
    with snapshot.opened(_current(asking, last_mark()), address_of()) as facts:
        yield facts


def _current(asking: Asking, mark: Mark) -> Generation:
    one = snapshot.current(facts_home())
    if one is None or (one.mark != mark and _small(one)):
        one = refresh(asking.now)
    return one


def _small(one: Generation) -> bool:
    known = one.known
    return known.counts["case"] + known.counts["promise"] + known.events <= SOON


@lru_cache(maxsize=16)
def _document(one: Generation, address: Address, by: str | None) -> Document:
    with snapshot.opened(one, address, by=by) as facts:
        return document_of(facts, by=by)


def with_links(measure: Document) -> Document:
    """This will lead each of the worst to its page: a promise, a case, an asset, a customer."""
    lead(measure.get("worst") or [])
    return measure


def lead(rows: list[Document]) -> None:
    """This will give each named row the address of its page in `href`, empty where it has none."""
    assets = _keys(Asset, "number", rows, "asset")
    customers = _keys(Customer, "name", rows, "customer")
    for row in rows:
        row["href"] = _href(row, assets, customers)


def _keys(model: Any, field: str, worst: list[Document], name: str) -> dict[str, int]:
    wanted = {row[name] for row in worst if row.get(name)} | {row["id"] for row in worst}
    rows = model.objects.filter(**{f"{field}__in": wanted}, merged_into=None)
    return dict(rows.values_list(field, "pk"))


def _href(row: Document, assets: dict[str, int], customers: dict[str, int]) -> str:
    id = str(row["id"])
    kind, _, digits = id.partition("-")
    if kind in ("P", "C") and digits.isdecimal() and id not in assets:
        return reverse("promise" if kind == "P" else "case", args=[int(digits)])
    for known, name, page in ((assets, "asset", "asset"), (customers, "customer", "customer")):
        key = known.get(id) or known.get(row.get(name) or "")
        if key is not None:
            return reverse(page, args=[key])
    return ""
