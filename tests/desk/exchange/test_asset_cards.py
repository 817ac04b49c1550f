"""What registers say of an asset itself comes in, follows them, and leaves what people wrote."""

from datetime import date
from pathlib import Path

import pytest

from builders import DAY, MONDAY
from desk.exchange.folders import a_folder, bring, counted, held, told, tried
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.undoing import undo
from wellkept.record.installed_base.actions import edit_asset
from wellkept.record.installed_base.models import Asset, AssetExternalId, Placement

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

HEAD = (
    "Equipment;Seriennummer;Materialnummer;Kunde;Standort;Inbetriebnahme;Garantie bis;"
    "Softwarestand;Kritikalität\n"
)
E1 = "E-1;S|001;4711;Nord;Halle 1;01.02.2024;31.01.2026;4.2;\n"
E2 = "E-2;S-002;4711;Nord;Halle 2;01.06.2026;;4.1;\n"
E3 = "E-3;;4711;Süd;Werk;;;;\n"
LONG = f"E-4;{'S' * 120};4711;Süd;Werk;;;{'4' * 60};\n"


def cards() -> list[tuple[object, ...]]:
    """Give what the record holds of each asset itself."""
    names = ("number", "serial", "installed_on", "warranty_until_on", "software_revision")
    return list(Asset.objects.order_by("number").values_list(*names))


def test_a_register_fills_the_card_and_places_since_the_installation(tmp_path: Path) -> None:
    """Installed at midnight of the folder's zone; a day to come is no beginning yet."""
    folder = a_folder(tmp_path / "in", anlagen=HEAD + E1 + E2 + E3 + LONG)
    nothing = held()
    run = bring(folder)
    assert cards() == [
        ("E-1", "S|001", date(2024, 2, 1), date(2026, 1, 31), "4.2"),
        ("E-2", "S-002", date(2026, 6, 1), None, "4.1"),
        ("E-3", "", None, None, ""),
        ("E-4", "S" * 120, None, None, "4" * 60),
    ]
    said = AssetExternalId.objects.values_list("said", flat=True)
    assert max(map(len, said)) < 100, "what a source says has 200 characters in the record"
    begun = Placement.objects.current().order_by("asset__number").values_list("from_at", flat=True)
    assert [one and one.isoformat() for one in begun] == ["2024-01-31T23:00:00+00:00", *[None] * 3]
    assert counted(bring(folder, MONDAY + DAY), "asset") == (0, 0, 4, 0)
    undo(run, now=MONDAY + 2 * DAY, by=None)
    assert held(keys=False, but=("last_number",)).keys() - nothing.keys() <= {"organisation.role"}
    assert not cards()


def test_what_the_source_changed_is_taken_over_and_what_people_wrote_stays(tmp_path: Path) -> None:
    """A serial that a person corrected stays, though the same row brings a new revision."""
    bring(a_folder(tmp_path / "in", anlagen=HEAD + E1 + E2 + E3))
    first = Asset.objects.get(number="E-1")
    edit_asset(
        asset=first, changes={"serial": "S|001X"}, seen=first.version, at=MONDAY + DAY, by=None
    )
    before = cards()
    later = HEAD + E1.replace("4.2", "5.0") + E2 + E3.replace("E-3;", "E-3;S-003")
    run = bring(a_folder(tmp_path / "in", anlagen=later), MONDAY + 2 * DAY)
    assert counted(run, "asset") == (0, 2, 1, 0)
    assert [(one[1], one[4]) for one in cards()] == [
        ("S|001X", "5.0"),
        ("S-002", "4.1"),
        ("S-003", ""),
    ]
    undo(run, now=MONDAY + 3 * DAY, by=None)
    assert cards() == before


def test_one_serial_at_two_assets_and_dates_that_contradict_are_told_before(tmp_path: Path) -> None:
    """Each asset is kept; a case that names the shared serial is of neither, and that is said."""
    twice = E1.replace("|", "-") + E2.replace("S-002", "S-001").replace(
        "01.06.2026;", "01.03.2025;01.01.2020"
    )
    cases = "Fallnummer;Gemeldet am;Kunde;Seriennummer\nC1;05.01.2026 09:00;Nord;S-001\n"
    cases += "C2;06.01.2026 09:00;Süd;S-003\nC3;07.01.2026 09:00;Süd;S-003\n"
    files = {"anlagen": HEAD + twice + E3.replace("E-3;", "E-3;S-003"), "faelle": cases}
    folder = a_folder(tmp_path / "in", **files)
    run = tried(folder)
    foretold = {
        (why, count) for _, noun, why, _, count, _ in told(run, "problems") if noun == "asset"
    }
    assert foretold == {(reasons.SERIAL_TWICE.text, 2), (reasons.WARRANTY_BEFORE.text, 1)}
    said = " ".join(one["text"] for one in run.plan["understood"]["suspicions"])
    assert "such as ‘S-001’" in said
    bring(folder)
    assert [one[:2] for one in cards()] == [
        ("E-1", "S-001"), ("E-2", "S-001"), ("E-3", "S-003"), ("S-001", ""),
    ]  # fmt: skip
    doubted = Asset.objects.exclude(doubt="").order_by("number").values_list("number", flat=True)
    assert list(doubted) == ["E-2", "S-001"]


def test_a_register_with_gaps_knows_its_customers_by_number_and_by_name(tmp_path: Path) -> None:
    """Who has no number yet is known by name; a number without its zeros is the register's."""
    customers = "Kundennummer;Name\n000123;Klinik Süd\n000124;Werk Nord\n;Ohne Nummer\n"
    cases = (
        "Fallnummer;Gemeldet am;Kunde\nC1;05.01.2026 09:00;123\nC2;06.01.2026 09:00;000124\n"
        "C3;07.01.2026 09:00;Ohne Nummer\n"
    )
    run = tried(a_folder(tmp_path / "in", kunden=customers, faelle=cases))
    assert counted(run, "customer") == (3, 0, 0, 0)
    (said,) = (
        one["text"] for one in run.plan["understood"]["suspicions"] if "zeros" in one["text"]
    )
    assert said.startswith("1 of the names of assets, sites and customers")
