"""Assets: numbers and serials, the merge list, states, what a stop means."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builders import DAY, HOUR, MONDAY, a_product, an_account, an_asset
from databases import undone
from wellkept.record.access.editing import Edited, MovedOn
from wellkept.record.access.verbs import NotTrue
from wellkept.record.installed_base.actions import (
    NotAnAsset,
    NotByForm,
    NotMerged,
    NotThatWay,
    NotToBeMerged,
    NotYet,
    StillInDoubt,
    add_assets,
    change_state,
    clear_doubt,
    edit_asset,
    merge_assets,
    place_assets,
    rate_consequence,
    rate_cost,
    split_off_assets,
)
from wellkept.record.installed_base.models import Asset, Placement
from wellkept.record.installed_base.rules import ONWARD, Consequence, CostBand, State

pytestmark = pytest.mark.usefixtures("record")
LATER = MONDAY + 2 * DAY


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


class TestNumbers:
    def test_an_asset_without_a_number_gets_one_that_people_can_say(self) -> None:
        one = an_asset()
        assert fresh(one).number == f"A-{one.pk:06d}"

    def test_our_own_number_is_used_once(self) -> None:
        an_asset(number="X-1")
        with pytest.raises(NotTrue, match="Another asset has this number"):
            an_asset(number="X-1")

    def test_repeated_serials_stand_on_the_merge_list_and_blank_ones_do_not(self) -> None:
        pump, other = a_product("Pump"), a_product("Drive")
        rows = [
            Asset(product=pump, serial="1"),
            Asset(product=pump, serial=" 1 "),
            Asset(product=other, serial="1"),
            Asset(product=pump, serial=" "),
            Asset(product=pump, serial=""),
        ]
        made = add_assets(assets=rows, at=MONDAY, by=None)
        assert [one.doubt for one in made] == ["", "same_serial", "", "", ""]
        assert set(Asset.objects.to_merge()) == {made[1]}
        again = an_asset("1", product=pump)
        assert fresh(again).doubt == "same_serial"

    def test_a_number_that_is_the_serial_of_another_looks_alike_until_somebody_says_no(
        self,
    ) -> None:
        an_asset("SN7", product=a_product("Pump"))
        bare = an_asset(number="SN7", serial="", product=a_product("Drive"))
        an_asset(number="SN8", serial="")
        later = an_asset("SN8", product=a_product("Valve"))
        assert set(Asset.objects.to_merge()) == {bare, later}
        clear_doubt(assets=[bare, later], at=LATER, by=None)
        assert not Asset.objects.to_merge()

    def test_its_own_serial_takes_an_asset_off_the_list(self) -> None:
        pump = a_product()
        an_asset("1", product=pump)
        twin = an_asset("1", product=pump)
        with pytest.raises(StillInDoubt, match="has the serial 1 of another"):
            clear_doubt(assets=[twin], at=LATER, by=None)
        edit_asset(asset=twin, changes={"serial": "2"}, seen=1, at=LATER, by=an_account())
        assert not Asset.objects.to_merge()

    def test_one_serial_is_told_apart_by_its_product_and_the_other_then_carries_it(self) -> None:
        pump, alma = a_product(), an_account()
        first, twin = an_asset("1", product=pump), an_asset("1", product=pump)
        changes = {"product": a_product("Drive")}
        edit_asset(asset=first, changes=changes, seen=1, at=LATER, by=alma)
        assert not Asset.objects.to_merge() and fresh(twin).doubt == ""

    def test_what_somebody_denied_stays_denied_when_the_form_is_saved(self) -> None:
        an_asset("SN7")
        bare = an_asset(number="SN7", serial="")
        with pytest.raises(MovedOn, match="A run changed SN7, after you had looked"):
            clear_doubt(assets=[bare], at=LATER, by=None, seen={bare.pk: 0})
        clear_doubt(assets=[bare], at=LATER, by=None, seen={bare.pk: 1})
        changes = {"serial": " ", "software_revision": "2"}
        edit_asset(asset=bare, changes=changes, seen=2, at=LATER, by=None)
        assert not Asset.objects.to_merge()

    def test_a_serial_typed_twice_in_a_form_goes_on_the_list(self) -> None:
        pump = a_product()
        an_asset("1", product=pump)
        one = an_asset("2", product=pump)
        edit_asset(asset=one, changes={"serial": "1"}, seen=1, at=LATER, by=None)
        assert fresh(one).doubt == "same_serial"

    def test_an_asset_needs_its_product_and_a_state_that_there_is(self) -> None:
        with pytest.raises(NotAnAsset, match="needs its product"):
            add_assets(assets=[Asset(serial="1")], at=MONDAY, by=None)
        with pytest.raises(NotAnAsset, match="choose one of: ordered, delivered"):
            an_asset(state="broken")

    def test_found_by_a_piece_of_its_serial(self) -> None:
        one = an_asset("KX-4711-B")
        an_asset("KX-1")
        assert list(Asset.objects.by_serial("4711")) == [one]

    def test_a_form_changes_revisions_which_the_log_keeps_and_no_state(self) -> None:
        one = an_asset(software_revision="2.0")
        edit_asset(asset=one, changes={"software_revision": "2.1"}, seen=1, at=LATER, by=None)
        event = one.events.get()
        assert (event.word, event.old, event.new) == ("software_revision", "2.0", "2.1")
        with pytest.raises(NotByForm, match="state: of an asset this is not edited"):
            edit_asset(asset=one, changes={"state": "idle"}, seen=2, at=LATER, by=None)
        with pytest.raises(Edited):
            edit_asset(asset=one, changes={"software_revision": "3"}, seen=1, at=LATER, by=None)


class TestStates:
    @pytest.mark.parametrize("state", list(State))
    def test_an_asset_goes_only_where_its_state_leads(self, state: State) -> None:
        for wanted in State:
            one = an_asset(state=state.value)
            told: dict[str, Any] = {
                "reason": "test",
                "happened_at": MONDAY,
                "at": LATER,
                "by": None,
            }
            if wanted is state or wanted in ONWARD[state]:
                change_state(assets=[one], state=wanted, **told)
                assert fresh(one).state == wanted
            else:
                with pytest.raises(NotThatWay, match="it can become"):
                    change_state(assets=[one], state=wanted, **told)

    def test_the_log_says_when_it_happened_and_when_it_was_written_down(self) -> None:
        one = an_asset()
        change_state(
            assets=[one], state=State.RETIRED, reason="sold", happened_at=MONDAY, at=LATER, by=None
        )
        event = one.events.get()
        assert (event.word, event.old, event.reason) == ("retired", "in_use", "sold")
        assert (event.at, event.recorded_at) == (MONDAY, LATER)
        assert not Asset.objects.in_service()

    def test_what_is_to_come_is_no_fact(self) -> None:
        with pytest.raises(NotYet, match="is in the future"):
            change_state(
                assets=[an_asset()], state=State.IDLE, reason="", happened_at=LATER, at=MONDAY,
                by=None,
            )  # fmt: skip

    def test_what_a_stop_means_is_kept_with_who_said_so(self) -> None:
        one = an_asset()
        rate_consequence(
            assets=[one], consequence=Consequence.SAFETY, said_by="ward", at=LATER, by=None
        )
        rate_cost(assets=[one], band=CostBand.HIGH, said_by="plant manager", at=LATER, by=None)
        found = fresh(one)
        assert (found.consequence, found.consequence_said_by) == (0, "ward")
        assert (found.cost_band, found.cost_band_said_at) == ("high", LATER)
        assert [event.new for event in one.events.order_by("pk")] == ["safety", "high"]


class TestMerging:
    def test_merged_assets_mean_one_and_keep_their_rows(self) -> None:
        kept, twin, third = an_asset(), an_asset(""), an_asset("")
        merge_assets(into=twin, duplicates=[third], at=MONDAY, by=None)
        merge_assets(into=kept, duplicates=[twin], at=LATER, by=None)
        assert set(Asset.objects.same_as(fresh(third))) == {kept, twin, third}
        assert list(Asset.objects.standing()) == [kept]
        with pytest.raises(NotToBeMerged, match="itself merged"):
            merge_assets(into=twin, duplicates=[kept], at=LATER, by=None)
        with pytest.raises(NotToBeMerged, match="into itself"):
            merge_assets(into=kept, duplicates=[kept], at=LATER, by=None)

    def test_a_merge_can_be_undone(self) -> None:
        kept, twin = an_asset(), an_asset("")
        merge_assets(into=kept, duplicates=[twin], at=LATER, by=None)
        split_off_assets(assets=[twin], at=LATER + HOUR, by=None)
        assert fresh(twin).merged_into is None
        with pytest.raises(NotMerged):
            split_off_assets(assets=[twin], at=LATER, by=None)

    def test_who_stays_carries_the_serial_and_what_stands_in_another_is_not_that_one(self) -> None:
        pump = a_product()
        kept, twin = an_asset("1", product=pump), an_asset("1", product=pump)
        inside = Placement(asset=kept, parent=twin, from_at=MONDAY)
        place_assets(placements=[inside], at=MONDAY, by=None)
        with pytest.raises(NotToBeMerged, match="so they are not one"):
            merge_assets(into=twin, duplicates=[kept], at=LATER, by=None)
        loose = an_asset("1", product=pump)
        merge_assets(into=loose, duplicates=[kept], at=LATER, by=None)
        assert fresh(loose).doubt == "" and set(Asset.objects.to_merge()) == {twin}
        with pytest.raises(MovedOn):
            merge_assets(into=loose, duplicates=[kept], at=LATER, by=None, seen={kept.pk: 1})


def stands(*two: Asset) -> tuple[set[tuple[int, int | None]], bool]:
    """Give what each row means, and whether two are in doubt."""
    doubted = Asset.objects.to_merge().filter(pk__in=[one.pk for one in two]).exists()
    return set(Asset.objects.values_list("pk", "merged_into")), doubted


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pairs=st.lists(st.permutations(range(5)), min_size=1, max_size=3))
@example(pairs=[[2, 0], [4, 1]])
def test_to_split_off_undoes_a_merge_whoever_stays(record: object, pairs: list[list[int]]) -> None:
    with undone(record):
        pump, drive = a_product(), a_product()
        same = [Asset(product=pump, serial="1") for _ in range(3)]
        fresh_ones = [*same, Asset(product=drive, number="1"), Asset(product=drive, serial="1")]
        rows = add_assets(assets=fresh_ones, at=MONDAY, by=None)
        for into, other, *_ in pairs:
            one, two = fresh(rows[into]), fresh(rows[other])
            if one.merged_into_id or two.merged_into_id or two.merged.exists():
                continue
            before = stands(one, two)
            merge_assets(into=one, duplicates=[two], at=MONDAY, by=None)
            split_off_assets(assets=[two], at=MONDAY, by=None)
            assert stands(one, two) == before
            merge_assets(into=one, duplicates=[two], at=MONDAY, by=None)
