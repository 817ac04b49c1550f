"""The folder of a plan that is read beside: the same folder, or none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from study.planning.folders import a_folder

READ = """
import argparse, sys
from pathlib import Path
from wellkept.desk.cli import plan_reading

def beside(name):
    given = argparse.Namespace(folder=Path(name), recipe=None, zone=None)
    one = plan_reading.begin(given)
    return None if one is None else one.taken(), one

missing, process = beside(sys.argv[1] + "/nowhere")
print(process is not None, missing)
found, _ = beside(sys.argv[1])
print("duckdb" in sys.modules, plan_reading.begin(None))

from wellkept.study.planning.reading import read_plan_folder

read = read_plan_folder(Path(sys.argv[1]))
assert read.known == found.known and read.reading == found.reading
assert read.complaints == found.complaints
for table, many in read.rows.items():
    for one, other in zip(many, found.rows[table], strict=True):
        assert repr(one) == repr(other)
print(*sorted(read.rows))
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.cpu_count() == 1, reason="a second process needs a second core"
)
def test_a_folder_that_is_read_beside_is_the_same_and_a_missing_one_is_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(a_folder(tmp_path))],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True,
    )  # fmt: skip
    first, second, tables = done.stdout.splitlines() or [done.stderr] * 3
    assert first == "True None"
    assert second == "False None"  # NumPy is there by then, and may have threads
    assert tables == "asset contract demand location part stock where_used"
    assert done.returncode == 0 and done.stderr == ""
