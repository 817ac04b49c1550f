"""Codes of failures that were used before, to choose from while one types: the nearest first."""

from collections import Counter

from django.db.models import QuerySet

from wellkept.desk.web.asking import Asking
from wellkept.record.access.gate import visible
from wellkept.record.access.kept import Sql, asked, sql_of
from wellkept.record.access.models import Account
from wellkept.record.access.parts import kept_for
from wellkept.record.cases.actions.noting import CODES
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.models import Asset

ASSETS, LATEST = 100, 400
"""So many assets of the same product, and so many cases, are looked at."""
SHOWN = 30
"""So many of one code are offered."""
SAME, KIN, ANY = 3, 2, 1
"""How near a case is: of the same product, of its family, any other."""


def codes_before(case: Case, asking: Asking) -> dict[str, list[str]]:
    """This will list codes that were used before, by the name of the code, the nearest first.

    Those of the same product stand before those of its family, and these before all others; in
    each the most used first. Of cases that the one who asks may see, the latest ones: one
    statement, which reads as little of a large record as of a small one.
    """
    product = None if case.asset is None else case.asset.product
    family = "" if product is None else product.family
    near: dict[str, dict[str, int]] = {name: {} for name in CODES}
    many: Counter[tuple[str, str]] = Counter()
    for _pk, of_product, of_family, *codes in asked(_statement(case, asking)):
        same = product is not None and of_product == product.pk
        how = SAME if same else KIN if family and of_family == family else ANY
        for name, code in zip(CODES, codes, strict=True):
            if code:
                near[name][code] = max(how, near[name].get(code, 0))
                many[name, code] += 1
    return {name: _ranked(name, found, many) for name, found in near.items()}


def _ranked(name: str, found: dict[str, int], many: Counter[tuple[str, str]]) -> list[str]:
    first = sorted(found, key=lambda code: (-found[code], -many[name, code], code.casefold()))
    return first[:SHOWN]


def _statement(case: Case, asking: Asking) -> Sql:
    """The latest cases of all, and those of some assets of the same product; each once."""
    to = asking.account
    read = [kept_for(_latest, Case, to=to)]
    if case.asset is not None:
        read.append(kept_for(_alike, Case, to=to, product=case.asset.product_id))
    coded = " or ".join(f"{name} <> ''" for name in CODES)
    text = " union ".join(f"select * from ({one.text}) part where {coded}" for one in read)
    return Sql(text, tuple(value for one in read for value in one.bound))


def _latest(to: Account) -> Sql:
    latest = Case.objects.order_by("-reported_at", "-pk").values("pk")[:LATEST]
    return _read(Case.objects.filter(pk__in=latest), to)


def _alike(to: Account, *, product: int) -> Sql:
    alike = Asset.objects.filter(product=product).order_by("-pk").values("pk")[:ASSETS]
    return _read(Case.objects.filter(asset__in=alike), to)


def _read(rows: QuerySet[Case], to: Account) -> Sql:
    seen = visible(rows, to=to, led=True).order_by()
    return sql_of(
        seen.values_list("pk", "asset__product", "asset__product__family", *CODES)[:LATEST]
    )
