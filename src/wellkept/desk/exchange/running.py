"""An import from its dry run to its end: chunk by chunk, each whole or not at all.

A chunk is one transaction: the verbs, the source's numbers, and the word that it is written. So
an import that was killed goes on where it stood, and a row that came twice is known the second
time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from wellkept.desk.exchange import raw
from wellkept.desk.exchange.assets import Assets
from wellkept.desk.exchange.beside import Beside, takes_several
from wellkept.desk.exchange.cases import Cases
from wellkept.desk.exchange.components import Components
from wellkept.desk.exchange.downtimes import Downtimes
from wellkept.desk.exchange.names import Customers, People, Regions, Teams
from wellkept.desk.exchange.offered import how_many
from wellkept.desk.exchange.opening import Opened
from wellkept.desk.exchange.problems import Problems
from wellkept.desk.exchange.products import Products
from wellkept.desk.exchange.promises import Promises
from wellkept.desk.exchange.sites import Sites
from wellkept.desk.exchange.visibility import let_all_be_seen
from wellkept.desk.exchange.weighing import Noun, Work, Written
from wellkept.record.access.models import Account
from wellkept.record.access.turns import turn
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.actions import add_role
from wellkept.record.organisation.models import Role
from wellkept.record.sources.actions import begin_import, end_import, try_import, write_step
from wellkept.record.sources.models import ImportRun, ImportStep, RawBlock
from wellkept.record.sources.rules import RunState, spans_of

NOUNS: tuple[type[Noun], ...] = (
    Regions, Teams, People, Customers, Products, Sites, Assets, Components, Cases, Promises,
    Downtimes,
)  # fmt: skip
"""In the order in which rows point to each other."""
RAW = "raw"
Tell = Callable[[int, int, str], None]


class OtherFiles(Refusal):
    """The files are not those that the import began with."""


@dataclass(frozen=True, slots=True)
class Step:
    """One chunk: rows first to last of a noun's table, or of a file as written."""

    noun: str
    number: int
    first: int
    last: int
    file: int | None = None


def silent(done: int, total: int, noun: str) -> None:
    """This will say nothing of progress."""


def dry_run(
    folder: Opened,
    *,
    now: datetime,
    by: Account | None,
    upload: str = "",
    instead: ImportRun | None = None,
    tell: Tell = silent,
) -> ImportRun:
    """This will weigh all that a folder offers and keep what was found; nothing else is written.

    The files of an upload that was tried before may be tried again `instead` of that import.
    """
    problems = Problems(folder.con, folder.facts)
    work = _work(folder, problems, role=0, run=0, at=now, by=by)
    counts: dict[str, dict[str, int]] = {}
    steps = [one for one in steps_of(folder) if one.noun != RAW]
    nouns = {noun.noun: noun(work) for noun in NOUNS}
    for place, step in enumerate(steps):
        tell(place, len(steps), step.noun)
        found = nouns[step.noun].weigh_rows(step.first, step.last)
        _add(counts, step.noun, found.counts)
    run = _row(folder, upload)
    run.plan |= {"counts": counts, "problems": problems.document()}
    return try_import(run=run, instead=instead, at=now, by=by)


def first_look(folder: Opened, *, now: datetime, by: Account | None) -> ImportRun:
    """This will keep an import that is written without a dry run, because somebody said yes."""
    return try_import(run=_row(folder, ""), at=now, by=by)


def apply(
    folder: Opened, run: ImportRun, *, now: datetime, by: Account | None, tell: Tell = silent
) -> ImportRun:
    """This will write an import, or go on with one that was begun; gives the run at its end.

    Raises OtherFiles, NotInThisState, RunsAlready.
    """
    if folder.fingerprint != run.fingerprint:
        raise OtherFiles(
            _(
                "The files are not those of import %(pk)s: they were changed since it was "
                "tried. Try them again; what an import wrote before can be taken back."
            )
            % {"pk": run.pk}
        )
    steps = steps_of(folder)
    if run.state == RunState.TRIED:
        run = begin_import(run=run, steps=len(steps), at=now, by=by)
    moment = run.at or now
    problems = Problems(folder.con, folder.facts)
    role = _role(run.role, moment, run.by)
    work = _work(folder, problems, role=role, run=run.pk, at=moment, by=run.by)
    written = set()
    for noun, number, told in run.written_steps.values_list("noun", "number", "told"):
        written.add((noun, number))
        problems.keep(told)
    nouns = {noun.noun: noun(work) for noun in NOUNS}
    writing = _Writing(folder, run, work, nouns)
    with Beside() as beside:
        for place, step in enumerate(steps):
            tell(place, len(steps), step.noun)
            if (step.noun, step.number) not in written:
                writing.begin(step, beside)
    tell(len(steps), len(steps), "")
    run.plan |= {"applied": problems.document()}
    run.save(update_fields=["plan"])
    done = end_import(run=run, counts=counts_of(run), at=now, by=by)
    let_all_be_seen(done, NOUNS)
    return done


def counts_of(run: ImportRun) -> dict[str, dict[str, int]]:
    """This will add up what the written chunks of an import did, by noun."""
    counts: dict[str, dict[str, int]] = {}
    for noun, some in run.written_steps.values_list("noun", "counts"):
        _add(counts, noun, some)
    return counts


def steps_of(folder: Opened) -> list[Step]:
    """This will cut what a folder offers into chunks, the same for the same files."""
    return list(_steps(folder))


def _steps(folder: Opened) -> Iterator[Step]:
    for noun in NOUNS:
        rows = how_many(folder.con, noun.noun)
        for number, first in enumerate(range(1, rows + 1, noun.chunk)):
            yield Step(noun.noun, number, first, min(first + noun.chunk - 1, rows))
    number = 0
    for src, table in folder.facts.where.tables.items():
        for first in range(1, table.rows + 1, raw.ROWS):
            yield Step(RAW, number, first, min(first + raw.ROWS - 1, table.rows), src)
            number += 1


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes the chunks of one import, each in one transaction."""

    folder: Opened
    run: ImportRun
    work: Work
    nouns: Mapping[str, Noun]

    def begin(self, step: Step, beside: Beside) -> None:
        """Have a chunk written beside the next ones where it can be; else write it after them."""
        noun = self.nouns.get(step.noun)
        apart = noun and takes_several(connection) and noun.apart(step.first, step.last)
        if apart:
            found, act = apart
            beside.give(partial(self._plain, step, found.counts, act), partial(self.whole, step))
        else:
            beside.wait()
            self.whole(step)

    def _plain(self, step: Step, counts: dict[str, int], act: Callable[[], Written]) -> None:
        with transaction.atomic():
            self._keep(step, act(), counts)

    def whole(self, step: Step) -> None:
        """Weigh and write a chunk, or raw rows."""
        noun = self.nouns.get(step.noun)
        with turn(connection), transaction.atomic():
            if noun is None:
                rows = {"rows": step.last - step.first + 1}
                self._keep(step, Written(), rows, raw=[_block(self.folder, self.run, step)])
                return
            found = noun.weigh_rows(step.first, step.last)
            done = noun.write(found)
            self._keep(step, done, found.counts, told=self.work.problems.since())

    def _keep(
        self,
        step: Step,
        done: Written,
        counts: dict[str, int],
        told: Sequence[Any] = (),
        raw: Sequence[RawBlock] = (),
    ) -> None:
        row = ImportStep(
            run=self.run,
            noun=step.noun,
            number=step.number,
            made={label: spans_of(keys) for label, keys in done.made.items()},
            before={
                label: {str(key): values for key, values in rows.items()}
                for label, rows in done.before.items()
            },
            counts=counts,
            told=list(told),
        )
        write_step(
            step=row,
            names=[done.names],
            renamed=[done.renamed],
            batches=done.batches,
            raw=raw,
            at=self.work.at,
            by=self.work.by,
        )


def _block(folder: Opened, run: ImportRun, step: Step) -> RawBlock:
    src = step.file or 0
    first, last, content = raw.blocks(
        folder.con, folder.facts.where.tables[src], step.first, step.last
    )
    return RawBlock(run=run, file=src, first_row=first, last_row=last, content=content)


def _work(
    folder: Opened, problems: Problems, *, role: int, run: int, at: datetime, by: Account | None
) -> Work:
    return Work(
        con=folder.con,
        system=folder.system,
        zone=folder.zone,
        at=at,
        by=by,
        role=role,
        run=run,
        problems=problems,
    )


def _row(folder: Opened, upload: str) -> ImportRun:
    understood = folder.facts.understood
    return ImportRun(
        folder=str(folder.wanted.folder)[:500],
        upload=upload,
        system=folder.system,
        zone=folder.wanted.zone or "",
        recipe=folder.facts.recipe_text,
        role=folder.wanted.role,
        fingerprint=folder.fingerprint,
        files=folder.files(),
        plan={
            "stated": folder.stated,
            "beside": folder.wanted.recipe is None,
            "understood": understood,
            "earlier": folder.earlier.told,
            "keys": {**folder.earlier.keys, **folder.earlier.sure},
        },
        tells=folder.tells(),
    )


def _role(name: str, at: datetime, by: Account | None) -> int:
    there = Role.objects.filter(name=name).first()
    return (there or add_role(name=name, at=at, by=by)).pk


def _add(counts: dict[str, dict[str, int]], noun: str, more: dict[str, int]) -> None:
    sums = counts.setdefault(noun, {})
    for name, number in more.items():
        sums[name] = sums.get(name, 0) + number
