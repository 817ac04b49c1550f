"""Taking an import back while nothing else depends on it: its rows are as they were before.

What goes: the rows that the import made, what hangs on them since that moment, and the numbers of
the source. What it changed gets its former values. The role that it gave goes if an import made it,
nobody touched it since, and nothing else points to it. The journal keeps both the import and the
undo.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from wellkept.record.access.batches import chunks
from wellkept.record.access.models import Account
from wellkept.record.access.turns import turn
from wellkept.record.access.wording import said
from wellkept.record.installed_base.actions.projecting import project
from wellkept.record.journal.models import Entry
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Role
from wellkept.record.sources.actions import take_back_import
from wellkept.record.sources.models import ExternalId, ImportRun
from wellkept.record.sources.rules import RunState, keys_of

HANGS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "cases.case": (
        ("cases.caseevent", "case", "recorded_at"),
        ("cases.assignment", "case", "recorded_at"),
        ("cases.casepromise", "case", ""),
    ),
    "promises.promise": (
        ("promises.promiseevent", "promise", "recorded_at"),
        ("promises.promisemove", "promise", "recorded_at"),
        ("promises.remark", "promise", "at"),
        ("cases.casepromise", "promise", ""),
    ),
    "installed_base.asset": (
        ("installed_base.assetevent", "asset", "recorded_at"),
        ("installed_base.placement", "asset", "recorded_at"),
        ("installed_base.ownership", "asset", "recorded_at"),
    ),
}
"""What verbs of an import write beside its rows: the noun, what leads to the row, its moment."""
ORDER = (
    "cases.downtime", "promises.promise", "cases.case", "installed_base.asset",
    "installed_base.product", "parties.site", "parties.customer", "organisation.person",
    "access.personaldata", "organisation.team", "organisation.region",
)  # fmt: skip
"""Rows that point to others go before them."""

Keys = dict[str, set[int]]


class SomethingDepends(Refusal):
    """Others have worked on with what the import brought."""


def undo(run: ImportRun, *, now: datetime, by: Account | None) -> ImportRun:
    """This will take an import back. Raises SomethingDepends, NotInThisState."""
    with turn(connection), transaction.atomic():
        made, before = _written(run)
        if run.at is not None:
            _see_untouched(run, run.at, made, before)
            _see_unused(run, made, before)
        former = list(_restored(before))
        done = take_back_import(
            run=run,
            rows=list(_rows(run, made, before)),
            renamed=[row for row in former if isinstance(row, ExternalId)],
            restored=[row for row in former if not isinstance(row, ExternalId)],
            freed=list(_freed(before)),
            at=now,
            by=by,
        )
        project(int(key) for key in before.get("installed_base.asset", {}))
        return done


def _written(run: ImportRun) -> tuple[Keys, dict[str, dict[int, dict[str, Any]]]]:
    made: Keys = defaultdict(set)
    before: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for step in run.written_steps.order_by("pk"):
        for label, spans in step.made.items():
            made[label].update(keys_of(spans))
        for label, rows in step.before.items():
            for key, values in rows.items():
                before[label].setdefault(int(key), values)
    return made, before


def _see_untouched(
    run: ImportRun, at: datetime, made: Keys, before: Mapping[str, Mapping[int, Any]]
) -> None:
    """No verb but the import's own has touched the rows since, nor one that was taken back."""
    first = Entry.objects.filter(done_at=at).order_by("pk").first()
    if first is None:
        return
    gone = ImportRun.objects.filter(state=RunState.UNDONE, at__isnull=False).values("at")
    others = Entry.objects.filter(pk__gt=first.pk).exclude(done_at=at).exclude(done_at__in=gone)
    for entry in others.exclude(verb__startswith="sources.").order_by("pk").iterator():
        for label, keys in entry.keys.items():
            touched = made.get(label, set()).intersection(keys)
            touched |= before.get(label, {}).keys() & set(keys)
            if touched:
                raise SomethingDepends(
                    _(
                        "Import %(pk)s cannot be taken back: %(count)s of its rows (%(noun)s, "
                        "first %(first)s) were changed on %(done_at)s UTC (%(verb)s). Correct by "
                        "hand what is wrong, or import the corrected files."
                    )
                    % {
                        "pk": run.pk,
                        "count": f"{len(touched):,}",
                        "noun": _noun(label),
                        "first": _said(label, min(touched)),
                        "done_at": f"{entry.done_at:%Y-%m-%d %H:%M}",
                        "verb": entry.verb,
                    }
                )


def _see_unused(
    run: ImportRun, made: Keys, before: Mapping[str, Mapping[int, dict[str, Any]]]
) -> None:
    """No row that the import did not make points to one that it made.

    A row that it changed pointed elsewhere before, and does so again.
    """
    ours = {
        label: made.get(label, set()) | before.get(label, {}).keys() for label in (*made, *before)
    }
    for label, keys in made.items():
        for link in apps.get_model(label)._meta.related_objects:
            pointing = link.related_model
            if isinstance(pointing, str) or issubclass(pointing, ExternalId):
                continue
            theirs = _others(pointing, link.field.name, keys, run, ours)
            if theirs:
                raise SomethingDepends(
                    _(
                        "Import %(pk)s cannot be taken back: %(theirs)s rows that it did not bring "
                        "(%(noun)s) point to its rows (%(ours)s). Take these away first, or "
                        "correct by hand what is wrong."
                    )
                    % {
                        "pk": run.pk,
                        "theirs": f"{theirs:,}",
                        "noun": _noun(pointing._meta.label_lower),
                        "ours": _noun(label),
                    }
                )


def _others(
    pointing: type[models.Model], field: str, keys: Iterable[int], run: ImportRun, ours: Keys
) -> int:
    label = pointing._meta.label_lower
    hangs = {(one, name): at for some in HANGS.values() for one, name, at in some}
    found = 0
    for some in chunks(keys):
        rows = pointing._default_manager.filter(**{f"{field}__in": some})
        at = hangs.get((label, field))
        if at:
            rows = rows.exclude(**{at: run.at})
        elif at == "":
            continue
        elif any(one == label and moment for (one, _), moment in hangs.items()):
            moment = next(m for (one, _), m in hangs.items() if one == label and m)
            rows = rows.exclude(**{moment: run.at})
        mine = ours.get(label, set())
        found += sum(key not in mine for key in rows.values_list("pk", flat=True))
    return found


def _rows(
    run: ImportRun, made: Keys, before: Mapping[str, Mapping[int, Any]]
) -> Iterator[models.QuerySet[Any]]:
    """What goes, in an order in which nothing is left pointing to what is gone."""
    for ids in _external_ids():
        yield ids._default_manager.filter(run=run.pk)
    for label, hanging in HANGS.items():
        for other, field, at in hanging:
            for some in chunks(made.get(label, ())):
                yield _filtered(other, **{f"{field}__in": some})
            for some in chunks(before.get(label, {})) if at else ():
                yield _filtered(other, **{f"{field}__in": some, at: run.at})
    for label in ORDER:
        for some in chunks(made.get(label, ())):
            yield _filtered(label, pk__in=some)
    yield _unused_role(run)


def _unused_role(run: ImportRun) -> models.QuerySet[Role]:
    """The role of an import, if one that is taken back made it, and nothing points to it any more.

    It is asked when all else is gone.
    """
    roles = Role.objects.filter(name=run.role, version=1)
    over = ImportRun.objects.filter(Q(pk=run.pk) | Q(state=RunState.UNDONE), at__isnull=False)
    added = Entry.objects.filter(verb__endswith=".add_role", done_at__in=over.values("at"))
    ours = {key for entry in added for key in entry.keys.get("organisation.role", ())}
    for link in Role._meta.related_objects:
        pointing: Any = link.related_model
        rows = pointing._base_manager.filter(**{link.field.name: OuterRef("pk")})
        roles = roles.filter(~Exists(rows))
    return roles.filter(pk__in=ours)


def _restored(before: Mapping[str, Mapping[int, dict[str, Any]]]) -> Iterator[models.Model]:
    for label, rows in before.items():
        model = apps.get_model(label)
        for values in rows.values():
            yield read_back(model, values)


def _freed(before: Mapping[str, Mapping[int, Any]]) -> Iterator[models.QuerySet[Any]]:
    for some in chunks(before.get("parties.customer", {})):
        yield _filtered("parties.customer", pk__in=some)


def _external_ids() -> list[type[ExternalId]]:
    return [one for one in apps.get_models() if issubclass(one, ExternalId)]


def _filtered(label: str, **given: Any) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model(label)._default_manager.filter(**given)
    return rows


def _noun(label: str) -> str:
    return said(str(apps.get_model(label)._meta.verbose_name_plural))


def _said(label: str, key: int) -> str:
    row = apps.get_model(label)._default_manager.filter(pk=key).first()
    return f"“{row}”" if row is not None else str(key)


def read_back(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    """This will make a row of values as `weighing.written` gave them."""
    read = {
        one.attname: None
        if values[one.attname] is None
        else one.to_python(values[one.attname])
        for one in model._meta.concrete_fields
    }  # fmt: skip
    row = model(**read)
    row._state.adding = False
    return row
