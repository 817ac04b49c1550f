"""The record's facts are a folder's facts: one small company, written down in both ways."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import HOUR, MONDAY, a_case, a_customer, a_person, a_promise, a_site, an_asset
from study.facts.one_company import NOW, as_folder
from study.facts.record_facts import differences, facts_of, measured
from wellkept.desk.cli.measure import document_of as of_folder
from wellkept.record.promises.actions import keep_promises, move_promises, tell_customer
from wellkept.record.promises.models import ContactLog, Promise, PromiseMove
from wellkept.study.facts.folder import Asked, open_folder
from wellkept.study.facts.record_columns import LOG_READS, PEOPLE_READS, READS


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


def test_when_a_customer_was_told_becomes_a_fact_with_the_new_date(committed: Any) -> None:
    one = a_promise(4 * HOUR, customer=a_customer("Clinic Nord"))
    due = MONDAY + 8 * HOUR
    move = PromiseMove(promise=one, new_due=due, asked_by="us", reason="part", at=MONDAY + HOUR)
    move_promises(moves=[move], at=MONDAY + HOUR, by=None)
    told = ContactLog(at=MONDAY + 2 * HOUR, channel="phone", about="tomorrow")
    tell_customer(promises=[one], told=told, at=NOW, by=None)
    with facts_of(committed, NOW) as facts:
        rows = facts.source.rows("SELECT * FROM notice ORDER BY new_due_s")
    told_s = int((MONDAY + 2 * HOUR).timestamp())
    assert [(row["told_s"], row["new_due_s"]) for row in rows] == [
        (told_s, int(due.timestamp())), (told_s, None),
    ]  # fmt: skip
    with facts_of(committed, NOW, until=MONDAY + HOUR) as before:
        assert before.source.rows("SELECT * FROM notice") == []


def test_the_document_of_an_empty_record_has_no_measure(committed: Any) -> None:
    document = measured(committed, NOW)
    assert document["measures"] == []
    assert document["letting_down"] == []


def test_the_same_company_gives_the_same_measures_from_a_folder_and_from_the_record(
    company: Any, tmp_path: Path
) -> None:
    there = measured(company, NOW)
    with open_folder(as_folder(tmp_path / "exports"), Asked(now_s=int(NOW.timestamp()))) as facts:
        here = of_folder(facts)
    assert differences(there, here) == []


@pytest.mark.parametrize(("early_s", "broken"), [(1, 0), (0, 1), (-1, 1)])
def test_desk_and_measures_agree_at_the_very_moment_at_which_it_falls_due(
    committed: Any, early_s: int, broken: int
) -> None:
    due = MONDAY + 4 * HOUR
    a_promise(4 * HOUR)
    now = due - timedelta(seconds=early_s)
    assert Promise.objects.broken(now).count() == broken
    assert Promise.objects.failed(now).count() == broken
    (kept,) = [
        one for one in measured(committed, now)["measures"] if one["name"] == "promise_kept_rate"
    ] or [{"share_beyond": {"k": 0}}]
    assert kept["share_beyond"]["k"] == broken


def test_every_table_and_column_that_is_read_stands_in_the_models() -> None:
    from django.apps import apps
    from django.db.models import BooleanField, DateTimeField

    models = {model._meta.db_table: model for model in apps.get_models()}
    for one in (*READS, *LOG_READS, *PEOPLE_READS):
        columns = {field.column: field for field in models[one.table]._meta.concrete_fields}
        read = {*one.plain.split(), *one.moments.split(), *one.flags.split()}
        assert read <= columns.keys(), f"{one.table}: {read - columns.keys()}"
        for name in read:
            moment, flag = name in one.moments.split(), name in one.flags.split()
            assert isinstance(columns[name], DateTimeField) == moment, f"{one.table}.{name}"
            assert isinstance(columns[name], BooleanField) == flag, f"{one.table}.{name}"


def test_a_late_entry_is_not_known_before_it_was_written_down(committed: Any) -> None:
    promise = a_promise(4 * HOUR)
    keep_promises(promises=[promise], fulfilled_at=MONDAY + HOUR, at=MONDAY + 30 * HOUR, by=None)
    assert settled(committed, NOW)
    assert settled(committed, NOW, until=MONDAY + 2 * HOUR), "it had happened by then"
    assert not settled(committed, NOW, known_at=MONDAY + 29 * HOUR), "nobody had written it down"


def test_a_replay_knows_no_later_move_and_no_later_case(company: Any) -> None:
    then = MONDAY + 40 * HOUR
    with facts_of(company, NOW, until=then) as facts:
        dues = facts.source.rows(
            "SELECT (current_due_s - first_due_s) // 3600 AS moved, "
            "(judged_due_s - first_due_s) // 3600 AS judged FROM promise ORDER BY promise_no"
        )
        assert len(facts.source.rows('SELECT 1 FROM "case"')) == 3
    assert [row["moved"] for row in dues] == [0, 0, 0, 12, 0, 0, 0]
    assert [row["judged"] for row in dues] == [0] * 7
    with facts_of(company, NOW) as facts:
        rows = facts.source.rows("SELECT judged_due_s - first_due_s AS s FROM promise ORDER BY s")
    assert [row["s"] for row in rows][-1] == 24 * 3600


def settled(connection: Any, now: Any, **given: Any) -> bool:
    with facts_of(connection, now, **given) as facts:
        (row,) = facts.source.rows("SELECT settled FROM promise")
    return bool(row["settled"])
