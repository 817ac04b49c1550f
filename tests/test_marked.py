"""Every sentence that a person may read is marked for translation where it is written."""

import ast
import importlib
import re
import shutil
from collections.abc import Iterator
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import cast

import pytest
from django.core.management import call_command
from django.core.management.utils import find_command
from django.test import override_settings

from conftest import IN_CI
from house import SOURCE, shown, tree
from wellkept.record.access.wording import WORDS
from wellkept.record.files.rules import PLAINLY

PROSE = re.compile(r"[^\W\d_]{2,}[,.:;]? [^\W\d_]{2,}")
MARKS = frozenset(
    {"_", "marked", "gettext_noop", "gettext_lazy", "format_lazy", "ngettext", "said"}
)
FOR_MACHINES = frozenset(
    {"ValueError", "TypeError", "RuntimeError", "AssertionError", "Unnoted", "Unscoped", "KeyError"}
    | {"NotForTheJournal", "AlreadyServed", "AnotherRunner", "BadMark"}
)
"""Faults of ours, and what the terminal alone says."""
SAYING = frozenset({"violation_error_message", "see_reason", "needed"})
DESK = tuple(SOURCE / "desk" / room for room in ("web", "digest", "exchange", "mirroring"))
ROOMS = tuple(path for path in (SOURCE / "record").iterdir() if path.name != "sources")
ENUMS = ("access", "cases", "installed_base", "parties", "promises", "sources")
"""Rooms whose codes are shown as words; the mirror says its own in sentences."""


def spoken(module: ast.AST) -> Iterator[ast.expr]:
    """Yield what a module says to people: what it raises, and what its constraints say."""
    for node in ast.walk(module):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            if name_of(node.exc.func) not in FOR_MACHINES:
                yield from node.exc.args
        elif isinstance(node, ast.keyword) and node.arg in SAYING:
            yield node.value
        elif isinstance(node, ast.Call) and name_of(node.func) in SAYING:
            yield from node.args


def name_of(node: ast.expr) -> str:
    """Give the last name of what is called."""
    return getattr(node, "id", "") or getattr(node, "attr", "")


def bare(node: ast.expr) -> list[str]:
    """List the prose in an expression that stands in no mark."""
    if isinstance(node, ast.Call) and name_of(node.func) in MARKS:
        return []
    if isinstance(node, ast.Constant | ast.JoinedStr):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        text = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts
        )
        return [text] if PROSE.search(text) else []
    inner = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return [text for child in inner for text in bare(child)]


def unmarked(module: ast.AST) -> list[str]:
    """List what a module says to people without a mark."""
    return [text for one in spoken(module) for text in bare(one)]


def test_every_refusal_and_every_constraint_is_marked() -> None:
    files = [
        path
        for room in (*DESK, *ROOMS)
        for path in room.rglob("*.py")
        if "migrations" not in path.parts
    ]
    files += [SOURCE / "record" / "sources" / name for name in ("models.py", "actions.py")]
    found = {shown(path): texts for path in sorted(files) if (texts := unmarked(tree(path)))}
    assert found == {}


@pytest.mark.parametrize(
    "written",
    [
        'raise NotThere("It is not there.")',
        'raise NotThere(f"{one} is not there.")',
        'x = Check(violation_error_message="It is not there.")',
    ],
)
def test_a_sentence_without_its_mark_would_be_seen(written: str) -> None:
    assert len(unmarked(ast.parse(written))) == 1
    assert unmarked(ast.parse(re.sub(r"f?(\"[^\"]+\")", r"_(\1)", written))) == []


def test_no_refusal_names_a_thing_of_the_code() -> None:
    names = re.compile(r"\b[a-z]+_[a-z_]+\b")
    found = [
        text
        for path in sorted((SOURCE / "record").rglob("*.py"))
        for one in spoken(tree(path))
        for text in texts_of(one)
        if set(names.findall(re.sub(r"%\(\w+\)s", " ", text))) - {"pg_trgm"}  # is typed so
    ]
    assert found == []


def texts_of(node: ast.expr) -> list[str]:
    """List what stands in marks, in an expression that says something."""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and name_of(n.func) == "_"]
    return [str(arg.value) for one in calls for arg in one.args if isinstance(arg, ast.Constant)]


# Sentences that the study composes


def test_what_is_marked_is_written_out() -> None:
    """The tool of translators reads texts; what is put together at run time it never sees."""
    found = [
        (shown(path), node.lineno)
        for path in sorted((SOURCE / "study").rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and name_of(node.func) in ("_", "ngettext")
        if not all(isinstance(one, ast.Constant) for one in node.args[:2])
    ]
    assert found == []


PLACED = re.compile(r"%\((\w+)\)s")


def test_both_forms_of_a_sentence_have_the_same_places() -> None:
    pairs = [
        [str(cast("ast.Constant", one).value) for one in node.args[:2]]
        for path in sorted((SOURCE / "study").rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and name_of(node.func) == "ngettext"
    ]
    assert len(pairs) > 30
    for one, many in pairs:
        assert set(PLACED.findall(one)) <= set(PLACED.findall(many)), one


# Templates

TAG = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.S)
MARKED = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}", re.S)
HEARD = re.compile(r"(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"")
CARD = ("_card.html", "_numbers.html", "_worst.html", "_cases.html", "_definition.html")
"""What a page draws of the report; the rest of it is a file of the terminal's, in English."""
ON_PAPER = frozenset({"_exchange", "_then"})
"""Parts that no page draws."""
AS_IT_IS = frozenset({"Wellkept", "Europe", "Rome", "UTC", "files"})


def said_by(template: str) -> list[str]:
    """List the words of a template that stand in no mark, in its text and in what is heard."""
    plain = MARKED.sub(" ", TAG.sub(" ", template))
    heard = " ".join(HEARD.findall(plain))
    text = re.sub(r"<(style|script).*?</\1>|<[^>]*>", " ", plain, flags=re.S)
    return [word for word in re.findall(r"[^\W\d_]{3,}", f"{text} {heard}") if word not in AS_IT_IS]


def test_every_text_of_the_pages_templates_is_marked() -> None:
    templates = sorted((SOURCE / "desk" / "web" / "templates").rglob("*.*"))
    drawn = [SOURCE / "desk" / "report" / "templates" / name for name in CARD]
    drawn += sorted((SOURCE / "desk" / "report" / "templates" / "charts").glob("_[c-t]*.html"))
    drawn += sorted((SOURCE / "desk" / "brief" / "templates").glob("_*.html"))
    templates += [path for path in drawn if path.stem not in ON_PAPER]
    assert len(templates) > 70
    found = {shown(path): words for path in templates if (words := said_by(path.read_text()))}
    assert found == {}


def test_a_bare_text_of_a_template_would_be_seen() -> None:
    assert said_by('<p title="Look here">{% translate "Fine" %} {{ row.name }}</p>') == [
        "Look", "here",
    ]  # fmt: skip
    assert said_by("<p>{{ n }} promises</p>") == ["promises"]


# Codes


def test_every_code_of_the_record_has_a_word_that_is_marked() -> None:
    bare_codes = {
        f"{room}: {code}"
        for room in ENUMS
        for code in codes_of(f"wellkept.record.{room}.rules")
        if code and code.replace("_", " ") not in WORDS
    }
    assert bare_codes == set()
    assert PLAINLY in WORDS


def codes_of(name: str) -> Iterator[str]:
    """Yield the codes of a room's enumerations."""
    for one in vars(importlib.import_module(name)).values():
        if isinstance(one, type) and issubclass(one, StrEnum):
            yield from (str(member) for member in one)
        elif isinstance(one, type) and issubclass(one, IntEnum):
            yield from (member.word for member in cast("list[IntEnum]", list(one)))  # type: ignore[attr-defined]  # ours have a word


# The catalogue

FOUND = (
    "There is no such page",  # a page
    "The asset has an open placement already; close it first.",  # a constraint
    "%(number)s was not restored; say first when it worked again.",  # a refusal
    "It begins after now, so it has not happened yet.",  # a reason of an import
    "production stopped",  # a code
    "Promises kept",  # a measure
    "Wellkept, %(day)s: one promise",  # a mail
    "We know where the machines are and who runs them.",  # a claim
    "How far the tail reaches",  # a card's template
    "Half lie within %(half)s.",  # a card's chart
    "%(n)s person answered",  # a finding of the mirror, one of two forms
    "Half are restored within %(half)s.",  # a sentence that the study composes
    "%(k)s %(of_promises)s were broken (%(share)s)",  # and one of its forms
)


def test_the_tool_of_translators_gathers_the_texts_of_every_floor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_command("xgettext") is None and not IN_CI:
        pytest.skip("GNU gettext is not installed: apt-get install gettext")
    copy = tmp_path / "wellkept"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "sources"))
    monkeypatch.chdir(copy)
    with override_settings(LOCALE_PATHS=[copy / "locale"]):
        call_command("makemessages", locale=["it"], verbosity=0, no_wrap=True)
    gathered = (copy / "locale" / "it" / "LC_MESSAGES" / "django.po").read_text()
    assert [text for text in FOUND if f'"{text}"' not in gathered] == []
