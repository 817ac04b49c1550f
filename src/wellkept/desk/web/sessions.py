"""Sessions as Django keeps them; to read one is a statement whose text stands ready."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection

from wellkept.record.access.kept import Sql, asked

READ = "select session_data from django_session where session_key = %s and expire_date > %s"


class SessionStore(db.SessionStore):
    """A session in the database: each page reads one, and the text of its query cost more."""

    def load(self) -> dict[str, Any]:
        """This will read what a session holds; nothing of one that is not there, or has ended."""
        now = connection.ops.adapt_datetimefield_value(datetime.now(tz=UTC))
        rows = asked(Sql(READ, (self.session_key, now)))
        if not rows:
            self._session_key = None
            return {}
        return self.decode(rows[0][0])
