"""The diagnose document: what terminal, page and `--json` show, as plain values."""
