"""Parts of the brief by themselves, for pages that have their own frame."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import SafeString

from wellkept.desk.brief.page import brief_of, own_styles
from wellkept.desk.brief.rows import Brief
from wellkept.desk.report.page import stylesheet
from wellkept.desk.report.saying import TAGS

Json = Mapping[str, Any]
ROOM = "mirrored"
"""The class of the element in which the brief's style holds, and nowhere else."""
PARTS = {
    "claims": "_claims.html",
    "confidence": "_confidence.html",
    "views": "_views.html",
    "wall": "_wall.html",
    "keep": "_keep.html",
    "customers": "_customers.html",
}


def brief_alone(document: Json) -> Brief:
    """Return the values of a brief's page."""
    return brief_of(document)


def drawn(brief: Brief, part: str, *, root: str = "") -> SafeString:
    """Return one part as HTML: every text of it is shown as text, never as markup.

    `root` is the address of the page on which the claims stand.
    """
    template = _engine().get_template(PARTS[part])
    return template.render(Context({"page": brief, "root": root}, use_l10n=False, use_tz=False))


def style_alone() -> str:
    """Return the brief's style, held inside elements of class ROOM; tokens are the page's."""
    _, _, rules = stylesheet().partition(";")
    return f".{ROOM}{{{rules}{own_styles()}}}"


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(Path(__file__).parent / "templates")], builtins=[TAGS])
