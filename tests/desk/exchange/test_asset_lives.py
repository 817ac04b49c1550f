"""Where registers say that assets are in their life comes in, and what people said stays."""

from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import DAY, MONDAY
from databases import undone
from desk.exchange.folders import a_folder, bring, counted, held, told
from desk.exchange.test_foretelling import tried_and_brought
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.undoing import undo
from wellkept.record.installed_base.actions import change_state
from wellkept.record.installed_base.models import Asset, AssetEvent
from wellkept.record.installed_base.rules import (
    State,
    is_behind,
    may_become,
    way_to,
)
from wellkept.record.journal.models import Entry

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

HEAD = "Equipment;Bezeichnung;Seriennummer;Kunde;Status\n"


def register(*words: str) -> str:
    """Write a register of as many assets as words."""
    rows = (f"E-{n};Pumpe;S-{n};Nord;{word}\n" for n, word in enumerate(words, 1))
    return HEAD + "".join(rows)


def states() -> list[str]:
    """Give the states of all assets, by number."""
    return list(Asset.objects.order_by("number").values_list("state", flat=True))


def become(number: str, state: State, at: int) -> None:
    """Have somebody say at the desk in which state an asset is."""
    one = [Asset.objects.get(number=number)]
    moment = MONDAY + at * DAY
    change_state(assets=one, state=state, reason="worn", happened_at=moment, at=moment, by=None)


def test_a_register_says_the_state_and_an_unknown_word_is_told_where_it_stands(
    tmp_path: Path,
) -> None:
    """The row keeps the rest; a word of which nothing is known changes nothing."""
    nothing = held()
    folder = a_folder(
        tmp_path / "in",
        anlagen=register("In Betrieb", "Lager", "verschrottet", "Defekt?", "", "bestellt"),
    )
    run = tried_and_brought(folder, MONDAY)
    assert states() == ["in_use", "idle", "retired", "in_use", "in_use", "ordered"]
    (problem,) = run.plan["problems"]["noted"]
    assert (problem["why"], problem["noun"], problem["count"]) == (reasons.NO_LIFE.text, "asset", 1)
    (row,) = problem["rows"]
    assert (row["line"], row["column"], row["value"]) == (5, "Status", "Defekt?")
    assert Asset.objects.get(number="E-4").serial == "S-4"
    once = held()
    assert counted(bring(folder, MONDAY + DAY), "asset") == (0, 0, 6, 0) and held() == once
    undo(run, now=MONDAY + 2 * DAY, by=None)
    assert held(keys=False, but=("last_number",)).keys() - nothing.keys() <= {"organisation.role"}


def test_what_the_register_says_otherwise_is_taken_and_what_people_said_stays(
    tmp_path: Path,
) -> None:
    """One changed here stays as it is until the source itself says something new; undone is undone.

    What was retired comes back through idle, and the log has both.
    """
    bring(a_folder(tmp_path / "in", anlagen=register("In Betrieb", "Aktiv", "Retired", "InStock")))
    become("E-1", State.IDLE, 1)
    before = (states(), AssetEvent.objects.count())
    later = register("In Betrieb", "INAC DLFL", "In use", "In Reparatur")
    run = tried_and_brought(a_folder(tmp_path / "in", anlagen=later), MONDAY + 2 * DAY)
    assert counted(run, "asset") == (0, 3, 1, 0)
    assert states() == ["idle", "retired", "in_use", "idle"]
    assert run.at is not None
    log = AssetEvent.objects.filter(recorded_at=run.at).order_by("pk")
    assert list(log.values_list("asset__number", "old", "new", "reason")) == [
        ("E-2", "in_use", "retired", "imported"),
        ("E-3", "retired", "idle", "imported"),
        ("E-3", "idle", "in_use", "imported"),
    ]
    done = Entry.objects.filter(verb__endswith="change_state", done_at=run.at)
    assert done.count() == 3, "a row of the journal for each step, however many assets"
    again = bring(tmp_path / "in", MONDAY + 3 * DAY)
    assert counted(again, "asset") == (0, 0, 4, 0)
    undo(again, now=MONDAY + 4 * DAY, by=None)
    undo(run, now=MONDAY + 4 * DAY, by=None)
    assert (states(), AssetEvent.objects.count()) == before


def test_a_first_word_fills_what_nobody_said_and_changes_nothing_else(tmp_path: Path) -> None:
    """Assets that others named are in use until somebody says otherwise: they were installed, too.

    A state that the asset cannot take any more, and one that people said otherwise, are told.
    """
    bare = "serial number,model,customer\n" + "".join(f"E-{n},Pump,Nord\n" for n in range(1, 7))
    bring(a_folder(tmp_path / "in", assets=bare))
    become("E-1", State.IDLE, 1)
    words = ("Retired", "Retired", "Installed", "Ordered", "In use", "Broken")
    run = tried_and_brought(a_folder(tmp_path / "in", anlagen=register(*words)), MONDAY + 2 * DAY)
    assert states() == ["idle", "retired", "in_use", "in_use", "in_use", "in_use"]
    assert {(why, rows[0]["value"]) for _, _, why, _, _, rows in told(run, "applied")} == {
        (reasons.OTHER_LIFE.text, "Retired"),
        (reasons.NO_WAY.text, "Ordered"),
        (reasons.NO_LIFE.text, "Broken"),
    }
    undo(run, now=MONDAY + 3 * DAY, by=None)
    assert set(states()) == {"idle", "in_use"}


def test_another_system_said_it_first(tmp_path: Path) -> None:
    """Of two systems that contradict each other the first one's word stays, and that is told."""
    bring(a_folder(tmp_path / "in", anlagen=register("In use", "In use")), system="erp")
    folder = a_folder(tmp_path / "in", anlagen=register("Retired", "In use"))
    run = bring(folder, MONDAY + DAY, system="crm")
    assert states() == ["in_use", "in_use"]
    assert [one[2] for one in told(run, "applied")] == [reasons.OTHER_LIFE.text]


def test_a_yes_says_the_state_that_the_header_names_and_the_recipe_wins(tmp_path: Path) -> None:
    rows = "".join(f"E-{n},Pump,Nord,{'yes' if n % 2 else 'no'}\n" for n in range(1, 5))
    bring(a_folder(tmp_path / "in", assets="serial number,model,customer,in service\n" + rows))
    assert states() == ["in_use", "idle", "in_use", "idle"]
    folder = a_folder(tmp_path / "in", anlagen=register(*["Defekt"] * 3, "Weg"))
    (folder / "wellkept.toml").write_text(
        '[[table]]\nfile = "anlagen.csv"\n[table.words.asset_life]\nDefekt = "none"\n'
        'Weg = "retired"\n'
    )
    run = bring(folder, MONDAY + DAY)
    assert told(run, "applied") == [] and states()[:2] == ["in_use", "idle"]


MEANS = {
    "": "", "Kaputt": "", "In Betrieb": "in_use", "Lager": "idle", "Retired": "retired",
    "Installed": "installed", "On order": "ordered",
}  # fmt: skip
ASSETS, MONTHS = 8, 3
one_asset = st.tuples(
    st.lists(st.sampled_from(sorted(MEANS)), min_size=MONTHS, max_size=MONTHS),
    st.lists(st.none() | st.sampled_from(State), min_size=MONTHS, max_size=MONTHS),
)


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(lives=st.lists(one_asset, min_size=ASSETS, max_size=ASSETS))
def test_only_what_the_source_changed_is_taken_over(
    tmp_path: Path, lives: list[tuple[list[str], list[State | None]]]
) -> None:
    """Month by month a state moves only by a new word of the file, and by hand in between."""
    with undone(connection):
        said, touched = [""] * ASSETS, [False] * ASSETS
        for month in range(MONTHS):
            words = [words[month] for words, _ in lives]
            before = states() or ["in_use"] * ASSETS
            folder = a_folder(tmp_path / "in", anlagen=register(*words, "Aktiv"))
            bring(folder, MONDAY + 2 * month * DAY)
            for n, word in enumerate(words):
                then, now, means = State(before[n]), State(states()[n]), MEANS[word]
                new = means not in ("", said[n]) and (said[n] or not touched[n])
                if not new:
                    assert now == then
                elif month == 0:
                    assert now == means
                else:
                    stays = is_behind(then, State(means)) or not way_to(then, State(means))
                    assert now == (then if stays else means)
                said[n], touched[n] = means, touched[n] and now == then
                by_hand = lives[n][1][month]
                if by_hand and may_become(now, by_hand):
                    become(f"E-{n + 1}", by_hand, 2 * month + 1)
                    touched[n] = True
