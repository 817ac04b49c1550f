"""Exchange: files come in, are tried, written and taken back; nothing is written unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.background import jobs, queue
from wellkept.desk.background.runner import is_at_work
from wellkept.desk.exchange.again import wanted_again
from wellkept.desk.exchange.earlier import KEYED, NONE, UNSAID
from wellkept.desk.exchange.kinds import KINDS, saying, without_kind
from wellkept.desk.exchange.opening import Wanted, opened
from wellkept.desk.exchange.reasons import CALLED_ALIKE
from wellkept.desk.exchange.running import counts_of, dry_run
from wellkept.desk.exchange.telling import said_of
from wellkept.desk.exchange.undoing import undo
from wellkept.desk.exchange.uploads import NotTaken, forget, size_of, take_in
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import attempt, said_again, said_where, wrong_at
from wellkept.record.access.verbs import reaches_all, see_that_holds_for_all
from wellkept.record.access.wording import said
from wellkept.record.journal.rules import Refusal
from wellkept.record.sources.actions import IMPORTERS
from wellkept.record.sources.models import ImportRun
from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.recipe import BadRecipe
from wellkept.record.sources.rules import RunState

LARGE = 4 * 2**20
"""Files larger than this together are tried in the background: seconds, not a request."""
SHOWN = 20
"""Rows that a page names for each reason; one reason alone is shown with all that the run keeps."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a dry run, or an import, says of one noun."""

    noun: str
    create: int
    update: int
    unchanged: int
    skip: int


@dataclass(frozen=True, slots=True)
class Table:
    """One file as it was understood: what its rows are, and what its columns mean."""

    file: str
    shape: str
    rows: int
    columns: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    more: int
    """How many further columns mean nothing here."""


UNUSED_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason with its rows: file, line, column, value."""

    title: str
    why: str
    count: int
    rows: tuple[Mapping[str, Any], ...]
    quoted: bool = False
    """Whether the reason is one of the reading's own sentences, which are English."""
    beside: str = ""
    """What is told of each row beside the reason: the header of that column."""
    twins: bool = False
    """Whether the rows stand on the page of duplicates once they are written."""

    def short(self) -> "Trouble":
        """This will leave the first rows."""
        return replace(self, rows=self.rows[:SHOWN])


def exchange(asking: Asking) -> HttpResponse:
    """This will list the imports and take files in, which are tried at once."""
    wrong: list[str] = []
    at: dict[str, list[str]] = {}
    if asking.posts:
        try:
            return _try(asking)
        except (NotTaken, Unreadable, BadRecipe) as problem:
            at = {"files": [str(problem)]}
        except Refusal as refusal:
            wrong = [str(refusal)]
        except ValidationError as problem:
            wrong, at = said_where(problem)
    runs = asking.visible(ImportRun.objects.all())[:50]
    return asking.page(
        "exchange.html",
        **said_again(wrong, at),
        typed=asking.typed.dict(),
        decides=reaches_all(asking.account, *IMPORTERS),
        runs=[(run, said(run.state)) for run in runs],
    )


def _try(asking: Asking) -> HttpResponse:
    zone = asking.typed.get("zone", "").strip()
    if zone and zone not in available_timezones():
        raise wrong_at(
            "zone",
            _("“%(zone)s” is not a time zone: write a name like Europe/Rome or UTC.")
            % {"zone": zone},
        )
    upload, folder = take_in(settings.HOME, asking.request.FILES.getlist("files"))  # type: ignore[arg-type]  # read
    system = asking.typed.get("system", "").strip()[:60]
    if size_of(folder) > LARGE:
        key = queue.enqueue_once(jobs.try_upload, upload, system, zone, asking.account.pk)
        return redirect("import_reading", key=key)
    try:
        with opened(Wanted(folder, system or None, zone or None), asking.now) as found:
            run = dry_run(found, now=asking.now, by=asking.account, upload=upload)
    except (Refusal, Unreadable, BadRecipe):
        forget(folder)
        raise
    return redirect("import_run", pk=run.pk)


def import_reading(asking: Asking, key: UUID) -> HttpResponse:
    """This will show that files are being tried, and lead on when they are."""
    row = queue.found(jobs.try_upload, str(key))
    if row is None or row.given[-1] != asking.account.pk:
        raise Http404
    if row.job.state == "done":
        return redirect("import_run", pk=row.answer)
    return asking.page(
        "import_reading.html", job=row.job, failed=row.job.state == "failed",
        at_work=is_at_work(Path(settings.HOME)),
    )  # fmt: skip


def import_run(asking: Asking, pk: int) -> HttpResponse:
    """This will show what an import would do, does, or did, with the rows that it cannot take."""
    run = _seen(asking, pk)
    running = run.is_running
    counts = run.plan.get("counts", {}) if run.state == RunState.TRIED else run.counts
    if running:
        counts = counts_of(run)
    done = run.written_steps.count()
    job = queue.latest(jobs.write_import, run.pk)
    troubles = _troubles(run)
    only = asking.address.get("only", "")
    chosen = int(only) if only.isdecimal() and 0 < int(only) <= len(troubles) else 0
    lines = _lines(counts)
    waits = job is not None and job.state in ("waiting", "running", "again")
    return asking.page(
        "import_run.html",
        run=run,
        running=running,
        job=job,
        waits=waits,
        at_work=not waits or is_at_work(Path(settings.HOME)),
        state=said(run.state),
        tried=run.state == RunState.TRIED,
        done=run.state == RunState.APPLIED,
        undone=run.state == RunState.UNDONE,
        decides=reaches_all(asking.account, *IMPORTERS),
        undoable=run.state in (RunState.APPLIED, RunState.APPLYING),
        share=100 * done // run.steps if run.steps else 0,
        lines=lines,
        summary=troubles,
        only=chosen,
        troubles=troubles[chosen - 1 : chosen] if chosen else [one.short() for one in troubles],
        tables=_tables(run),
        earlier=[said_of(one) for one in run.plan.get("earlier", ())],
        again=run.state == RunState.TRIED and bool(run.upload) and not waits,
        keys=run.plan.get("keys", {}),
        systems=sorted(set(ImportRun.objects.values_list("system", flat=True)) - {run.system}),
        nobody=NONE,
        unknown=without_kind(run.plan),
        kinds=[(kind, said(f"{kind}_rows")) for kind in KINDS],
        brings=any(line.create or line.update or line.unchanged for line in lines),
    )


def try_again(asking: Asking, pk: int) -> HttpResponse:
    """This will try the files of an import again, told whose they are and whose numbers they use.

    The files go on to the new import; the old one, of which nothing was written, has none.
    """
    run = _seen(asking, pk)
    typed = asking.typed

    def act() -> None:
        if run.state != RunState.TRIED or not run.upload:
            raise ValidationError(_("This import is over already."))
        keys = {noun: name for noun in KEYED if (name := typed.get(noun, "").strip())}
        system = typed.get("system", "").strip()[:60]
        wanted = replace(wanted_again(run), system=system or None, keys=keys, run=0)
        if "system" not in typed:  # sent by the form that asks for kinds: the rest stays
            wanted = _kinds_chosen(run, typed)
        try:
            with opened(wanted, asking.now) as found:
                made.append(dry_run(found, now=asking.now, by=asking.account, instead=run))
        except BadRecipe as problem:
            raise ValidationError(str(problem)) from problem

    made: list[ImportRun] = []
    answer = attempt(
        asking,
        act,
        said=_("The files were tried again."),
        otherwise=reverse("import_run", args=[pk]),
    )
    return redirect("import_run", pk=made[0].pk) if made else answer


def _kinds_chosen(run: ImportRun, typed: Mapping[str, str]) -> Wanted:
    """What was asked of an import, with what its files without a kind are said to list."""
    files = without_kind(run.plan)
    chosen = {file: typed.get(f"kind{nth}", "") for nth, file in enumerate(files, 1)}
    kinds = {file: kind for file, kind in chosen.items() if kind in KINDS}
    wanted = wanted_again(run)
    recipe = saying(wanted, kinds, run.plan.get("stated"))
    system = None if wanted.system == UNSAID else wanted.system
    return replace(wanted, system=system, recipe=recipe, run=0)


def write(asking: Asking, pk: int) -> HttpResponse:
    """This will begin to write an import, or go on with it, and lead to where its progress is."""
    run = _seen(asking, pk)

    def act() -> None:
        see_that_holds_for_all(asking.account, *IMPORTERS)  # the run writes as who tried it
        if run.state not in (RunState.TRIED, RunState.APPLYING):
            raise ValidationError(_("This import is over already."))
        queue.enqueue_once(jobs.write_import, run.pk)

    return attempt(
        asking,
        act,
        said=_("It is being written. You may leave this page."),
        otherwise=reverse("import_run", args=[pk]),
    )


def take_back(asking: Asking, pk: int) -> HttpResponse:
    """This will take an import back, if nothing else depends on it."""
    run = _seen(asking, pk)
    return attempt(
        asking,
        lambda: undo(run, now=asking.now, by=asking.account),
        said=_(
            "The import is taken back: its rows are gone, and what it changed is as it was before. "
            "The role that it gave is gone, too, unless something else uses it."
        ),
        otherwise=reverse("import_run", args=[pk]),
    )


def _tables(run: ImportRun) -> list[Table]:
    return [_table(one) for one in run.plan.get("understood", {}).get("tables", ())]


def _table(one: Mapping[str, Any]) -> Table:
    known = {"number": _("a further number"), "name": _("its name"),
             "address": _("its address")}  # fmt: skip
    means = [(c["header"], c["role"] or "", str(known.get(c["how"], ""))) for c in one["columns"]]
    unused = [header for header, role, other in means if not role and not other]
    return Table(
        one["file"],
        said(f"{one['shape']}_rows"),
        one["rows"],
        tuple(
            (header, said(role) if role else other)
            for header, role, other in means
            if role or other
        ),
        tuple(unused[:UNUSED_SHOWN]),
        max(len(unused) - UNUSED_SHOWN, 0),
    )


def _seen(asking: Asking, pk: int) -> ImportRun:
    run = asking.visible(ImportRun.objects.all()).filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def _lines(counts: Mapping[str, Mapping[str, int]]) -> list[Line]:
    names = ("create", "update", "unchanged", "skip")
    return [
        Line(said(noun), *(some.get(name, 0) for name in names))
        for noun, some in counts.items()
        if "create" in some
    ]


def _troubles(run: ImportRun) -> list[Trouble]:
    found = run.plan.get("applied") or run.plan.get("problems") or {}
    titles = {"skipped": _("Skipped"), "noted": _("Taken, with a doubt")}
    troubles = [
        Trouble(
            f"{titles[kind]}: {said(one['noun'])}",
            _why(one),
            one["count"],
            tuple(one["rows"]),
            beside=_("Meets") if any("beside" in row for row in one["rows"]) else "",
            twins=one["why"] == CALLED_ALIKE.text,
        )
        for kind in titles
        for one in found.get(kind, ())
    ]
    notes = run.plan.get("understood", {}).get("left_out", ())
    troubles += [
        Trouble(_("Not read"), one["why"], one["count"], tuple(one["examples"]), True)
        for one in notes
    ]
    otherwise = run.plan.get("understood", {}).get("repaired", ())
    troubles += [
        Trouble(
            _("Read otherwise"), one["what"], one["count"],
            tuple({**row, "beside": row["became"]} for row in one["examples"]), True,
            beside=_("Taken as") if any(row["became"] for row in one["examples"]) else "",
        )
        for one in otherwise
    ]  # fmt: skip
    doubts = run.plan.get("understood", {}).get("suspicions", ())
    return [
        Trouble(_("A doubt about the files"), f"{one['text']} {one['advice']}", 1, (), True)
        for one in doubts
    ] + troubles


def _why(one: Mapping[str, Any]) -> str:
    """A reason in the reader's language, with what differs from row to row behind it."""
    detail = one.get("detail") or ""
    return f"{_(one['why'])}: {detail}" if detail else _(one["why"])
