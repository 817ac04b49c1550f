"""Links that sign somebody in once, for the demo company on this machine: no password is needed.

A link is a file in the company's folder, named by the hash of its token; whoever removes the file
has used the link. So it serves once, whatever happens at the same moment, and dies with the folder.
"""

import hashlib
import secrets
from pathlib import Path

FOLDER = "links"


def make_link(home: Path, account: int) -> str:
    """This will give a fresh token that signs an account (its key) in, once."""
    token = secrets.token_urlsafe(32)
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    _file(home, token).write_text(str(account))
    return token


def use_link(home: Path, token: str) -> int | None:
    """This will use a token up: the key of its account, or None if it never was or has served."""
    file = _file(home, token)
    try:
        account = int(file.read_text())
        file.unlink()
    except (FileNotFoundError, ValueError):
        return None
    return account


def end_links(home: Path) -> None:
    """This will end every link that has not been used."""
    for file in (home / FOLDER).glob("*"):
        file.unlink(missing_ok=True)


def _file(home: Path, token: str) -> Path:
    return home / FOLDER / hashlib.sha256(token.encode()).hexdigest()
