"""Exports as many systems write them, read from `dialects/*.txt`.

Each begins with `== name: shape`; then one line a column, `header | values … => role`. The headers
are those of the systems, the values are made up; `-` says: no role, a segment.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "dialects"


@dataclass(frozen=True, slots=True)
class Export:
    """One export and what is to be recognised in it."""

    name: str
    shape: str
    roles: dict[str, str]  # header → role or "-"
    rows: list[list[str]]

    @property
    def headers(self) -> list[str]:
        """The headers in their order."""
        return list(self.roles)


def _export(text: str) -> Export:
    title, *lines = text.strip().splitlines()
    name, _, shape = title.partition(": ")
    roles, columns = {}, []
    for line in lines:
        left, _, role = line.rpartition("=>")
        header, *values = (cell.strip() for cell in left.split("|"))
        roles[header] = role.strip()
        columns.append(values)
    assert len({len(values) for values in columns}) == 1, (
        f"{name}: each column needs as many values"
    )
    return Export(name, shape, roles, [list(row) for row in zip(*columns, strict=True)])


def _all() -> dict[str, Export]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
    parts = [part for text in texts for part in f"\n{text}".split("\n== ")[1:]]
    found = [_export(part) for part in parts]
    assert len({one.name for one in found}) == len(found), "two exports have one name"
    return {one.name: one for one in found}


EXPORTS = _all()
