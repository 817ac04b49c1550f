"""Bringing records from other systems into the record, and taking an import back."""
