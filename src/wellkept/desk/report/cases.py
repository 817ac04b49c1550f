"""Named cases: who waits, for what, how long, and who answers for it."""

from collections.abc import Sequence

from wellkept.desk.report.moments import Clock
from wellkept.desk.report.quantities import SPACE, hours, said, whole
from wellkept.desk.report.reading import Fields, as_number, block, items, length, number, text
from wellkept.desk.report.rows import Case
from wellkept.desk.report.saying import said as _
from wellkept.desk.report.words import consequence

AT_ONCE = 5
MOST_WORST = 20
OWED_AT_ONCE = 12
MOST_OWED = 50


def worst_cases(
    measure: Fields, clock: Clock, id: str, unit: str, *, owners: bool
) -> tuple[Case, ...]:
    """Return the worst cases of a measure, ranked as the document ranks them."""
    rows = items(measure, "worst", MOST_WORST)
    dated = any(row.get("due") for row in rows)
    return tuple(
        _case(
            row,
            anchor=f"{id}-{rank}",
            rank=rank,
            amount=_amount(row, unit),
            about=text(row, "about", 60),
            due=clock.due(row.get("due")) or (_("no date") if dated else ""),
            owners=owners,
        )
        for rank, row in enumerate(rows, start=1)
    )


def still_owed(document: Fields, clock: Clock, *, owners: bool) -> tuple[Case, ...]:
    """Return the promises that are past their judged date and still owed."""
    return tuple(
        _case(
            row,
            anchor=f"owed-{rank}",
            rank=rank,
            amount=_late(row),
            about=text(row, "what", 120),
            due=clock.due(row.get("due")) or _("no date"),
            owners=owners,
        )
        for rank, row in enumerate(items(document, "letting_down", MOST_OWED), start=1)
    )


def owners_recorded(document: Fields) -> bool:
    """Return whether any table of the records says who owns what."""
    tables = items(block(document, "understood"), "tables")
    return not tables or any(
        column.get("role") == "owner" for table in tables for column in items(table, "columns")
    )


def owed_sentence(document: Fields, cases: Sequence[Case], *, owners: bool) -> str:
    """Return one sentence about all that is still owed."""
    total = length(document, "letting_down")
    if not total:
        return ""
    owned_by_none = sum(not case.owner for case in cases)
    shown_of = f"{whole(len(cases))} of {whole(total)}" if total > len(cases) else whole(total)
    owed = "promise is" if total == 1 else "promises are"
    ownerless = "each has an owner" if owners else "the records name no owner"
    if owners and owned_by_none:
        has = "has" if owned_by_none == 1 else "have"
        ownerless = f"{whole(owned_by_none)} of them {has} no owner"
    return (
        f"{shown_of} {owed} past the judged date and still owed; {ownerless}. "
        "The gravest consequence stands first; “ask” means that nobody recorded it."
    )


def _case(
    row: Fields, *, anchor: str, rank: int, amount: str, about: str, due: str, owners: bool
) -> Case:
    return Case(
        anchor=anchor,
        rank=str(rank),
        amount=amount,
        still_open=row.get("open") is True,
        id=text(row, "id", 60) or _("not recorded"),
        about=about,
        customer=text(row, "customer", 90),
        asset=text(row, "asset", 60),
        owner=text(row, "owner", 60),
        owners=owners,
        due=due,
        consequence=consequence(row.get("consequence")),
        where=where(row),
        href=_href(row),
    )


def _href(row: Fields) -> str:
    """Return the page of the record behind a row, if there is one: only ever one of our own."""
    href = text(row, "href", 300)
    return href if href.startswith("/") and not href.startswith("//") else ""


def who(row: Fields) -> str:
    """Return the one word for whom a row is about: the customer, else the asset, else its id."""
    return text(row, "customer", 60) or text(row, "asset", 60) or text(row, "id", 60)


def where(row: Fields) -> str:
    """Return "cases.csv:118", or the file alone where no line is known."""
    file, line = text(row, "file", 80), as_number(row.get("line"))
    return f"{file}:{line:.0f}" if file and line is not None else file


def _amount(row: Fields, unit: str) -> str:
    value = number(row, "value")
    return _("not known") if value is None else said(value, unit)


def _late(row: Fields) -> str:
    late = number(row, "late_h")
    return _("late, not known how long") if late is None else f"{hours(late)}{SPACE}late"
