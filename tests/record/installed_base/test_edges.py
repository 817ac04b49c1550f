"""Where assets are, whose they are: dated, corrected in the open, never overwritten."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import DAY, HOUR, MONDAY, a_customer, a_product, a_site, an_asset
from databases import on_postgresql, undone
from wellkept.record.installed_base.actions import (
    NotThere,
    NotYet,
    Overlaps,
    RunsInCircles,
    SlotTaken,
    change_state,
    correct_edge,
    declare_slots,
    hand_operation,
    place_assets,
    swap_component,
    take_out,
    transfer_assets,
)
from wellkept.record.installed_base.models import Asset, Operation, Ownership, Placement
from wellkept.record.installed_base.queries import What, life_of
from wellkept.record.installed_base.rules import State, was_so
from wellkept.record.parties.models import Site

pytestmark = pytest.mark.usefixtures("record")
LATER = MONDAY + 30 * DAY


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


def at_site(asset: Asset, site: Site, from_at: datetime | None = MONDAY, at: datetime = LATER,
            until_at: datetime | None = None) -> Placement:  # fmt: skip
    row = Placement(asset=asset, site=site, from_at=from_at, until_at=until_at)
    return place_assets(placements=[row], at=at, by=None)[0]


def in_slot(asset: Asset, parent: Asset, slot: str = "pump", at: datetime = LATER) -> Placement:
    row = Placement(asset=asset, parent=parent, slot=slot, from_at=MONDAY)
    return place_assets(placements=[row], at=at, by=None)[0]


class TestPlaces:
    def test_the_next_place_ends_the_last_and_both_stay_readable(self) -> None:
        one, ward, store = an_asset(), a_site(name="Ward"), a_site(name="Store")
        at_site(one, ward)
        at_site(one, store, from_at=MONDAY + 10 * DAY)
        assert fresh(one).site == store
        held = one.placements.held()
        assert [(row.site, row.until_at) for row in held] == [
            (ward, MONDAY + 10 * DAY),
            (store, None),
        ]

    def test_what_was_known_then_can_be_read_though_it_was_corrected(self) -> None:
        one, ward, store = an_asset(), a_site(name="Ward"), a_site(name="Store")
        wrong = at_site(one, ward, at=MONDAY)
        correct_edge(edge=wrong, changes={"site": store}, reason="typo", at=LATER, by=None)
        then = Placement.objects.as_was(MONDAY + DAY, MONDAY + DAY).get()
        now = Placement.objects.as_was(MONDAY + DAY, LATER).get()
        assert (then.site, now.site) == (ward, store)
        assert fresh(one).site == store
        with pytest.raises(NotThere, match="was corrected already"):
            correct_edge(edge=wrong, changes={"site": ward}, reason="", at=LATER, by=None)

    def test_an_end_that_was_learnt_later_was_not_known_before(self) -> None:
        one, ward = an_asset(), a_site()
        at_site(one, ward, at=MONDAY)
        take_out(assets=[one], until_at=MONDAY + DAY, at=LATER, by=None)
        on = MONDAY + 2 * DAY
        assert Placement.objects.as_was(on, MONDAY + 2 * DAY).count() == 1
        assert Placement.objects.as_was(on, LATER).count() == 0
        assert fresh(one).site is None
        with pytest.raises(NotThere, match="stands nowhere"):
            take_out(assets=[one], until_at=LATER, at=LATER, by=None)

    def test_taken_out_by_two_at_once_the_second_sees_that_it_moved(self) -> None:
        part, first, other = an_asset("T-1"), an_asset("M-1"), an_asset("M-2")
        in_slot(part, first)
        seen = {part.pk: Placement.objects.current().get(asset=part).pk}
        out: dict[str, Any] = {"assets": [part], "reason": "worn", "seen": seen, "by": None}
        place_assets(placements=[Placement(asset=part, parent=other, from_at=MONDAY + DAY)],
                     at=LATER, by=None)  # fmt: skip
        with pytest.raises(NotThere, match="after you had looked at it"):
            take_out(**out, until_at=LATER, at=LATER)
        now = Placement.objects.current().get(asset=part)
        seen[part.pk] = now.pk
        with pytest.raises(Overlaps):
            take_out(**out, until_at=MONDAY, at=LATER)
        take_out(**out, until_at=LATER, at=LATER)
        left = Placement.objects.held().get(asset=part, parent=other)
        assert (left.until_at, left.reason) == (LATER, "worn")
        assert [one.reason for one in life_of(other.pk, [What.HOLDS]) if one.is_held] == ["worn"]

    def test_a_life_is_read_in_one_statement_as_its_edges_say_it(self) -> None:
        one, part, ward = an_asset("M-1"), an_asset("T-1"), a_site(name="Ward")
        wrong = at_site(one, a_site(name="Store"), from_at=None, at=MONDAY)
        correct_edge(edge=wrong, changes={"site": ward}, reason="typo", at=LATER, by=None)
        in_slot(part, one)
        run_by = Operation(asset=one, customer=a_customer("Lab"), from_at=MONDAY)
        hand_operation(operations=[run_by], at=LATER, by=None)
        change_state(assets=[one], state=State.IDLE, reason="", happened_at=MONDAY + DAY,
                     at=LATER, by=None)  # fmt: skip
        with CaptureQueriesContext(connection) as sent:
            life = life_of(one.pk)
        assert len(sent) == 1 and [row.name for row in life[:2]] == ["Store", "Ward"]
        assert {(row.what, row.name, row.word) for row in life[2:]} == {
            ("holds", "T-1", "pump"), ("operator", "Lab", ""), ("change", "idle", "idle"),
        }  # fmt: skip
        for on, known in ((MONDAY, MONDAY), (MONDAY + DAY, LATER), (LATER, LATER)):
            names = {row.name for row in life if row.what == What.PLACE and was_so(row, on, known)}
            edges = Placement.objects.filter(asset=one).as_was(on, known)
            assert names == {row.site.name for row in edges if row.site}
        (of_part,) = life_of(part.pk)
        assert (of_part.name, of_part.word, of_part.other) == ("M-1", "pump", one.pk)

    def test_a_start_may_be_unknown(self) -> None:
        one, ward = an_asset(), a_site()
        at_site(one, ward, from_at=None)
        assert Placement.objects.as_was(MONDAY - 999 * DAY, LATER).get().site == ward

    def test_two_places_at_once_are_refused_in_a_sentence(self) -> None:
        one, ward = an_asset(), a_site()
        at_site(one, ward, until_at=MONDAY + 10 * DAY)
        with pytest.raises(Overlaps, match="in two places, or of two hands, at once"):
            at_site(one, a_site(), from_at=MONDAY + 5 * DAY, until_at=MONDAY + 15 * DAY)
        with pytest.raises(Overlaps):
            at_site(one, a_site(), from_at=None, until_at=MONDAY + DAY)

    def test_what_follows_starts_later_than_what_it_ends(self) -> None:
        one = an_asset()
        at_site(one, a_site())
        with pytest.raises(Overlaps, match="must start later"):
            at_site(one, a_site(), from_at=MONDAY)

    def test_where_it_is_going_to_be_is_no_fact(self) -> None:
        with pytest.raises(NotYet):
            at_site(an_asset(), a_site(), from_at=LATER, at=MONDAY)

    @on_postgresql
    def test_postgresql_itself_refuses_an_overlap(self) -> None:
        one = an_asset()
        rows = [
            Placement(asset=one, site=a_site(), from_at=MONDAY + n * DAY, recorded_at=MONDAY,
                      until_at=MONDAY + (n + 2) * DAY)
            for n in (0, 1)
        ]  # fmt: skip
        rows[0].save()
        with (
            pytest.raises(IntegrityError, match="placement_does_not_overlap"),
            transaction.atomic(),
        ):
            rows[1].save()


class TestComponents:
    def test_a_component_is_where_its_asset_is_and_moves_with_it(self) -> None:
        ward, store, nord = a_site(name="Ward"), a_site(name="Store"), a_customer()
        machine, pump, seal = an_asset(), an_asset(), an_asset()
        at_site(machine, ward)
        in_slot(pump, machine)
        in_slot(seal, pump, "seal")
        ownership = Ownership(asset=machine, customer=nord, from_at=MONDAY)
        transfer_assets(ownerships=[ownership], at=LATER, by=None)
        assert (fresh(seal).site, fresh(seal).customer) == (ward, nord)
        at_site(machine, store, from_at=MONDAY + DAY)
        assert {fresh(one).site for one in (machine, pump, seal)} == {store}

    def test_a_swap_takes_one_out_and_puts_the_other_in(self) -> None:
        machine, worn, spare = an_asset(), an_asset(), an_asset()
        at_site(machine, a_site())
        in_slot(worn, machine)
        swap_component(old=worn, new=spare, swapped_at=MONDAY + DAY, at=LATER, by=None)
        assert list(Asset.objects.components_of(machine)) == [spare]
        assert fresh(worn).site is None
        before = machine.children.as_was(MONDAY + HOUR, LATER)
        assert [row.asset for row in before] == [worn]
        with pytest.raises(NotThere, match="stands in no other asset"):
            swap_component(old=worn, new=spare, swapped_at=LATER, at=LATER, by=None)

    def test_a_slot_holds_one_and_an_empty_one_is_seen(self) -> None:
        product = a_product("Press")
        declare_slots(product=product, names=["pump", "drive", "pump"], at=MONDAY, by=None)
        machine = an_asset(product=product)
        in_slot(an_asset(), machine)
        assert [slot.name for slot in machine.empty_slots()] == ["drive"]
        with pytest.raises(SlotTaken, match="Another component stands in the slot “pump”"):
            in_slot(an_asset(), machine)

    def test_nothing_stands_in_itself_however_far_around(self) -> None:
        outer, middle, inner = an_asset(), an_asset(), an_asset()
        in_slot(middle, outer)
        in_slot(inner, middle)
        with pytest.raises(RunsInCircles, match="would stand in itself"):
            in_slot(outer, inner)

    def test_who_runs_it_is_another_edge_than_whose_it_is(self) -> None:
        one, owner, operator = an_asset(), a_customer("Lessor"), a_customer("Clinic")
        own = Ownership(asset=one, customer=owner, from_at=MONDAY)
        transfer_assets(ownerships=[own], at=LATER, by=None)
        run = Operation(asset=one, customer=operator, from_at=MONDAY)
        hand_operation(operations=[run], at=LATER, by=None)
        assert fresh(one).customer == owner
        assert one.operations.current().get().customer == operator


steps = st.lists(
    st.tuples(
        st.sampled_from(["site", "asset", "out", "correct"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(1, 40),
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_written_places_stay_one_at_a_time_and_the_present_is_what_was_last_known(
    record: Any, what: list[tuple[str, int, int, int]]
) -> None:
    with undone(record):
        assets, sites = [an_asset() for _ in range(4)], [a_site() for _ in range(4)]
        for number, (act, which, where, hour) in enumerate(what):
            at = LATER + number * timedelta(minutes=1)
            try_to(act, assets[which], assets[where], sites[where], MONDAY + hour * HOUR, at)
        now = LATER + DAY
        current = {row.asset_id: row for row in Placement.objects.current()}
        was = {row.asset_id: row for row in Placement.objects.as_was(now, now)}
        assert current == was
        for on, known in ((MONDAY, now), (MONDAY + 9 * HOUR, now), (now, LATER + 2 * HOUR)):
            so = {row for row in Placement.objects.all() if row.was_so(on, known)}
            assert so == set(Placement.objects.as_was(on, known))
        for one in Asset.objects.all():
            held = sorted(
                one.placements.held(), key=lambda row: (row.from_at is not None, row.from_at)
            )
            for earlier, later in pairwise(held):
                assert earlier.until_at is not None
                assert later.from_at is not None
                assert earlier.until_at <= later.from_at
            assert one.site_id == walked(one.pk, current)


def try_to(act: str, one: Asset, parent: Asset, site: Site, moment: datetime, at: datetime) -> None:
    try:
        with transaction.atomic():
            if act == "site":
                at_site(one, site, from_at=moment, at=at)
            elif act == "asset" and one != parent:
                row = Placement(asset=one, parent=parent, from_at=moment)
                place_assets(placements=[row], at=at, by=None)
            elif act == "out":
                take_out(assets=[one], until_at=moment, at=at, by=None)
            elif act == "correct" and (held := one.placements.current().first()):
                changes = {"site": site, "parent": None, "slot": ""}
                correct_edge(edge=held, changes=changes, reason="x", at=at, by=None)
    except (Overlaps, RunsInCircles, NotThere):
        pass


def walked(key: int, current: dict[int, Placement]) -> int | None:
    """Say where an asset is by walking up, as the projection must not have to."""
    while (row := current.get(key)) is not None:
        if row.parent_id is None:
            return row.site_id
        key = row.parent_id
    return None
