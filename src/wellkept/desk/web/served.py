"""What `wellkept serve` answers with: the application, with all it will need loaded.

Whoever imports this before workers are forked shares it with them: no first page is slow, and
memory is held once. What is loaded stays, so the search for rubbish passes it by: it would look
through all of it again and again, for longer than a page takes.
"""

import gc
from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

from wellkept.desk.web.wsgi import application

TEMPLATES = Path(__file__).parent / "templates"


def _load() -> None:
    get_resolver().url_patterns  # noqa: B018  # reading it imports every page
    for file in TEMPLATES.rglob("*.html"):
        get_template(file.relative_to(TEMPLATES).as_posix())
    gc.collect()
    gc.freeze()


_load()
__all__ = ["application"]
