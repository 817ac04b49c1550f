"""The demo company as a living record: the same three years, played through the verbs."""

from wellkept.desk.demo_record.building import COORDINATOR, MANAGER, build_record, is_built

__all__ = ["COORDINATOR", "MANAGER", "build_record", "is_built"]
