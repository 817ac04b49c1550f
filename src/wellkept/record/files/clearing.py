"""Taking the content of removed files off the disk, while others may be adding the same content.

On SQLite there is one writer at a time. On PostgreSQL whoever adds files shares a lock until its
rows are committed, and whoever takes content away holds that lock alone: content that a row is
about to name is never taken away.
"""

from django.db import connection, transaction

from wellkept.record.files.content import place_of
from wellkept.record.files.models import Attachment

LOCK = 0x66696C6573  # "files" in ASCII


def share_contents() -> None:
    """This will keep content from being taken away until the running transaction ends."""
    _lock("pg_advisory_xact_lock_shared")


def clear_removed() -> int:
    """This will take away the content that only removed files name; gives how many it took.

    It looks at all that were ever removed, so that what a crash left behind goes with the next.
    """
    with transaction.atomic():
        _lock("pg_advisory_xact_lock")
        removed = Attachment.objects.exclude(removed_at=None)
        needed = Attachment.objects.filter(removed_at=None).values("sha256")
        hashes = removed.exclude(sha256__in=needed).values_list("sha256", flat=True)
        there = [place for one in set(hashes) if (place := place_of(one)).exists()]
        for place in there:
            place.unlink()
    return len(there)


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"select {function}(%s)", [LOCK])
