"""Small folders of exports for the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

PROMISES = """Promise ID,Customer,Asset,Owner,Region,Promised date,Delivered on
P1,Clinic Nord,A1,Alma,North,2026-03-02,2026-03-09
P2,Dairy Ost,A2,Bruno,South,2026-03-03,2026-03-03
P3,Clinic Nord,A1,,North,2026-03-04,
P4,Dairy Ost,A2,Bruno,South,2026-03-05,2026-03-12
"""
CASES = """Case,Customer,Priority,Opened,Resolved
C1,Clinic Nord,high,2026-03-02 08:00,2026-03-02 10:00
C2,Dairy Ost,low,2026-03-03 08:00,2026-03-05 08:00
C3,Clinic Nord,high,2026-03-04 08:00,
C4,Dairy Ost,low,2026-03-05 08:00,2026-03-05 20:00
C5,Dairy Ost,low,2026-03-06 08:00,2026-03-06 09:00
C6,Dairy Ost,low,2026-03-06 08:00,2026-03-16 08:00
"""

Said = pytest.CaptureFixture[str]
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write files into a folder: `folder(promises=..., recipe=...)`."""

    def made(**files: str | bytes) -> Path:
        there = tmp_path / "exports"
        there.mkdir(exist_ok=True)
        for name, content in files.items():
            path = there / ("wellkept.toml" if name == "recipe" else f"{name}.csv")
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return there

    return made
