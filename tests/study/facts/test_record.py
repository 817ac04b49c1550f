"""The record's facts are a folder's facts: one small company, written down in both ways."""

from datetime import timedelta
from typing import Any

from builders import HOUR, MONDAY, a_case, a_customer, a_person, a_promise, a_site, an_asset
from study.facts.record_facts import facts_of, measured

NOW = MONDAY + timedelta(days=14)


def test_a_case_and_its_promise_become_facts(committed: Any) -> None:
    nord = a_customer("Clinic Nord")
    site = a_site(nord)
    pump = an_asset()
    bruno = a_person("Bruno")
    a_case(customer=nord, site=site, asset=pump, owner=bruno)
    a_promise(4 * HOUR, customer=nord, site=site, owner=bruno)
    with facts_of(committed, NOW) as facts:
        (case,) = facts.source.rows('SELECT * FROM "case"')
        (promise,) = facts.source.rows("SELECT * FROM promise")
    assert (case["customer"], case["owner"], case["asset"]) == ("Clinic Nord", "Bruno", pump.number)
    assert case["ownerless_s"] == 0
    assert case["open_s"] == 14 * 24 * 3600
    assert promise["owner"] == "Bruno"
    assert promise["judged_due_s"] == int((MONDAY + 4 * HOUR).timestamp())
    assert not promise["settled"]


def test_the_document_of_an_empty_record_has_no_measure(committed: Any) -> None:
    document = measured(committed, NOW)
    assert document["measures"] == []
    assert document["letting_down"] == []
