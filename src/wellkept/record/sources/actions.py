"""What can happen to an import: tried, begun, written chunk by chunk, ended, taken back.

Rows of rooms above are named by label and key. Only the import itself writes their external ids
and takes them away again; whatever else happens to them has verbs of their own rooms.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext as _

from wellkept.record.access.batches import among, chunks, insert, locked, maker, update
from wellkept.record.access.columns import Batch, insert_batch
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By, note, see_that_holds_for_all, verb
from wellkept.record.access.wording import said
from wellkept.record.journal.append_only import lifted
from wellkept.record.journal.rules import Refusal
from wellkept.record.sources.models import ExternalId, ImportRun, ImportStep, RawBlock
from wellkept.record.sources.rules import RAW_DAYS, RunState, quoting_none

IMPORTERS = (Group.MANAGER,)
"""Who may bring records over; an administrator may always."""
LONGEST = 200
"""Characters of a name in another system."""
SAID = ("said", "run", "file", "file_row")


class NotInThisState(Refusal):
    """The import is not where it would have to be for this."""


class NotNamed(Refusal):
    """What another system is said to call a row is no name."""


class RunsAlready(Refusal):
    """Another import is being written; two at once could make the same thing twice."""


@verb(*IMPORTERS)
def try_import(
    *, run: ImportRun, instead: ImportRun | None = None, at: datetime, by: By
) -> ImportRun:
    """This will keep what a dry run found, as a row that is not saved; nothing else is written.

    The upload of a dry run that it stands `instead` of goes on to it.
    Raises NotAllowed for somebody who sees a part of the rows only.
    """
    see_that_holds_for_all(by, *IMPORTERS)
    run.state, run.tried_at, run.by = RunState.TRIED.value, at, by
    run.raw_until_on = _kept_until(at)
    if instead is not None:
        run.upload, instead.upload = instead.upload, ""
        instead.save(update_fields=["upload"])
    run.save()
    note(run)
    return run


@verb(*IMPORTERS)
def begin_import(*, run: ImportRun, steps: int, at: datetime, by: By) -> ImportRun:
    """This will begin to write an import. Raises NotInThisState, RunsAlready.

    Raises NotAllowed for somebody who sees a part of the rows only: files say whose rows are.
    """
    see_that_holds_for_all(by, *IMPORTERS)
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state != RunState.TRIED:
        raise NotInThisState(
            _("Import %(pk)s is %(state)s; try the files again.")
            % {"pk": held.pk, "state": said(held.state)}
        )
    other = ImportRun.objects.filter(state=RunState.APPLYING.value).first()
    if other is not None:
        raise RunsAlready(
            _(
                "Import %(pk)s of %(folder)s was begun and has not ended. Go on with it "
                "(wellkept import --resume %(pk)s) or take it back (--undo %(pk)s) first."
            )
            % {"pk": other.pk, "folder": other.folder}
        )
    held.state, held.at, held.by, held.steps = RunState.APPLYING.value, at, by, steps
    held.raw_until_on = _kept_until(at)
    held.save()
    note(held)
    return held


@verb(*IMPORTERS)
def write_step(
    *,
    step: ImportStep,
    names: Sequence[Sequence[ExternalId]],
    renamed: Sequence[Sequence[ExternalId]],
    batches: Sequence[Batch] = (),
    raw: Sequence[RawBlock],
    at: datetime,
    by: By,
) -> ImportStep:
    """This will write down that a chunk is in: its keys, new and changed numbers, raw rows.

    `batches` are new numbers as columns. Raises NotAllowed as `begin_import` does.
    """
    see_that_holds_for_all(by, *IMPORTERS)
    for rows in names:
        insert(rows)
    for batch in batches:
        insert_batch(batch)
    for rows in renamed:
        update(rows, SAID)
    insert(raw)
    step.save()
    note(step)
    return step


@verb(*IMPORTERS)
def name_rows(
    *,
    ids: type[ExternalId],
    system: str,
    kind: str,
    names: Mapping[int, str],
    at: datetime,
    by: By,
) -> list[ExternalId]:
    """This will say what another system calls rows of ours, by their keys.

    A row has one name in each system and kind: a new one takes the place of the old. The next
    import of that system knows the rows by it. Raises NotNamed, and NotTrue for a name that
    another row carries, and NotAllowed as `begin_import` does.
    """
    see_that_holds_for_all(by, *IMPORTERS)
    blank = sorted(key for key, name in names.items() if not name.strip() or len(name) > LONGEST)
    if blank or not system.strip():
        raise NotNamed(
            _(
                "A name in another system has 1 to %(longest)s characters, and the system "
                "has one too (%(count)s have not)."
            )
            % {"longest": LONGEST, "count": f"{len(blank):,}"}
        )
    known = among(ids._default_manager.filter(system=system, kind=kind), "row", names)
    there: dict[int, Any] = {row.__dict__["row_id"]: row for row in known}
    changed = [row for key, row in there.items() if row.external_id != names[key].strip()]
    for row in changed:
        row.external_id, row.said = names[row.row_id].strip(), ""
    update(changed, ["external_id", "said"])
    named = maker(ids)
    fresh = insert(
        named(system=system, kind=kind, external_id=name.strip(), row_id=key)
        for key, name in names.items()
        if key not in there
    )
    note(fresh, changed)
    return [*fresh, *changed]


@verb(*IMPORTERS)
def end_import(*, run: ImportRun, counts: Mapping[str, Any], at: datetime, by: By) -> ImportRun:
    """This will say that an import is written. Raises NotInThisState, NotAllowed."""
    see_that_holds_for_all(by, *IMPORTERS)
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state != RunState.APPLYING:
        raise NotInThisState(
            _("Import %(pk)s is %(state)s, so it cannot end now.")
            % {"pk": held.pk, "state": said(held.state)}
        )
    held.state, held.ended_at, held.counts = RunState.APPLIED.value, at, dict(counts)
    held.upload = ""
    held.save()
    note(held)
    return held


@verb(*IMPORTERS)
def take_back_import(
    *,
    run: ImportRun,
    rows: Sequence[models.QuerySet[Any]],
    renamed: Sequence[models.Model],
    restored: Sequence[models.Model],
    freed: Sequence[models.QuerySet[Any]] = (),
    at: datetime,
    by: By,
) -> ImportRun:
    """This will take away what an import made, and write back how changed rows had been.

    `renamed` are numbers of other systems, written back first, for what the import said of them
    goes with it. Of `freed` the numbers are taken away before any is written back: they may have
    changed hands. `rows` are deleted in their order, the guards of append-only tables lifted; the
    caller has seen to it that nothing else depends on them. Raises NotInThisState, NotTrue where
    the database finds that something does, and NotAllowed as `begin_import` does.
    """
    see_that_holds_for_all(by, *IMPORTERS)
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in (RunState.APPLIED, RunState.APPLYING):
        raise NotInThisState(
            _("Import %(pk)s is %(state)s: there is nothing to take back.")
            % {"pk": held.pk, "state": said(held.state)}
        )
    guarded = {
        some.model._meta.db_table for some in rows if getattr(some.model, "append_only", False)
    }
    for row in renamed:
        row.save(force_update=True)
    with lifted(connection, guarded):
        for some in rows:
            some._raw_delete(some.db)
        for some in freed:
            some.update(number="")
        for row in restored:
            row.save(force_update=True)
    held.written_steps.all().delete()
    held.raw_blocks.all().delete()
    held.state, held.undone_at, held.upload = RunState.UNDONE.value, at, ""
    held.save()
    note(held)
    return held


@verb(*IMPORTERS)
def forget_raw_rows(*, on: date, at: datetime, by: By) -> int:
    """This will take away the raw rows of imports whose day has come; gives how many blocks.

    What was told of single rows goes with them, and with those of imports that were tried alone,
    for it quotes them; how many there were stays.
    """
    see_that_holds_for_all(by, *IMPORTERS)
    due = locked(raw_rows_due(on), of=ImportRun)
    gone, _ = RawBlock.objects.filter(run__in=due).delete()
    for run in due:
        run.plan, run.raw_until_on = quoting_none(run.plan), None
    update(due, ["plan", "raw_until_on"])
    ended = [run for run in due if not run.is_running]
    ImportStep.objects.filter(run__in=ended).update(told=[])
    note(due)
    return gone


def _kept_until(at: datetime) -> date:
    return at.date() + timedelta(days=RAW_DAYS)


def raw_rows_due(on: date) -> models.QuerySet[ImportRun]:
    """This will give the imports whose raw rows are to be taken away by a day."""
    return ImportRun.objects.filter(raw_until_on__lte=on)


def rows_among(label: str, field: str, keys: Iterable[int]) -> list[models.QuerySet[Any]]:
    """This will give the rows of a noun whose field is among keys, in pieces for one statement."""
    model = apps.get_model(label)
    return [model._default_manager.filter(**{f"{field}__in": some}) for some in chunks(keys)]
