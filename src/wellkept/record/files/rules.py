"""What may be attached: known by its content, so that a name cannot lie about it."""

import re
import unicodedata

MOST_BYTES = 25 * 1024 * 1024
HEAD_BYTES = 4096
"""How much of the beginning tells what a file is."""

MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"PK\x03\x04", "application/zip"),
)
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
TEXT = {"txt": "text/plain", "log": "text/plain", "csv": "text/csv", "json": "application/json"}
KINDS = frozenset({kind for _, _, kind in MARKS} | set(OFFICE.values()) | set(TEXT.values()))
PLAINLY = "PDF, PNG, JPEG, GIF, WebP, HEIC, MP4, ZIP, Word, Excel, PowerPoint, text, CSV or JSON"

_ACTIVE = re.compile(rb"^\s*(<\?xml|<!doctype|<html|<svg|<script)", re.IGNORECASE)


def kind_of(head: bytes, name: str) -> str | None:
    """This will tell what a file is by its first bytes; None for what may not be attached.

    The name decides only between kinds that begin alike: an office document is a ZIP, a table
    is text. Pages and drawings that can carry a script (HTML, SVG) are none of the kinds.

    >>> kind_of(b"%PDF-1.7 ...", "photo.png"), kind_of(b"<svg>", "drawing.txt")
    ('application/pdf', None)
    """
    suffix = name.rpartition(".")[2].lower()
    for start, mark, kind in MARKS:
        if head[start : start + len(mark)] == mark:
            return OFFICE.get(suffix, kind) if kind == "application/zip" else kind
    if suffix in TEXT and _is_text(head):
        return TEXT[suffix]
    return None


def _is_text(head: bytes) -> bool:
    if b"\0" in head or _ACTIVE.match(head):
        return False
    cut = head[: head.rfind(b"\n") + 1] or head[:-3] if len(head) >= HEAD_BYTES else head
    for encoding in ("utf-8", "cp1252"):
        try:
            cut.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def clean_name(name: str) -> str:
    """This will give a name that is no path, has no control characters, and fits its column.

    >>> clean_name("C:\\\\temp\\\\pump\\x07.png"), clean_name("../../etc/passwd"), clean_name("")
    ('pump.png', 'passwd', 'file')
    """
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(". ")
    if len(plain) > 200:
        stem, dot, suffix = plain.rpartition(".")
        plain = f"{stem[: 199 - len(suffix)]}{dot}{suffix}" if len(suffix) < 20 else plain[:200]
    return plain or "file"
