"""The demo company: a believable past with a known truth."""
