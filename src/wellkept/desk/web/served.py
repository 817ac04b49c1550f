"""What `wellkept serve` answers with: the application, with all it will need loaded.

Whoever imports this before workers are forked shares it with them: no first page is slow, and
memory is held once. What is loaded stays, so the search for rubbish passes it by: it would look
through all of it again and again, for longer than a page takes.

Nor is memory that a page gave back returned to the system at once: the next page asks for it
again: for Today some 550 leaves of it would be mapped and cleared anew.
"""

import ctypes
import gc
from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

from wellkept.desk.web.wsgi import application

KEPT = {
    -1: 64 * 2**20,  # M_TRIM_THRESHOLD: so much unused memory stays at the end of the heap
    -2: 1 * 2**20,  # M_TOP_PAD: the heap grows by this much more than is asked for
    -3: 32 * 2**20,  # M_MMAP_THRESHOLD: smaller blocks come from the heap
}
"""What `mallopt` of the GNU C library is told (its manual: malloc tunables), in bytes."""
TEMPLATES = Path(__file__).parent / "templates"


def _load() -> None:
    get_resolver().url_patterns  # noqa: B018  # reading it imports every page
    for file in TEMPLATES.rglob("*.html"):
        get_template(file.relative_to(TEMPLATES).as_posix())
    gc.collect()
    gc.freeze()


def _keep_memory() -> None:
    """Keep what pages give back for the next ones; where the C library is another, as it does."""
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is not None:
        for name, size in KEPT.items():
            tell(name, size)


_load()
_keep_memory()
__all__ = ["application"]
