"""The report: a pure function of the measure document, one HTML file that needs nothing else."""

import re
import shlex
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.template import Context, Engine
from django.template.base import Template
from django.utils.safestring import mark_safe

from wellkept.desk.report.cards import cards_of, summary_of
from wellkept.desk.report.cases import OWED_AT_ONCE, owed_sentence, owners_recorded, still_owed
from wellkept.desk.report.moments import Clock, clock_of
from wellkept.desk.report.quantities import whole
from wellkept.desk.report.reading import Fields, block, count, items, length, text
from wellkept.desk.report.rows import Absent, Card, Footer, Page, Point
from wellkept.desk.report.saying import TAGS
from wellkept.desk.report.understood import understood_of

HERE = Path(__file__).parent
MOST_MEASURES = 40
MOST_ABSENT = 60
_POINTS = 3


def write_report(document: Fields) -> str:
    """Return the report of a measure document as one self-contained HTML page.

    Every text of the document is shown as text, never as markup; what the document lacks is said.
    """
    styles = stylesheet()
    page = Context(
        {
            "page": page_of(document),
            "styles": mark_safe(styles),
            "style_hash": style_hash(styles),
        },
        use_l10n=False,
        use_tz=False,
    )
    return without_blank_space(_template().render(page))


def page_of(document: Fields) -> Page:
    """Return the values of the page."""
    clock = clock_of(block(block(document, "understood"), "zone").get("name"))
    owners = owners_recorded(document)
    cards = cards_of(items(document, "measures", MOST_MEASURES), clock, owners=owners)
    owed = still_owed(document, clock, owners=owners)
    understood = understood_of(document)
    source = block(document, "source")
    return Page(
        folder=text(source, "folder", 80) or "this folder",
        period=_period(document, clock),
        zone=understood.zone,
        held=_held(source, understood.facts),
        points=_points(cards),
        doubts=_doubts(block(document, "understood")),
        owed=owed[:OWED_AT_ONCE],
        more_owed=owed[OWED_AT_ONCE:],
        owed_says=owed_sentence(document, owed, owners=owners),
        summaries=tuple(summary_of(card) for card in cards),
        cards=cards,
        grouped=any(card.funnel for card in cards),
        absent=tuple(
            Absent(text(a, "title", 90) or text(a, "name", 90), text(a, "needs", 300))
            for a in items(document, "absent", MOST_ABSENT)
        ),
        understood=understood,
        footer=_footer(document, clock, cards),
    )


def _points(cards: tuple[Card, ...]) -> tuple[Point, ...]:
    """Return the sentences of the cards that concern everyone, else of the first three."""
    leading = [card for card in cards if card.lead and card.says]
    chosen = leading or [card for card in cards if card.says]
    return tuple(Point(card.id, card.says) for card in chosen[:_POINTS])


def _period(document: Fields, clock: Clock) -> str:
    how = text(block(block(document, "understood"), "zone"), "how", 90)
    days = how.startswith("days only")
    since = (clock.day if days else clock.moment)(document.get("since"))
    until = (clock.due if days else clock.moment)(document.get("until"))
    begins = f"From {since}" if since else "From the first record"
    return f"{begins} until {until or 'the last record'}"


def _held(source: Fields, facts: tuple[str, ...]) -> str:
    """Return what the folder holds, in one clause."""
    n = length(source, "files")
    files = f"{whole(n)} {'file' if n == 1 else 'files'}"
    return f"{files} with {', '.join(facts)}" if facts else f"{files}, nothing that can be measured"


def _doubts(understood: Fields) -> str:
    """Return one sentence that sends the reader to what may be wrong with the records."""
    doubts = length(understood, "suspicions")
    left_out = sum(count(note, "count") for note in items(understood, "left_out"))
    said = []
    if doubts:
        said.append(f"{whole(doubts)} {'doubt' if doubts == 1 else 'doubts'} about these records")
    if left_out:
        were = "row or value was" if left_out == 1 else "rows or values were"
        said.append(f"{whole(left_out)} {were} left out")
    return "; ".join(said) + ": see what was understood" if said else ""


def _footer(document: Fields, clock: Clock, cards: tuple[Card, ...]) -> Footer:
    source = block(document, "source")
    versions = sorted({card.version for card in cards})
    return Footer(
        wellkept=text(document, "wellkept", 20),
        definitions=", ".join(versions),
        fingerprint=text(source, "fingerprint", 90),
        until=clock.moment(document.get("until")),
        known_at=clock.moment(document.get("known_at")),
        command=_command(document),
    )


def _command(document: Fields) -> str:
    """Return the command that makes this page again."""
    folder = text(block(document, "source"), "folder", 200) or "FOLDER"
    words = ["wellkept", "measure", shlex.quote(folder)]
    until = text(document, "until", 40)
    if until:
        words += ["--until", shlex.quote(until)]
    columns = {text(block(m, "by"), "column", 80) for m in items(document, "measures")} - {""}
    for column in sorted(columns)[:1]:
        words += ["--by", shlex.quote(column)]
    return " ".join([*words, "--html", "report.html"])


@cache
def stylesheet(*names: str) -> str:
    """Return the stylesheets (none named: the report's) without comments and needless space."""
    written = "\n".join((HERE / name).read_text("utf-8") for name in names or ("report.css",))
    rules = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    close = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", rules))
    return re.sub(r":\s+", ":", close).replace(";}", "}").strip()


def style_hash(styles: str) -> str:
    """Return the hash by which a content security policy knows a stylesheet."""
    return "sha256-" + b64encode(sha256(styles.encode()).digest()).decode("ascii")


@cache
def _template() -> Template:
    return Engine(dirs=[str(HERE / "templates")], builtins=[TAGS]).get_template("report.html")


def without_blank_space(html: str) -> str:
    """Return a page without blanks that no reader sees."""
    return re.sub(r"[ \t]*\n\s*", "\n", html).strip() + "\n"
