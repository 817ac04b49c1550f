"""Attachments: kept by the hash of their content, known by what they are, not by their name."""
