"""`wellkept diagnose FOLDER`: ask or read, lock, and only then open the records."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wellkept import __version__
from wellkept.desk.cli import answers_file
from wellkept.desk.cli.asking import Unclear, a_zone, seconds
from wellkept.desk.cli.interview import Interview, Stopped
from wellkept.desk.cli.measure import REFUSALS
from wellkept.desk.cli.mirrored import mirrored
from wellkept.desk.cli.refusing import refuse
from wellkept.methods import working_time
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.recipe_reading import load_recipe, read_recipe
from wellkept.study.diagnostic.answers import Round
from wellkept.study.diagnostic.cover import covered_by
from wellkept.study.diagnostic.document.whole import claims_of, diagnose
from wellkept.study.diagnostic.evidence.finding import AsOf, Covered
from wellkept.study.diagnostic.locking import AnswersChanged, Locked
from wellkept.study.diagnostic.nothing import no_facts
from wellkept.study.diagnostic.written import BadAnswers
from wellkept.study.facts.folder import Asked, FolderFacts, open_folder
from wellkept.study.facts.source import Source
from wellkept.study.measures.card import Nowhere, Where

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """Records as evidence reads them, with what a reader must know about them."""

    source: Source
    as_of: AsOf
    where: Where
    about: Json


def run_diagnose(given: argparse.Namespace, now: datetime) -> int:
    """This will ask or read the answers, lock them, measure, and show what stands beside what."""
    path = given.answers or answers_file.beside(given.folder)
    try:
        zone = a_zone(given.zone)
        until_s = seconds(given.until, "--until", zone, ends=True)
        if not given.folder.exists():
            raise Unclear(f"{given.folder}: there is no such folder or file. Give the folder with "
                          "your exports; an empty one will do.")  # fmt: skip
        if not _answered(path, given):
            return refuse(f"the round is still open: what you answered is in {path}. The same "
                          "command goes on where you stopped")  # fmt: skip
        locked = answers_file.locked(path, now)
        asked = Asked(now_s=int(now.timestamp()), until_s=until_s, zone=zone, recipe=given.recipe)
        with opened(given.folder, asked) as records:
            document = mirror_document(locked, records)
        if given.html is not None:
            _write_brief(given.html, document)
        if given.pdf is not None:
            _write_pdf(given.pdf, document, now)
    except (*REFUSALS, BadAnswers, AnswersChanged) as problem:
        return refuse(str(problem))
    except BrokenPipeError:
        raise
    except OSError as problem:
        why = problem.strerror or str(problem)
        return refuse(f"{problem.filename or path}: {why}; choose another place")
    if given.json:
        plain = not (sys.stdout.encoding or "ascii").lower().startswith("utf")
        json.dump(document, sys.stdout, ensure_ascii=plain, indent=1, allow_nan=False)
        print()
    else:
        print(mirrored(document))
    return 0


def mirror_document(locked: Locked, records: Opened) -> Json:
    """This will give the whole diagnose document of a locked round over opened records."""
    found = diagnose(locked, records.source, records.as_of, where=records.where)
    return {"wellkept": __version__, **records.about, **found}


def _answered(path: Path, given: argparse.Namespace) -> bool:
    """Whether a round stands ready to be locked, after asking what is still open."""
    held = answers_file.load(path)
    if held is not None and not held.asking:
        return True
    begun = held.answers if held else Round(form="full" if given.full else "short")
    return _interview(begun, path)


def _interview(begun: Round, path: Path) -> bool:
    def tell(text: str) -> None:
        print(text, file=sys.stderr)

    def ask(prompt: str) -> str:
        print(prompt, end="", file=sys.stderr, flush=True)
        return input()

    tell(f"Your answers are kept in {path} after each claim; q stops, the same command goes on.")
    tell("No record is opened before they are locked.")
    try:
        person = Interview(ask, tell, lambda answers: answers_file.save(path, answers))
        done = person.hold(begun, claims_of(begun))
        tell("")
        told = ask("Lock these answers? They cannot be changed afterwards. Type lock, or Enter: ")
    except (Stopped, EOFError):
        tell("")
        return False
    if told.strip().lower() != "lock":
        return False
    answers_file.finish(path, done)
    return True


@contextmanager
def opened(folder: Path, asked: Asked) -> Iterator[Opened]:
    """The records of a folder; one without any gives empty facts, as of now."""
    if folder.is_dir() and not any(_records(folder)):
        about = {"source": {"folder": folder.resolve().name, "files": []}, "facts": {}, "doubts": 0}
        yield Opened(no_facts(), AsOf(asked.until_s or asked.now_s, UTC), Nowhere(), about)
        return
    with open_folder(folder, asked) as facts:
        as_of = AsOf(facts.until_s, facts.zone, _covered(folder, asked, facts), facts.targets_s)
        about = {
            "source": facts.source_document,
            "facts": facts.understood["facts"],
            "doubts": len(facts.understood["suspicions"]),
        }
        yield Opened(facts.source, as_of, facts.where, about)


def _records(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".toml" and not path.name.startswith("."):
            yield path


def _covered(folder: Path, asked: Asked, facts: FolderFacts) -> Covered | None:
    """Cover hours as the recipe states them, in the folder's zone."""
    words = _recipe(folder, asked).calendar.cover
    if words is None:
        return None
    calendar = working_time.Calendar.parse(words)
    zone = facts.zone.key if isinstance(facts.zone, ZoneInfo) else "UTC"
    return covered_by(calendar, zone or "UTC", facts.first_s, facts.until_s)


def _recipe(folder: Path, asked: Asked) -> Recipe:
    if asked.recipe is None:
        return load_recipe(folder if folder.is_dir() else folder.parent)
    return read_recipe(asked.recipe.read_text(encoding="utf-8"))


def _write_brief(path: Path, document: Json) -> None:
    from wellkept.desk.brief import write_brief

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_brief(document), encoding="utf-8")
    print(f"Brief: {path} ({path.stat().st_size / 1000:,.0f} kB)", file=sys.stderr)


def _write_pdf(path: Path, document: Json, now: datetime) -> None:
    from wellkept.desk.brief import write_pdf

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_pdf(document, at=now))
    print(f"Two pages: {path} ({path.stat().st_size / 1000:,.0f} kB)", file=sys.stderr)
