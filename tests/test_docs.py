"""The docs are complete and true: pages exist, links lead somewhere, commands parse."""

import argparse
import json
import re
import shlex
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from house import ROOT, kept_files, method_modules, shown

DOCS = ROOT / "docs"
MEASURE_HEADINGS = (
    "Question",
    "Formula",
    "Unit",
    "What it hides",
    "What to do",
    "Do not use it for",
    "Records it needs",
)
PART_OF = {"risk_sets": "survival", "compiled": "demand", "kept_kernels": "demand"}
PART_OF |= dict.fromkeys(("side_by_side", "putting"), "echelons")
"""Methods that only others use, and whose page speaks for them."""
METHOD_HEADINGS = ("question", "formula", "unit", "source", "proof", "limit")
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^(?:\$ )?((?:\w+=\S+ )*)(\./)?wellkept\b(.*)$")


def pages() -> list[Path]:
    """List every Markdown page that is or would be committed."""
    return [path for path in kept_files() if path.suffix == ".md"]


def page_id(path: Path) -> str:
    """Name a page in a test's name."""
    return shown(path)


def headings(text: str) -> list[str]:
    """List the headings of a page, without its code."""
    return [found.strip() for found in re.findall(r"^#+ +(.+)$", FENCE.sub("", text), re.M)]


def anchor(heading: str) -> str:
    """Give the anchor that a heading gets where Markdown is shown."""
    plain = re.sub(r"[`*_]|\[|\]\([^)]*\)", lambda m: "_" if m[0] == "_" else "", heading)
    kept = [c for c in plain.lower() if c in "-_ " or unicodedata.category(c)[0] in "LN"]
    return "".join(kept).replace(" ", "-")


# Links


def broken_links(page: Path) -> list[str]:
    """List the links of a page that lead nowhere inside the project."""
    broken = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, place = target.partition("#")
        goal = (page.parent / name).resolve() if name else page
        if not goal.exists():
            broken.append(target)
        elif place and goal.suffix == ".md":
            known = {anchor(heading) for heading in headings(goal.read_text(encoding="utf-8"))}
            if place not in known:
                broken.append(target)
    return broken


@pytest.mark.parametrize("page", pages(), ids=page_id)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_link_that_leads_nowhere_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Here\n[gone](gone.md) [no place](#there) [here](#here) [out](https://a.b)\n")
    assert broken_links(page) == ["gone.md", "#there"]


def test_every_page_is_reached_from_the_first_ones() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or not page.is_file():
            continue
        seen.add(page)
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            goal = (page.parent / target.partition("#")[0]).resolve()
            if goal.suffix == ".md" and goal.is_relative_to(ROOT):
                waiting.append(goal)
    assert [shown(page) for page in pages() if page not in seen] == []


@pytest.mark.parametrize("page", pages(), ids=page_id)
def test_every_page_has_one_title(page: Path) -> None:
    titles = re.findall(r"^# .+$", FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    assert len(titles) == 1


# A page for each measure and each method


def measure_pages() -> set[str]:
    """Name the measures that have a page."""
    return {path.stem for path in (DOCS / "measures").glob("*.md")} - {"index"}


def test_every_measure_has_its_page_in_its_present_version_and_no_page_is_left_over() -> None:
    from wellkept.study.measures.catalogue import MEASURES

    assert {measure.name for measure in MEASURES} == measure_pages()
    for measure in MEASURES:
        text = (DOCS / "measures" / f"{measure.name}.md").read_text(encoding="utf-8")
        assert text.startswith(f"# {measure.name}: {measure.title}\n")
        assert f"Definition version {measure.version}." in text


@pytest.mark.parametrize("name", sorted(measure_pages()))
def test_a_measure_page_answers_every_question(name: str) -> None:
    text = (DOCS / "measures" / f"{name}.md").read_text(encoding="utf-8")
    found = headings(text)
    assert found[0].startswith(f"{name}: ")
    assert tuple(found[1:]) == MEASURE_HEADINGS
    sections = re.split(r"^## .+$", text, flags=re.M)[1:]
    assert all(len(section.split()) >= 5 for section in sections), "a heading without an answer"


def test_the_list_of_measures_names_them_all() -> None:
    text = (DOCS / "measures" / "index.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| \[(\w+)\]\(\1\.md\)", text, re.M)) == measure_pages()


def method_pages() -> list[Path]:
    """List the pages of the methods."""
    return sorted(set((DOCS / "methods").glob("*.md")) - {DOCS / "methods" / "index.md"})


@pytest.mark.parametrize("name", method_modules())
def test_every_method_has_its_page(name: str) -> None:
    name = PART_OF.get(name, name)
    shows = re.compile(rf"wellkept\.methods(\.{name}\b| import .*\b{name}\b)")
    assert any(p.stem == name or shows.search(p.read_text("utf-8")) for p in method_pages()), (
        f"write docs/methods/{name}.md, or show its import in the page that covers it"
    )


@pytest.mark.parametrize("page", method_pages(), ids=page_id)
def test_a_method_page_gives_its_source_its_proof_and_its_limits(page: Path) -> None:
    found = " | ".join(headings(page.read_text(encoding="utf-8"))).lower()
    assert [word for word in METHOD_HEADINGS if word not in found] == []


# Commands


def commands() -> list[tuple[str, list[str]]]:
    """List the command lines of wellkept in the pages, with where they stand."""
    found = []
    for page in pages():
        for language, block in FENCE.findall(page.read_text(encoding="utf-8")):
            if language not in {"console", "sh", "bash", "shell"}:
                continue
            for line in block.splitlines():
                if match := COMMAND.match(line.strip()):
                    words = shlex.split(match[3].partition(" > ")[0].partition(" | ")[0], True)
                    found.append((f"{shown(page)}: {line.strip()}", words))
    return found


def parser() -> argparse.ArgumentParser:
    """Give the parser of the real command."""
    from wellkept.desk.cli.main import parser as real

    return real()


@pytest.mark.parametrize("words", [pytest.param(words, id=where) for where, words in commands()])
def test_every_command_in_the_docs_is_one_that_the_program_takes(words: list[str]) -> None:
    if words[:1] == ["test"]:  # a word of the root script, which hands the rest to pytest
        return
    try:
        parser().parse_args(words)
    except SystemExit as stopped:
        pytest.fail(f"the program refuses it: exit {stopped.code}")


def test_the_docs_show_the_commands() -> None:
    first_words = {words[0] for _, words in commands() if words}
    assert {"demo", "test", "measure"} <= first_words


def subcommands() -> dict[str, argparse.ArgumentParser]:
    """Give the parser of each word of the command."""
    return {
        name: sub
        for action in parser()._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, sub in action.choices.items()
    }


def test_every_word_and_option_of_the_command_line_is_documented_and_no_other() -> None:
    text = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    parts = re.split(
        r"^## `wellkept (\w+)[^`]*`$", text.partition("## `wellkept --")[0], flags=re.M
    )
    documented = dict(zip(parts[1::2], parts[2::2], strict=True))
    real = subcommands()
    assert documented.keys() == real.keys()
    for word, sub in real.items():
        options = {o for action in sub._actions for o in action.option_strings} - {"-h", "--help"}
        long = {option for option in options if option.startswith("--")}
        told = set(re.findall(r"^\| `(--[\w-]+)", documented[word], re.M))
        assert told == long, f"docs/reference/command-line.md, {word}"


# The measure document

PROMISES = """promise,customer,asset,owner,priority,promised,delivered
P1,Clinic Nord,Pump 7,Bruno,high,2026-01-05 12:00,2026-01-05 11:00
P2,Clinic Nord,Pump 7,Bruno,high,2026-01-06 12:00,2026-01-09 11:00
P3,Mill East,Press 2,,low,2026-01-07 12:00,
P4,Mill East,Press 2,Alma,low,2026-01-20 12:00,2026-01-19 09:00
"""
FREE_KEYS = {"customers_hit", "reasons", "facts", "quantiles"}  # their keys are values, not names


def names_in(value: object) -> set[str]:
    """Gather the names of a document, at any depth."""
    if isinstance(value, list):
        return set().union(*(names_in(item) for item in value))
    if not isinstance(value, dict):
        return set()
    deeper = (names_in(inner) for name, inner in value.items() if name not in FREE_KEYS)
    return set(value).union(*deeper)


def test_every_name_of_the_measure_document_is_documented(tmp_path: Path) -> None:
    (tmp_path / "promises.csv").write_text(PROMISES)
    done = subprocess.run(
        [sys.executable, "-m", "wellkept", "measure", str(tmp_path), "--json"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    page = FENCE.sub("", (DOCS / "reference" / "measure-document.md").read_text(encoding="utf-8"))
    told = {word for code in re.findall(r"`([^`]+)`", page) for word in re.findall(r"\w+", code)}
    document = json.loads(done.stdout)
    assert document["measures"]
    assert names_in(document) - told == set()


# The mirror


def squeezed(text: str) -> str:
    """Give a text with single spaces, as a page may break its lines anywhere."""
    return " ".join(text.split())


def test_the_page_of_claims_says_every_claim_as_it_is_asked() -> None:
    from wellkept.study.diagnostic.claim import VERSION
    from wellkept.study.diagnostic.claims.catalogue import CLAIMS

    page = squeezed((DOCS / "reference" / "claims.md").read_text(encoding="utf-8"))
    assert f"Version {VERSION}." in page
    for claim in CLAIMS:
        told = [f"### {claim.id}. {claim.sentence.rstrip('.')}", f"Evidence `{claim.evidence}`"]
        told += [claim.shows, f"Gap: {claim.gap}. Keep: {claim.keep}.", *claim.anchors]
        told += [f"Cut points {', '.join(f'{cut:g}' for cut in claim.cuts)}."]
        told += [f"Level {n} also needs: {text}." for n, text in claim.conditions.items()]
        told += [f"{claim.number.question} ({claim.number.unit})"] if claim.number else []
        assert [text for text in told if squeezed(text) not in page] == [], claim.id


def test_every_name_of_the_diagnose_document_is_documented(tmp_path: Path) -> None:
    from desk.brief.briefs import a_company

    page = FENCE.sub("", (DOCS / "reference" / "diagnose-document.md").read_text(encoding="utf-8"))
    told = {word for code in re.findall(r"`([^`]+)`", page) for word in re.findall(r"\w+", code)}
    found = names_in(a_company())
    assert {"claims", "normalised", "weeks_below", "chance_of_less"} <= found
    assert found - told == set()


def test_the_example_of_an_answers_file_can_be_read() -> None:
    from wellkept.study.diagnostic.written import ANSWER_KEYS, read_answers

    text = (DOCS / "reference" / "answers-file.md").read_text(encoding="utf-8")
    [example] = [block for language, block in FENCE.findall(text) if language == "toml"]
    found = read_answers(example, "example")
    [person] = found.answers.respondents
    assert person.answers[0].confidence == 0.9 and found.sha256 == "…"
    assert [key for key in ANSWER_KEYS if key not in text] == []
