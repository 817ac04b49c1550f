"""Which files a folder holds, told by their content, and archives opened within bounds."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal, cast

from wellkept.record.sources.bounds import see_ratio
from wellkept.record.sources.notes import Unreadable

Kind = Literal["text", "spreadsheet", "parquet", "markup"]
MOST_UNPACKED = 4 * 2**30
MOST_MEMBERS = 2000
DEEPEST = 3
HEAD = 4096
STEP = 1 << 20

_IGNORED_NAME = re.compile(
    r"(?i)^(wellkept\.toml|thumbs\.db|desktop\.ini|~\$.*|\..*|__MACOSX|_SUCCESS"
    r"|(readme|licen[cs]e|copying|notice|authors|changelog|contributing)(\.(md|rst|html))?"
    r"|.*\.(md|markdown|rst|adoc|toml|ini|cfg|ya?ml|py|pyc|r|sql|sh|bat|png|jpe?g|gif|svg|ico"
    r"|webp|css|js|log\.lck|crc|sha256|md5))$"
)
_REFUSED_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document; export the records behind it as CSV or XLSX"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it, or pack it as ZIP"),
    (b"Rar!", "a RAR archive; unpack it, or pack it as ZIP"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard; unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database; export its tables as CSV"),
    (b"RDX", "an R data file; write it as CSV or Parquet"),
    (b"RDA", "an R data file; write it as CSV or Parquet"),
    (b"\x89HDF", "an HDF5 file; write it as CSV or Parquet"),
    (b"ORC", "an ORC file; write it as Parquet"),
    (b"Obj\x01", "an Avro file; write it as Parquet or CSV"),
    (b"ARROW1", "an Arrow or Feather file; write it as Parquet or CSV"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"{\\rtf", "a rich-text document; export the records behind it as CSV or XLSX"),
)
_PAGE = re.compile(r"(?i)(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta|style|div)")
_XML = re.compile(r"(?i)<\?xml|<\?mso")
_XML_BOOK = re.compile(r"(?i)urn:schemas-microsoft-com:office:spreadsheet|<html|<table")
_PAGE_NAME = re.compile(r"(?i).*\.(x?html?|mht|mhtml|aspx?|php|jsp)$")
_REFUSED_START: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?i)MIME-Version:"),
        "a web archive, whatever its name says; open it in a spreadsheet and save it as XLSX",
    ),
    (re.compile(r"(\[\s*)?\{\s*\"|\[\s*\[|\{\s*\}"), "a JSON file; export the records as CSV"),
)
_CONTROLS = "\0\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"  # that text files do hold
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_DAMAGED = (OSError, EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Payload:
    """One readable file: as it lies in the folder, or unpacked beside it."""

    name: str
    path: Path  # where its bytes can be read now
    kind: Kind
    source: Path  # the file in the folder
    members: tuple[str, ...] = ()

    @property
    def unpacked(self) -> bool:
        """This will tell whether the bytes lie in a temporary place."""
        return self.path != self.source


@dataclass(frozen=True, slots=True)
class Passed:
    """One file that is not read, with the reason."""

    name: str
    source: Path
    state: Literal["refused", "ignored"]
    why: str


@dataclass(slots=True)
class Unpacker:
    """Unpacks archives into a temporary folder and stops at a total size."""

    into: Path
    most_bytes: int = MOST_UNPACKED
    used: int = 0
    _made: int = field(default=0)

    def unpack(self, stream: IO[bytes], name: str, packed: int) -> Path:
        """This will copy a stream of so many packed bytes to a file, and refuse to go past bounds.

        What was begun does not stay.
        """
        self._made += 1
        target = self.into / f"{self._made}"
        try:
            self._copy(stream, target, name, packed)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return target

    def _copy(self, stream: IO[bytes], target: Path, name: str, packed: int) -> None:
        size = 0
        with target.open("wb") as out:
            while chunk := stream.read(STEP):
                size += len(chunk)
                see_ratio(name, packed, size)
                self.used += len(chunk)
                if self.used > self.most_bytes:
                    raise Unreadable(
                        f"{name} unpacks to more than {size_said(self.most_bytes)}. It was left "
                        "unread to protect this machine. Unpack it by hand if you trust it."
                    )
                out.write(chunk)


def size_said(size: int) -> str:
    """This will say a number of bytes for people."""
    for unit, step in (("GB", 2**30), ("MB", 2**20), ("kB", 2**10)):
        if size >= step:
            return f"{size / step:.0f} {unit}"
    return f"{size} bytes"


def walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """This will list the files of a folder and its sub-folders, by name, links not followed."""
    if folder.is_file():
        yield folder.name, folder.resolve()
        return
    if not folder.is_dir():
        raise Unreadable(f"There is no folder or file {folder}. Check the name.")
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not ignored(one))
        links = [one for one in folders if (Path(here) / one).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(here) / name
            yield path.relative_to(folder).as_posix(), path


def ignored(name: str) -> bool:
    """This will tell whether a name alone says that no records are inside."""
    return bool(_IGNORED_NAME.match(name))


def opened(
    name: str, source: Path, unpacker: Unpacker, only: Callable[[str], bool]
) -> Iterator[Payload | Passed]:
    """This will yield what one file holds: itself, or the members of an archive."""
    if ignored(source.name):
        yield Passed(name, source, "ignored", "its name says that it holds no records")
        return
    if why := _elsewhere(name, source):
        yield Passed(name, source, "refused", why)
        return
    yield from _opened(name, source, source, (), unpacker, only)


def _elsewhere(name: str, source: Path) -> str:
    """Why a name in a folder is not opened: a link, a pipe or a device; empty for a plain file."""
    if source.is_symlink():
        return (
            f"{name} is a link, and links are not followed: what they lead to may be anybody's. "
            "Put the file itself into the folder."
        )
    if source.exists() and not source.is_file():
        return f"{name} is no file but a pipe or a device. Save what it gives as a file."
    return ""


def _opened(
    name: str,
    path: Path,
    source: Path,
    members: tuple[str, ...],
    unpacker: Unpacker,
    only: Callable[[str], bool],
) -> Iterator[Payload | Passed]:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
        kind = kind_of(head, path, name)
        if kind == "zip":
            yield from _members(name, path, source, members, unpacker, only)
        elif kind == "packed":
            yield from _inner(name, path, source, members, unpacker, only)
        else:
            yield Payload(name, path, kind, source, members)
    except Unreadable as refusal:
        yield Passed(name, source, "refused", str(refusal))
    except _DAMAGED as error:
        yield Passed(name, source, "refused", _damage(name, error))


def _damage(name: str, error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"{name} may not be opened by this user. Allow it to be read; the others were read."
    return (
        f"{name} cannot be opened: it is damaged or cut short ({error}). "
        "Copy or export it again; the other files were read."
    )


def _inner(
    name: str,
    path: Path,
    source: Path,
    members: tuple[str, ...],
    unpacker: Unpacker,
    only: Callable[[str], bool],
) -> Iterator[Payload | Passed]:
    _check_depth(name, members)
    with _open_packed(path) as stream:
        inner = unpacker.unpack(stream, name, path.stat().st_size)
    yield from _opened(name, inner, source, (*members, ""), unpacker, only)


def _open_packed(path: Path) -> IO[bytes]:
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(_PACKED[0]):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return bz2.open(path, "rb") if head.startswith(_PACKED[1]) else lzma.open(path, "rb")


def _members(
    name: str,
    path: Path,
    source: Path,
    members: tuple[str, ...],
    unpacker: Unpacker,
    only: Callable[[str], bool],
) -> Iterator[Payload | Passed]:
    _check_depth(name, members)
    with zipfile.ZipFile(path) as archive:
        entries = [one for one in archive.infolist() if not one.is_dir()]
        if len(entries) > MOST_MEMBERS:
            raise Unreadable(
                f"{name} holds {len(entries)} files, more than the {MOST_MEMBERS} that are opened. "
                "Unpack it by hand and keep the files that hold records."
            )
        for entry in sorted(entries, key=lambda one: one.filename):
            yield from _member(archive, entry, name, source, members, unpacker, only)


def _member(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    name: str,
    source: Path,
    members: tuple[str, ...],
    unpacker: Unpacker,
    only: Callable[[str], bool],
) -> Iterator[Payload | Passed]:
    inside = f"{name}/{entry.filename}"
    parts = entry.filename.replace("\\", "/").split("/")
    if any(ignored(part) for part in parts if part.strip(".")):
        yield Passed(inside, source, "ignored", "its name says that it holds no records")
        return
    if not may_hold(inside, only):
        return
    try:
        if entry.flag_bits & 1:
            raise Unreadable(
                f"{inside} is locked with a password. Pack it again without one; "
                "the other files were read."
            )
        see_ratio(inside, entry.compress_size, entry.file_size)
        with archive.open(entry) as stream:
            path = unpacker.unpack(stream, inside, entry.compress_size)
    except Unreadable as refusal:
        yield Passed(inside, source, "refused", str(refusal))
    except (*_DAMAGED, RuntimeError) as error:
        yield Passed(inside, source, "refused", _damage(inside, error))
    else:
        yield from _opened(inside, path, source, (*members, entry.filename), unpacker, only)


def may_hold(name: str, only: Callable[[str], bool]) -> bool:
    """This will tell whether a file is asked for, or may hold one that is."""
    return name.lower().endswith((".zip", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")) or only(name)


def _check_depth(name: str, members: tuple[str, ...]) -> None:
    if len(members) >= DEEPEST:
        raise Unreadable(
            f"{name} is an archive inside archives, {DEEPEST} deep. Unpack it by hand."
        )


def kind_of(head: bytes, path: Path, name: str) -> Literal["zip", "packed"] | Kind:
    """This will tell what a file is from its first bytes, or refuse it with a sentence."""
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise Unreadable(f"{name} is empty. Export it again if it should hold records.")
    if head.startswith(b"PK"):
        return _zip_kind(path, name)
    if head.startswith(_PACKED):
        return "packed"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole_kind(path, name)
    for magic, said in _REFUSED_MAGIC:
        if head.startswith(magic):
            raise Unreadable(f"{name} is {said}.")
    return _text_kind(head, name)


def _markup_kind(start: str, name: str) -> Literal["markup"]:
    """A page under the name of a table holds one; under its own name it is something to look at."""
    if _PAGE_NAME.match(name):
        raise Unreadable(
            f"{name} is a web page; if it holds a table of records, open it in a spreadsheet and "
            "save it as XLSX or CSV."
        )
    if _XML.match(start) and not _XML_BOOK.search(start):
        raise Unreadable(
            f"{name} is an XML file; open it in a spreadsheet and save it as XLSX, or export CSV."
        )
    return "markup"


def _zip_kind(path: Path, name: str) -> Literal["zip", "spreadsheet"]:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        unpacked = sum(entry.file_size for entry in archive.infolist())
        kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or b"opendocument.spreadsheet" in kind:
        if unpacked > MOST_UNPACKED // 2:
            raise Unreadable(
                f"{name} unpacks to more than {size_said(MOST_UNPACKED // 2)}. "
                "Save its sheets as CSV."
            )
        return "spreadsheet"
    if "word/document.xml" in names or "ppt/presentation.xml" in names or kind:
        raise Unreadable(f"{name} is a document, not a table. Export the records as CSV or XLSX.")
    return "zip"


def _ole_kind(path: Path, name: str) -> Literal["spreadsheet"]:
    content = path.read_bytes()[: 2**24]
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable(
            f"{name} is locked with a password. Save it without one; the other files were read."
        )
    if "WordDocument".encode("utf-16-le") in content:
        raise Unreadable(f"{name} is a document, not a table. Export the records as CSV or XLSX.")
    return "spreadsheet"


def _text_kind(head: bytes, name: str) -> Literal["text", "markup"]:
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "ignore")
    start = text.removeprefix("ï»¿").lstrip()
    if _PAGE.match(start) or _XML.match(start):
        return _markup_kind(start, name)
    for pattern, said in _REFUSED_START:
        if pattern.match(start):
            raise Unreadable(f"{name} is {said}.")
    control = sum(1 for sign in text if sign < " " and sign not in _CONTROLS)
    if control > len(text) * 0.05:
        raise Unreadable(
            f"{name} is not a text file and of no kind that is known here. "
            "Export the records as CSV, XLSX or Parquet."
        )
    return "text"
