"""The rows of the record stand as the rooms do: no arrow uphill, no clock, each rule a sentence."""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.special import RunPython, RunSQL
from django.db.models.constraints import BaseConstraint

from databases import on_sqlite
from house import ROOT, SOURCE, shown, tree
from wellkept.settings import ROOMS


def rooms_from_the_ground() -> list[str]:
    """List the rooms of the record as the import contract has them, the lowest first."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = told["tool"]["importlinter"]["contracts"]
    (layers,) = [c["layers"] for c in contracts if c.get("containers") == ["wellkept.record"]]
    return [re.sub(r"[() ]", "", layer) for layer in reversed(layers)]


def our_models() -> list[type[models.Model]]:
    """List the models of the record."""
    return [m for m in apps.get_models() if m.__module__.startswith("wellkept.")]


def arrows_uphill(found: list[type[models.Model]]) -> list[str]:
    """List the relations that lead from a room to one above it: strings hide them from imports."""
    height = {room: number for number, room in enumerate(rooms_from_the_ground())}
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in found
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if isinstance(field.related_model, type)
        and field.related_model._meta.app_label in height
        and height[field.related_model._meta.app_label] > height[model._meta.app_label]
    ]


def test_django_knows_the_rooms_that_the_import_contract_lists_in_the_same_order() -> None:
    kept = [room for room in rooms_from_the_ground() if room in ROOMS]
    assert kept == list(ROOMS)
    assert [room for room in rooms_from_the_ground() if room not in ROOMS] == []


def test_no_row_points_to_a_room_above_its_own() -> None:
    assert len(our_models()) > 10
    assert arrows_uphill(our_models()) == []


def test_an_arrow_uphill_written_as_text_would_be_seen() -> None:
    class Planted(models.Model):
        customer = models.ForeignKey("parties.Customer", models.PROTECT, related_name="+")

        class Meta:
            app_label = "journal"
            managed = False

    try:
        assert arrows_uphill([Planted]) == ["journal.Planted.customer → parties.Customer"]
    finally:
        del apps.all_models["journal"]["planted"]
        apps.clear_cache()


def test_no_field_reads_the_clock() -> None:
    reading = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        or (isinstance(field, models.DateField) and (field.has_default() or field.has_db_default()))
    ]  # fmt: skip
    assert reading == []


def clock_words(module: ast.Module) -> list[str]:
    """List what in a file would have the database, or a field, read the clock."""
    banned = {"auto_now", "auto_now_add", "Now", "TransactionNow", "CurrentTimestamp"}
    return [
        name
        for node in ast.walk(module)
        for name in (
            [node.arg] if isinstance(node, ast.keyword) and node.arg else
            [node.id] if isinstance(node, ast.Name) else
            [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        )
        if name in banned
    ]  # fmt: skip


def test_no_file_of_the_record_has_a_database_read_the_clock() -> None:
    files = sorted((SOURCE / "record").rglob("*.py"))
    assert {shown(path): found for path in files if (found := clock_words(tree(path)))} == {}


def test_a_database_clock_would_be_seen() -> None:
    assert clock_words(ast.parse("x = models.DateTimeField(auto_now_add=True)")) == ["auto_now_add"]
    assert clock_words(ast.parse("from django.db.models.functions import Now")) == ["Now"]


def constraints() -> Iterator[tuple[str, BaseConstraint]]:
    """List the constraints of the record with the model that keeps each."""
    for model in our_models():
        for constraint in model._meta.constraints:
            yield model._meta.label, constraint


def test_every_constraint_says_in_a_sentence_what_is_true() -> None:
    for label, constraint in constraints():
        said = str(constraint.get_violation_error_message())
        assert said.endswith("."), (label, constraint.name)
        assert constraint.name not in said, (label, "a sentence, not the name")
        assert constraint.name.count("_") >= 2, (label, constraint.name, "named as a sentence")


def test_what_is_unique_says_so_in_a_constraint() -> None:
    bare = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if field.unique and not field.primary_key and not field.one_to_one
    ]
    assert bare == []


MOMENT = re.compile(r"(^|_)(at|due)$|^not_before$")
"""A moment ends in `_at`; a date that was promised is a `due`, and its window starts not before."""


def test_every_moment_ends_in_at_and_every_day_in_on() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if (isinstance(field, models.DateTimeField) and not MOMENT.search(field.name))
        or (type(field) is models.DateField and not re.search(r"(^|_)on$", field.name))
    ]
    django_s_own = ["access.Account.last_login"]
    assert wrong == django_s_own


def test_rules_read_neither_rows_nor_clock() -> None:
    for room in ROOMS:
        path = SOURCE / "record" / room / "rules.py"
        assert not path.exists() or "django" not in path.read_text()


def test_a_verb_is_found_in_the_actions_of_its_room() -> None:
    from wellkept.record.access.verbs import every_verb, who_may

    found = 0
    for room in ROOMS:
        module_file = SOURCE / "record" / room / "actions.py"
        if not module_file.exists():
            continue
        module = __import__(f"wellkept.record.{room}.actions", fromlist=["actions"])
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if f"{room}.{name}" in every_verb() and function.__module__ == module.__name__:
                assert who_may(function), name
                assert (function.__doc__ or "").startswith("This will "), name
                found += 1
    assert found > 8


# Migrations


@on_sqlite
@pytest.mark.usefixtures("record")
def test_the_migrations_hold_all_that_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_linear_and_can_be_undone() -> None:
    loader = MigrationLoader(None)
    for (room, name), migration in loader.disk_migrations.items():
        if room not in ROOMS:
            continue
        assert not re.search(r"_auto_|_initial$|_and_more$", name), f"{room} {name}: name it"
        assert len(loader.graph.leaf_nodes(room)) == 1, f"{room}: two last migrations"
        for operation in migration.operations:
            if isinstance(operation, RunPython | RunSQL):
                assert operation.reversible, f"{room} {name}: say how to undo it, or noop"
