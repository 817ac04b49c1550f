"""The record's facts are a folder's facts: one small company, written down in both ways."""

from pathlib import Path
from typing import Any

from builders import HOUR, MONDAY, a_case, a_customer, a_person, a_promise, a_site, an_asset
from study.facts.one_company import NOW, as_folder, through_verbs
from study.facts.record_facts import facts_of, measured
from wellkept.desk.cli.measure import document_of as of_folder
from wellkept.study.facts.folder import Asked, open_folder


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
    assert case["open_s"] == int((NOW - MONDAY).total_seconds())
    assert promise["owner"] == "Bruno"
    assert promise["judged_due_s"] == int((MONDAY + 4 * HOUR).timestamp())
    assert not promise["settled"]


def test_the_document_of_an_empty_record_has_no_measure(committed: Any) -> None:
    document = measured(committed, NOW)
    assert document["measures"] == []
    assert document["letting_down"] == []


SAID = ("value", "n", "open", "share_beyond", "quantiles", "max", "customers_hit", "completeness")


def test_the_same_company_gives_the_same_measures_from_a_folder_and_from_the_record(
    committed: Any, tmp_path: Path
) -> None:
    through_verbs()
    there = measured(committed, NOW)
    with open_folder(as_folder(tmp_path / "exports"), Asked(now_s=int(NOW.timestamp()))) as facts:
        here = of_folder(facts)
    assert sorted(names(there)) == sorted(names(here))
    for mine, theirs in zip(there["measures"], here["measures"], strict=True):
        for field in SAID:
            assert mine.get(field) == theirs.get(field), f"{mine['name']}: {field}"


def names(document: dict[str, Any]) -> list[str]:
    return [measure["name"] for measure in document["measures"]]
