"""The demo company: a believable past with a known truth."""

from wellkept.desk.demo.folder import write_demo

__all__ = ["write_demo"]
