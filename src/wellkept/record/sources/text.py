"""From bytes to text: one look over the whole file, its encoding, and its lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STEP = 1 << 22
EVIDENCE = 1 << 16
MIXED = "wellkept_mixed"

_SAID = {
    "cp1252": "Windows-1252 (western European)",
    "mac_roman": "Mac Roman",
    "cp850": "DOS code page 850",
    "cp1250": "Windows-1250 (central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
}
_USUAL = frozenset("äöüßéèêëàâáãåçñíìîïóòôõøúùûæœÄÖÜÉÈÀÁÂÅÇÑÍÓÔØÚÆŒ")
_CENTRAL = frozenset("ąćęłńśźżčďěňřšťůžýőűĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽÝŐŰ") | _USUAL
_SIGNS = frozenset("’‘“”„«»–—…°²³µ€£§®©™·•½¼±×º\u00a0¿¡†")


@dataclass(frozen=True, slots=True)
class Scan:
    """What one look over all bytes of a file shows."""

    size: int
    line_feeds: int  # "\n" without "\r" before it
    pairs: int  # "\r\n"
    returns: int  # "\r" alone
    nuls: int
    quoted: bool  # some double quote stands in it
    ascii: bool
    utf8: bool
    odd: int  # bytes beyond ASCII
    not_utf8: int  # of which do not fit UTF-8
    evidence: bytes  # unless it is UTF-8: odd bytes with their neighbours, from all over the file

    @property
    def returns_only(self) -> bool:
        """This will tell whether lines end as on old Macintoshes."""
        return self.returns > 0 and self.line_feeds + self.pairs == 0


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file are read as text."""

    name: str  # a Python codec
    errors: str = "strict"
    said: str | None = None  # a sentence when it had to be guessed or mended
    mended: int = 0  # bytes that did not fit


def scan(path: Path) -> Scan:
    """This will look once over a file: line ends, quotes, NULs, and whether it is UTF-8."""
    size = feeds = pairs = returns = nuls = odd = bad = 0
    quoted = False
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    last = b""
    with path.open("rb") as stream:
        while chunk := stream.read(STEP):
            size += len(chunk)
            feeds += chunk.count(b"\n")
            quoted = quoted or b'"' in chunk
            nuls += chunk.count(b"\0") if b"\0" in chunk else 0
            both, alone = _returns(chunk, last)
            pairs, returns = pairs + both, returns + alone
            last = chunk[-1:]
            if not chunk.isascii():
                odd += len(chunk.translate(None, _ASCII))
                bad += _surrogates(decoder.decode(chunk))
    bad += _surrogates(decoder.decode(b"", True))
    return Scan(
        size=size,
        line_feeds=feeds - pairs,
        pairs=pairs,
        returns=returns,
        nuls=nuls,
        quoted=quoted,
        ascii=odd == 0,
        utf8=bad == 0,
        odd=odd,
        not_utf8=bad,
        evidence=_evidence(path) if bad else b"",
    )


_ASCII = bytes(range(128))
_ODD_RUN = re.compile(rb"[\x80-\xff]+")


def _evidence(path: Path) -> bytes:
    found: list[bytes] = []
    with path.open("rb") as stream:
        while sum(map(len, found)) < EVIDENCE * 4 and (chunk := stream.read(STEP)):
            if not chunk.isascii():
                found.append(_odd_runs(chunk))
    return b"\n".join(found)


def _odd_runs(chunk: bytes) -> bytes:
    """Bytes beyond ASCII with their neighbours, as many as are enough to judge by."""
    runs, size = [], 0
    for match in _ODD_RUN.finditer(chunk):
        start, end = match.span()
        runs.append(chunk[max(0, start - 1) : end + 1])
        size += len(runs[-1])
        if size > EVIDENCE:
            break
    return b"\n".join(runs)


def _returns(chunk: bytes, last: bytes) -> tuple[int, int]:
    if last != b"\r" and b"\r" not in chunk:
        return 0, 0
    every = chunk.count(b"\r")
    both = chunk.count(b"\r\n")
    alone = every - both
    if last == b"\r" and chunk[:1] == b"\n":
        return both + 1, alone - 1
    return both, alone


def _surrogates(text: str) -> int:
    if text.isascii():
        return 0
    return len(_SURROGATE.findall(text))


_SURROGATE = re.compile("[\udc80-\udcff]")


def _mixed(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that do not fit as Windows-1252, and what even that lacks as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    text = "".join(bytes((one,)).decode("cp1252", "ignore") or chr(one) for one in wrong)
    return text, error.end


codecs.register_error(MIXED, _mixed)


def encoding_of(head: bytes, seen: Scan) -> Encoding:
    """This will choose how to read a file's bytes as text, and say so when it is a guess."""
    marked = _byte_order_mark(head)
    if marked is not None:
        return marked
    if seen.nuls and (wide := _wide(head)) is not None:
        return wide
    if seen.ascii:
        return Encoding("utf-8")
    if seen.utf8:
        return Encoding("utf-8")
    if _mostly_utf8(seen.evidence):
        said = "Bytes that are not UTF-8 stood in a UTF-8 file and were read as Windows-1252."
        return Encoding("utf-8", MIXED, said, seen.not_utf8)
    return _legacy(seen)


def _byte_order_mark(head: bytes) -> Encoding | None:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return Encoding(name, MIXED if name == "utf-8-sig" else "replace")
    return None


def _wide(head: bytes) -> Encoding | None:
    """UTF-16 without a mark shows as a NUL in every other place."""
    even, odd = head[0::2], head[1::2]
    if even and odd.count(0) > len(odd) * 0.7 and even.count(0) < len(even) * 0.1:
        return Encoding("utf-16-le", "replace", "The file was read as UTF-16, which it did not say")
    if odd and even.count(0) > len(even) * 0.7 and odd.count(0) < len(odd) * 0.1:
        return Encoding("utf-16-be", "replace", "The file was read as UTF-16, which it did not say")
    return None


def _mostly_utf8(evidence: bytes) -> bool:
    text = evidence.decode("utf-8", "surrogateescape")
    wrong = _surrogates(text)
    right = sum(1 for letter in text if letter > "\x7f") - wrong
    return right >= 3 * wrong


def _legacy(seen: Scan) -> Encoding:
    """Choose among the single-byte alphabets by how well their letters sit in words."""
    evidence = seen.evidence[: EVIDENCE * 2]
    western = {name: _plausible(evidence.decode(name, MIXED)) for name in _WESTERN}
    western["cp1252"] += 0.02
    best = max(western, key=lambda name: western[name])
    if seen.returns_only and western["mac_roman"] > western[best] - 0.5:
        best = "mac_roman"
    elif best == "cp1252" and _central(evidence, western[best]):
        best = "cp1250"
    elif western[best] < 0.3 or _crowded(evidence):
        best = _arbiter(evidence) or best
    said = f"The text is not UTF-8 and was read as {_SAID.get(best, best)}."
    return Encoding(best, MIXED, said)


_WESTERN = ("cp1252", "mac_roman", "cp850")


def _central(evidence: bytes, western: float) -> bool:
    """Polish shares most bytes with French, but none writes ³ or ¹ in the middle of a word."""
    if not _WITHIN.search(evidence.decode("cp1252", MIXED)):
        return False
    return _plausible(evidence.decode("cp1250", MIXED), _CENTRAL) > western


_WITHIN = re.compile(r"(?<=[^\W\d_])[³¹¿œŸŒ£¥¼¾](?=[^\W\d_])")


def _crowded(evidence: bytes) -> bool:
    """Odd bytes in a row are rare in western languages and the rule in others."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", evidence)]
    return sum(size for size in runs if size > 1) > 0.5 * sum(runs)


def _arbiter(evidence: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(evidence[:EVIDENCE]).best()
    return None if best is None else best.encoding


def _plausible(text: str, usual: frozenset[str] = _USUAL) -> float:
    """Rate, from -1 to 1, how well the letters beyond ASCII sit among their neighbours."""
    score = count = 0.0
    padded = f" {text} "
    for before, letter, after in zip(padded, padded[1:], padded[2:], strict=False):
        if letter > "\x7f":
            count += 1
            score += _sits(before, letter, after, usual)
    return score / count if count else 0.0


def _sits(before: str, letter: str, after: str, known: frozenset[str]) -> float:
    if not letter.isalpha():
        if letter in _SIGNS:
            inside = before.isalpha() and after.isalpha()
            return 0.5 if not inside or letter in "’‘·" else -0.7
        return -1.0
    if letter.isupper() and before.islower():
        return -1.0
    beside = before.isalpha() or after.isalpha()
    usual = 1.0 if letter in known else 0.3
    return usual if beside else usual - 0.6


def lines(path: Path, encoding: Encoding, newline: str = "") -> Iterator[str]:
    """This will yield the lines of a text file with their ends, without NULs."""
    with path.open("r", encoding=encoding.name, errors=encoding.errors, newline=newline) as stream:
        for line in stream:
            yield line.replace("\0", "") if "\0" in line else line


def write_utf8(path: Path, encoding: Encoding, target: Path) -> None:
    """This will write a text file again as UTF-8, without NULs, its line ends kept."""
    with (
        path.open("r", encoding=encoding.name, errors=encoding.errors, newline="") as stream,
        target.open("w", encoding="utf-8", errors="replace", newline="") as out,
    ):
        while chunk := stream.read(STEP):
            out.write(chunk.replace("\0", ""))
