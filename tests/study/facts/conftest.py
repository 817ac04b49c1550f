"""The small company at work in a record, made once where it can be copied."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from databases import copied, on


@pytest.fixture(scope="session")
def kept_company(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file in which the small company has done its three weeks, for copies."""
    from study.facts.one_company import through_verbs

    settings = copied(sqlite_template, tmp_path_factory.mktemp("company"))
    with on(settings):
        through_verbs()
    return Path(settings["NAME"])


@pytest.fixture
def company(committed: Any, request: pytest.FixtureRequest) -> Any:
    """Give a record in which the small company has done its three weeks: on SQLite a copy."""
    from study.facts.one_company import through_verbs

    if committed.vendor == "postgresql":
        through_verbs()
        return committed
    kept = request.getfixturevalue("kept_company")
    committed.close()
    shutil.copy(kept, committed.settings_dict["NAME"])
    return committed
