"""Files that hang on an asset."""

from typing import ClassVar

from django.db import models

from wellkept.record.files.models import Attachment
from wellkept.record.installed_base.models.assets import Asset
from wellkept.record.installed_base.models.edges import SCOPED


class AssetFile(models.Model):
    """A file that somebody added to an asset; whoever sees the asset sees the file."""

    scoped: ClassVar = SCOPED

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="files")
    file = models.OneToOneField(Attachment, models.PROTECT, related_name="of_asset")

    class Meta:
        ordering = ("file",)

    def __str__(self) -> str:
        return f"file {self.file_id} of asset {self.asset_id}"
