"""Rows of attachments. The content lies under the company's folder, named by its hash."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account
from wellkept.record.access.rules import Scoped


class Attachment(models.Model):
    """A file that somebody added. What it hangs on holds its key; it knows none of them.

    One that was removed has no content any more; that it was there, and why it went, stays.
    """

    scoped: ClassVar = Scoped(own="added_by", by_links=True)

    name = models.CharField(max_length=200, help_text="As the sender called it.")
    kind = models.CharField(max_length=100, help_text="What the content is, as in image/png.")
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="attachments")
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, editable=False, related_name="+"
    )
    removed_reason = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        indexes = (models.Index(fields=("sha256",), name="attachment_by_hash"),)
        constraints = (
            models.CheckConstraint(
                name="attachment_has_content",
                condition=Q(size_bytes__gt=0),
                violation_error_message=_("An attachment is not empty."),
            ),
            models.CheckConstraint(
                name="attachment_is_removed_with_a_reason",
                condition=Q(removed_at=None) | ~Q(removed_reason=""),
                violation_error_message=_("Say why the file is removed."),
            ),
        )

    def __str__(self) -> str:
        return self.name
