"""What was understood of the folder, as text: each file, each repair, each doubt."""

from collections.abc import Mapping
from typing import Any

from wellkept.desk.cli.terminal import cut, wrapped
from wellkept.study.measures.speech import many

Json = Mapping[str, Any]
NOTES_SHOWN = 6
DOUBTS_SHOWN = 12
IDLE_SHOWN = 8
SHAPES = {
    "promise": "promises", "case": "cases", "event": "events of cases", "downtime": "downtimes",
    "asset_state": "states of assets", "move": "moved dates",
    "asset": "a list of assets", "customer": "a list of customers",
    "site": "a list of sites", "product": "a list of products",
}  # fmt: skip


def understood(part: Json) -> list[str]:
    """This will write the `understood` part of the document."""
    lines = [line for table in part["tables"] for line in _table(table)]
    for title, key, what in (("repaired", "repaired", "what"), ("left out", "left_out", "why")):
        notes = part[key]
        for note in notes[:NOTES_SHOWN]:
            lines += _note(title, note, what)
        if len(notes) > NOTES_SHOWN:
            lines.append(f"  {title}: … and {many(len(notes) - NOTES_SHOWN, 'more kind')}")
    doubts = part["suspicions"]
    for doubt in doubts[:DOUBTS_SHOWN]:
        lines += wrapped(f"{doubt['text']} {doubt['advice']}", first="  ! ", then="    ")
    if len(doubts) > DOUBTS_SHOWN:
        lines.append(f"  ! … and {many(len(doubts) - DOUBTS_SHOWN, 'more doubt')}: see --json")
    return lines


def _table(table: Json) -> list[str]:
    headers: dict[str, list[str]] = {}
    for column in table["columns"]:
        if column["role"]:
            headers.setdefault(column["role"], []).append(column["header"])
    roles = ", ".join(f"{role} = {' + '.join(found)}" for role, found in headers.items())
    shape = SHAPES.get(table["shape"])
    if shape is None or not table["used"]:
        return wrapped(f"{table['file']}: {many(table['rows'], 'row')}, not used", then="    ")
    known = {"number": "a further number", "name": "its name", "address": "its address"}
    idle = [c["header"] for c in table["columns"] if not c["role"] and c["how"] not in known]
    for how, word in known.items():
        found = [c["header"] for c in table["columns"] if not c["role"] and c["how"] == how]
        roles += f", {word} = {', '.join(found)}" if found else ""
    if idle:
        more = f" and {len(idle) - IDLE_SHOWN} more" if len(idle) > IDLE_SHOWN else ""
        roles += f"; without a role: {', '.join(idle[:IDLE_SHOWN])}{more}"
    rows = many(table["rows"], "row")
    count = rows if table["used"] == table["rows"] else f"{table['used']:,} of {rows}"
    return wrapped(f"{table['file']}: {count} read as {shape}; {roles}", then="    ")


def _note(title: str, note: Json, what: str) -> list[str]:
    text = f"{title}: {note[what].removesuffix('.')} ({note['count']:,})"
    if note["examples"]:
        first = note["examples"][0]
        place = ":".join(str(first[key]) for key in ("file", "line") if first[key] is not None)
        column = f", {first['column']}" if first["column"] else ""
        value = f" ‘{cut(first['value'], 40)}’" if first["value"] else ""
        became = f", read as ‘{cut(first['became'], 40)}’" if first["became"] else ""
        text += f", for instance {place}{column}{value}{became}"
    return wrapped(text, then="    ")
