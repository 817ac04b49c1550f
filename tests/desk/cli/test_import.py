"""The command itself, in a company of its own: try, write, again, undo."""

import json
import os
import subprocess
import sys
from pathlib import Path

from desk.exchange.folders import THREE


def test_the_command_tries_writes_and_takes_back(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "promises.csv").write_text(THREE)
    home = {**os.environ, "WELLKEPT_HOME": str(tmp_path / "home")}
    home.pop("WELLKEPT_DATABASE", None)

    def wellkept(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "wellkept", "import", *words]
        return subprocess.run(
            command, env=home, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )

    tried = json.loads(wellkept(str(folder), "--dry-run", "--json", "--zone", "UTC").stdout)
    assert (tried["state"], tried["counts"]["promise"]["create"]) == ("tried", 3)
    written = json.loads(wellkept("--resume", str(tried["run"]), "--json").stdout)
    assert (written["state"], written["counts"]["promise"]["create"]) == ("applied", 3)
    back = wellkept("--undo", str(tried["run"]))
    assert "is taken back" in back.stdout and back.returncode == 0
    assert "undone" in wellkept("--runs").stdout
    assert wellkept("--undo", "99").returncode == 2
