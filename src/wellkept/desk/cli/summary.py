"""The measure document as text: who is let down, the tails, what was understood."""

import textwrap
from collections.abc import Mapping
from datetime import datetime
from typing import Any

WIDTH = 100
WORST_SHOWN = 5
NOTES_SHOWN = 6


def summary(document: Mapping[str, Any]) -> str:
    """This will write the document for a terminal of 100 columns."""
    parts = [
        *_head(document),
        *_down(document["letting_down"]),
        *(line for measure in document["measures"] for line in _measure(measure)),
        *_absent(document["absent"]),
        *_understood(document["understood"]),
    ]
    text = "\n".join(parts)
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def _head(document: Mapping[str, Any]) -> list[str]:
    understood = document["understood"]
    facts = ", ".join(f"{n:,} {name}s" for name, n in understood["facts"].items() if n)
    files = len(document["source"]["files"])
    since, until = _day(document["since"]), _day(document["until"])
    read = f"{files} file{'s' if files != 1 else ''} read"
    return [
        f"{document['source']['folder']}: {read}, {since} to {until}",
        f"{facts or 'nothing that a measure can use'}; {_zone(understood['zone'])}",
        "",
    ]


def _zone(zone: Mapping[str, Any]) -> str:
    return f"times in {zone['name']} ({zone['how']})" if zone["name"] else "time zone unknown"


def _down(rows: list[Mapping[str, Any]]) -> list[str]:
    if not rows:
        return []
    lines = [_title(f"Being let down now ({len(rows)}{'+' if len(rows) == 50 else ''})")]
    for row in rows[:10]:
        who = row["customer"] or row["asset"] or row["id"]
        owner = row["owner"] or "no owner"
        what = row["what"] or row["id"]
        late = _length(row["late_h"])
        lines.append(f"  {_cut(who, 28):28} {late:>10} late  {_cut(what, 30):30} {_cut(owner, 22)}")
    if len(rows) > 10:
        lines.append(f"  … and {len(rows) - 10} more in the report")
    return [*lines, ""]


def _measure(measure: Mapping[str, Any]) -> list[str]:
    lines = [_title(measure["title"]), f"  {_headline(measure)}"]
    lines += textwrap.wrap(measure["says"], WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
    tail = _quantiles(measure)
    if tail:
        lines.append(f"  {tail}")
    hit = measure["customers_hit"]
    if any(hit.values()):
        lines.append(f"  customers hit: {hit['1']:,} once or more, {hit['2']:,} twice or more, "
                     f"{hit['3']:,} three times or more")  # fmt: skip
    for beside in measure["beside"]:
        lines.append(f"  {beside['title']}: {_beside(beside, measure)}")
    lines += _worst(measure)
    lines += _groups(measure)
    done = measure["completeness"]
    if done and done["share"] is not None and done["share"] < 1:
        lines.append(
            f"  records used: {done['used']:,} of {done['should']:,} ({done['share']:.1%})"
        )
    return [*lines, ""]


def _headline(measure: Mapping[str, Any]) -> str:
    value, beyond = measure["value"], measure["share_beyond"]
    parts = []
    if value and value["value"] is not None:
        name = _value_name(measure)
        parts.append(f"{name}{_estimate(value, measure['unit'])}")
    if beyond:
        parts.append(f"{beyond['k']:,} of {beyond['n']:,} beyond {_short(beyond['promise'])}")
    elif measure["unit"] == "h":
        parts.append("no promised time is known for it")
    still = f"; {measure['open']:,} still open" if measure["open"] else ""
    return " · ".join(parts) + f" (n = {measure['n']:,}{still})"


def _short(promise: str) -> str:
    """The promise before its first colon or comma; the report has the rest."""
    return promise.partition(":")[0].partition(",")[0]


def _value_name(measure: Mapping[str, Any]) -> str:
    for name in ("p50", "p95"):
        if measure["unit"] in ("h", "d") and measure["value"] == measure["quantiles"].get(name):
            return f"{name} "
    return ""


def _quantiles(measure: Mapping[str, Any]) -> str:
    unit = measure["worst_unit"] or measure["unit"]
    shown = [f"{name} {_number(q['value'], unit)}" for name, q in measure["quantiles"].items()]
    if measure["max"] is not None:
        shown.append(f"max {_number(measure['max'], unit)}")
    return " · ".join(shown)


def _beside(beside: Mapping[str, Any], measure: Mapping[str, Any]) -> str:
    unit = beside["unit"] or measure["unit"]
    parts = []
    if beside["value"] and beside["value"]["value"] is not None and not beside["quantiles"]:
        parts.append(_estimate(beside["value"], beside["unit"] or "share"))
    parts += [f"{k} {_number(q['value'], unit)}" for k, q in beside["quantiles"].items()]
    if beside["max"] is not None:
        parts.append(f"max {_number(beside['max'], unit)}")
    numbers = " · ".join(parts)
    return f"{numbers + ' ' if numbers else ''}(n = {beside['n']:,}) {beside['text']}"


def _worst(measure: Mapping[str, Any]) -> list[str]:
    unit, lines = measure["worst_unit"] or measure["unit"], []
    for row in measure["worst"][:WORST_SHOWN]:
        who = " · ".join(dict.fromkeys(str(row[n]) for n in ("customer", "asset") if row[n]))
        still = ", still open" if row["open"] else ""
        place = f"{row['file']}:{row['line']}" if row["file"] else ""
        value = f"{_number(row['value'], unit)}{still}"
        mark = "" if row["consequence"] in (None, "unknown") else f" [{_words(row['consequence'])}]"
        head = f"    {_cut(row['id'], 26):26} {value:>20}  {_cut(who + mark, 36):36}"
        lines.append(f"{head} {place}".rstrip())
    return ["  worst:", *lines] if lines else []


def _groups(measure: Mapping[str, Any]) -> list[str]:
    by = measure["by"]
    if not by or not by["groups"]:
        return []
    lines = [f"  by {by['column']}: {by['text']}"]
    for row in by["groups"][:8]:
        mark = " ◀ outside" if row["signal"] else ""
        value = "" if row["value"] is None else _estimate(row, by["unit"])
        tail = " ".join(
            f"{k} {_number(q['value'], 'h')}"
            for k, q in (row.get("quantiles") or {}).items()
            if k in ("p50", "p90")
        )
        lines.append(f"    {_cut(row['group'], 26):26} n = {row['n']:>7,}  {value} {tail}{mark}")
    if len(by["groups"]) > 8:
        lines.append(f"    … and {len(by['groups']) - 8} more")
    return lines


def _absent(rows: list[Mapping[str, Any]]) -> list[str]:
    if not rows:
        return []
    lines = [_title("Not measured: the records are not there")]
    lines += [f"  {row['title']}: would need {row['needs']}" for row in rows]
    return [*lines, ""]


def _understood(understood: Mapping[str, Any]) -> list[str]:
    lines = [_title("What was understood")]
    for table in understood["tables"]:
        roles = ", ".join(
            f"{column['role']} = {column['header']}"
            for column in table["columns"]
            if column["role"]
        )
        used = f"{table['used']:,} of {table['rows']:,} rows as {table['shape']}"
        lines += textwrap.wrap(f"{table['file']}: {used}; {roles or 'no column recognised'}", WIDTH,
                               initial_indent="  ", subsequent_indent="    ")  # fmt: skip
    for title, key, what in (
        ("repaired", "repaired", "what"),
        ("left out", "left_out", "why"),
    ):
        for note in understood[key][:NOTES_SHOWN]:
            lines += _note(title, note, what)
        if len(understood[key]) > NOTES_SHOWN:
            lines.append(f"  {title}: … and {len(understood[key]) - NOTES_SHOWN} more kinds")
    for suspicion in understood["suspicions"]:
        text = f"! {suspicion['text']} {suspicion['advice']}".strip()
        lines += textwrap.wrap(text, WIDTH - 2, initial_indent="  ", subsequent_indent="    ")
    return lines


def _note(title: str, note: Mapping[str, Any], what: str) -> list[str]:
    text = f"{title}: {note[what]} ({note['count']:,})"
    if note["examples"]:
        first = note["examples"][0]
        place = ":".join(str(first[k]) for k in ("file", "line") if first[k] is not None)
        column = f", {first['column']}" if first["column"] else ""
        value = f" “{_cut(first['value'], 40)}”" if first["value"] else ""
        text += f", e.g. {place}{column}{value}"
    return textwrap.wrap(text, WIDTH - 2, initial_indent="  ", subsequent_indent="    ")


def _title(text: str) -> str:
    return f"── {text} " + "─" * max(0, WIDTH - len(text) - 4)


def _estimate(value: Mapping[str, Any], unit: str) -> str:
    low, high = value["low"], value["high"]
    text = _number(value["value"], unit)
    if low is None and high is None:
        return text
    upper = "no upper bound" if high is None else _number(high, unit)
    return f"{text} ({_number(low, unit)} to {upper})"


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    if unit in ("share", "share able"):
        return f"{value:.1%}" if value < 0.9995 or value == 1 else f"{value:.3%}"
    if unit == "h":
        return _length(value)
    if unit == "d":
        return f"{value:,.0f} d" if value >= 10 else f"{value:,.1f} d"
    return f"{value:,.0f} {unit}" if float(value).is_integer() else f"{value:,.2f} {unit}"


def _length(hours: float) -> str:
    if abs(hours) < 1:
        return f"{hours * 60:,.0f} min"
    if abs(hours) < 100:
        return f"{hours:,.1f} h"
    return f"{hours:,.0f} h"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _cut(text: str, most: int) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _day(moment: str | None) -> str:
    return "?" if moment is None else f"{datetime.fromisoformat(moment):%d %b %Y}".lstrip("0")
