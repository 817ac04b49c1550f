"""Snapshots of the record's facts: whole or not there, never changed, swept by age."""

import os
from pathlib import Path
from typing import Any

from builders import a_case, a_person
from study.facts.one_company import NOW
from study.facts.record_facts import address_of, measured
from wellkept.record.access.models import PersonalData
from wellkept.study.facts import snapshot
from wellkept.study.measures.of_record import document_of

NOW_S = int(NOW.timestamp())


def test_a_generation_measures_as_the_record_does(company: Any, tmp_path: Path) -> None:
    address = address_of(company)
    assert snapshot.current(tmp_path) is None
    made = snapshot.publish(tmp_path, address, now_s=NOW_S, mark=(0, 7))
    found = snapshot.current(tmp_path)
    assert found == made
    assert found.mark == (0, 7)
    with snapshot.opened(found, address) as facts:
        assert document_of(facts) == measured(company, NOW)


def test_readers_keep_their_generation_while_the_next_takes_its_place(
    committed: Any, tmp_path: Path
) -> None:
    address = address_of(committed)
    a_case()
    first = snapshot.publish(tmp_path, address, now_s=NOW_S, mark=(0, 1))
    with snapshot.opened(first, address) as facts:
        a_case()
        second = snapshot.publish(tmp_path, address, now_s=NOW_S, mark=(0, 2))
        assert len(facts.source.rows('SELECT 1 FROM "case"')) == 1
    assert snapshot.current(tmp_path) == second
    assert (first.name, second.name) == ("g1", "g2")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("new-")] == []


def test_generations_are_swept_by_age_and_the_current_one_stays(
    committed: Any, tmp_path: Path
) -> None:
    address = address_of(committed)
    first = snapshot.publish(tmp_path, address, now_s=NOW_S, mark=(0, 1))
    second = snapshot.publish(tmp_path, address, now_s=NOW_S, mark=(0, 2))
    for one in (first, second):
        os.utime(one.folder, (NOW_S, NOW_S))
    assert snapshot.sweep(tmp_path, now_s=NOW_S + snapshot.KEPT_S) == []
    assert snapshot.sweep(tmp_path, now_s=NOW_S + snapshot.KEPT_S + 1) == ["g1"]
    assert snapshot.current(tmp_path) == second


def test_an_erased_name_is_in_no_generation(committed: Any, tmp_path: Path) -> None:
    address = address_of(committed)
    a_case(owner=a_person("Bruno Keller"))
    made = snapshot.publish(tmp_path, address, now_s=NOW_S, mark=(0, 1))
    with snapshot.opened(made, address) as facts:
        assert facts.source.rows('SELECT owner FROM "case"') == [{"owner": "Bruno Keller"}]
    files = b"".join(path.read_bytes() for path in made.folder.iterdir())
    assert b"Keller" not in files
    PersonalData.objects.update(name="")
    with snapshot.opened(made, address) as facts:
        assert "Keller" not in str(facts.source.rows('SELECT owner FROM "case"'))
