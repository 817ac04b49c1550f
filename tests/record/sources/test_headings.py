"""A header is taken apart into words, whatever system wrote it."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.record.sources import heading as heading_module
from wellkept.record.sources import lexicon, recipe_reading
from wellkept.record.sources import words as words_module
from wellkept.record.sources.heading import heading
from wellkept.record.sources.lexicon import matches
from wellkept.record.sources.lexicon_facts import FACTS
from wellkept.record.sources.lexicon_moments import MOMENTS
from wellkept.record.sources.lexicon_things import THINGS
from wellkept.record.sources.notions import kind_of, offers
from wellkept.record.sources.roles import ROLES, SHAPES

NOTIONS = {**MOMENTS, **THINGS, **FACTS}


@pytest.mark.parametrize("module", [heading_module, lexicon, recipe_reading, words_module])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0 and found.failed == 0


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("CaseNumber", "case number"),
        ("BscStartDate", "bsc start date"),
        ("PMType", "pm type"),
        ("sys_updated_on", "sys updated on"),
        ("case:concept:name", "case concept name"),
        ("Malfunct.end", "malfunct end"),
        ("Résolu le", "resolu le"),
        ("Zuständige Gruppe", "zustandige gruppe"),
        ("# Reassignments", "count of reassignments"),
        ("Ticket#", "ticket number"),
        ("N° de ticket", "number de ticket"),
        ("PO / SO #", "po so number"),
        ("Status(s)", "status"),
        ("Ticket IDs Sequence", "ticket ids sequence"),
        ("u_symptom", "symptom"),
        ("Resolution_Target__c", "resolution target"),
        ("Incident ID*+", "incident id"),
        ("partner_id/.id", "partner id id"),
        ("???", ""),
    ],
)
def test_a_header_becomes_plain_words(header: str, words: str) -> None:
    assert heading(header).text == words


def test_a_unit_and_a_zone_in_the_header_are_kept_apart() -> None:
    assert heading("Handle Time (Hours)").unit == "h"
    assert heading("Resolution time (in hrs)").unit == "h"
    assert heading("Duration [min]").unit == "min"
    assert heading("Freight Cost (USD)").unit == "money"
    assert heading("timestamp_utc").zone == "UTC"
    assert heading("Created (UTC)").text == "created"
    assert heading("Asset tag").unit is None


@given(st.text())
def test_any_header_is_read_without_an_error(header: str) -> None:
    found = matches(header)
    assert [match.score for match in found] == sorted(
        (match.score for match in found), reverse=True
    )


def test_a_header_without_known_words_means_nothing() -> None:
    assert matches("Date 1") == ()
    assert matches("Invoice Expiry Date") == ()
    assert matches("") == ()


def test_an_exact_name_comes_before_a_part_of_it() -> None:
    assert matches("Delivery Recorded Date")[0].notion == "changed"
    assert matches("Resolution Action Updated Date")[0].notion == "changed"
    assert {one.notion for one in matches("Time to resolve")} >= {"due", "resolved_after"}
    assert {one.notion for one in matches("Time to resolution")} == {"resolved", "resolved_after"}


def test_every_notion_can_become_a_role_in_some_shape_and_every_role_exists() -> None:
    assert set(offers()) == set(NOTIONS)
    for notion, shapes in offers().items():
        kind_of(notion)
        assert any(shapes.values()), notion
        assert {offer.role for made in shapes.values() for offer in made} <= set(ROLES)
        assert set(shapes) <= set(SHAPES)


def test_every_role_can_be_reached_from_some_header() -> None:
    reached = {
        offer.role for shapes in offers().values() for made in shapes.values() for offer in made
    }
    assert reached == set(ROLES)


def test_every_name_of_the_lexicon_leads_back_to_its_notion() -> None:
    lost = [
        (notion, name)
        for notion, tiers in NOTIONS.items()
        for tier in tiers
        for name in tier.split(",")
        if notion not in {match.notion for match in matches(name)}
    ]
    assert lost == []
