"""Run a benchmark on a PostgreSQL of its own: durable, as a company would run one.

    .venv/bin/python benchmarks/on_postgres.py FOLDER [-c NAME=VALUE ...] COMMAND ...

The cluster of FOLDER is made where there is none, started on a socket in that folder, and
stopped when the command has ended; WELLKEPT_DATABASE names its database `wellkept`. Every commit
is on the disk before it is answered. SETTINGS are those of a server with some memory; `-c` says
others. As root the server runs as `nobody`, from a copy of the wheel in FOLDER, as tests do.
"""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import postgres

NAME = "wellkept"
SETTINGS = {
    "max_connections": "100",
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
}
"""What the server is told; all else is as PostgreSQL comes."""


def arguments(said: list[str]) -> tuple[dict[str, str], list[str]]:
    """Give the settings that `-c` names, and the command after them; ValueError without `=`."""
    settings = dict(SETTINGS)
    while said[:1] == ["-c"]:
        name, equals, value = said[1].partition("=")
        if not equals:
            raise ValueError(f"{said[1]!r} is no setting; write -c NAME=VALUE.")
        settings[name] = value
        said = said[2:]
    return settings, said


def begin(folder: Path, settings: dict[str, str]) -> str:
    """Start the cluster, make its database where there is none; give its address."""
    folder.mkdir(parents=True, exist_ok=True)
    postgres.start(folder, " ".join(shlex.quote(f"-c{k}={v}") for k, v in settings.items()))
    with psycopg.connect(postgres.address(folder, "postgres"), autocommit=True) as connection:
        there = connection.execute("select 1 from pg_database where datname = %s", (NAME,))
        if there.fetchone() is None:
            connection.execute(f"create database {NAME}")
    return postgres.address(folder, NAME)


def main(folder: Path, said: list[str]) -> int:
    """Run the command beside the server; gives what it returned."""
    settings, command = arguments(said)
    address = begin(folder, settings)
    print("PostgreSQL:", ", ".join(f"{name} {value}" for name, value in settings.items()))
    sys.stdout.flush()
    # What ends us from outside ends the command, too, and then the server: not the server alone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        return subprocess.run(
            command, env={**os.environ, "WELLKEPT_DATABASE": address}, check=False
        ).returncode
    finally:
        postgres.halt(folder, "fast")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute(), sys.argv[2:]))
