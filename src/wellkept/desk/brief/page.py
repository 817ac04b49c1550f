"""The brief: a pure function of the diagnose document, one HTML file that needs nothing else."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.template.base import Template
from django.utils.safestring import mark_safe

from wellkept.desk.brief import drawings
from wellkept.desk.brief.claims import claim_rows, keep_rows
from wellkept.desk.brief.rows import Brief, GroupRow, NumberRow, ViewRow, WallRow
from wellkept.desk.report.moments import clock_of
from wellkept.desk.report.page import style_hash, stylesheet
from wellkept.study.diagnostic.instrument import FRONT, LEADERS
from wellkept.study.measures.speech import many

Json = Mapping[str, Any]
HERE = Path(__file__).parent
MOST_VIEWS = 36
VIEWS_ON_PAPER = 6
POINTS_TO = 0.2


def write_brief(document: Json) -> str:
    """Return the brief of a diagnose document as one self-contained HTML page.

    Every text of the document is shown as text, never as markup.
    """
    styles = f"{stylesheet()}{own_styles()}"
    page = Context(
        {"page": brief_of(document), "styles": mark_safe(styles), "style_hash": style_hash(styles)},
        use_l10n=False,
        use_tz=False,
    )
    lines = (line.strip() for line in _template().render(page).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def brief_of(document: Json) -> Brief:
    """Return the values of the page."""
    clock = clock_of("UTC")
    claims, keep = claim_rows(document), keep_rows(document)
    part = document["confidence"]
    sentences = {claim["id"]: claim["sentence"] for claim in document["claims"]}
    three = document["shown_at_3"]
    return Brief(
        folder=str(document["source"]["folder"] or "this folder"),
        until=clock.moment(document["until"]),
        says=document["says"],
        who=_who(document["respondents"]),
        locked=clock.moment(document["locked"]["at"]),
        sha256=document["locked"]["sha256"],
        about=_about(document),
        version=f"claims {document['claims_version']}, Wellkept {document['wellkept']}",
        claims=claims,
        unasked=sum(claim["claimed"]["level"] is None for claim in document["claims"]),
        confidence=part["says"],
        bins=drawings.bins(part["curve"]),
        groups=_groups(part["groups"]),
        points=_points(part["groups"]),
        numbers=tuple(_number(row) for row in document["numbers"]["rows"]),
        numbers_say=_numbers_say(document["numbers"]["hits"]),
        views=_views(document["views"]),
        views_say=_views_say(document["views"]["overall"]),
        scales=_scales(document["scales"]),
        wall=tuple(_wall(row) for row in document["normalised"]),
        keep=keep,
        customers=_customers(document["customers"]),
        choose=tuple((name, sentences[name]) for name in document["choose"]),
        three=f"Shown at level 3 or more: {three['k']} of {many(three['n'], 'claim')} that records "
        f"can show, of {three['of']} asked.",
        next_on=document["next_on"],
        more_claims=sum(row.beyond for row in claims),
        more_keep=sum(row.beyond for row in keep),
        small=tuple(name.replace("_", " ") for name in document["respondents"]["hidden"]),
    )


def _who(people: Json) -> str:
    if people["own"]:
        return "one person's own answers"
    groups = [
        f"{one['n']} {one['group'].replace('_', ' ')}"
        for one in people["groups"]
        if one["group"] != "everybody"
    ]
    told = f"{many(people['n'], 'person', 'people')} answered"
    return f"{told}: {', '.join(groups)}" if groups else told


def _about(document: Json) -> str:
    facts = document["facts"]
    held = [f"{n:,} {name}s" for name, n in facts.items() if n]
    doubts = document["doubts"]
    told = ", ".join(held) or "no records at all"
    return f"{told}; {many(doubts, 'doubt')} about them: see the report" if doubts else told


def _groups(groups: list[Json]) -> tuple[GroupRow, ...]:
    return tuple(row for group in groups if (row := drawings.group_row(group)) is not None)


def _points(groups: list[Json]) -> str:
    """Return whether confidence points to where the records are strong."""
    rank: Json = groups[0]["points_to_strength"] if groups else {"value": None}
    if rank["value"] is None:
        return "Too few claims to say whether confidence points to where you are strong."
    low, high = rank["low"], rank["high"]
    range_ = f"rank correlation {rank['value']:.2f}, {low:.2f} to {high:.2f}, {rank['n']} claims"
    range_ = range_.replace("-", "−")
    if low > 0:
        return f"Your confidence points to where you are strong ({range_})."
    if high < 0:
        return f"Your confidence points away from where you are strong ({range_})."
    return f"Your confidence does not point to where you are strong ({range_})."


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")


def _range(value: Json | None, unit: str) -> str:
    if value is None or value["value"] is None:
        return ""
    low, high = _plain(value["low"]), _plain(value["high"])
    return f"{_plain(value['value'])} {unit} ({low} to {high})"


def _number(row: Json) -> NumberRow:
    unit, said, seen = row["unit"], row["stated"], row["records"]
    hits = row["ranges_that_hold"]
    ends = [x for one in (said, seen) if one for x in one.values() if x is not None]
    high = 100.0 if unit == "%" else max(ends, default=1.0) * 1.05
    marks = (drawings.span(said, 0.0, high), drawings.span(seen, 0.0, high))
    return NumberRow(
        id=row["claim"],
        question=row["question"],
        said=_range(said, unit) or "not said, or hidden",
        records=_range(seen, unit) or "no record",
        hits=f"{hits['k']} of {many(hits['n'], 'range')} hold it" if hits else "",
        groups=_two_groups(row["groups"], unit),
        said_span=marks[0],
        seen_span=marks[1],
    )


def _two_groups(groups: list[Json], unit: str) -> str:
    """Return what leaders and front line stated, where both may be shown."""
    told = {one["group"]: _range(one, unit) for one in groups}
    if not {LEADERS, FRONT} <= told.keys() or told[LEADERS] == told[FRONT]:
        return ""
    return f"executives {told[LEADERS]}, front line {told[FRONT]}"


def _numbers_say(hits: Json | None) -> str:
    if hits is None:
        return "No range can be judged: none was said, or no record gives the number."
    share = f"{100 * hits['low']:.0f} to {100 * hits['high']:.0f} %"
    return (
        f"{hits['k']} of {many(hits['n'], 'range')} held what the records say ({share}); "
        "8 in 10 were asked for."
    )


def _views(part: Json) -> tuple[ViewRow, ...]:
    return tuple(
        ViewRow(
            id=row["claim"],
            sentence=row["sentence"],
            first=f"{row['first']:g}",
            second=f"{row['second']:g}",
            apart=f"{row['apart']:+g}".replace("-", "−").replace("+0", "0"),
            on_paper=row["apart"] != 0 and place < VIEWS_ON_PAPER,
            y1=_level_down(row["first"]),
            y2=_level_down(row["second"]),
        )
        for place, row in enumerate(part["rows"][:MOST_VIEWS])
    )


def _level_down(level: float) -> float:
    return 34 - 7.5 * level


def _views_say(overall: Json | None) -> str:
    if overall is None:
        return "Two views need at least four executives and four people of the front line."
    low, high = (f"{overall[name]:+.1f}".replace("-", "−") for name in ("low", "high"))
    if not overall["excludes_zero"]:
        return f"Over all claims the two do not differ beyond chance ({low} to {high} levels)."
    who = ("Executives", "the front line")
    if overall["value"] < 0:
        who = ("The front line", "executives")
    apart = abs(overall["value"])
    return f"{who[0]} claim {apart:.1f} levels more than {who[1]} ({low} to {high})."


def _scales(part: Json) -> str:
    if part["differ"] is None:
        return ""
    if part["differ"]:
        return "People rate the same stories differently: scales differ, compare with care."
    return "People rate the same stories alike: levels can be compared."


def _wall(row: Json) -> WallRow:
    drawn = drawings.weeks(row["weeks"], row["promise"], row["since"])
    first, last = (row["weeks"][i]["start"] for i in (0, -1)) if row["weeks"] else ("", "")
    return WallRow(row["claim"], row["sentence"], _wall_says(row), **drawn, first=first, last=last)


def _wall_says(row: Json) -> str:
    renewed = f" Its end was put off {many(row['renewed'], 'time')}." if row["renewed"] else ""
    if row["since"] is None:
        return f"Known and without an owner or an end; no record dates its beginning.{renewed}"
    customers = "" if row["customers"] is None else f", {many(row['customers'], 'customer')} hit"
    promise = f"{100 * row['promise']:.0f} %"
    return (
        f"Below {promise} since the week of {row['since']}: {many(row['weeks_below'], 'week')}"
        f"{customers}, {row['failed']:,} failed, excused again {many(row['moved'], 'time')} by a "
        f"moved date.{renewed}"
    )


def _customers(part: Json) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            row["question"],
            f"{row['level']:g} of 4, {row['n']} answered"
            if row["level"] is not None
            else "too few to show",
            ", ".join(
                f"{claim}: {'no record' if level is None else f'shown {level}'}"
                for claim, level in zip(row["claims"], row["shown"], strict=True)
            ),
        )
        for row in part["rows"]
    )


@cache
def own_styles() -> str:
    """Return the brief's own rules, on one line."""
    rules = (HERE / "brief.css").read_text("utf-8")
    return " ".join(rules.split())


@cache
def _template() -> Template:
    return Engine(dirs=[str(HERE / "templates")]).get_template("brief.html")
