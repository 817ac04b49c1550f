"""Files that hang on a promise."""

from typing import ClassVar

from django.db import models

from wellkept.record.files.models import Attachment
from wellkept.record.promises.models.happenings import SCOPED
from wellkept.record.promises.models.promise import Promise


class PromiseFile(models.Model):
    """A file that somebody added to a promise; whoever sees the promise sees the file."""

    scoped: ClassVar = SCOPED

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="files")
    file = models.OneToOneField(Attachment, models.PROTECT, related_name="of_promise")

    class Meta:
        ordering = ("file",)

    def __str__(self) -> str:
        return f"file {self.file_id} of promise {self.promise_id}"
