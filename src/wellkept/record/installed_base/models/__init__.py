"""Rows of the installed base."""

from wellkept.record.installed_base.models.assets import Asset, AssetEvent, AssetExternalId
from wellkept.record.installed_base.models.attached import AssetFile
from wellkept.record.installed_base.models.edges import Edge, Operation, Ownership, Placement
from wellkept.record.installed_base.models.products import Product, ProductExternalId, Slot

__all__ = [
    "Asset",
    "AssetEvent",
    "AssetExternalId",
    "AssetFile",
    "Edge",
    "Operation",
    "Ownership",
    "Placement",
    "Product",
    "ProductExternalId",
    "Slot",
]
