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
from wellkept.desk.report.saying import TAGS, quoted, retold
from wellkept.desk.report.saying import counted as ngettext
from wellkept.desk.report.saying import said as _
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
        folder=str(document["source"]["folder"] or _("this folder")),
        until=clock.moment(document["until"]),
        says=retold(document["says"]),
        quoted=quoted(document["says"]),
        who=_who(document["respondents"]),
        locked=clock.moment(document["locked"]["at"]),
        sha256=document["locked"]["sha256"],
        about=_about(document),
        version=_("claims %(claims)s, Wellkept %(wellkept)s")
        % {"claims": document["claims_version"], "wellkept": document["wellkept"]},
        claims=claims,
        unasked=sum(claim["claimed"]["level"] is None for claim in document["claims"]),
        confidence=retold(part["says"]),
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
        choose=tuple((name, _(sentences[name])) for name in document["choose"]),
        three=ngettext(
            "Shown at level 3 or more: %(k)s of one claim that records can show, of %(of)s asked.",
            "Shown at level 3 or more: %(k)s of %(n)s claims that records can show, of %(of)s "
            "asked.",
            three["n"],
        )
        % three,
        next_on=document["next_on"],
        more_claims=sum(row.beyond for row in claims),
        more_keep=sum(row.beyond for row in keep),
        small=tuple(_(name.replace("_", " ")) for name in document["respondents"]["hidden"]),
    )


def _who(people: Json) -> str:
    if people["own"]:
        return _("one person's own answers")
    groups = [
        f"{one['n']} {_(one['group'].replace('_', ' '))}"
        for one in people["groups"]
        if one["group"] != "everybody"
    ]
    told = ngettext("%(n)s person answered", "%(n)s people answered", people["n"]) % people
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
        return _("Too few claims to say whether confidence points to where you are strong.")
    low, high = rank["low"], rank["high"]
    figures = {key: f"{rank[key]:.2f}".replace("-", "−") for key in ("value", "low", "high")}
    reach = _("rank correlation %(value)s, %(low)s to %(high)s, %(n)s claims")
    told = {"range": reach % (figures | {"n": rank["n"]})}
    if low > 0:
        return _("Your confidence points to where you are strong (%(range)s).") % told
    if high < 0:
        return _("Your confidence points away from where you are strong (%(range)s).") % told
    return _("Your confidence does not point to where you are strong (%(range)s).") % told


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")


def _range(value: Json | None, unit: str) -> str:
    if value is None or value["value"] is None:
        return ""
    low, high = _plain(value["low"]), _plain(value["high"])
    figure = _plain(value["value"])
    of = unit.removesuffix("s") if figure == "1" else unit
    told = {"value": f"{figure} {_(of)}", "low": low, "high": high}
    return _("%(value)s (%(low)s to %(high)s)") % told


def _number(row: Json) -> NumberRow:
    unit, said, seen = row["unit"], row["stated"], row["records"]
    hits = row["ranges_that_hold"]
    ends = [x for one in (said, seen) if one for x in one.values() if x is not None]
    high = 100.0 if unit == "%" else max(ends, default=1.0) * 1.05
    marks = (drawings.span(said, 0.0, high), drawings.span(seen, 0.0, high))
    return NumberRow(
        id=row["claim"],
        question=_(row["question"]),
        said=_range(said, unit) or _("not said, or hidden"),
        records=_range(seen, unit) or _("no record"),
        hits=_hold(hits) if hits else "",
        groups=_two_groups(row["groups"], unit),
        said_span=marks[0],
        seen_span=marks[1],
    )


def _two_groups(groups: list[Json], unit: str) -> str:
    """Return what leaders and front line stated, where both may be shown."""
    told = {one["group"]: _range(one, unit) for one in groups}
    if not {LEADERS, FRONT} <= told.keys() or told[LEADERS] == told[FRONT]:
        return ""
    both = {"executives": told[LEADERS], "front": told[FRONT]}
    return _("executives %(executives)s, front line %(front)s") % both


def _hold(hits: Json) -> str:
    return (
        ngettext("%(k)s of %(n)s range holds it", "%(k)s of %(n)s ranges hold it", hits["n"]) % hits
    )


def _numbers_say(hits: Json | None) -> str:
    if hits is None:
        return _("No range can be judged: none was said, or no record gives the number.")
    told = {name: f"{100 * hits[name]:.0f}" for name in ("low", "high")}
    return ngettext(
        "%(k)s of %(n)s range held what the records say (%(low)s to %(high)s %%); 8 in 10 were "
        "asked for.",
        "%(k)s of %(n)s ranges held what the records say (%(low)s to %(high)s %%); 8 in 10 were "
        "asked for.",
        hits["n"],
    ) % (told | {"k": hits["k"], "n": hits["n"]})


def _views(part: Json) -> tuple[ViewRow, ...]:
    return tuple(
        ViewRow(
            id=row["claim"],
            sentence=_(row["sentence"]),
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
        return _("Two views need at least four executives and four people of the front line.")
    told = {name: f"{overall[name]:+.1f}".replace("-", "−") for name in ("low", "high")}
    if not overall["excludes_zero"]:
        return (
            _("Over all claims the two do not differ beyond chance (%(low)s to %(high)s levels).")
            % told
        )
    told["apart"] = f"{abs(overall['value']):.1f}"
    if overall["value"] < 0:
        return (
            _("The front line claim %(apart)s levels more than executives (%(low)s to %(high)s).")
            % told
        )
    return (
        _("Executives claim %(apart)s levels more than the front line (%(low)s to %(high)s).")
        % told
    )


def _scales(part: Json) -> str:
    if part["differ"] is None:
        return ""
    if part["differ"]:
        return _("People rate the same stories differently: scales differ, compare with care.")
    return _("People rate the same stories alike: levels can be compared.")


def _wall(row: Json) -> WallRow:
    drawn = drawings.weeks(row["weeks"], row["promise"], row["since"])
    first, last = (row["weeks"][i]["start"] for i in (0, -1)) if row["weeks"] else ("", "")
    return WallRow(
        row["claim"], _(row["sentence"]), _wall_says(row), **drawn, first=first, last=last
    )


def _wall_says(row: Json) -> str:
    parts = []
    if row["since"] is None:
        parts.append(_("Known and without an owner or an end; no record dates its beginning."))
    else:
        parts.append(_below(row))
    if row["renewed"]:
        put_off = ngettext(
            "Its end was put off %(n)s time.", "Its end was put off %(n)s times.", row["renewed"]
        )
        parts.append(put_off % {"n": f"{row['renewed']:,}"})
    return " ".join(parts)


def _below(row: Json) -> str:
    """Return since when it lies below its promise, and what came of it."""
    weeks = ngettext("%(n)s week", "%(n)s weeks", row["weeks_below"])
    times = ngettext("%(n)s time", "%(n)s times", row["moved"])
    told = {
        "promise": f"{100 * row['promise']:.0f} %",
        "since": row["since"],
        "weeks": weeks % {"n": f"{row['weeks_below']:,}"},
        "failed": f"{row['failed']:,}",
        "times": times % {"n": f"{row['moved']:,}"},
    }
    if row["customers"] is None:
        return (
            _(
                "Below %(promise)s since the week of %(since)s: %(weeks)s, %(failed)s failed, "
                "excused again %(times)s by a moved date."
            )
            % told
        )
    hit = ngettext("%(n)s customer hit", "%(n)s customers hit", row["customers"])
    told["hit"] = hit % {"n": f"{row['customers']:,}"}
    return (
        _(
            "Below %(promise)s since the week of %(since)s: %(weeks)s, %(hit)s, %(failed)s failed, "
            "excused again %(times)s by a moved date."
        )
        % told
    )


def _customers(part: Json) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            _(row["question"]),
            _("%(level)s of 4, %(n)s answered") % {"level": f"{row['level']:g}", "n": row["n"]}
            if row["level"] is not None
            else _("too few to show"),
            ", ".join(
                f"{claim}: {_('no record') if level is None else _('shown %(n)s') % {'n': level}}"
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
    return Engine(dirs=[str(HERE / "templates")], builtins=[TAGS]).get_template("brief.html")
