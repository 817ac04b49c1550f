"""Recognition beyond the headers: values alone, registers, and the recipe that comes first."""

from __future__ import annotations

import pytest

from record.sources.profiled import a_table, roles_of, understood
from wellkept.record.sources.folder import recognise_folder
from wellkept.record.sources.recipe import BadRecipe, Choice, Recipe, StatedWords, TableRecipe
from wellkept.record.sources.understanding import PairCheck

DAYS = [f"2024-03-{day:02d} 08:00:00" for day in range(1, 29)]


# Values alone


def dated(rows: int = 60) -> list[list[str]]:
    """Cases whose two moments have headers that say nothing."""
    state = ["Closed", "Open", "Resolved", "In progress"]
    return [
        [
            f"K-{i:03d}",
            f"2024-03-{1 + i % 20:02d} 08:{i % 60:02d}:00",
            "" if i % 10 == 0 else f"2024-03-{3 + i % 20:02d} 09:00:00",
            state[i % 4],
        ]
        for i in range(rows)
    ]


ORDERED = [PairCheck("c1", "c2", both=54, ordered=54), PairCheck("c2", "c1", both=54, ordered=0)]


def test_two_dates_without_names_are_told_apart_when_one_always_comes_first() -> None:
    one = understood("Nr. X; Date 1; Date 2; Kind of thing", dated(), pairs=ORDERED)
    assert one.shape == "case"
    assert roles_of(one) == {
        "reported": "Date 1",
        "closed": "Date 2",
        "state": "Kind of thing",
        "case_id": "Nr. X",
    }
    assert {column.how for column in one.roles.values()} == {"values"}
    assert sum("from its values alone" in said for said in one.why) == 4


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [PairCheck("c1", "c2", both=54, ordered=50)],
        [PairCheck("c1", "c2", both=20, ordered=20)],
        [PairCheck("c1", "c2", both=54, ordered=54, equal=50)],
    ],
    ids=["nobody counted", "not always", "too few", "nearly always the same"],
)
def test_on_weak_evidence_two_dates_stay_without_a_role_and_that_is_said(
    pairs: list[PairCheck],
) -> None:
    one = understood("Nr. X; Date 1; Date 2; Kind of thing", dated(), pairs=pairs)
    assert one.shape == "none"
    assert one.roles == {}
    assert any("‘Date 1’ and ‘Date 2’ hold moments" in said for said in one.why)


def test_a_folder_asks_for_the_order_only_where_no_header_explains_the_moments() -> None:
    asked = []

    def order(table: object, pairs: object) -> list[PairCheck]:
        asked.append(pairs)
        return ORDERED

    named = a_table("Ticket; Created; Closed", [["T-1", DAYS[0], DAYS[1]]] * 2, "named.csv")
    unnamed = a_table("Nr. X; Date 1; Date 2; Kind of thing", dated(), "unnamed.csv")
    found = recognise_folder([named, unnamed], order=order)
    assert [one.shape for one in found] == ["case", "case"]
    assert asked == [[("c1", "c2"), ("c2", "c1")]]


def test_a_state_is_known_by_its_words_under_any_header() -> None:
    rows = [
        [f"T-{i}", DAYS[i], word]
        for i, word in enumerate(["Closed", "Open", "In progress", "Closed"])
    ]
    one = understood("Ticket; Created; Ampel", rows)
    assert one.roles["state"].header == "Ampel"
    assert one.roles["state"].how == "values"


# Registers


def outages_of(names: list[str]) -> list[list[str]]:
    return [[name, DAYS[i], DAYS[i + 1]] for i, name in enumerate(names)]


def test_a_register_without_telling_headers_is_found_by_the_names_that_it_shares() -> None:
    lifts = [f"EL{i}" for i in range(12)]
    outages = a_table("elevator; out_of_service; back in service", outages_of(lifts), "log.csv")
    places = a_table("mta_id; station", [[lift, f"Station {lift[-1]}"] for lift in lifts], "x.csv")
    _, register = recognise_folder([outages, places])
    assert (register.shape, roles_of(register)) == ("asset", {"asset": "mta_id", "site": "station"})
    assert register.roles["asset"].how == "values"
    assert any("has 100% of the values that ‘log.csv’ names as asset" in s for s in register.why)


def test_people_and_stock_that_name_assets_are_not_their_register() -> None:
    lifts = [f"EL{i}" for i in range(12)]
    outages = a_table("elevator; out_of_service; back in service", outages_of(lifts), "log.csv")
    stock = a_table("for lift; quantity", [[lift, str(i)] for i, lift in enumerate(lifts)], "s.csv")
    _, other = recognise_folder([outages, stock])
    assert other.shape == "none"
    assert "stock" in other.why[0]


def test_a_list_of_people_is_no_list_of_cases() -> None:
    rows = [["Ann", "Lee", "Nurse", "2020-01-01", "2021-01-01"]] * 3
    one = understood("First Name; Last Name; Job Title; Start Date; End Date", rows)
    assert one.shape == "none"
    assert "people" in one.why[0]


def test_two_files_with_the_same_rows_under_other_columns_are_suspected() -> None:
    rows = [[f"T-{i:02d}", DAYS[i % 28], DAYS[i % 28]] for i in range(24)]
    first = a_table("Ticket; Created; Closed", rows, "a.csv")
    second = a_table("Ticket; Created; Closed; Colour", [[*row, "red"] for row in rows], "b.csv")
    found = recognise_folder([first, second])
    assert not found[0].suspicions
    assert any("everything may count twice" in one.text for one in found[1].suspicions)


# The recipe comes first


def test_what_the_recipe_states_wins_over_the_headers() -> None:
    recipe = TableRecipe(columns={"reported": Choice(("Received",)), "due": Choice(("When",))})
    rows = [[f"T-{i}", DAYS[i], DAYS[i + 1], DAYS[i + 2]] for i in range(4)]
    one = understood("Ticket; Opened; Received; When", rows, recipe=recipe)
    assert roles_of(one)["reported"] == "Received"
    assert one.roles["reported"].how == "recipe"
    assert roles_of(one)["due"] == "When"
    assert one.roles["case_id"].how == "header"


def test_of_several_stated_headers_the_first_that_the_file_has_is_taken() -> None:
    recipe = TableRecipe(columns={"asset": Choice(("Lift", "Elevator"))})
    one = understood("Elevator; Created", [["E1", DAYS[0]], ["E2", DAYS[1]]], recipe=recipe)
    assert one.roles["asset"].header == "Elevator"


def test_a_recipe_may_switch_recognition_off() -> None:
    recipe = TableRecipe(
        shape="case", columns={"reported": Choice(("When",))}, guess=False, ignore=("Colour",)
    )
    rows = [["T-1", DAYS[0], "red", "Open"], ["T-2", DAYS[1], "blue", "Closed"]]
    one = understood("Ticket; When; Colour; State", rows, recipe=recipe)
    assert roles_of(one) == {"reported": "When"}
    assert [one.headers[key] for key in one.segments] == ["Ticket", "State"]
    assert [one.headers[key] for key in one.ignored] == ["Colour"]


def test_a_date_and_its_time_of_day_in_two_columns_are_read_together() -> None:
    recipe = TableRecipe(columns={"reported": Choice(("Tag",), time="Uhr")})
    rows = [["T-1", "04.03.2024", "08:11"], ["T-2", "05.03.2024", "09:30"]]
    one = understood("Ticket; Tag; Uhr", rows, recipe=recipe)
    assert one.roles["reported"].clock_key == "c2"
    assert [form.pattern for form in one.roles["reported"].formats] == ["%d.%m.%Y %H:%M"]
    assert one.roles["reported"].formats[0].precision == "moment"


def test_the_words_of_the_recipe_win() -> None:
    recipe = TableRecipe(
        words=StatedWords(
            state={"Purple": "waiting on part", "Open": "in_work"},
            consequence={"2 - High": "degraded"},
            nobody=("Dispatch",),
        )
    )
    rows = [
        ["T-1", DAYS[0], "Purple", "2 - High", "Dispatch"],
        ["T-2", DAYS[1], "Open", "2 - High", "Alma"],
    ]
    one = understood("Ticket; Created; State; Priority; Owner", rows, recipe=recipe)
    assert one.words.state["Purple"].waiting_on == "part"
    assert one.words.state["Open"].state == "in_work"
    assert one.words.consequence == {"2 - High": "degraded"}
    assert one.words.nobody == ("Dispatch",)
    assert not one.unknown_words


def test_a_stated_header_that_the_file_lacks_is_refused_with_its_name() -> None:
    recipe = TableRecipe(columns={"reported": Choice(("Openned",))})
    with pytest.raises(BadRecipe, match=r"columns\.reported.*‘Openned’.*‘export\.csv’"):
        understood("Ticket; Opened", [["T-1", DAYS[0]]], recipe=recipe)


def test_a_stated_shape_whose_needs_are_not_met_is_refused() -> None:
    recipe = TableRecipe(shape="downtime")
    with pytest.raises(BadRecipe, match="no column gives asset and down_from"):
        understood("Ticket; Colour", [["T-1", "red"]], recipe=recipe)


def test_a_table_that_the_recipe_calls_none_is_left_alone() -> None:
    rows = [[f"T-{i}", DAYS[i], DAYS[i + 1]] for i in range(3)]
    one = understood("Ticket; Created; Closed", rows, recipe=TableRecipe(shape="none"))
    assert (one.shape, one.roles) == ("none", {})


def test_a_folder_s_recipe_is_checked_before_anything_is_recognised() -> None:
    table = a_table("Ticket; Created", [["T-1", DAYS[0]]], "cases.csv")
    with pytest.raises(BadRecipe, match="meets no file"):
        recognise_folder([table], Recipe(tables=(TableRecipe(file="case.csv"),)))
