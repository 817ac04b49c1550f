"""What can happen to products and assets: every write of the installed base."""

from wellkept.record.installed_base.actions.attaching import attach_to_asset
from wellkept.record.installed_base.actions.edges import (
    NotThere,
    Overlaps,
    RunsInCircles,
    SlotTaken,
    correct_edge,
    hand_operation,
    place_assets,
    stands_in_itself,
    swap_component,
    take_out,
    transfer_assets,
)
from wellkept.record.installed_base.actions.keeping import (
    NotAnAsset,
    NotByForm,
    add_assets,
    add_products,
    declare_slots,
    edit_asset,
    edit_product,
    restate_products,
)
from wellkept.record.installed_base.actions.living import (
    NotThatWay,
    change_state,
    rate_consequence,
    rate_cost,
)
from wellkept.record.installed_base.actions.merging import (
    NotMerged,
    NotToBeMerged,
    StillInDoubt,
    clear_doubt,
    merge_assets,
    split_off_assets,
)
from wellkept.record.installed_base.actions.rights import NotYet

__all__ = [
    "NotAnAsset",
    "NotByForm",
    "NotMerged",
    "NotThatWay",
    "NotThere",
    "NotToBeMerged",
    "NotYet",
    "Overlaps",
    "RunsInCircles",
    "SlotTaken",
    "StillInDoubt",
    "add_assets",
    "add_products",
    "attach_to_asset",
    "change_state",
    "clear_doubt",
    "correct_edge",
    "declare_slots",
    "edit_asset",
    "edit_product",
    "hand_operation",
    "merge_assets",
    "place_assets",
    "rate_consequence",
    "rate_cost",
    "restate_products",
    "split_off_assets",
    "stands_in_itself",
    "swap_component",
    "take_out",
    "transfer_assets",
]
