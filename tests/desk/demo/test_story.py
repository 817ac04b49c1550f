"""The story: the average looks fine, and five things behind it do not."""

import pytest

from desk.demo.conftest import Demo


def test_by_the_dates_said_today_the_company_looks_fine(demo: Demo) -> None:
    kept = demo.truth.kept
    assert 0.945 <= kept.by_current / kept.due <= 0.965


def test_by_the_dates_first_given_it_does_not(demo: Demo) -> None:
    kept = demo.truth.kept
    assert 0.83 <= kept.by_judged / kept.due <= 0.875
    assert kept.by_first < kept.by_judged < kept.by_current


def test_about_every_tenth_promise_was_moved_by_us_and_mostly_in_its_last_hours(
    demo: Demo,
) -> None:
    moves = demo.truth.moves
    assert 0.085 <= moves.promises_moved_by_us / demo.truth.kept.due <= 0.115
    assert moves.in_the_last_three_hours > 0.7 * (moves.asked_by_us + moves.asked_by_nobody)
    assert moves.asked_by_nobody > 100
    assert moves.asked_by_customer > 100


def test_who_stands_still_is_let_down_most(demo: Demo) -> None:
    critical, all_restores = demo.truth.critical_restore, demo.truth.kept_by_kind["restore"]
    assert critical.due > 400
    assert critical.share < 0.70
    assert critical.share < all_restores.share - 0.1
    assert demo.truth.kept_when_it_mattered.share < demo.truth.kept.share


def test_the_middle_restoring_needs_half_of_what_was_promised(demo: Demo) -> None:
    assert demo.truth.tail.median_share_of_promise < 0.6


def test_the_worst_tenth_waits_for_parts_and_mostly_for_one(demo: Demo) -> None:
    tail = demo.truth.tail
    assert tail.waited_for_a_part / tail.cases > 4 * tail.waited_for_a_part_in_the_rest
    assert tail.waited_for_the_scarce_part > tail.waited_for_a_part / 2


def test_in_the_north_nobody_has_a_quarter_of_the_time(demo: Demo) -> None:
    north, west, south = (demo.truth.ownerless[name] for name in ("North", "West", "South"))
    assert north.share > 0.15
    assert max(west.share, south.share) < 0.04
    assert len(north.now) > len(west.now) + len(south.now)
    assert demo.truth.departed_owner_h > 0


def test_in_the_north_many_cases_never_hear_a_word(demo: Demo) -> None:
    shares = {
        region: number / demo.truth.cases_by_region[region]
        for region, number in demo.truth.unacknowledged.items()
    }
    assert shares["North"] > 0.05
    assert max(shares["West"], shares["South"]) < 0.02


def test_two_teams_send_cases_back_to_each_other(demo: Demo) -> None:
    handoffs = demo.truth.handoffs
    assert handoffs.cases_with_bounces > 200
    assert handoffs.most >= 6
    assert handoffs.cases_with_bounces < 0.1 * demo.truth.counts["cases"]  # the median sees nothing


@pytest.mark.parametrize("name", ["Clinic Nord", "Valbruna Dairy"])
def test_two_customers_bear_twice_their_part_of_the_failures(demo: Demo, name: str) -> None:
    hurt = demo.truth.hurt[name]
    assert hurt.share_of_failures > 1.8 * hurt.share_of_due
    assert hurt.failed / hurt.due > 0.25


def test_valbruna_dairy_falls_silent_and_says_nothing(demo: Demo) -> None:
    quarters = demo.truth.hurt["Valbruna Dairy"].cases_by_quarter
    usual = sum(quarters[:-2]) / len(quarters[:-2])
    assert quarters[-1] < 0.5 * usual
    loud = demo.truth.hurt["Clinic Nord"].cases_by_quarter
    assert loud[-1] > 0.5 * sum(loud[:-2]) / len(loud[:-2])


def test_clinic_nord_waits_on_the_monday_and_nobody_has_it(demo: Demo) -> None:
    worst = demo.truth.worst[0]
    assert worst.customer == "Clinic Nord"
    assert worst.consequence == "safety"
    assert worst.owed
    assert worst.owner is None
    assert demo.truth.owed[0] == worst


def test_by_the_date_said_today_clinic_nord_does_not_even_wait(demo: Demo) -> None:
    number = demo.truth.worst[0].number
    promise = next(p for p in demo.company.promises if p.number == number)
    assert promise.current_due_s > demo.company.monday_s > promise.judged_due_s
    assert len(promise.moves) == 3


def test_promises_are_broken_and_still_owed_on_the_monday(demo: Demo) -> None:
    assert 25 <= demo.truth.owed_now <= 90
    assert len({one.customer for one in demo.truth.owed}) > 5


def test_quotes_have_been_late_every_month_for_two_years(demo: Demo) -> None:
    months = [month for month in demo.truth.quotes if month.due >= 5]
    last_two_years, before = months[-24:-1], months[:-25]
    assert all(month.failed / month.due > 0.15 for month in last_two_years)
    assert sum(m.failed for m in before) / sum(m.due for m in before) < 0.3
    late = sum(m.failed for m in last_two_years) / sum(m.due for m in last_two_years)
    assert late > 0.35


def test_one_family_got_worse_beyond_chance_in_the_last_half_year(demo: Demo) -> None:
    worse = demo.truth.worse
    assert worse.family == "Kelda"
    assert len(worse.signals) >= 2
    recent = [month for month in worse.months if month.month >= min(worse.signals)]
    failed = sum(month.failed for month in recent) / sum(month.due for month in recent)
    assert failed > 1.5 * worse.limit_share


def test_some_assets_are_down_now(demo: Demo) -> None:
    down = demo.truth.down
    assert 5 <= down.still_down <= 60
    assert down.unplanned < down.downtimes
    assert down.unplanned_h > down.planned_h
