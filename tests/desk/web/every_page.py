"""A company in which every page has something to show, and the address of every page on it."""

import io
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from builders import HOUR, a_contact, a_customer, an_account, an_asset
from desk.web.clients import everything, signed_in
from desk.web.company import Company, a_case, a_company, a_day
from desk.web.mirror_rounds import a_round, an_answered_round
from wellkept.desk import clock
from wellkept.desk.web.addresses import PAGES
from wellkept.desk.web.gate import Page
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group
from wellkept.record.cases.actions import attach_to_case, log_contact
from wellkept.record.cases.models import Case
from wellkept.record.files.actions import Coming
from wellkept.record.files.models import Attachment
from wellkept.record.installed_base.actions import attach_to_asset, merge_assets
from wellkept.record.mirror.models import Round
from wellkept.record.mirror.rules import Stage
from wellkept.record.promises.actions import attach_to_promise, tell_customer
from wellkept.record.promises.models import ContactLog, Promise
from wellkept.record.sources.models import ImportRun

ASKED = frozenset({"mirror_round", "mirror_answer", "mirror_step", "mirror_invite", "mirror_lock"})
"""Pages about a round whose answers are open; the others are about one that was revealed."""
PDF = b"%PDF-1.7 the signed acceptance"
TABLE = b"promise_id,customer,about,made,due\nX-1,Mill East,Ring back,2026-02-01,sometime soon\n"
TABLE += b"X-2,Mill East,Send the drawing,2026-02-01 09:00,2026-02-03 12:00\n"


@dataclass(frozen=True, slots=True)
class Everything:
    """The company, who leads it, and the rows that pages are about."""

    company: Company
    nora: Account
    promise: Promise
    case: Case
    file: Attachment
    run: ImportRun
    asked: Round
    revealed: Round

    def key_for(self, page: Page) -> dict[str, Any]:
        """Give what the address of a page names: the row that the page is about."""
        keys = {
            "promise": self.promise.pk, "case": self.case.pk, "asset": self.company.scanner.pk,
            "product": self.company.scanner.product_id, "file": self.file.pk,
            "customer": self.company.nord.pk, "import": self.run.pk,
            "mirror": (self.asked if page.name in ASKED else self.revealed).pk,
            "settings": self.company.bruno.pk,
        }  # fmt: skip
        given: dict[str, Any] = {}
        if "<int:pk>" in page.path:
            given["pk"] = keys[page.name.partition("_")[0]]
        if "<uuid:key>" in page.path:
            given["key"] = "6b0a4f0e-0000-4000-8000-000000000000"
        if "<slug:name>" in page.path:
            given["name"] = "promise_kept_rate"
        if "<slug:step>" in page.path:
            given["step"] = "stories"
        return given

    def address(self, page: Page) -> str:
        """Give the address of a page on this company."""
        from django.urls import reverse

        return reverse(page.name, kwargs=self.key_for(page))


def everything_there() -> Everything:
    """Have a company with promises, a case, files on each, an import, and an answered round."""
    now = clock.now(settings.HOME)
    company = a_company(now)
    nora = an_account("Nora", everything(Group.MANAGER))
    promise, case = a_day(company)[0], a_case(company)
    told: dict[str, Any] = {"at": now, "by": company.alma}
    attach_to_promise(promise=promise, files=[_coming("acceptance.pdf")], **told)
    attach_to_case(case=case, files=[_coming("console.pdf")], **told)
    attach_to_asset(asset=company.scanner, files=[_coming("wiring.pdf")], **told)
    a_contact("Dr Rossi", company.nord, phone="+39 06 1040")
    a_customer("Clinic-Nord Ltd.")
    an_asset(company.scanner.serial, product=company.scanner.product)
    merge_assets(into=company.scanner, duplicates=[an_asset(number="A-1041")], **told)
    call = ContactLog(at=now - HOUR, channel="phone", from_customer=True, about="Where are you?")
    log_contact(case=case, told=call, **told)
    said = ContactLog(at=now - HOUR, channel="mail", about="We come at noon")
    tell_customer(promises=[promise], told=said, **told)
    client = signed_in(nora)
    sent = SimpleUploadedFile("promises.csv", TABLE)
    client.post("/exchange/", {"files": [sent], "zone": "Europe/Rome"})
    revealed = an_answered_round(now)
    for deed in ("lock", "reveal"):
        client.post(f"/mirror/{revealed.pk}/{deed}/", {"sure": "1"})
    revealed.refresh_from_db()
    assert revealed.stage is Stage.REVEALED
    return Everything(
        company, nora, promise, case, Attachment.objects.earliest("pk"), ImportRun.objects.get(),
        a_round(now, executive=nora), revealed,
    )  # fmt: skip


def _coming(name: str) -> Coming:
    return Coming(name, io.BytesIO(PDF))


def shown() -> tuple[Page, ...]:
    """List the pages that can be opened."""
    return tuple(page for page in PAGES if "GET" in page.methods)
