"""A piece of a text finds its row on both databases, as if every text were read."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import (
    MONDAY,
    a_case,
    a_contact,
    a_customer,
    a_product,
    a_promise,
    an_account,
    an_asset,
)
from databases import undone
from wellkept.record.access.actions import erase_person
from wellkept.record.access.gate import visible
from wellkept.record.access.rules import Group, Scope
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.actions import add_customers, merge_customers
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise, PromiseExternalId
from wellkept.record.search import leading, measuring, queries
from wellkept.record.search.index import catch_up
from wellkept.record.search.queries import Answer, answering
from wellkept.record.search.rules import fold, words_of

pytestmark = pytest.mark.usefixtures("record")
SIGNS = "abAB0 %_'\"*^-:()\\üÜßйЙ"
TEXTS = st.text(SIGNS, max_size=12)


def indexed() -> None:
    """Take all that is new into the index."""
    for _ in catch_up(connection):
        pass


def found(typed: str, rows: Any) -> set[int]:
    return {row.pk for row in answering(typed, rows).first(1_000)}


def test_any_piece_of_a_serial_finds_the_asset() -> None:
    scanner, other = an_asset("S4-77-0091"), an_asset("S5-12-3456")
    indexed()
    later = an_asset("S4-77-0099")
    for piece, expected in (
        ("77-009", {scanner.pk, later.pk}), ("0091", {scanner.pk}), ("s5-1", {other.pk}),
        (scanner.number.lower(), {scanner.pk}), ("zzz", set()),
    ):  # fmt: skip
        assert found(piece, Asset.objects.all()) == expected, piece


def test_words_may_stand_in_the_text_or_be_the_customer_s_or_the_asset_s() -> None:
    nord, mill = a_customer("Klinik Nördlingen"), a_customer("Mill East")
    pump = an_asset("PX-4711")
    one = a_promise(about="Replace the seal", customer=nord, asset=pump)
    a_promise(about="Replace the seal", customer=mill)
    case = a_case("Насос leaks", customer=nord, detail="since Monday")
    indexed()
    for typed in ("seal NÖRD", "px-4711 seal klinik", "replace 4711"):
        assert found(typed, Promise.objects.all()) == {one.pk}, typed
    for typed in ("насос nörd", "НАСОС", "monday leaks"):
        assert found(typed, Case.objects.all()) == {case.pk}, typed
    assert found("seal насос", Promise.objects.all()) == set()


def test_a_pair_of_quotes_holds_a_phrase_together() -> None:
    one, _ = a_customer("Clinic Nord"), a_customer("Nord Clinic")
    assert len(found("clinic nord", Customer.objects.all())) == 2
    assert found('"clinic nord"', Customer.objects.all()) == {one.pk}


def test_one_or_two_signs_find_beginnings_of_numbers_and_names() -> None:
    nord, _ = a_customer("Österreich Nord", number="K7"), a_customer("Klinik Ö", number="9K7")
    one = a_promise(about="a7")
    assert found("ös", Customer.objects.all()) == found("k7", Customer.objects.all()) == {nord.pk}
    assert found(f"p{one.pk}" if one.pk < 10 else str(one.pk), Promise.objects.all()) == {one.pk}
    assert found("a7", Promise.objects.all()) == set()


def test_a_number_of_another_system_finds_the_row_as_a_whole() -> None:
    one = a_promise(about="call back")
    for system, kind in (("erp", "order"), ("erp", "task"), ("helpdesk", "ticket")):
        PromiseExternalId.objects.create(
            row=one, system=system, kind=kind, external_id=f"{system}-{kind}-77".upper()
        )
    for typed in ("erp-task-77", "HELPDESK-TICKET-77", "back erp-order-77", f"P-{one.pk:06d}"):
        assert found(typed, Promise.objects.all()) == {one.pk}, typed
    assert found("erp-task-7", Promise.objects.all()) == set()


def test_what_is_edited_merged_or_taken_away_is_found_as_it_is_now() -> None:
    nord, old = a_customer("Clinic Nord"), a_customer("Hospital Nordic")
    indexed()
    merge_customers(into=nord, duplicates=[old], at=MONDAY, by=None)
    assert found("nordic", Customer.objects.standing()) == set()
    Customer.objects.filter(pk=nord.pk).update(name="Spital Süd")
    assert found("clinic", Customer.objects.all()) == set()
    assert found("SÜD", Customer.objects.all()) == {nord.pk}
    asset = an_asset("GONE-1")
    indexed()
    Asset.objects.filter(pk=asset.pk).delete()
    assert found("gone-1", Asset.objects.all()) == set()


def test_the_name_of_a_contact_finds_the_customer_until_it_is_erased() -> None:
    rossi = a_contact("Giulia Rossi", a_customer("Clinic Nord"))
    indexed()
    assert found("rossi", Customer.objects.all()) == {rossi.customer_id}
    erase_person(people=[rossi.personal], at=MONDAY, by=None)
    assert found("rossi", Customer.objects.all()) == set()


def test_of_a_name_that_a_crowd_carries_the_newest_come_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Beyond a crowd nobody is asked whose contacts they are; what is found is the same."""
    rows = [a_customer(f"Clinic {place}") for place in ("Nord", "South", "East")]
    for customer, name in zip(rows, ("Giulia Rossi", "Marco Rossi", "Ada Verdi"), strict=True):
        a_contact(name, customer)
    a_contact("Anna Rossi", rows[0])
    indexed()
    asked = {
        "rossi": rows[1::-1],
        "rossi nord": rows[:1],
        "ross clin": rows[1::-1],
        "verdi": rows[2:],
    }
    for crowd in (measuring.CROWD, 2, 0):
        monkeypatch.setattr(measuring, "CROWD", crowd)
        known = measuring.measured(connection, [Customer], ("rossi",)).people
        assert known == {(Customer, "rossi"): None if crowd < 3 else [rows[0].pk, rows[1].pk]}
        for typed, expected in asked.items():
            assert answering(typed, Customer.objects.all()).first(9) == expected, (crowd, typed)


def test_nobody_finds_what_they_may_not_see(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by a rare word, nor by one that so many rows hold that the newest come first."""
    bruno = an_account("Bruno", (Group.ENGINEER, Scope.OWN))
    for _ in range(3):
        a_promise(about="Deliver part 9", customer=a_customer("Clinic Nord"))
    indexed()
    for few in (measuring.FEW, 0):
        for module in (measuring, leading):
            monkeypatch.setattr(module, "FEW", few)
        answer = answering("deliver nord", visible(Promise.objects.all(), to=bruno))
        assert answer.first(10) == [] and not answer.rows.exists()
        assert len(found("deliver nord", Promise.objects.all())) == 3


def held(typed: str, texts: list[str]) -> bool:
    """Say whether each word stands in one of the texts: what the index must give, read plainly."""
    return all(any((fold(w) or "") in (fold(t) or "") for t in texts) for w in words_of(typed))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(TEXTS, min_size=1, max_size=3),
    abouts=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4),
    words=st.lists(st.text(SIGNS.replace(" ", ""), min_size=3, max_size=5), min_size=1, max_size=2),
    reach=st.integers(0, 4), few=st.sampled_from([measuring.FEW, 1, 0]),
    little=st.sampled_from([measuring.LITTLE, 0]),
)  # fmt: skip
def test_the_index_finds_what_reading_every_text_finds(
    record: Any,
    names: list[str],
    abouts: list[str],
    words: list[str],
    reach: int,
    few: int,
    little: int,
) -> None:
    with undone(record), pytest.MonkeyPatch.context() as patched:
        for module in (measuring, leading, queries):
            patched.setattr(module, "FEW", few)
        patched.setattr(measuring, "SURELY", few)
        patched.setattr(leading, "NEWEST", 1)
        patched.setattr(leading, "LITTLE", little)
        customers = [Customer.objects.create(name=name or "x") for name in names]
        rows = []
        for number, about in enumerate(abouts):
            rows.append(a_promise(about=about, customer=customers[number % len(customers)]))
            if number == reach:
                indexed()
        for typed in (*words, " ".join(words), abouts[0], f"{abouts[-1]} {names[0]}"):
            if all(len(word) < 3 for word in words_of(typed)):
                continue
            expected = {
                row.pk for row in rows
                if held(typed, [row.about, row.customer.name if row.customer else ""])
            }  # fmt: skip
            answer = answering(typed, Promise.objects.all())
            assert {row.pk for row in answer.rows} == expected, typed
            assert [row.pk for row in answer.first(9)] == sorted(expected, reverse=True), typed
            if answer.scan is not None:
                keys = sorted(expected, reverse=True)
                assert answer.scanned(answer.scan, leading.LAST, 1) == (keys[:1], len(keys)), typed


def test_products_answer_for_their_assets() -> None:
    one = an_asset("X-1", product=a_product("Scanner Süd"))
    assert found("scanner x-1", Asset.objects.all()) == {one.pk}


@pytest.mark.parametrize(("many", "goes_on"), [(3, False), (30, True)])
def test_the_second_half_of_a_search_is_begun_only_where_the_first_fills_no_page(
    record: Any, many: int, goes_on: bool
) -> None:
    """Counted: the steps that SQLite takes; on PostgreSQL, whether the rest was ever begun."""
    add_customers(customers=[Customer(name=f"Mill {n}") for n in range(400)], at=MONDAY, by=None)
    newest = Customer.objects.filter(pk__gt=Customer.objects.latest("pk").pk - 5)
    rest = Customer.objects.filter(name__contains="Quarry")
    answer, steps = Answer(rest, Customer.objects.all(), newest), list[int]()
    if record.vendor == "postgresql":
        said = answer._near_first(newest, many)
        with record.cursor() as cursor:
            cursor.execute(f"explain (analyze) {said.text}", said.bound)
            begun = "never executed" not in "".join(line for (line,) in cursor.fetchall())
        assert begun is goes_on
        return
    record.connection.set_progress_handler(lambda: steps.append(1), 10)
    try:
        found = answer.first(many)
    finally:
        record.connection.set_progress_handler(None, 0)
    assert len(found) == min(many, 5)
    assert (len(steps) > 100) is goes_on, len(steps)
