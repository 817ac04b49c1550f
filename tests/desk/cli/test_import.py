"""The command itself, in a company of its own: try, write, again, undo."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.test import override_settings

from databases import on
from desk.cli.conftest import Said
from desk.exchange.folders import THREE
from wellkept.desk.cli.main import run
from wellkept.home import DATABASE_FILE, sqlite


def test_the_command_tries_writes_and_takes_back(tmp_path: Path, capsys: Said) -> None:
    """Two processes try and write; what is asked of the same company after needs none anew."""
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
    company = tmp_path / "home"
    with on(sqlite(company / DATABASE_FILE)), override_settings(HOME=company):
        assert run(["import", "--undo", str(tried["run"])]) == 0
        assert "is taken back" in capsys.readouterr().out
        assert run(["import", "--runs"]) == 0
        assert "undone" in capsys.readouterr().out
        assert run(["import", "--undo", "99"]) == 2
