"""What is kept by hand: customers, people, assets; a shift handed over, a person erased."""

from typing import Any

import pytest
from django.conf import settings

from builders import a_contact, a_customer, a_site, an_account
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from desk.web.company import HOUR, Company, a_case, a_company, promised
from wellkept.desk import clock
from wellkept.desk.digest.choosing import set_wish
from wellkept.record.access.models import PersonalData
from wellkept.record.access.rules import Group, Scope
from wellkept.record.installed_base.actions import (
    add_assets,
    add_products,
    declare_slots,
    place_assets,
)
from wellkept.record.installed_base.models import Asset, Placement, Product
from wellkept.record.organisation.models import Person, Region, Team, TeamMember
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import ContactLog, Promise

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


def test_a_new_company_takes_its_first_customer_in_by_hand(alma: Any, desk: Any) -> None:
    assert "/customers/new/" in desk.get("/customers/").text
    typed = {"form": "add_customer", "name": "Mill East", "site": "Main hall", "zone": "Europe/Rom"}
    wrong = desk.post("/customers/new/", typed)
    assert wrong.status_code == 422 and "is not a time zone" in wrong.text
    assert 'value="Mill East"' in wrong.text and not Customer.objects.exists(), "all or nothing"
    there = desk.post("/customers/new/", typed | {"zone": "Europe/Rome"}, follow=True)
    (mill,) = Customer.objects.all()
    assert there.redirect_chain == [(f"/customers/{mill.pk}/", 302)] and "Main hall" in there.text
    again = desk.post("/customers/new/", typed | {"zone": "Europe/Rome"})
    assert "is kept; give this one its number" in again.text and Customer.objects.count() == 1


def test_who_would_not_see_a_customer_again_does_not_keep_it(company: Company) -> None:
    far = signed_in(an_account("Far", (Group.COORDINATOR, Scope.REGION)))
    typed = {"form": "add_customer", "name": "Mill East", "number": "", "site": ""}
    answer = far.post("/customers/new/", typed)
    assert "You would not see it again" in answer.text and Customer.objects.count() == 1
    assert far.get(f"/customers/{company.nord.pk}/record/").status_code == 404


def test_people_and_contacts_of_a_customer_are_kept_where_they_are_shown(company: Company) -> None:
    desk, page = signed_in(company.alma), f"/customers/{company.nord.pk}/"
    rossi = {"form": "add_person", "name": "Dr Rossi", "phone": "+39 06 1040", "role": "Head nurse"}
    assert desk.post(f"{page}record/", rossi).status_code == 302
    said = {"form": "log", "channel": "phone", "about": "They ask for one number to call"}
    kept = desk.post(f"{page}record/", said | {"from_customer": "1"})
    assert kept.status_code == 302 and ContactLog.objects.get().from_customer
    shown = desk.get(page).text
    for text in ("Dr Rossi", "Head nurse", "They ask for one number to call", "they told us"):
        assert text in shown
    seen = {"form": "known", "name": "Clinic Nord", "number": "K-1", "owner": "", "seen": "1"}
    version = str(Customer.objects.get(pk=company.nord.pk).version)
    first = desk.post(f"{page}record/", seen | {"seen": version})
    assert first.status_code == 302 and Customer.objects.get(pk=company.nord.pk).number == "K-1"
    late = desk.post(f"{page}record/", seen | {"number": "K-2", "seen": version})
    assert "K-1" in late.text and "K-2" in late.text, "both edits are shown"


def test_only_an_administrator_erases_a_person_and_only_when_sure(company: Company) -> None:
    rossi = a_contact("Dr Rossi", company.nord, phone="+39 06 1040")
    page, typed = f"/customers/{company.nord.pk}/record/", {"form": f"erase-{rossi.pk}"}
    assert "erase-" not in signed_in(company.alma).get(page).text
    assert "no such form" in signed_in(company.alma).post(page, typed | {"sure": "1"}).text
    ada = signed_in(
        an_account("Ada", everything(Group.ADMINISTRATOR), everything(Group.COORDINATOR))
    )
    assert "cannot be brought back" in ada.post(page, typed).text
    assert PersonalData.objects.get(pk=rossi.personal_id).name == "Dr Rossi"
    assert ada.post(page, typed | {"sure": "1"}).status_code == 302
    gone = PersonalData.objects.get(pk=rossi.personal_id)
    assert (gone.name, gone.phone) == ("", "") and gone.erased_at is not None
    assert "Dr Rossi" not in ada.get(page).text + ada.get(f"/customers/{company.nord.pk}/").text
    own = f"/settings/people/{company.bruno.pk}/"
    assert ada.post(own, {"form": "erase", "sure": "1"}).status_code == 302
    bruno = Person.objects.get(pk=company.bruno.pk)
    assert bruno.account is not None and not bruno.account.is_active
    assert (
        ada.get(own).status_code == 200 and "Bruno Keller" not in ada.get("/settings/people/").text
    )


def test_what_one_case_promises_is_told_apart_in_every_list(company: Company) -> None:
    case, desk = a_case(company), signed_in(company.alma)
    promised(company, "Ring back", due_in=HOUR)
    ofs, bold = f"/cases/C-{case.pk}/", "<strong>{}</strong>".format
    for page, of_kind in (
        ("/?whose=all", bold("restore")), ("/promises/", "restore"),
        (ofs, bold("restore")), (ofs, bold("respond")),
    ):  # fmt: skip
        assert desk.get(page).text.count(of_kind) == 1, page
    assert "<strong>said</strong>" not in desk.get("/?whose=all").text, "the words say it all"
    sent: Any = desk.get("/promises/?as=csv")
    assert b",restore," in b"".join(sent.streaming_content)


def test_a_shift_is_handed_over_whole_and_stays_until_it_is_accepted(company: Company) -> None:
    alma, bruno = signed_in(company.alma), company.bruno
    one = promised(company, "Ring back", due_in=HOUR, owner=company.alma_person)
    case = a_case(company)
    alma.post(f"/cases/C-{case.pk}/take/")
    assert "/shift/" in alma.get("/").text
    assert "1 open case and" in alma.get("/shift/").text
    done = alma.post("/shift/", {"form": "give", "to": str(bruno.pk)}, follow=True)
    assert "it stays yours until they accept" in done.text
    assert Promise.objects.get(pk=one.pk).owner == company.alma_person
    assert bruno.account is not None
    taken = signed_in(bruno.account)
    assert "Offered to me" in taken.get("/shift/").text
    assert "All that was offered is yours" in taken.post(
        "/shift/", {"form": "accept"}, follow=True
    ).text  # fmt: skip
    case.refresh_from_db()
    assert case.owner == bruno and Promise.objects.get(pk=one.pk).owner == bruno
    assert "Nothing of yours was left" in alma.post(
        "/shift/", {"form": "give", "to": str(bruno.pk)}, follow=True
    ).text  # fmt: skip


def test_who_goes_away_says_so_and_who_stands_in(company: Company) -> None:
    alma = signed_in(company.alma)
    away = {"form": "away", "from_on": "2020-01-01", "until_on": ""}
    away["deputy"] = str(company.bruno.pk)
    assert alma.post("/shift/", away).status_code == 302
    there = company.alma_person.absences.get()
    assert there.deputy == company.bruno and there.until_at is None
    page = alma.get("/shift/").text
    assert "time in Rome" in page and "2020-01-01" in page, "days are those of most sites"
    assert there.from_at.isoformat() == "2019-12-31T23:00:00+00:00"
    east = Region.objects.create(name="East")
    a_site(company.nord, name="Quay 3", zone="Asia/Tokyo", region=east)
    team = Team.objects.create(name="Cranes", region=east)
    TeamMember.objects.create(team=team, person=company.alma_person)
    assert "time in Tokyo" in alma.get("/shift/").text, "or of those that their team works for"
    now, by = company.now, company.alma
    set_wish(by, on=True, at="07:00", zone="America/Lima", now=now, by=by)
    page = alma.get("/shift/").text
    assert "time in Lima" in page and "2019-12-31" in page, "or of where they say they are"
    assert alma.post("/shift/", {"form": f"back-{there.pk}"}).status_code == 302
    there.refresh_from_db()
    assert there.until_at is not None


def test_an_asset_is_kept_by_hand_where_it_is_and_whose(company: Company) -> None:
    desk = signed_in(company.alma)
    assert "/installed-base/new/" in desk.get("/installed-base/").text
    typed = {"form": "add_asset", "product": "Pump Z", "serial": "Z-7", "customer": "Clinic Nord",
             "since": "2024-03-01", "consequence": "safety", "said_by": "head nurse"}  # fmt: skip
    wrong = desk.post("/installed-base/new/", typed)
    assert "If it is new, tick so below" in wrong.text
    assert not Product.objects.filter(name="Pump Z").exists()
    nobody = desk.post("/installed-base/new/", typed | {"fresh": "1", "said_by": ""})
    assert "Say who said so" in nobody.text and Asset.objects.count() == 1
    kept = desk.post("/installed-base/new/", typed | {"fresh": "1"}, follow=True)
    pump = Asset.objects.get(serial="Z-7")
    assert (pump.site, pump.customer, pump.consequence) == (company.site, company.nord, 0)
    for text in ("Pump Z", "Clinic Nord", "Imaging, floor 2", "said by head nurse"):
        assert text in kept.text
    before = desk.get(f"/installed-base/{pump.pk}/?on=2024-02-01").text
    assert before.count("Imaging, floor 2") < kept.text.count("Imaging, floor 2")


def test_what_a_stop_means_is_answered_and_a_move_keeps_what_was(company: Company) -> None:
    desk, page = signed_in(company.alma), f"/installed-base/{company.scanner.pk}/"
    mill = a_customer("Mill East")
    a_site(mill, name="Main hall")
    assert f"{page}record/" in desk.get(page).text
    stop = {"form": "stop", "consequence": "degraded", "said_by": "plant manager"}
    assert desk.post(f"{page}record/", stop).status_code == 302
    lost = {"form": "place", "customer": "Mill East", "site": "Roof"}
    assert "one of the sites of Mill East: Main hall" in desk.post(f"{page}record/", lost).text
    assert desk.post(f"{page}record/", lost | {"site": ""}).status_code == 302
    idle = {"form": "state", "state": "idle", "reason": "relocation"}
    assert desk.post(f"{page}record/", idle).status_code == 302
    one = Asset.objects.get(pk=company.scanner.pk)
    assert (str(one.customer), str(one.site), one.state) == ("Mill East", "Main hall", "idle")
    assert one.consequence_said_by == "plant manager"
    yesterday = f"{company.now - 24 * HOUR:%Y-%m-%d}"
    as_was = desk.get(f"{page}as-was/?on={yesterday}").text
    assert "Clinic Nord" in as_was and "Mill East" not in as_was and "idle" not in as_was
    assert all(word in desk.get(f"{page}as-was/").text for word in ("Mill East", "idle"))
    reads = signed_in(an_account("Rita", everything(Group.READ_ONLY)))
    assert f"{page}record/" not in reads.get(page).text
    assert reads.post(f"{page}record/", stop).status_code == 403


def test_who_can_take_over_is_offered_where_something_is_handed_over(company: Company) -> None:
    promised(company, "Ring back", due_in=HOUR, owner=company.alma_person)
    alma = signed_in(company.alma)
    rita = signed_in(an_account("Rita", everything(Group.READ_ONLY)))
    for page in (f"/customers/{company.nord.pk}/", f"/installed-base/{company.scanner.pk}/"):
        (_, _, names) = alma.get(page).text.partition('<datalist id="people">')
        assert '"Bruno Keller"' in names.partition("</datalist>")[0], page
        assert "Bruno Keller" not in rita.get(page).text, "whoever hands nothing over needs none"
    asked = alma.get("/cases/new/").text
    assert "not asked yet" in asked and "unknown: ask" not in asked, "one choice, said once"


def test_a_part_is_swapped_and_an_asset_handed_to_who_runs_it(company: Company) -> None:
    desk, page = signed_in(company.alma), f"/installed-base/{company.scanner.pk}/"
    told: dict[str, Any] = {"at": company.now, "by": None}
    (tube,) = add_products(products=[Product(number="T1", name="Tube")], **told)
    declare_slots(product=company.scanner.product, names=["tube", "table"], **told)
    old, new = add_assets(assets=[Asset(product=tube, serial=s) for s in ("T-1", "T-2")], **told)
    slot = {"form": f"fill-{company.scanner.product.slots.get(name='tube').pk}", "since": ""}
    assert desk.post(f"{page}record/", slot | {"new": "T-1"}).status_code == 302
    kept = desk.get(f"{page}record/").text
    assert "tube: Tube T-1" in kept and "table: empty" in kept and "undo a swap, swap back" in kept
    swap = {"form": f"swap-{old.pk}", "since": "", "new": "T-9"}
    wrong = desk.post(f"{page}record/", swap)
    assert wrong.status_code == 422 and 'value="T-9"' in wrong.text
    assert f'aria-describedby="swap-{old.pk}-new-wrong"' in wrong.text
    too_early = desk.post(f"{page}record/", swap | {"new": "T-2", "since": "2020-01-01"})
    assert f'id="swap-{old.pk}-since-wrong"' in too_early.text
    assert Placement.objects.current().get(parent=company.scanner).asset == old
    done = desk.post(f"{page}record/", swap | {"new": "T-2"}, follow=True)
    assert f"Swapped: {new.number} stands there now" in done.text
    own = {"form": "swap", "new": "T-1", "since": ""}
    assert desk.post(f"/installed-base/{new.pk}/record/", own).status_code == 302, "swapped back"
    assert Placement.objects.current().get(parent=company.scanner).asset == old
    mill = a_customer("Mill East")
    run = {"form": "run", "operator": "Mill East", "since": "2024-01-01"}
    assert desk.post(f"{page}record/", run).status_code == 302
    assert company.scanner.operations.get().customer == mill
    assert "Run by" in desk.get(page).text
    assert "runs it already" in desk.post(f"{page}record/", run).text


def test_a_part_is_taken_out_with_a_reason_as_it_was_looked_at(company: Company) -> None:
    desk, page = signed_in(company.alma), f"/installed-base/{company.scanner.pk}/"
    told: dict[str, Any] = {"at": company.now, "by": None}
    declare_slots(product=company.scanner.product, names=["tube"], **told)
    (old,) = add_assets(assets=[Asset(product=company.scanner.product, serial="T-1")], **told)
    stands = Placement(asset=old, parent=company.scanner, slot="tube")
    stands.from_at = company.now - 48 * HOUR
    (placed,) = place_assets(placements=[stands], **told)
    assert f"{page}record/#components" in desk.get(page).text
    assert f'name="seen" value="{placed.pk}"' in desk.get(f"{page}record/").text
    out = {"form": f"out-{old.pk}", "since": "", "reason": "worn", "seen": str(placed.pk)}
    assert "Say why it is taken out" in desk.post(f"{page}record/", out | {"reason": ""}).text
    early = desk.post(f"{page}record/", out | {"since": "2020-01-01"})
    assert f'id="out-{old.pk}-since-wrong"' in early.text and 'value="worn"' in early.text
    stale = desk.post(f"{page}record/", out | {"seen": str(placed.pk - 1)})
    assert "Somebody changed where" in stale.text
    reads = signed_in(an_account("Rita", everything(Group.READ_ONLY)))
    assert reads.post(f"{page}record/", out).status_code == 403
    assert "stands nowhere now" in desk.post(f"{page}record/", out, follow=True).text
    assert not Placement.objects.current().filter(parent=company.scanner).exists()
    assert "T-1 taken out (worn)" in (shown := desk.get(page).text) and "tube: empty" in shown
    again = desk.post(f"{page}record/", out)
    assert "stands nowhere, so it cannot be taken out" in again.text
