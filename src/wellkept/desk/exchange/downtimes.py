"""Downtimes of assets, and their ends when a later file says them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from wellkept.desk.exchange.names import snapshots
from wellkept.desk.exchange.offered import OUTAGE, SORTS
from wellkept.desk.exchange.reasons import (
    DOWN_AHEAD,
    DOWN_BACKWARDS,
    ENDS_BEFORE_DOWN,
    LONG_ASSET_OF,
    NO_ASSET,
    NO_BEGINNING,
    OTHER_END,
    Why,
)
from wellkept.desk.exchange.weighing import (
    Change,
    Noun,
    Offer,
    Weighed,
    Written,
    attempt,
    instant,
    keys_by_name,
    moment,
)
from wellkept.record.cases.actions import end_downtimes, ends_too_early, record_downtimes
from wellkept.record.cases.models import CaseExternalId, Downtime, DowntimeExternalId
from wellkept.record.installed_base.models import AssetExternalId
from wellkept.record.promises.models import PromiseExternalId


class Downtimes(Noun):
    """Spells in which assets could not be used."""

    noun = "downtime"
    ids = DowntimeExternalId

    def refusal(self, offer: Offer) -> Why | None:
        """A spell has an asset and a beginning that has come, and does not end before it."""
        if offer.asset is None:
            return NO_ASSET
        if offer.from_s is None:
            return NO_BEGINNING
        if offer.from_s > self.work.at.timestamp():
            return DOWN_AHEAD
        if offer.to_s is not None and offer.to_s < offer.from_s:
            return DOWN_BACKWARDS
        if offer.asset is not None and len(offer.asset) > 60:
            return LONG_ASSET_OF
        return None

    def foretell(self, found: Weighed) -> None:
        """An end that differs from the record's, or that lies before the beginning there."""
        for one, why in self._ends(found.update)[1]:
            self.work.problems.note(self.noun, one.offer, why)

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Write new ones down."""
        assets = self._assets(offers)
        cases = keys_by_name(CaseExternalId, "case", self.work.system, [o.of_case for o in offers])
        promises = keys_by_name(
            PromiseExternalId, SORTS[OUTAGE], self.work.system, [o.of_promise for o in offers]
        )

        def act(some: Sequence[Offer]) -> None:
            rows = [
                Downtime(
                    asset_id=assets[one.asset],
                    case_id=cases.get(one.of_case or ""),
                    promise_id=promises.get(one.of_promise or ""),
                    still_down_at=moment(one.censored_s),
                    from_at=instant(one.from_s),
                    until_at=moment(one.to_s),
                    planned=one.planned,
                    about=(one.about or "")[:300],
                )
                for one in some
            ]
            made = record_downtimes(downtimes=rows, at=self.work.at, by=self.work.by)
            done.new(made)
            for one, row in zip(some, made, strict=True):
                done.names += self.named(one, row.pk)

        self.trying(offers, act, found)

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """An end that is said now; what else differs is named, and stays as it was."""
        snapshots(done, Downtime, "pk", [one.row for one in changes])
        for one, row, until in self._ends(changes)[0]:
            still = moment(one.offer.censored_s)
            refused = attempt([row], partial(self._end, until=until, still=still))
            for _, reason in refused:
                self.work.problems.note(self.noun, one.offer, reason)

    def _ends(
        self, changes: Sequence[Change]
    ) -> tuple[list[tuple[Change, Downtime, datetime]], list[tuple[Change, Why]]]:
        """The ends that are taken, and those that are not."""
        rows = Downtime.objects.in_bulk([one.row for one in changes])
        taken: list[tuple[Change, Downtime, datetime]] = []
        left: list[tuple[Change, Why]] = []
        for one in changes:
            row, until = rows[one.row], moment(one.offer.to_s)
            if row.until_at == until:
                continue
            if row.until_at is not None or until is None:
                left.append((one, OTHER_END))
            elif ends_too_early(row, until):
                left.append((one, ENDS_BEFORE_DOWN))
            else:
                taken.append((one, row, until))
        return taken, left

    def _end(self, rows: Sequence[Downtime], until: datetime, still: datetime | None) -> None:
        end_downtimes(
            downtimes=rows,
            until_at=until,
            still_down_at=still,
            at=self.work.at,
            by=self.work.by,
        )

    def _assets(self, offers: Sequence[Offer]) -> dict[str, int]:
        return keys_by_name(AssetExternalId, "asset", self.work.system, [o.asset for o in offers])
