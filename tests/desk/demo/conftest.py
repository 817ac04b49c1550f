"""The demo company, made once: its folder, its truth, and the records that it was written from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from wellkept.desk.demo.blemishes import Blemishes
from wellkept.desk.demo.folder import write_demo
from wellkept.desk.demo.making import make
from wellkept.desk.demo.records import Company
from wellkept.desk.demo.truth import Truth
from wellkept.study.facts.folder import Asked, FolderFacts, open_folder

MONDAY = date(2026, 11, 16)
SEED = 7


@dataclass(frozen=True, slots=True)
class Demo:
    """What a test may look at."""

    folder: Path
    truth: Truth
    company: Company
    blemishes: Blemishes


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Write the folder, and make the same company a second time to look into it."""
    folder = tmp_path_factory.mktemp("demo") / "corvane"
    truth = write_demo(folder, monday=MONDAY, seed=SEED)
    company, blemishes = make(MONDAY, SEED)
    return Demo(folder, truth, company, blemishes)


@pytest.fixture(scope="session")
def opened(demo: Demo) -> Iterator[FolderFacts]:
    """The facts of the folder, by region, as they stand on the Monday."""
    now = datetime.combine(MONDAY, datetime.min.time(), UTC) + timedelta(hours=9)
    with open_folder(demo.folder, Asked(now_s=int(now.timestamp()), by="region")) as facts:
        yield facts
