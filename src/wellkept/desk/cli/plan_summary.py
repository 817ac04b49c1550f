"""The plan document as text: what to do, who waits, what it rests on, whether it holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from wellkept.desk.cli.summary import title
from wellkept.desk.cli.terminal import cleaned, wrapped
from wellkept.study.measures.speech import many
from wellkept.study.planning.speech import figure, money, share

Json = Mapping[str, Any]
SHOWN, FEW = 5, 3


def summary(document: Json) -> str:
    """This will write the plan for a terminal of 100 columns, the first lines for ten seconds."""
    document = cleaned(document)
    parts = [
        *_head(document),
        *_deal(document),
        *_said("Looks well stocked, and somebody waits", document["hidden"], FEW),
        *_actions(document),
        *_said("Last orders", document["last_buys"], SHOWN),
        *_contracts(document["contracts"]),
        *_said("What is lost first if a piece is taken away", document["ranking"], SHOWN),
        *_cases(document),
        *_said("What to learn first", document["learn"], FEW),
        *_assumed(document),
        *_proof(document),
        *_left_out(document["understood"]["left_out"]),
    ]
    text = "\n".join(parts).rstrip("\n")
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def _head(document: Json) -> list[str]:
    scope = document["scope"]
    counted = [
        many(scope["parts"], "part"), many(len(scope["places"]), "place"),
        many(scope["assets"], "asset"), many(scope["contracts"], "contract"),
        f"{many(scope['demands'], 'request')} in {figure(scope['years'])} years"
        if scope["demands"] else "no request with a day",
    ]  # fmt: skip
    line = f"{document['source']['folder']}: plan as of {document['until']}; {', '.join(counted)}"
    doubts = [text for one in document["doubts"] for text in wrapped(one["sentence"], first="! ")]
    return [*wrapped(line, first="", then="  "), *doubts, ""]


def _deal(document: Json) -> list[str]:
    """Today, the plan, and the way from one to the other: all that ten seconds hold."""
    now, plan, unit = document["now"], document["plan"], document["currency"]
    lines = [title("The plan in three lines")]
    known = now is not None
    lines += wrapped(f"today: {_standing(now, unit)}" if known else "today: not known")
    lines += wrapped(f"plan:  {_standing(plan, unit)}")
    sums = document["totals"]
    buy, move, release = sums["buy"], sums["move"], sums["release"]
    do = [f"buy {many(buy['pieces'], 'piece')} for {money(buy['money'], unit)}"]
    if not known:
        do.append("less what lies there already")
    if known:
        do += [
            f"move {many(move['pieces'], 'piece')}",
            f"let go of {many(release['pieces'], 'piece')} worth {money(release['money'], unit)}",
        ]
    lines += wrapped(f"do:    {', '.join(do)}")
    if document["budget"] is not None:
        lines += wrapped(f"within a budget of {money(document['budget'], unit)}")
    return [*lines, ""]


def _standing(one: Json, unit: str | None) -> str:
    text = (
        f"{money(one['stock_value'], unit)} in stock; assets stand {figure(one['standing_h'])} h a "
        f"year for parts; {many(one['at_risk'], 'contract')} at risk; costs "
        f"{money(one['total'], unit)} a year"
    )
    return f"{text} ({share(one['fill'])} of requests met at once)"


def _actions(document: Json) -> list[str]:
    lines: list[str] = []
    for key, name in (("buys", "Buy next"), ("moves", "Move next"), ("releases", "Let go next")):
        lines += _said(name, document[key], SHOWN)
    return lines


def _said(name: str, rows: Sequence[Json], most: int) -> list[str]:
    if not rows:
        return []
    lines = [title(name)]
    for row in rows[:most]:
        lines += wrapped(row["sentence"], then="    ")
    if len(rows) > most:
        lines.append(f"  … and {len(rows) - most} more: --json and --html tell them")
    return [*lines, ""]


def _contracts(rows: Sequence[Json]) -> list[str]:
    risky = [row for row in rows if row["at_risk"]]
    if not risky:
        return []
    return _said(f"Contracts at risk: {len(risky)} of {len(rows)}", risky, SHOWN)


def _cases(document: Json) -> list[str]:
    unit, plan = document["currency"], document["plan"]
    lines: list[str] = []
    for one in document["what_if"]:
        more = one["more_pieces"]
        lines += wrapped(
            f"{one['asked']}: {money(one['stock_value'], unit)} in stock (plan "
            f"{money(plan['stock_value'], unit)}), {more:+,} pieces, "
            f"{many(one['lines_changed'], 'line')} changed, {money(one['total'], unit)} a year, "
            f"{many(one['at_risk'], 'contract')} at risk"
        )
    return [title("What if"), *lines, ""] if lines else []


def _assumed(document: Json) -> list[str]:
    rows, unit = document["assumptions"], document["currency"]
    if not rows:
        return []
    lines = [title("Assumed, for no record tells")]
    for row in rows:
        name = row["field"].replace("_", " ")
        text = f"{name} {figure(row['value'])} {row['unit']}: {row['why']} (for {row['count']:,})"
        if row["low"] is not None:
            low, high = row["moved_low"], row["moved_high"]
            text += (
                f"; half of it moves {many(low, 'piece')}, twice {high:,} (stock "
                f"{money(row['low'], unit)} to {money(row['high'], unit)})"
            )
        lines += wrapped(text, then="    ")
    return [*lines, ""]


def _proof(document: Json) -> list[str]:
    proof = document["proof"]
    lines = [title("Does it hold? Predicted, simulated, replayed")]
    for row in proof["compared"]:
        mark = "" if row["holds"] else "  ◀ outside"
        lines += wrapped(
            f"{row['name']} ({row['unit']}): predicted {figure(row['predicted'])}, simulated "
            f"{figure(row['simulated'])} ({figure(row['low'])} to {figure(row['high'])}){mark}"
        )
    for one in proof["replays"]:
        scores = "; ".join(
            f"{row['name']} met {share(row['fill'])} at once, {figure(row['waiting_h'])} h a year "
            f"lost, {money(row['stock_value'], document['currency'])} in stock"
            for row in one["scored"]
        )
        lines += wrapped(
            f"replayed {one['from']} to {one['until']}, {many(one['demands'], 'request')}: "
            f"{scores}. {one['caution']}",
            then="    ",
        )
    lines += wrapped(proof["why_none"]) if proof["why_none"] else []
    return [*lines, ""]


def _left_out(notes: Sequence[Json]) -> list[str]:
    if not notes:
        return []
    lines = [title("Not used, or used otherwise than written")]
    for note in notes[:12]:
        first = note["examples"][0] if note["examples"] else None
        place = ""
        if first and first["line"]:
            place = f" (the first: {first['file']}:{first['line']}"
            place += f", ‘{first['value']}’)" if first["value"] else ")"
        lines += wrapped(f"{note['count']:,} × {note['what']}{place}", then="    ")
    if len(notes) > 12:
        lines.append(f"  … and {len(notes) - 12} more kinds: --json and --html tell them")
    return lines
