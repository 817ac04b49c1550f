"""Files that hang on a case."""

from typing import ClassVar

from django.db import models

from wellkept.record.cases.models.case import Case
from wellkept.record.cases.models.links import SCOPED
from wellkept.record.files.models import Attachment


class CaseFile(models.Model):
    """A file that somebody added to a case; whoever sees the case sees the file."""

    scoped: ClassVar = SCOPED

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    file = models.OneToOneField(Attachment, models.PROTECT, related_name="of_case")

    class Meta:
        ordering = ("file",)

    def __str__(self) -> str:
        return f"file {self.file_id} of case {self.case_id}"
