"""Bring the hashed locks in step with pyproject.toml: `.venv/bin/python scripts/lock.py`.

With `--upgrade` it takes newer versions. The locks name no registry, so that anybody's serves.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
HOW = ["--universal", "--generate-hashes", "--python-version", "3.11", "--quiet"]
NAMES_NO_HOST = ["--no-emit-index-url", "--no-emit-find-links", "--no-header"]
LOCKS = (
    ("requirements.lock", ["pyproject.toml"]),
    ("requirements-dev.lock", ["pyproject.toml", "--group", "dev", "-c", "requirements.lock"]),
)


def main(extra: list[str]) -> int:
    """Compile each lock, the second held to the versions of the first."""
    for lock, what in LOCKS:
        command = [
            str(UV),
            "pip",
            "compile",
            *HOW,
            *NAMES_NO_HOST,
            *what,
            "--output-file",
            lock,
            *extra,
        ]
        code = subprocess.run(command, cwd=ROOT).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
