"""What earlier imports know of the numbers in a folder whose registers came before, or elsewhere.

In January a register says that K1 is Clinic Nord; in February a list of cases says K1 and no more.
What the files leave open is looked up in what was imported before: first in the system that wrote
them, then in another one, if most of the numbers are that one's. Whatever is taken from there is
told before anything is written, and may be overruled.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from wellkept.desk.exchange.called import (
    called_keys,
    fill,
    known_rows,
    labels_of,
    name_of,
    names_of,
    numbers_of,
    recall_products,
    some_numbers,
)
from wellkept.record.access.batches import chunks
from wellkept.record.cases.models import CaseExternalId
from wellkept.record.installed_base.models import AssetExternalId
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.parties.models import CustomerExternalId, SiteExternalId
from wellkept.record.promises.models import PromiseExternalId
from wellkept.record.sources.models import ExternalId, ImportRun
from wellkept.record.sources.rules import RunState
from wellkept.study.facts.registers import lacking, recalled
from wellkept.study.facts.understood import Understood

UNSAID = "files"
"""What a system is called that nobody named."""
NONE = "none"
"""Said instead of a system: the numbers are no other system's."""
KEYED = ("customer", "site")
"""Nouns whose registers have a key beside the name by which the record knows them."""
NUMBERED: Mapping[str, type[ExternalId]] = {
    "case_id": CaseExternalId,
    "promise_id": PromiseExternalId,
}
SAID_OF: Mapping[str, Mapping[str, F]] = {
    "asset": {
        "whose": F("row__customer_id"),
        "where": F("row__site_id"),
        "grave": F("row__consequence"),
    },
    "site": {"whose": F("row__customer_id")},
}
"""What rows of a register say of where they belong."""
NUMBER_BEHIND = Concat(Value(" ("), F("external_id"), Value(")"))
"""What stands behind the name of a site that has its name from a register with others."""
LEAST = 2
"""Numbers that have to agree before another system is guessed: one may do so by chance."""
COLUMNS = 3
"""Columns that two files have to have, all alike, to come from one system."""
NAMED = 5
"""Names that are quoted where some stay unknown."""


class NoSuchSystem(Refusal):
    """The system whose numbers are to be taken has brought nothing yet."""


def key_kind(noun: str) -> str:
    """This will name the kind of number under which the key of a register is kept."""
    return f"{noun} key"


def anything_before() -> bool:
    """This will say whether anything was imported yet; if not, nothing can be looked up."""
    return ImportRun.objects.exclude(state=RunState.TRIED).exists()


@dataclass(slots=True)
class Earlier:
    """Looks up what the files of a folder leave open, and keeps what it found to be told.

    `system` is what was said of who wrote the files, None if nothing was; `keys` says for a noun
    whose numbers the files use, a system or NONE. `run` is the import that is gone on with: what it
    brought itself is not earlier.
    """

    system: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    run: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, con: duckdb.DuckDBPyConnection, understood: Sequence[Understood]) -> None:
        """This will fill `recalled_*` for the names in `lacking_*`. Raises NoSuchSystem."""
        self._see_systems()
        if self.system is None:
            self.system = self._guessed(con, understood) or UNSAID
        recall_products(con, self.system, self.run)
        self._assets(con)
        self._keys(con, "site", SiteExternalId)
        self._twins(con)
        self._sites(con)
        self._keys(con, "customer", CustomerExternalId)

    @property
    def sure(self) -> dict[str, str]:
        """What was decided of whose numbers the files use, to decide the same again."""
        return {one["noun"]: one["system"] for one in self.told if one["how"] in SETTLED}

    def _see_systems(self) -> None:
        known = set(ImportRun.objects.values_list("system", flat=True).distinct())
        for name in sorted(set(self.keys.values()) - known - {NONE}):
            there = ", ".join(f"“{one}”" for one in sorted(known))
            raise NoSuchSystem(
                _(
                    "Nothing was imported from “%(name)s”, so no number can be looked up there. "
                    "Name one of: %(there)s; or “none”."
                )
                % {"name": name, "there": there or _("none yet")}
            )

    # Who wrote the files

    def _guessed(
        self, con: duckdb.DuckDBPyConnection, understood: Sequence[Understood]
    ) -> str | None:
        """The system that wrote such files before: by their numbers, else by their columns."""
        runs = list(ImportRun.objects.filter(state=RunState.APPLIED))
        if not {run.system for run in runs} - {UNSAID}:
            return None
        asked, found = 0, Counter[str]()
        for role, ids in NUMBERED.items():
            names = some_numbers(con, understood, role)
            asked += len(names)
            systems = (
                numbers_of(ids).filter(external_id__in=names).values_list("system", "external_id")
            )
            found.update(system for system, _ in set(systems))
        for system, count in found.most_common(1):
            if count * 2 > asked and count >= LEAST:
                self._tell("system", system, "numbers", count, asked)
                return system
        headers = [{c.header for c in u.table.columns} for u in understood if u.stage is not None]
        for run in runs:
            theirs = [set(one["headers"]) for one in run.files]
            alike = sum(some in theirs for some in headers if len(some) >= COLUMNS)
            if headers and alike * 2 > len(headers):
                self._tell("system", run.system, "columns", run.pk, 0)
                return run.system
        return None

    def _tell(
        self, noun: str, system: str, how: str, found: int, of: int, lost: Iterable[str] = ()
    ) -> None:
        if noun == "system" and system == UNSAID:
            return
        self.told.append(
            {"noun": noun, "system": system, "how": how, "found": found, "of": of,
             "lost": list(lost)[:NAMED]}
        )  # fmt: skip

    # Whose numbers they use

    def _keys(self, con: duckdb.DuckDBPyConnection, noun: str, ids: type[ExternalId]) -> None:
        """Names that are keys of a register that came before."""
        own, stated = self.system or UNSAID, self.keys.get(noun)
        names = lacking(con, noun)
        _put(con, noun, self._of_names(noun, ids, own, {*names, *_recalled_names(con, noun)}))
        called = {name for name, _ in known_rows(ids, noun, own, names)}
        open_names = [name for name in names if name not in called]
        mine = {} if stated not in (None, own) else self._labels(noun, ids, own, open_names)
        _put(con, noun, mine.items())
        left = [name for name in open_names if name not in mine]
        if mine:
            self._tell(noun, own, "own", len(mine), len(open_names), left)
        if left and stated not in (NONE, own):
            self._elsewhere(con, noun, ids, left, stated)

    def _elsewhere(
        self,
        con: duckdb.DuckDBPyConnection,
        noun: str,
        ids: type[ExternalId],
        names: Sequence[str],
        stated: str | None,
    ) -> None:
        """Names that are keys of another system: the one that was said, else the one that fits."""
        keyed = self._keyed(noun, ids, names)
        by_system: dict[str, dict[str, int]] = defaultdict(dict)
        for system, name, row in keyed:
            if system != self.system:
                by_system[system][name] = row
        ranked = sorted(by_system, key=lambda one: (-len(by_system[one]), one))
        best = stated or next(iter(ranked), None)
        if best is None:
            return
        found = by_system.get(best, {})
        rivals = [one for one in ranked if len(by_system[one]) == len(found)]
        if stated is None and len(rivals) > 1:
            self._tell(noun, ", ".join(rivals), "several", len(found), len(names))
        elif stated is None and (len(found) * 2 <= len(names) or len(found) < LEAST):
            self._tell(noun, best, "few", len(found), len(names))
        else:
            there = names_of(ids, found.values())
            _put(con, noun, [(name, there[row]) for name, row in found.items()])
            left = [name for name in names if name not in found]
            how = "guessed" if stated is None else "stated"
            self._tell(noun, best, how, len(found), len(names), left)

    def _keyed(
        self, noun: str, ids: type[ExternalId], names: Sequence[str]
    ) -> Iterator[tuple[str, str, int]]:
        """System, key and row for each name that is the key of some register."""
        for some in chunks(names):
            known = numbers_of(ids).filter(kind=key_kind(noun), external_id__in=some)
            yield from known.exclude(run=self.run).values_list("system", "external_id", "row")
            if noun == "customer":
                numbers = numbers_of(ids).filter(kind=noun, row__number__in=some)
                yield from numbers.exclude(run=self.run).values_list("system", "row__number", "row")

    def _labels(
        self, noun: str, ids: type[ExternalId], system: str, names: Sequence[str]
    ) -> dict[str, str]:
        """What a system calls the rows whose keys these names are."""
        rows = {name: row for of, name, row in self._keyed(noun, ids, names) if of == system}
        labels = labels_of(ids, noun, system, rows.values())
        return {name: labels[row] for name, row in rows.items() if row in labels}

    def _of_names(
        self, noun: str, ids: type[ExternalId], system: str, names: Iterable[str]
    ) -> list[tuple[str, str]]:
        """The key that a register gave of those that are called by their name here."""
        rows = known_rows(ids, noun, system, names)
        keys: dict[int, str] = {}
        for some in chunks({row for name, row in rows}):
            known = numbers_of(ids).filter(system=system, kind=key_kind(noun), row__in=some)
            keys |= dict(known.exclude(run=self.run).values_list("row", "external_id"))
            if noun == "customer":
                old = numbers_of(ids).filter(system=system, kind=noun, row__in=some)
                old = old.exclude(run=self.run).exclude(said="").order_by("-pk")
                keys = dict(old.values_list("row", "said")) | keys
        return [(keys[row], name) for name, row in rows if row in keys]

    # What registers said of the rest

    def _registered(self, noun: str) -> list[int]:
        """Earlier imports that had a register of the noun."""
        runs = ImportRun.objects.filter(state=RunState.APPLIED).exclude(pk=self.run)
        return [
            run.pk
            for run in runs.only("pk", "plan")
            if any(t["shape"] == noun for t in run.plan.get("understood", {}).get("tables", ()))
        ]

    def _assets(self, con: duckdb.DuckDBPyConnection) -> None:
        """Assets of an earlier register: where they are and whose, for the rows that name them."""
        names = {*lacking(con, "asset"), *self._numbered(con)}
        rows = self._said(con, "asset", AssetExternalId, names)
        customers = labels_of(
            CustomerExternalId, "customer", self.system or UNSAID, (r["whose"] for r in rows)
        )
        places = {row["where"] for row in rows}
        sites = labels_of(SiteExternalId, "site", self.system or UNSAID, places)
        told = [
            {
                "key": row["external_id"],
                "customer": customers.get(row["whose"]),
                "site": sites.get(row["where"]),
                "consequence": Consequence(row["grave"]).name.lower(),
            }
            for row in rows
        ]
        recalled(con, "asset", told)

    def _numbered(self, con: duckdb.DuckDBPyConnection) -> set[str]:
        """What an earlier register of this system calls assets that files name otherwise."""
        own = numbers_of(AssetExternalId).filter(system=self.system).exclude(run=self.run)
        rows: dict[str, int] = {}
        for some in chunks(lacking(con, "asset")):
            called_so = own.filter(kind="asset", external_id__in=some)
            rest = set(some) - set(called_so.values_list("external_id", flat=True))
            known = own.filter(kind=key_kind("asset"), external_id__in=rest)
            rows |= dict(known.values_list("external_id", "row"))
        called: dict[int, str] = {}
        for named_rows in chunks(set(rows.values())):
            labels = own.filter(kind="asset", row__in=named_rows).order_by("-pk")
            called |= dict(labels.values_list("row", "external_id"))
        named = [(name, called[row]) for name, row in rows.items() if row in called]
        fill(con, "asset_alias", [(name, key) for name, key in named if name != key])
        return {key for _, key in named}

    def _twins(self, con: duckdb.DuckDBPyConnection) -> None:
        """Sites that an earlier register had under one name, where files give the bare name."""
        names = set(lacking(con, "site"))
        keyed = numbers_of(SiteExternalId).filter(kind=key_kind("site")).exclude(run=self.run)
        numbered = keyed.filter(row__name__endswith=NUMBER_BEHIND) if names else keyed.none()
        twins: dict[str, dict[str, int | None]] = defaultdict(dict)
        for label, key, whose in numbered.values_list(
            "row__name", "external_id", "row__customer"
        ).iterator():
            name = label[: -len(f" ({key})")]
            if name in names:
                twins[name][label] = whose
        several = [(n, label, whose) for n, some in twins.items() for label, whose in some.items()]
        fill(con, "recalled_twin", [(name, label) for name, label, _ in several])
        customers = labels_of(
            CustomerExternalId, "customer", self.system or UNSAID, (whose for *_, whose in several)
        )
        told = [
            {"key": label, "label": label, "customer": customers.get(whose or 0)}
            for _, label, whose in several
        ]
        recalled(con, "site", told)

    def _sites(self, con: duckdb.DuckDBPyConnection) -> None:
        labels = [label for (label,) in con.execute("SELECT label FROM recalled_site").fetchall()]
        names = {*lacking(con, "site"), *labels, *_recalled_names(con, "site")}
        rows = self._said(con, "site", SiteExternalId, names)
        customers = labels_of(
            CustomerExternalId, "customer", self.system or UNSAID, (r["whose"] for r in rows)
        )
        owners: dict[str, set[str | None]] = defaultdict(set)
        for row in rows:
            owners[name_of(row["external_id"])].add(customers.get(row["whose"]))
        whose = [(name, *some) for name, some in owners.items() if len(some) == 1]
        con.execute("CREATE TEMP TABLE whose_recalled (label VARCHAR, customer VARCHAR)")
        fill(con, "whose_recalled", whose)
        con.execute(
            "UPDATE recalled_site r SET customer = w.customer FROM whose_recalled w "
            "WHERE w.label = r.label"
        )
        con.execute(
            "INSERT INTO recalled_site BY NAME SELECT label AS key, label, customer "
            "FROM whose_recalled WHERE label IN (SELECT name FROM lacking_site "
            "UNION SELECT site FROM recalled_asset)"
        )
        con.execute("DROP TABLE whose_recalled")

    def _said(
        self,
        con: duckdb.DuckDBPyConnection,
        noun: str,
        ids: type[ExternalId],
        names: Iterable[str],
    ) -> list[dict[str, Any]]:
        """Rows by the name that a register gave them, in this system before others.

        What this one's register said of them it says still, though no file repeats it.
        """
        runs = self._registered(noun)
        fields = SAID_OF[noun]
        found: dict[str, dict[str, Any]] = {}
        for some in chunks(called_keys(ids, noun, self.system or UNSAID, names)) if runs else ():
            rows = numbers_of(ids).filter(kind=noun, external_id__in=some, run__in=runs)
            if noun == "site":
                rows = rows.filter(system=self.system)
            for one in rows.order_by("pk").values("external_id", "system", "said", **fields):
                if one["system"] == self.system or one["external_id"] not in found:
                    found[one["external_id"]] = one
        own = [one for one in found.values() if one["system"] == self.system]
        fill(con, "recalled_said", [(noun, one["external_id"], one["said"]) for one in own])
        return list(found.values())


SETTLED = ("guessed", "stated")


def _recalled_names(con: duckdb.DuckDBPyConnection, noun: str) -> list[str]:
    """Sites and customers of what was recalled already."""
    tables = ("asset",) if noun == "site" else ("asset", "site")
    parts = " UNION ".join(f"SELECT {noun} AS name FROM recalled_{one}" for one in tables)
    rows = con.execute(f"SELECT name FROM ({parts}) r WHERE name IS NOT NULL ORDER BY name")
    return [name for (name,) in rows.fetchall()]


def _put(con: duckdb.DuckDBPyConnection, noun: str, pairs: Iterable[tuple[str, str]]) -> None:
    recalled(con, noun, [{"key": key, "label": label} for key, label in pairs])
