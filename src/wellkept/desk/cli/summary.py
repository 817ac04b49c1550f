"""The measure document as text: who is let down, the tails by name, what was understood."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from wellkept.desk.cli.phrases import beside, group, headline, tail
from wellkept.desk.cli.terminal import cleaned, columns, table, width, wrapped
from wellkept.desk.cli.understanding import understood
from wellkept.study.measures.speech import amount, length, many, share

Json = Mapping[str, Any]
WORST_SHOWN = 5
DOWN_SHOWN = 10
HIT_SHOWN = 5
GROUPS_SHOWN = 8
MOST_DOWN = 50
FACTS = (("promise", "promise"), ("case", "case"), ("event", "event"), ("downtime", "downtime"))


def summary(document: Json) -> str:
    """This will write the document for a terminal, whatever the records hold."""
    document = cleaned(document)
    named: dict[tuple[str, ...], str] = {}
    parts = [
        *_head(document),
        *_down(document["letting_down"]),
        *(line for measure in document["measures"] for line in _measure(measure, named)),
        *_absent(document["absent"]),
        title("How the files were understood"),
        *understood(document["understood"]),
    ]
    text = "\n".join(parts)
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def _head(document: Json) -> list[str]:
    part, source = document["understood"], document["source"]
    facts = [many(part["facts"][key], noun) for key, noun in FACTS if part["facts"].get(key)]
    held = ", ".join(facts) or "nothing that a measure can use"
    zone = part["zone"]
    times = f"times in {zone['name']} ({zone['how']})" if zone["name"] else f"zone: {zone['how']}"
    where = ZoneInfo(zone["name"]) if zone["name"] else UTC
    last = datetime.fromisoformat(document["until"]) - timedelta(seconds=1)
    period = f"{_day(datetime.fromisoformat(document['since']), where)} to {_day(last, where)}"
    when = f"{period}, " if facts else ""
    lines = [f"{source['folder']}: {when}{many(len(source['files']), 'file')} read"]
    return [
        *wrapped(lines[0], first="", then="  "),
        *wrapped(f"{held}; {times}" if facts else held, first=""),
        "",
    ]


def _down(rows: list[Json]) -> list[str]:
    if not rows:
        return []
    more = "at least " if len(rows) == MOST_DOWN else ""
    past = f"{more}{many(len(rows), 'promise')} past {'its' if len(rows) == 1 else 'their'} date"
    owners = any(row["owner"] for row in rows)
    lines = [title(f"Being let down now: {past}" + ("" if owners else ", none with an owner"))]
    cells = []
    for row in rows[:DOWN_SHOWN]:
        what = row["id"] if row["what"] in (None, "promise") else row["what"]
        cell = [f"{length(row['late_h'])} late", _who(row), what]
        cells.append([*cell, row["owner"] or "no owner"] if owners else cell)
    lines += table(cells, indent="  ")
    if len(rows) > DOWN_SHOWN:
        lines.append(f"  … and {len(rows) - DOWN_SHOWN} more: --json and --html name them all")
    return [*lines, ""]


def _measure(measure: Json, named: dict[tuple[str, ...], str]) -> list[str]:
    lines = [title(measure["title"])]
    if not measure["n"]:
        return [*lines, *wrapped(measure["says"]), *_besides(measure), ""]
    lines += wrapped(headline(measure))
    far = tail(measure)
    lines += wrapped(far, then="    ") if far else []
    lines += _felt(measure)
    lines += _besides(measure)
    if measure["trend"]:
        lines += wrapped(f"over time: {measure['trend']['text']}", then="    ")
    lines += _worst(measure, named)
    lines += _groups(measure)
    return [*lines, *_complete(measure), ""]


def _felt(measure: Json) -> list[str]:
    hit, rows = measure["customers_hit"], (measure["hit"] or {}).get("rows", [])
    lines = []
    if hit["1"]:
        lines += wrapped(
            f"felt by {many(hit['1'], 'customer')}: {hit['2']:,} of them twice or more, "
            f"{hit['3']:,} three times or more"
        )
    if rows:
        named = ", ".join(f"{r['name']} {r['k']:,} of {r['n']:,}" for r in rows[:HIT_SHOWN])
        lines += wrapped(f"hit most: {named}", then="    ")
    return lines


def _besides(measure: Json) -> list[str]:
    lines = []
    for one in measure["beside"]:
        title = f"{one['title'][:1].lower()}{one['title'][1:]}"
        lines += wrapped(f"{title}: {beside(one, measure)} – {one['text']}", then="    ")
    return lines


def _worst(measure: Json, named: dict[tuple[str, ...], str]) -> list[str]:
    unit = measure["worst_unit"] or measure["unit"]
    rows = measure["worst"][:WORST_SHOWN]
    ids = tuple(row["id"] for row in rows)
    if not rows:
        return []
    if ids in named:
        return [f"  the worst: the same as under “{named[ids]}”"]
    named[ids] = measure["title"]
    cells = []
    for row in rows:
        names = dict.fromkeys(str(row[name]) for name in ("customer", "asset") if row[name])
        value = amount(row["value"], unit) + (" so far" if row["open"] else "")
        place = f"{row['file']}:{row['line']}" if row["file"] and row["line"] else row["file"] or ""
        id = "" if row["id"] in names else row["id"]
        cells.append(
            [value, (" · ".join(names) or row["about"] or "") + _consequence(row), id, place]
        )
    graded = any(row["consequence"] not in (None, "unknown") for row in rows)
    return [f"  the worst{', most serious first' if graded else ''}:", *table(cells)]


def _groups(measure: Json) -> list[str]:
    by = measure["by"]
    if not by or not by["groups"]:
        return []
    lines = wrapped(f"by {by['column']}: {by['text']}", then="    ")
    rows = by["groups"][:GROUPS_SHOWN]
    cells = [[row["group"], group(row, by["unit"]), _mark(row, by["groups"])] for row in rows]
    lines += table(cells, right=False)
    if len(by["groups"]) > GROUPS_SHOWN:
        lines.append(f"    … and {many(len(by['groups']) - GROUPS_SHOWN, 'more group')}")
    return lines


def _mark(row: Json, rows: list[Json]) -> str:
    if not row["signal"]:
        return ""
    k, n = (sum(one[key] or 0 for one in rows) for key in ("k", "n"))
    return f"◀ {'worse' if row['value'] > k / n else 'better'} than chance gives"


def _complete(measure: Json) -> list[str]:
    done = measure["completeness"]
    if not done or done["used"] >= done["should"]:
        return []
    used = f"{done['used']:,} of {done['should']:,} records"
    text = f"only {used} could be used ({share(done['share'])})"
    if done["worst"] is not None and done["best"] is not None:
        worst, best = (amount(done[key], measure["unit"]) for key in ("worst", "best"))
        text += f": {worst} if the others were all bad, {best} if all good"
    return wrapped(text, then="    ")


def _absent(rows: list[Json]) -> list[str]:
    if not rows:
        return []
    lines = [title("Not measured, for the records are not there")]
    for row in rows:
        lines += wrapped(f"{row['title']} needs {row['needs']}", then="    ")
    return [*lines, ""]


def _who(row: Json) -> str:
    return f"{row['customer'] or row['asset'] or row['id']}{_consequence(row)}"


def _consequence(row: Json) -> str:
    if row["consequence"] in (None, "unknown"):
        return ""
    return f" [{row['consequence'].replace('_', ' ')}]"


def title(text: str) -> str:
    """This will rule a line with a title in it."""
    return f"── {text} " + "─" * max(0, width() - columns(text) - 4)


def _day(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%d %b %Y}".lstrip("0")
