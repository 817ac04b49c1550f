"""A backup is one file: an uncompressed tar whose first member lists all others with their hash.

`manifest.json` says what made it, when, from which database, and the SHA-256 of every member; so
a backup can be checked anywhere, with tar and sha256sum alone.
"""

import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
FORMAT = 1
ROWS = {"sqlite": "wellkept.sqlite3", "postgresql": "wellkept.dump"}
KEY = "secret_key"
MEMBER = re.compile(r"wellkept\.sqlite3|wellkept\.dump|secret_key|files/[0-9a-f]{64}")
PIECE_BYTES = 1024 * 1024


class Unusable(Exception):
    """A file is no backup, or a damaged one; the sentence says where and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    wellkept: str
    made_at: str
    database: str
    migrations: tuple[str, ...]
    sha256: dict[str, str]


def pack(file: Path, about: dict[str, Any], members: dict[str, Path]) -> Manifest:
    """This will write a backup, read it again, and only then give it its name.

    `members` are the files by their name in the backup. Raises Unusable where what was read again
    is not what was written, OSError where it cannot be written.
    """
    hashes = {name: _hash_of(path) for name, path in sorted(members.items())}
    manifest = Manifest(**about, format=FORMAT, sha256=hashes)
    handle, coming = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # mode 600
    try:
        with os.fdopen(handle, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w") as tar:
                _add(tar, MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
                for name, path in sorted(members.items()):
                    tar.add(path, arcname=name, recursive=False)
            raw.flush()
            os.fsync(raw.fileno())
        verify(Path(coming))
        _name_it(Path(coming), file)
    finally:
        Path(coming).unlink(missing_ok=True)
    return manifest


def _name_it(coming: Path, file: Path) -> None:
    """A link, unlike a rename, never replaces another backup; some disks know no links."""
    try:
        os.link(coming, file)
    except FileExistsError:
        raise
    except OSError:
        if file.exists():
            raise
        coming.rename(file)


def verify(file: Path) -> Manifest:
    """This will read a whole backup and check every byte; raises Unusable."""
    with _opened(file) as (_, manifest, members):
        for name, stream in members:
            _check(name, manifest, _hash(stream))
    return manifest


def unpack(file: Path, folder: Path) -> Manifest:
    """This will write the members of a backup into an empty folder, each checked; Unusable."""
    with _opened(file) as (_, manifest, members):
        for name, stream in members:
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                _check(name, manifest, _hash(stream, out))
    return manifest


@contextmanager
def _opened(
    file: Path,
) -> Iterator[tuple[tarfile.TarFile, Manifest, Iterator[tuple[str, IO[bytes]]]]]:
    try:
        with tarfile.open(file, mode="r:") as tar:
            manifest = _manifest(tar, file)
            yield tar, manifest, _members(tar, manifest)
    except tarfile.TarError as problem:
        raise Unusable(
            f"{file} is not a backup of Wellkept, or is cut off ({problem}). Take another one."
        ) from problem


def _manifest(tar: tarfile.TarFile, file: Path) -> Manifest:
    first = tar.next()
    stream = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if stream is None:
        raise Unusable(f"{file} is not a backup of Wellkept: it does not begin with {MANIFEST}.")
    try:
        told = json.loads(stream.read())
        manifest = Manifest(**{**told, "migrations": tuple(told["migrations"])})
    except (ValueError, TypeError, KeyError) as problem:
        raise Unusable(f"{MANIFEST} in {file} cannot be read ({problem}). Take another.") from None
    if manifest.format != FORMAT:
        raise Unusable(
            f"{file} is of format {manifest.format}, made by Wellkept {manifest.wellkept}; this "
            f"version reads format {FORMAT}. Restore it with that version."
        )
    return manifest


def _members(tar: tarfile.TarFile, manifest: Manifest) -> Iterator[tuple[str, IO[bytes]]]:
    seen = set()
    for member in tar:
        if member.name == MANIFEST:
            continue
        stream = tar.extractfile(member) if member.isreg() else None
        if stream is None or not MEMBER.fullmatch(member.name) or member.name in seen:
            raise Unusable(f"The backup holds {member.name!r}, which no backup of ours holds.")
        seen.add(member.name)
        yield member.name, stream
    if absent := manifest.sha256.keys() - seen:
        raise Unusable(f"The backup lacks {sorted(absent)[0]}: it is cut off. Take another one.")


def _check(name: str, manifest: Manifest, found: str) -> None:
    if manifest.sha256.get(name) != found:
        raise Unusable(
            f"{name} in the backup is damaged: it is not what was saved on {manifest.made_at}. "
            "Nothing was changed. Take another backup."
        )


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))


def _hash_of(path: Path) -> str:
    with path.open("rb") as stream:
        return _hash(stream)


def _hash(stream: IO[bytes], out: IO[bytes] | None = None) -> str:
    told = hashlib.sha256()
    while piece := stream.read(PIECE_BYTES):
        told.update(piece)
        if out is not None:
            out.write(piece)
    return told.hexdigest()
