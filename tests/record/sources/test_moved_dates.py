"""A due date and a revised one beside it: the first stays, and the later is what is said today."""

import pytest

from record.sources.profiled import understood
from wellkept.record.sources.recipe import Choice, TableRecipe

DAYS = [f"2024-03-{day:02d}" for day in range(1, 29)]
LATER = [f"2024-04-{day:02d}" if day % 3 == 0 else "" for day in range(1, 29)]
DONE = [f"2024-04-{day:02d}" for day in range(1, 29)]


def roles(first: str, later: str) -> dict[str, str]:
    """Role → header of two columns of dates, the second filled where the date was moved."""
    rows = [
        [f"T-{i}", "Clinic Nord", *both] for i, both in enumerate(zip(DAYS, LATER, strict=True))
    ]
    found = understood(f"Ticket; Customer; {first}; {later}; Actual finish",
                       [[*row, done] for row, done in zip(rows, DONE, strict=True)])  # fmt: skip
    return {role: one.header for role, one in found.roles.items() if one.header in (first, later)}


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Target Completion Date", "Revised Completion Date"),
        ("Due Date", "Revised Due Date"),
        ("Original Due Date", "Revised Due Date"),
        ("Promised Date", "Current Promise Date"),
        ("Deadline", "Extended Deadline"),
        ("Due Date", "Updated Due Date"),
        ("Due Date", "Postponed to"),
        ("ETA", "Revised ETA"),
        ("Commit Date", "Recommit Date"),
        ("Liefertermin", "Neuer Liefertermin"),
        ("Date prévue", "Date prévue révisée"),
        ("Data prevista", "Nuova data prevista"),
        ("Fecha comprometida", "Nueva fecha"),
    ],
)
def test_the_first_date_and_the_one_it_was_moved_to(first: str, later: str) -> None:
    assert roles(first, later) == {"first_due": first, "due": later}


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("Due Date", "Last updated"),
        ("Due Date", "Rescheduled on"),
        ("Due Date", "Warranty extended date"),
        ("Due Date", "New contract date"),
        ("Due Date", "Expected Date"),
        ("Promised Delivery", "Confirmed Delivery"),
    ],
)
def test_another_date_beside_the_due_one_moves_nothing(first: str, other: str) -> None:
    found = roles(first, other)
    assert found["due"] == first
    assert "first_due" not in found


def test_a_rescheduled_date_is_read_as_the_new_one_and_it_is_said() -> None:
    rows = [[f"T-{i}", *both, "x"] for i, both in enumerate(zip(DAYS, LATER, strict=True))]
    one = understood("Ticket; Due date; Rescheduled date; Note", rows)
    assert one.roles["first_due"].header == "Due date"
    assert one.roles["due"].header == "Rescheduled date"
    assert any("the day on which the date was moved" in doubt.text for doubt in one.suspicions)
    assert any("where that is blank, the first stands" in said for said in one.why)


def test_the_recipe_may_say_that_it_is_the_day_of_the_move() -> None:
    rows = [[f"T-{i}", *both, "x"] for i, both in enumerate(zip(DAYS, LATER, strict=True))]
    stated = TableRecipe(columns={"moved_at": Choice(("Rescheduled date",))})
    one = understood("Ticket; Due date; Rescheduled date; Note", rows, recipe=stated)
    assert {role: one.roles[role].header for role in ("due", "moved_at")} == {
        "due": "Due date", "moved_at": "Rescheduled date",
    }  # fmt: skip
    assert "first_due" not in one.roles


def test_of_two_revised_dates_none_is_chosen() -> None:
    rows = [[f"T-{i}", *both, both[0]] for i, both in enumerate(zip(DAYS, LATER, strict=True))]
    one = understood("Ticket; Due date; Revised due date 1; Revised due date 2", rows)
    assert "first_due" not in one.roles
