"""Evidence: what is counted, what is not recorded, and how nobody can make it look better."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.diagnostic.rounds import AS_OF, closed, records
from study.measures.builders import (
    DAY,
    HOUR,
    UNTIL,
    Row,
    a_case,
    a_downtime,
    a_promise,
    an_asset,
    facts,
)
from wellkept.study.diagnostic.claims.catalogue import BY_ID, CLAIMS
from wellkept.study.diagnostic.evidence.catalogue import EVIDENCES, evidence_of
from wellkept.study.diagnostic.evidence.finding import AsOf, Found, NoRecord, Records, Scope
from wellkept.study.diagnostic.scoring import standings
from wellkept.study.facts.source import DuckFacts

EMPTY = facts()


def found(claim: str, source: DuckFacts, **scope: Any) -> Found:
    """Give the evidence of a claim, which must be there."""
    answer = EVIDENCES[BY_ID[claim].evidence].of(records(source, scope=Scope(**scope)))
    assert isinstance(answer, Found), answer
    return answer


def unrecorded(claim: str, source: DuckFacts) -> NoRecord:
    """Give the answer of a claim for which there must be no record."""
    answer = EVIDENCES[BY_ID[claim].evidence].of(records(source))
    assert isinstance(answer, NoRecord), answer
    return answer


@pytest.mark.parametrize("claim", BY_ID)
def test_a_claim_without_a_table_gives_no_record_which_is_not_nought(claim: str) -> None:
    answer = unrecorded(claim, EMPTY)
    [standing] = standings([BY_ID[claim]], [answer]).standings
    assert standing.state == "no_record" and standing.median is None


def a_restoring(late_h: float | None, days: int = 10, **more: Any) -> Row:
    return a_promise(
        UNTIL - days * DAY, late_h=late_h, **{"kind": "restore", "consequence": "safety", **more}
    )


def test_p2_counts_those_still_down_and_names_the_longest() -> None:
    source = facts(
        promise=[
            a_restoring(-1),
            a_restoring(5, customer="Mill East", consequence="production_stopped"),
            a_restoring(None, 20),
            a_restoring(99, consequence="degraded"),
            a_restoring(0, consequence="unknown"),
            a_restoring(7, 400),
        ]
    )
    p2 = found("P2", source)
    assert (p2.k, p2.n, p2.should) == (1, 3, 4)
    assert (p2.touched.customers, p2.touched.safety, p2.touched.stopped) == (2, 1, 1)
    assert [case.value for case in p2.cases] == [20 * 24, 5]
    assert "say nothing of the consequence" in p2.notes[0]


def test_p2_takes_the_promise_to_resolve_where_restoring_is_not_promised_and_says_so() -> None:
    p2 = found("P2", facts(promise=[a_restoring(0, kind="resolve")]))
    assert (p2.k, p2.n) == (1, 1) and "stands in for it" in p2.notes[0]


def test_p2_without_any_promise_says_how_many_stopped() -> None:
    stopped = [a_case(hours=None, consequence="safety"), a_case(hours=2, consequence="degraded")]
    assert unrecorded("P2", facts(case=stopped)).notes == (
        "1 grave stop in the last 12 months, and no promise by when to restore",
    )


def test_p2_tells_within_how_many_hours_95_of_100_were_restored() -> None:
    start = UNTIL - 40 * DAY
    cases = [
        a_case(start, None, restored_s=start + i * HOUR, consequence="safety")
        for i in range(1, 101)
    ]
    p2 = found("P2", facts(promise=[a_restoring(0)], case=cases))
    assert p2.number is not None and p2.number.value == 95
    few = found("P2", facts(promise=[a_restoring(0)], case=cases[:58]))
    assert few.number is None


def test_p1_counts_first_dates_and_its_number_is_the_share_kept_by_the_judged_date() -> None:
    ledger = [
        *(a_promise(UNTIL - i * DAY, late_h=-1) for i in range(1, 9)),
        *(a_promise(UNTIL - i * DAY, late_h=9, current_due_s=UNTIL) for i in (3, 4)),
        a_promise(UNTIL - 100 * DAY, late_h=9),
        a_promise(None, made_s=UNTIL - 5 * DAY),
    ]
    p1 = found("P1", facts(promise=ledger))
    assert (p1.k, p1.n) == (11, 12)
    assert p1.number is not None and p1.number.value == pytest.approx(80)
    assert p1.conditions == {3: 1.0, 4: None}
    assert "by the date as said today 100 %" in p1.notes[0]
    blind = found("P1", facts(promise=ledger, tells_moves=False))
    assert blind.conditions[3] is None


def test_v4_counts_parts_that_are_still_missing() -> None:
    parts = [a_promise(late_h=h, kind="part_delivery") for h in (-5, 0, 3, None)]
    v4 = found("V4", facts(promise=[*parts, a_promise(late_h=99)]))
    assert (v4.k, v4.n, v4.unit) == (2, 4, "part requests")


def test_r2_joins_touching_stretches_and_counts_cover_hours_where_known() -> None:
    cases = [a_case(UNTIL - 5 * DAY, 60, ownerless_s=1) for _ in range(3)]
    source = facts(case=[*cases, a_case(UNTIL - 5 * DAY, 60)])
    at = UNTIL - 5 * DAY
    spells = [(0, at, at + 1_800, None), (0, at + 1_800, at + 5_400, None),
              (1, at, at + 3_600, None), (1, at + 7_200, at + 9_000, None),
              (2, at, None, "'Alma'")]  # fmt: skip
    for no, start, stop, owner in spells:
        end, who = ("NULL" if x is None else x for x in (stop, owner))
        source.con.execute(f"INSERT INTO holding VALUES ({no}, {start}, {end}, {who}, NULL)")
    r2 = found("R2", source)
    assert (r2.k, r2.n, r2.should) == (2, 3, 4)
    assert [case.value for case in r2.cases] == [1.5] and "customer's clock" in r2.notes[0]
    nights = AsOf(UNTIL, covered=lambda start, stop: (stop - start) // 2)
    by_day = EVIDENCES["ownerless_hour"].of(records(source, nights))
    assert isinstance(by_day, Found) and by_day.k == 3 and "hours of cover" in by_day.notes[0]


def test_r1_asks_who_has_what_is_open_today_and_can_show_level_2_at_most() -> None:
    promises = [a_promise(late_h=None), a_promise(late_h=None, owner=None), a_promise(late_h=0)]
    r1 = found("R1", facts(promise=promises, case=[a_case(), a_case(hours=2, owner=None)]))
    assert (r1.k, r1.n, r1.ceiling) == (2, 3, 2)
    assert [case.owner for case in r1.cases] == [None]
    nobody = facts(promise=[a_promise(late_h=None, owner=None)])
    assert unrecorded("R1", nobody).notes == ()


def test_i1_counts_assets_heard_of_and_needs_a_list_of_them() -> None:
    source = facts(
        asset=[an_asset(f"A{i}") for i in range(4)],
        case=[a_case(asset="A0"), a_case(UNTIL - 800 * DAY, 5, asset="A1")],
        promise=[a_promise(asset="A2")],
        downtime=[a_downtime(UNTIL - 3 * DAY, 2, asset="A2")],
    )
    i1 = found("I1", source)
    assert (i1.k, i1.n, i1.ceiling) == (2, 4, 3)
    assert [case.id for case in i1.cases] == ["A3", "A1"]
    unlisted = facts(asset=[an_asset("A0", listed=False)], case=[a_case(asset="A0")])
    assert "no list of assets" in unrecorded("I1", unlisted).notes[0]


def a_finished(region: str, **more: Any) -> Row:
    start = UNTIL - 30 * DAY
    row = {"responded_s": start + HOUR, "closed_s": start + 30 * HOUR, "region": region}
    return a_case(start, 20, **{**row, **more})


def test_o1_is_that_of_the_region_where_fewest_follow() -> None:
    cases = [
        *(a_finished("North") for _ in range(6)),
        *(a_finished("North", responded_s=None) for _ in range(4)),
        *(a_finished("South") for _ in range(12)),
        *(a_finished("East", resolved_by_closing=True) for _ in range(3)),
    ]
    o1 = found("O1", facts(case=cases))
    assert (o1.k, o1.n, o1.ceiling) == (6, 10, 2) and "is North" in o1.notes[0]
    assert len(o1.cases) == 4


def test_o1_sees_steps_in_the_wrong_order() -> None:
    wrong = {"responded_s": UNTIL - 30 * DAY - HOUR}
    cases = [a_finished("North", **wrong), *(a_finished("North") for _ in range(11))]
    assert found("O1", facts(case=cases)).k == 11


def weekly(volumes: list[int], failed: list[int]) -> list[Row]:
    return [
        a_promise(UNTIL - (7 * week + 8) * DAY, late_h=5 if i < failed[week] else -1)
        for week, n in enumerate(volumes)
        for i in range(n)
    ]


def test_o3_compares_the_busiest_weeks_with_the_others() -> None:
    volumes = [30 if week % 4 == 0 else 10 for week in range(40)]
    calm = found("O3", facts(promise=weekly(volumes, [1] * 40)))
    assert (calm.k, calm.n, calm.ceiling) == (10, 10, 3)
    strained = [25 if n == 30 else 1 for n in volumes]
    heroic = found("O3", facts(promise=weekly(volumes, strained)))
    assert (heroic.k, heroic.n) == (0, 10) and heroic.cases[0].value == 25
    level = unrecorded("O3", facts(promise=weekly([10] * 40, [1] * 40)))
    assert "less than 10 %" in level.notes[0]


def test_m2_counts_measures_that_look_the_same_by_any_count() -> None:
    kept = [a_promise(late_h=-1, kind="respond") for _ in range(40)]
    healed = [
        a_promise(late_h=30, kind="restore", current_due_s=UNTIL - 5 * DAY) for _ in range(10)
    ]
    m2 = found("M2", facts(promise=[*kept, *healed]))
    assert m2.census and (m2.k, m2.n) == (1, 3)
    assert [case.id for case in m2.cases] == ["restored in time", "promises kept"]
    assert m2.cases[0].value == 100


def test_m3_counts_cases_with_a_dated_promise_and_can_show_level_2_at_most() -> None:
    source = facts(case=[a_case(), a_case(), a_case()], promise=[a_promise(case_no=1)])
    m3 = found("M3", source)
    assert (m3.k, m3.n, m3.ceiling) == (1, 3, 2)


def told(source: DuckFacts, *notices: tuple[int, int, int | None]) -> DuckFacts:
    """Have customers told: of which promise, hours before its date, hours after it as the new."""
    source.con.execute("CREATE TABLE notice (promise_no BIGINT, told_s BIGINT, new_due_s BIGINT)")
    for no, before_h, after_h in notices:
        source.con.execute(
            "INSERT INTO notice SELECT promise_no, judged_s - ?, judged_s + ? FROM promise "
            "WHERE promise_no = ?", [before_h * 3600, after_h and after_h * 3600, no],
        )  # fmt: skip
    return source


def test_p3_counts_late_promises_announced_with_a_new_date_before_they_were_due() -> None:
    late = [a_promise(promise_no=no, late_h=9) for no in range(1, 13)]
    kept = [a_promise(promise_no=20)]
    announced = [(no, 2, 12) for no in range(1, 6)]
    not_so = [(6, -1, 12), (7, 2, None), (8, 2, -1), (20, 2, 12)]
    source = told(facts(promise=[*late, *kept]), *announced, *not_so)
    p3 = found("P3", source)
    assert (p3.k, p3.n, p3.unit) == (5, 12, "late promises")
    assert "5 of 5 second dates" in p3.notes[0]
    assert p3.conditions[4] is not None and p3.conditions[4] > 0.5
    assert {case.id for case in p3.cases}.isdisjoint(f"P-{no}" for no in range(1, 6))


def test_p3_without_any_notice_has_no_record_and_second_dates_broken_cap_the_level() -> None:
    late = [a_promise(promise_no=no, late_h=9) for no in range(1, 13)]
    assert unrecorded("P3", told(facts(promise=late))).notes[0].startswith("12 late promises")
    broken = told(facts(promise=late), *((no, 2, 3) for no in range(1, 13)))
    p3 = found("P3", broken)
    assert p3.k == 12 and "0 of 12 second dates" in p3.notes[0]
    assert p3.conditions[4] is not None and p3.conditions[4] < 0.01


def test_what_is_not_recorded_is_told_as_far_as_it_is_known() -> None:
    late = [a_promise(late_h=9, our_moves=1), a_promise(late_h=9), a_promise(late_h=9, our_moves=1,
            moved_late=1)]  # fmt: skip
    assert (
        "3 late promises; the date of 1 of them" in unrecorded("P3", facts(promise=late)).notes[0]
    )
    again = [a_case(UNTIL - days * DAY, 5, about="leak") for days in (10, 60, 150)]
    assert unrecorded("P4", facts(case=again)).notes[0].startswith("1 asset had the same")
    assert unrecorded("P4", facts(case=again[:2])).notes == ()
    t4 = unrecorded("T4", facts(promise=late))
    assert [case.id for case in t4.cases] == ["Clinic Nord"] and t4.touched.customers == 1


# Nobody can make it look better


def shares(source: DuckFacts) -> dict[str, float]:
    """Give the share behind each evidence that has one."""
    found = evidence_of(records(source), tuple(EVIDENCES))
    return {name: one.k / one.n for name, one in found.items() if isinstance(one, Found)}


def ledger(late: list[float | None], moved: bool) -> list[Row]:
    """Make promises; `moved`: whatever is late gets a new date, on which it is kept."""
    rows = []
    for i, hours in enumerate(late):
        due = UNTIL - (i % 300 + 2) * DAY
        failed = hours is None or hours > 0
        again: Row = {}
        if moved and failed:
            new = UNTIL + DAY if hours is None else int(due + hours * HOUR)
            again = {"current_due_s": new, "moves": 1, "our_moves": 1}
        kind = ("restore", "part_delivery", "respond")[i % 3]
        rows.append(a_promise(due, late_h=hours, kind=kind, consequence="safety", **again))
    return rows


lateness = st.lists(st.one_of(st.none(), st.floats(-40, 40).map(lambda h: round(h, 1))), min_size=1,
                    max_size=60)  # fmt: skip


@given(lateness)
def test_re_dating_a_promise_improves_no_evidence(late: list[float | None]) -> None:
    before, after = (shares(facts(promise=ledger(late, moved))) for moved in (False, True))
    assert before.keys() == after.keys()
    assert all(after[name] <= before[name] + 1e-12 for name in before)


def test_re_dating_changes_no_condition_either() -> None:
    late = [9.0, None, -1.0] * 5
    before, after = (
        evidence_of(records(facts(promise=ledger(late, moved))), tuple(EVIDENCES))
        for moved in (False, True)
    )
    for name, one in before.items():
        other = after[name]
        assert isinstance(one, Found) == isinstance(other, Found)
        if isinstance(one, Found) and isinstance(other, Found):
            assert (one.conditions, one.ceiling, one.should) == (
                other.conditions,
                other.ceiling,
                other.should,
            )


def test_a_case_without_its_class_or_owner_lowers_the_completeness() -> None:
    """Nothing can be left out in silence: what does not count stays in what should."""
    whole = found("P2", facts(promise=[a_restoring(-1), a_restoring(9)]))
    hidden = found("P2", facts(promise=[a_restoring(-1), a_restoring(9, consequence="unknown")]))
    assert whole.n / whole.should == 1 > hidden.n / hidden.should


def test_deleting_a_case_or_its_promise_lowers_the_completeness() -> None:
    """A promise still names the case; a grave case still stands there without its promise."""
    cases = [a_case(ownerless_s=0, consequence="safety") for _ in range(3)]
    promises = [a_restoring(-1, case_no=no, case_id=f"C{no}") for no in range(3)]
    whole = facts(case=cases, promise=promises)
    no_case = facts(case=cases[:2], promise=[*promises[:2], a_restoring(-1, case_id="C2")])
    no_promise = facts(case=cases, promise=promises[:2])
    for claim in ("R2", "M3"):
        assert complete(claim, whole) == 1 and complete(claim, no_case) == 2 / 3
    assert complete("P2", whole) == 1 and complete("P2", no_promise) == 2 / 3


def complete(claim: str, source: DuckFacts) -> float:
    one = found(claim, source)
    return one.n / one.should


def test_a_deleted_log_lowers_the_completeness() -> None:
    kept = [a_case(ownerless_s=0) for _ in range(4)]
    r2 = found("R2", facts(case=kept))
    gone = found("R2", facts(case=[*kept[:3], a_case()]))
    assert r2.n / r2.should == 1 and gone.n / gone.should == 0.75


def test_a_promise_that_the_customer_did_not_release_cannot_be_dropped() -> None:
    """Given up or never fulfilled stays in n; only the customer takes a promise out."""
    given_up = a_restoring(None, ended_s=UNTIL - 12 * DAY)
    assert (found("P2", facts(promise=[given_up])).k, found("P2", facts(promise=[given_up])).n) == (
        0,
        1,
    )
    released = a_restoring(None, released_s=UNTIL - 12 * DAY)
    unrecorded("P2", facts(promise=[released]))


def test_a_scope_cuts_rows_and_nothing_else() -> None:
    """Definitions are the same for every unit: neither cut points nor queries can be given."""
    rows = [a_restoring(-1, region="North"), a_restoring(9, region="South")]
    north, south = (found("P2", facts(promise=rows), region=name) for name in ("North", "South"))
    assert (north.k, north.n, south.k, south.n) == (1, 1, 0, 1)
    assert set(Scope.__dataclass_fields__) == {"region"}
    assert set(AsOf.__dataclass_fields__) == {"until_s", "zone", "covered", "targets_s"}
    every: tuple[Any, ...] = CLAIMS
    for claim in every:
        with pytest.raises(AttributeError):
            claim.cuts = (0.0, 0.0, 0.0, 0.0)


def test_an_unknown_region_finds_nothing_and_fails_nothing() -> None:
    rows = [a_restoring(-1, region="North")]
    here = records(facts(promise=rows, case=[a_case(region="North")]), scope=Scope("West"))
    assert all(isinstance(one, NoRecord) for one in evidence_of(here, tuple(EVIDENCES)).values())


def test_the_same_facts_give_the_same_evidence() -> None:
    source = facts(promise=ledger([9.0, None, -1.0] * 9, True), case=[a_case(), a_case(hours=4)])
    again = Records(closed(), source, AS_OF, Scope())
    assert repr(evidence_of(records(source), tuple(EVIDENCES))) == repr(
        evidence_of(again, tuple(EVIDENCES))
    )


def test_what_happens_after_the_moment_judged_has_not_happened() -> None:
    """Evidence as of a month ago does not know what was fulfilled since."""
    late = a_restoring(24 * 30, 20)
    p2 = found("P2", facts(promise=[late, a_restoring(-1)]))
    earlier = Records(closed(), facts(promise=[late, a_restoring(-1)]), AsOf(UNTIL - 15 * DAY),
                      Scope())  # fmt: skip
    before = EVIDENCES["stopped_restored"].of(earlier)
    assert isinstance(before, Found)
    assert (p2.n, before.n) == (2, 1) and before.cases[0].value == 5 * 24
