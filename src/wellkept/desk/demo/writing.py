"""All files of the folder besides the recipe."""

from wellkept.desk.demo.exports import HELP_DESK
from wellkept.desk.demo.exports_parts import STOCK_SYSTEM

EXPORTS = (*HELP_DESK, *STOCK_SYSTEM)
