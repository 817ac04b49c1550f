"""The gap list and the list of what to start keeping, row by row."""

from collections.abc import Iterable, Mapping
from textwrap import shorten
from typing import Any

from wellkept.desk.brief.drawings import dumbbell
from wellkept.desk.brief.rows import ClaimRow, KeepRow, Named, Note
from wellkept.desk.report.quantities import said as in_words
from wellkept.desk.report.saying import as_composed, quoted, retold
from wellkept.desk.report.saying import counted as ngettext
from wellkept.desk.report.saying import said as _
from wellkept.study.measures.speech import amount
from wellkept.study.measures.speech import share as said

Json = Mapping[str, Any]
SHORT = 48
ON_PAPER = 12
"""More rows than this do not fit two printed pages: they stay in the file."""


def claim_rows(document: Json) -> tuple[ClaimRow, ...]:
    """Return the claims in consequence order, those with a record first."""
    claims = sorted(document["claims"], key=lambda claim: claim["shown"]["k"] is None)
    return tuple(_row(claim, beyond=i >= ON_PAPER) for i, claim in enumerate(claims))


def _row(claim: Json, *, beyond: bool) -> ClaimRow:
    evidence, owner, name = claim["evidence"], claim["owner"], claim["name"]
    return ClaimRow(
        id=claim["id"],
        sentence=_(claim["sentence"]),
        dumbbell=dumbbell(claim["claimed"], claim["shown"]),
        key=name["key"],
        word=_(name["word"]),
        means=_(name["means"]),
        of_this=_(name["of_this"]),
        counted=_ngettext(claim["shown"]),
        touched=_touched(claim["touched"]),
        grave=_grave(claim["touched"]),
        owner=_owner(owner),
        owned=owner is not None,
        claimed_means=_means(claim, claim["claimed"]["level"]),
        shown_means=_means(claim, claim["shown"]["level"]),
        words=_(evidence["words"]),
        completeness=_completeness(evidence["completeness"]),
        query=evidence["id"],
        version=_("version %(version)s") % {"version": evidence["version"]},
        cases=tuple(_named(case, evidence["case_unit"]) for case in evidence["cases"]),
        notes=(*_noted(evidence["notes"]), *_limits(claim["shown"]), *_named_by(claim["claimed"])),
        groups=_groups(claim["claimed"]),
        recorded=claim["shown"]["k"] is not None,
        beyond=beyond,
        change=claim.get("change", ""),
    )


def _ngettext(shown: Json) -> str:
    if shown["k"] is None:
        return _("no record")
    told = {"k": f"{shown['k']:,}", "n": f"{shown['n']:,}", "unit": _(shown["unit"])}
    share = "" if shown["share"] is None else f" ({said(shown['share'])})"
    few = _(", too few for a level") if shown["state"] == "too_few" else ""
    return _("%(k)s of %(n)s %(unit)s") % told + share + few


def _touched(touched: Json) -> str:
    n = touched["customers"]
    if n is None:
        return "–"
    return ngettext("%(n)s customer", "%(n)s customers", n) % {"n": f"{n:,}"}


def _grave(touched: Json) -> str:
    parts = [
        f"{touched[key]:,} {word}"
        for key, word in (("safety", _("safety")), ("production_stopped", _("stopped")))
        if touched[key]
    ]
    return ", ".join(parts)


def _owner(owner: Json | None) -> str:
    if owner is None:
        return _("none")
    if owner["until"]:
        return _("%(name)s until %(until)s") % {"name": owner["name"], "until": owner["until"]}
    return _("%(name)s, no end") % {"name": owner["name"]}


def _means(claim: Json, level: float | None) -> str:
    """Return the anchor of a level; between two levels that of the lower one."""
    if level is None:
        return ""
    return f"{level:g}: {_(claim['anchors'][int(level)])}"


def _completeness(part: Json) -> str:
    if part["share"] is None:
        return _("nothing recorded")
    told = {"used": f"{part['used']:,}", "should": f"{part['should']:,}"}
    return _("%(used)s of %(should)s records (%(share)s)") % (told | {"share": said(part["share"])})


def _named(case: Json, unit: str) -> Named:
    told = {name: retold(case[name]) if case[name] else case[name] for name in ("id", "about")}
    words = (case["customer"], case["asset"], told["about"], case["owner"])
    seen = [w for w in dict.fromkeys(words) if w and w != case["id"]]
    place = "" if case["file"] is None else f"{case['file']}:{case['line']}"
    size = "" if case["value"] in (None, 0) else _size(case["value"], unit)
    what = " · ".join(seen)
    return Named(
        told["id"], what, shorten(what, SHORT, placeholder=" …"), size, place, case.get("href", "")
    )


def _size(value: float, unit: str) -> str:
    return amount(value, unit) if as_composed() else in_words(value, unit)


def _noted(notes: Iterable[str]) -> tuple[Note, ...]:
    """Return what to mind; what was kept without its parts is a quotation."""
    return tuple(Note(retold(note), quoted(note)) for note in notes)


def _limits(shown: Json) -> tuple[Note, ...]:
    """Return why no higher level is shown, where a second condition decides."""
    needs = _("level %(level)s also needs: %(text)s (%(state)s)")
    states = {"not met": _("not met"), "no record": _("no record")}
    return tuple(
        Note(
            needs
            % {
                "level": one["level"],
                "text": _(one["text"]),
                "state": states.get(one["state"], one["state"]),
            },
            as_composed(),
        )
        for one in shown["conditions"]
        if one["state"] != "judged"
    )


def _named_by(claimed: Json) -> tuple[Note, ...]:
    """Return how many named an instance, and how many of these the records know."""
    told = claimed["recalled"]
    if told is None:
        return ()
    named = ngettext(
        "%(n)s named when it last happened; %(known)s of them the records know",
        "%(n)s named when it last happened; %(known)s of them the records know",
        told["named"],
    )
    return (Note(named % {"n": told["named"], "known": told["in_the_records"]}, as_composed()),)


def _groups(claimed: Json) -> tuple[str, ...]:
    return tuple(
        _("%(group)s %(level)s (%(n)s answered)")
        % {
            "group": _(one["group"].replace("_", " ")),
            "level": f"{one['level']:g}",
            "n": one["n"],
        }
        for one in claimed["groups"]
    )


def keep_rows(document: Json) -> tuple[KeepRow, ...]:
    """Return what to start keeping, trusted claims first."""
    return tuple(
        KeepRow(
            row["claim"],
            _(row["sentence"]),
            _(row["keep"]),
            row["trusted"],
            _noted(row["notes"]),
            beyond=i >= ON_PAPER,
        )
        for i, row in enumerate(document["unprovable"])
    )
