"""The demo company as a living record: the same three years, played through the verbs."""

from wellkept.desk.demo_record.building import COORDINATOR, MANAGER, build_record, is_built
from wellkept.desk.demo_record.mirror import hold_up_mirror, is_held

__all__ = ["COORDINATOR", "MANAGER", "build_record", "hold_up_mirror", "is_built", "is_held"]
