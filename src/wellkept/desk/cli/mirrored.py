"""The diagnose document as text: claim by claim what was said and what the records show."""

from collections.abc import Mapping
from typing import Any

from wellkept.desk.cli.terminal import cleaned, width, wrapped
from wellkept.study.measures.speech import many

Json = Mapping[str, Any]
CASES_SHOWN = 3


def mirrored(document: Json) -> str:
    """This will write the document for a terminal of 100 columns."""
    document = cleaned(document)
    lines = [
        *_head(document),
        *(line for claim in document["claims"] if claim["shown"]["k"] is not None
          for line in _claim(claim)),
        *_numbers(document["numbers"]),
        *_confidence(document),
        *_unprovable(document["unprovable"]),
        *_choose(document),
    ]  # fmt: skip
    return "\n".join(lines)


def _title(text: str) -> str:
    return f"\n{text}\n{'─' * min(len(text), width())}"


def _head(document: Json) -> list[str]:
    people = document["respondents"]
    who = "your own answers" if people["own"] else many(people["n"], "respondent")
    if people["hidden"]:
        who += f"; too few to be shown: {', '.join(people['hidden'])}"
    folder, lock = document["source"]["folder"], document["locked"]
    return [
        *wrapped(f"{folder}: the mirror, as of {document['until'][:10]}, {who}", first=""),
        *wrapped(f"Locked {lock['at']}, {lock['sha256'][:16]}…", first=""),
        *wrapped(document["says"], first=""),
    ]


def _claim(claim: Json) -> list[str]:
    touched = claim["touched"]["customers"]
    hit = f", {many(touched, 'customer')} touched" if touched else ""
    lines = [_title(f"{claim['id']} · {claim['name']['word']}{hit}")]
    lines += wrapped(claim["sentence"], first="")
    lines += [_dumbbell(claim)]
    lines += wrapped(claim["says"], first="  ", then="  ")
    for case in claim["evidence"]["cases"][:CASES_SHOWN]:
        parts = (case["id"], case["customer"], case["about"], case["owner"] or "no owner")
        lines += wrapped(" · ".join(part for part in parts if part), first="  – ", then="    ")
    for note in claim["evidence"]["notes"]:
        lines += wrapped(note, first="  · ", then="    ")
    return lines


def _dumbbell(claim: Json) -> str:
    """Levels 0 to 4 on one line: ● claimed, ○ shown, ═ the interval of what is shown.

    A claim between two levels stands between them.
    """
    shown, claimed = claim["shown"], claim["claimed"]["level"]
    cells = ["·" if i % 6 == 0 else " " for i in range(25)]
    if shown["level"] is not None:
        for i in range(6 * shown["low"], 6 * shown["high"] + 1):
            cells[i] = "═"
        cells[6 * shown["level"]] = "○"
    if claimed is not None:
        at = round(6 * claimed)
        cells[at] = "◉" if cells[at] == "○" else "●"
    sure = claim["claimed"]["confidence"]
    confident = "" if sure is None else f"  confidence {100 * sure:.0f} %"
    return f"  0 {''.join(cells)} 4{confident}"


def _numbers(part: Json) -> list[str]:
    rows = [row for row in part["rows"] if row["stated"] and row["records"]]
    if not rows:
        return []
    lines = [_title("Numbers: you said, the records say")]
    for row in rows:
        said, seen = (_range(row[name], row["unit"]) for name in ("stated", "records"))
        lines += wrapped(f"{row['claim']}: you said {said}; the records say {seen}", first="  ")
    hits = part["hits"]
    if hits:
        lines += wrapped(
            f"{hits['k']} of {many(hits['n'], 'range')} held what the records say; 8 in 10 were "
            "asked for.",
            first="  ",
        )
    return lines


def _range(value: Json, unit: str) -> str:
    low, high = (_plain(value[name]) for name in ("low", "high"))
    return f"{_plain(value['value'])} {unit} ({low} to {high})"


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")


def _confidence(document: Json) -> list[str]:
    part = document["confidence"]
    lines = [_title("Confidence"), *wrapped(part["says"], first="  ")]
    overall = document["views"]["overall"]
    if overall and overall["excludes_zero"]:
        more = "higher" if overall["value"] > 0 else "lower"
        text = f"Executives claim {abs(overall['value']):.1f} levels {more} than the front line."
        lines += wrapped(text, first="  ")
    if document["scales"]["differ"]:
        lines += wrapped("People use the scale differently: compare groups with care.", first="  ")
    return lines


def _unprovable(rows: list[Json]) -> list[str]:
    if not rows:
        return []
    lines = [_title("No record could show it: start to keep")]
    for row in rows:
        mark = "!" if row["trusted"] else "–"
        lines += wrapped(f"{row['claim']}: {row['keep']}", first=f"  {mark} ", then="    ")
    return lines


def _choose(document: Json) -> list[str]:
    if not document["choose"]:
        return []
    text = (
        f"Choose at most three: {', '.join(document['choose'])} stand first by consequence. Name "
        f"an owner and a date. Next evidence: {document['next_on']}."
    )
    return [_title("Then"), *wrapped(text, first="  ")]
