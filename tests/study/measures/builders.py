"""Facts made by hand: every field has a default, so that a test writes only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb

from study.measures.contract import check_document, check_measure, check_sentences
from wellkept.study.facts.source import DuckFacts
from wellkept.study.facts.tables import FACTS, URGENCY
from wellkept.study.measures.card import Nowhere
from wellkept.study.measures.catalogue import MEASURES
from wellkept.study.measures.run import run
from wellkept.study.measures.window import Window

Row = dict[str, Any]
Json = dict[str, Any]
MINUTE, HOUR, DAY = 60, 3_600, 86_400
EMPTY = "; ".join(table.create_sql() for table in FACTS)
CUSTOMERS = ("Clinic Nord", "Mill East", "Harbour Dairy", "Aurora Bakery", "Isola Airport")


def at(text: str) -> int:
    """This will give the second of a moment in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


UNTIL = at("2026-06-01T00:00")


def window(until_s: int = UNTIL, **given: Any) -> Window:
    """This will give a window that ends at UNTIL unless said otherwise."""
    return Window(until_s=until_s, **given)


def customer_no(name: str | None) -> int | None:
    """This will number a customer of the cast."""
    return None if name is None else CUSTOMERS.index(name)


def _who(row: Row) -> Row:
    consequence = row.get("consequence", "unknown")
    customer = row.get("customer", "Clinic Nord")
    return {
        "customer": customer,
        "customer_no": customer_no(customer),
        "asset": "Pump 7",
        "owner": "Bruno",
        "consequence": consequence,
        "urgency": URGENCY[consequence],
        "src": 0,
        "row": 1,
    }


def a_promise(
    due: int | None = UNTIL - 10 * DAY, *, late_h: float | None = 0.0, **given: Any
) -> Row:
    """This will make a promise due at `due` and fulfilled `late_h` after it; None: still owed."""
    made = None if due is None else due - 7 * DAY
    done = None if late_h is None or due is None else int(due + late_h * HOUR)
    row = {
        "kind": "restore", "about": "pump runs again", "made_s": made, "first_due_s": due,
        "current_due_s": due, "judged_due_s": due, "judged_s": due, "due_is_day": False,
        "done_s": done, "moves": 0, "our_moves": 0, "moved_late": 0, "in_silence": False,
        "settled": done is not None,
    }  # fmt: skip
    return {**row, **_who(given), **given}


def a_verdict(word: str, judged: int = UNTIL - 10 * DAY, **given: Any) -> Row:
    """This will make a promise of which the source says only whether it was kept."""
    bare = dict.fromkeys(("first_due_s", "current_due_s", "judged_due_s", "done_s"))
    return a_promise(judged, **{**bare, "judged_s": judged, "verdict": word, **given})


def a_case(
    reported: int | None = UNTIL - 30 * DAY, hours: float | None = None, **given: Any
) -> Row:
    """This will make a case reported then and resolved `hours` later; None: still open."""
    end = None if hours is None or reported is None else int(reported + hours * HOUR)
    row = {
        "about": "no vacuum", "reported_s": reported, "resolved_s": end, "first_ended_s": end,
        "told_resolved_s": end, "resolved_by_closing": False, "ended_unknown": False,
        "settled": end is not None, "ownerless_now": False,
    }  # fmt: skip
    return {**row, **_who(given), **given}


def a_downtime(start: int, hours: float | None, asset: str | None = "Pump 7", **given: Any) -> Row:
    """This will make a spell of down time; None: still down."""
    end = None if hours is None else int(start + hours * HOUR)
    row = {"about": "seal", "from_s": start, "to_s": end, "settled": end is not None}
    return {**_who(given), **row, "asset": asset, **given}


def an_asset(name: str, customer: str | None = "Clinic Nord", *, listed: bool = True) -> Row:
    """This will make an asset, in a register unless said otherwise."""
    return {"asset": name, "customer": customer, "in_register": listed}


def facts(
    *,
    promise: Iterable[Row] = (),
    case: Iterable[Row] = (),
    downtime: Iterable[Row] = (),
    asset: Iterable[Row] = (),
    by: Mapping[str, Sequence[str | None]] | None = None,
    tells_moves: bool = True,
) -> DuckFacts:
    """This will put rows into fact tables; `by` gives for a fact the label of each of its rows."""
    con = duckdb.connect(config={"threads": 1})
    con.execute(EMPTY)
    rows = {"promise": promise, "case": case, "downtime": downtime, "asset": asset}
    for name, given in rows.items():
        _insert(con, name, list(given))
    con.execute(
        "CREATE TABLE asset_number AS SELECT asset, "
        "CAST(row_number() OVER (ORDER BY asset) - 1 AS INTEGER) AS asset_no FROM asset"
    )
    con.execute(
        "CREATE TABLE tells_moves AS SELECT true AS yes" + ("" if tells_moves else " LIMIT 0")
    )
    for name, labels in (by or {}).items():
        con.execute(f"CREATE TABLE by_{name} (no BIGINT, label VARCHAR)")
        if labels:
            pairs = ", ".join(f"({no}, {_literal(label)})" for no, label in enumerate(labels))
            con.execute(f"INSERT INTO by_{name} VALUES {pairs}")
    return DuckFacts(con)


def _insert(con: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    number = {f"{name}_no", f"{name}_id"}
    columns = sorted({key for row in rows for key in row} | (number - {"asset_no", "asset_id"}))
    lines = []
    for no, row in enumerate(rows):
        numbered = {f"{name}_no": no, f"{name}_id": f"{name[0].upper()}{no}", **row}
        lines.append("(" + ", ".join(_literal(numbered.get(key)) for key in columns) + ")")
    names = ", ".join(f'"{column}"' for column in columns)
    con.execute(f'INSERT INTO "{name}" ({names}) VALUES {", ".join(lines)}')


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def measured(name: str, source: DuckFacts, given: Window | None = None) -> Json:
    """This will give the card of one measure, whose document must keep the contract."""
    found = maybe_measured(name, source, given)
    assert found is not None, f"{name} is absent"
    return found


def maybe_measured(name: str, source: DuckFacts, given: Window | None = None) -> Json | None:
    """This will give the card of one measure, or None where its records are not there."""
    given = given or window()
    [measure] = [measure for measure in MEASURES if measure.name == name]
    card = measure.reckon(source, given)
    if card is None:
        return None
    document = {"name": name, "unit": card.unit or measure.unit, **card.document(Nowhere())}
    check_measure(document)
    return document


def all_measured(source: DuckFacts, given: Window | None = None) -> Json:
    """This will run the whole catalogue; every card must keep the contract."""
    document = run(source, given or window(), Nowhere())
    check_document(document)
    for measure in document["measures"]:
        check_sentences(measure)
    return document
