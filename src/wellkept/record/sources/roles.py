"""What a column can mean (roles) and what one row of a table can be (shapes)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "moment", "word", "name", "number", "flag", "text", "duration", "mark"]


@dataclass(frozen=True, slots=True)
class Role:
    """One meaning that a column can have."""

    name: str
    kind: Kind  # what its values must be
    meaning: str  # one line, shown to people


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing that a row of a table can be."""

    name: str
    meaning: str
    needs: tuple[tuple[str, ...], ...] = ()  # of each group, one role must be there


_ROLES = (
    Role("case_id", "id", "number of the case (ticket, incident, work order, order) of the row"),
    Role("promise_id", "id", "number of the promise itself (delivery line, milestone, visit)"),
    Role("asset", "id", "the installed thing: number, tag, serial or name"),
    Role("parent_asset", "id", "the asset in which this asset is built"),
    Role("product", "name", "the catalogue model of the asset or of the delivered item"),
    Role("product_no", "id", "the number of the product in the catalogue"),
    Role("family", "name", "the family to which a product belongs"),
    Role("product_kind", "word", "whether a product is hardware or software; the words are mapped"),
    Role("software_revision", "mark", "the revision of the software of an asset"),
    Role("hardware_revision", "mark", "the revision of its hardware"),
    Role("customer", "name", "who waits: the customer, else the person who asked"),
    Role("site", "name", "the customer's place"),
    Role("region", "name", "the area, country or district"),
    Role("zone", "name", "the IANA time zone of the site (Europe/Rome)"),
    Role("name", "name", "the readable name of a register's row"),
    Role("owner", "name", "the one named person responsible now"),
    Role("team", "name", "the team or queue; never counts as an owner"),
    Role("actor", "name", "who did what the event says"),
    Role("about", "text", "what it is about, in words"),
    Role("kind", "word", "kind of case or of promise"),
    Role("channel", "word", "how it came in: phone, mail, portal"),
    Role("consequence", "word", "what it means for the customer; the words are mapped to a class"),
    Role("state", "word", "the state, or the activity of an event; the words are mapped"),
    Role("substate", "word", "a finer state beside the state; wins when its word is known"),
    Role("reason", "word", "why the outage, the wait or the move happened"),
    Role("event_at", "moment", "when the event of this row happened"),
    Role("occurred", "moment", "when the failure happened, before anybody reported it"),
    Role("reported", "moment", "when the customer reported or asked"),
    Role("responded", "moment", "first response of a person, or arrival where nothing else says"),
    Role("restored", "moment", "when the customer could work again"),
    Role("resolved", "moment", "when the cause was handled, or the work was completed"),
    Role("closed", "moment", "when the case was closed"),
    Role("cancelled", "moment", "when it was cancelled"),
    Role("reopened", "moment", "when it was last opened again; filled means at least once"),
    Role("changed", "moment", "when the row was last written; never an end of anything"),
    Role("made", "moment", "when the promise was made"),
    Role("not_before", "moment", "not earlier than this: start of a window, planned start"),
    Role("first_due", "moment", "the date as it was first promised"),
    Role("due", "moment", "the date as promised now"),
    Role("done", "moment", "when the promised thing was done or delivered"),
    Role("ended", "moment", "when it was settled that it will not be done"),
    Role("released", "moment", "when the customer freed us from the promise"),
    Role("respond_due", "moment", "until when a first response was promised"),
    Role(
        "responded_after",
        "duration",
        "time from the report to the first response, where its moment is not written",
    ),
    Role(
        "resolved_after",
        "duration",
        "time from the report to the solution, where its moment is not written",
    ),
    Role("target", "duration", "length of time promised, counted from the report"),
    Role("verdict", "flag", "the source's own word: kept or broken"),
    Role("respond_verdict", "flag", "the source's own word on the first response"),
    Role("reopen_count", "number", "how often it was opened again (a number, or yes and no)"),
    Role("handoff_count", "number", "how often it changed hands"),
    Role("move_count", "number", "how often the promised date was moved"),
    Role("old_due", "moment", "date before a move"),
    Role("new_due", "moment", "date after a move"),
    Role("moved_at", "moment", "when the date was moved"),
    Role("moved_by", "word", "who asked for the move: us or the customer"),
    Role("told_at", "moment", "when the customer was told of the move"),
    Role("down_from", "moment", "when the asset stopped serving the customer"),
    Role("down_to", "moment", "when it served again"),
    Role("lasted", "duration", "length of the outage, where its end is not written"),
    Role("planned", "flag", "whether the outage was planned"),
    Role("stood_still", "flag", "whether the asset stood still; a no makes no outage of the row"),
    Role("installed", "moment", "the day since when the asset is installed where it stands"),
    Role("warranty_ends", "moment", "the last day of its warranty"),
    Role("launched", "moment", "the day on which a product was released for sale"),
    Role("sale_ends", "moment", "the last day on which a product is sold"),
    Role("support_ends", "moment", "the last day on which a product is served"),
    Role("expected_life", "number", "how many years a product is expected to last"),
    Role("money", "number", "cost or value of the row"),
)

ROLES: dict[str, Role] = {role.name: role for role in _ROLES}

_SHAPES = (
    Shape(
        "event",
        "one row per change: the case number repeats, a moment says when",
        (("case_id",), ("event_at",)),
    ),
    Shape(
        "case",
        "one row per case (ticket, incident, work order)",
        (("reported", "occurred", "down_from", "due", "closed", "resolved"),),
    ),
    Shape(
        "promise",
        "one row per promised date and what became of it",
        (("due", "first_due", "verdict", "target"),),
    ),
    Shape(
        "downtime",
        "one row per outage of an asset",
        (("asset",), ("down_from",)),
    ),
    Shape(
        "asset_state",
        "one row per state of an asset (serving, down, not seen) and the moment it began",
        (("asset",), ("state",), ("event_at",)),
    ),
    Shape(
        "move",
        "one row per moved date, joined to a promise or a case by its number",
        (("promise_id", "case_id"), ("new_due",)),
    ),
    Shape("asset", "a register of installed things, to join their place and class", (("asset",),)),
    Shape("customer", "a register of customers", (("customer",),)),
    Shape("site", "a register of places", (("site",),)),
    Shape(
        "product",
        "a register of products: models of the catalogue, and no installed things",
        (("product_no", "product"),),
    ),
    Shape("none", "kept and shown, but no measure reads it"),
)

SHAPES: dict[str, Shape] = {shape.name: shape for shape in _SHAPES}
REGISTERS = ("asset", "customer", "site", "product")
PRODUCT_KINDS = ("hardware", "software")
MOMENT_ROLES = frozenset(role.name for role in _ROLES if role.kind == "moment")

CONSEQUENCES = ("safety", "production_stopped", "degraded", "inconvenience", "unknown")
ENDS = ("done", "restored", "resolved", "closed", "cancelled", "ended", "down_to", "state",
        "resolved_after")  # fmt: skip
"""Roles that can say that something ended."""


def lacking(shape: str, roles: Collection[str]) -> tuple[str, ...]:
    """This will name what a table of this shape still needs, one text per missing thing."""
    return tuple(
        " or ".join(group)
        for group in SHAPES[shape].needs
        if not any(role in roles for role in group)
    )
