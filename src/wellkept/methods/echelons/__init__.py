"""Stock at more than one echelon or indenture: exact where it can be, VARI-METRIC beyond."""

from wellkept.methods.echelons.exact import Levels, levels
from wellkept.methods.echelons.indentures import Indentured, indentured
from wellkept.methods.echelons.lots import LotLevels, lot_levels
from wellkept.methods.echelons.network import Network, network
from wellkept.methods.echelons.tree import TreeLevels, tree_levels

__all__ = [
    "Indentured",
    "Levels",
    "LotLevels",
    "Network",
    "TreeLevels",
    "indentured",
    "levels",
    "lot_levels",
    "network",
    "tree_levels",
]
