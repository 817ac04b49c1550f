"""Products: a list of them, a page for each with its assets, and what is kept of them by hand."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from builders import a_product, an_account, an_asset
from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import Company, a_company
from wellkept.desk import clock
from wellkept.record.access.rules import Group, Scope
from wellkept.record.installed_base.models import Product

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]
LIST = "/installed-base/products/"


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


def test_products_are_listed_narrowed_found_and_sent_as_a_file(company: Company) -> None:
    a_product("Control app", number="APP", kind="software", support_ends_on=date(2020, 1, 31))
    desk = signed_in(company.alma)
    both = desk.get(LIST).text
    assert "Scanner S4" in both and "Control app" in both and f"{LIST}new/" in both
    ended = desk.get(f"{LIST}?support=ended").text
    assert "Control app" in ended and "Scanner S4" not in ended
    assert "Scanner S4" not in desk.get(f"{LIST}?kind=software").text
    sought = desk.get("/search/?q=Control").text
    (app,) = Product.objects.filter(number="APP")
    assert f'href="{LIST}{app.pk}/"' in sought
    sent = desk.get(f"{LIST}?as=csv").getvalue().decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(sent))
    assert ["APP", "Control app", "software", "", "", "2020-01-31"] in rows
    assert desk.get(f"{LIST}?as=xlsx").status_code == 200


def test_the_page_of_a_product_leads_to_the_assets_that_one_may_see(company: Company) -> None:
    product = company.scanner.product
    an_asset("A-2", product=product)
    an_asset("A-3", product=a_product("Pump 9"))
    desk = signed_in(company.alma)
    page = desk.get(f"{LIST}{product.pk}/").text
    there = f"/installed-base/?product={product.pk}"
    assert f'href="{there}">2</a>' in page and "Scanner S4" in page
    narrowed = desk.get(there).text
    assert "A-1040" in narrowed and "A-2" in narrowed and "A-3" not in narrowed
    assert f'<option value="{product.pk}" selected>Scanner S4</option>' in narrowed
    assert "A-3" in desk.get("/installed-base/?product=x").text
    assert f'href="{LIST}{product.pk}/"' in desk.get(f"/installed-base/{company.scanner.pk}/").text
    far = signed_in(an_account("Far", (Group.ENGINEER, Scope.REGION)))
    assert f'href="{there}">0</a>' in far.get(f"{LIST}{product.pk}/").text
    assert "A-1040" not in far.get(there).text


def test_a_product_is_kept_and_changed_by_hand_and_both_of_two_edits_are_shown(
    company: Company,
) -> None:
    desk = signed_in(company.alma)
    typed = {
        "form": "add_product", "number": "P-9", "name": "Pump 9", "kind": "hardware",
        "family": "Pumps", "released_on": "2020-02-01", "support_ends_on": "2019-12-31",
    }  # fmt: skip
    wrong = desk.post(f"{LIST}new/", typed)
    assert wrong.status_code == 422 and "cannot end before its release" in wrong.text
    wrong = desk.post(f"{LIST}new/", typed | {"support_ends_on": "", "expected_life_years": "many"})
    assert wrong.status_code == 422 and "no number of whole years" in wrong.text
    made = desk.post(f"{LIST}new/", typed | {"support_ends_on": "", "expected_life_years": "15"})
    (pump,) = Product.objects.filter(number="P-9")
    assert made.status_code == 302 and (pump.family, pump.expected_life_years) == ("Pumps", 15)
    twice = desk.post(f"{LIST}new/", typed | {"support_ends_on": "", "expected_life_years": ""})
    assert twice.status_code == 422 and "Another product has this number" in twice.text
    page = f"{LIST}{pump.pk}/record/"
    known = {"form": "known", "number": "P-9", "name": "Pump 9 S", "kind": "hardware"}
    assert desk.post(page, known | {"seen": str(pump.version)}).status_code == 302
    late = desk.post(page, known | {"name": "Pump 9 XL", "seen": str(pump.version)})
    assert "Pump 9 S" in late.text and "Pump 9 XL" in late.text
    reader = signed_in(an_account("Reader", (Group.READ_ONLY, Scope.ALL)))
    assert reader.post(page, known | {"seen": "9"}).status_code == 403
    assert page not in reader.get(f"{LIST}{pump.pk}/").text
