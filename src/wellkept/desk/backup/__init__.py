"""The whole company in one file, and back: rows, attachments, secret key, each byte checked."""
