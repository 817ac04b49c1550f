"""Figures become places in a picture; a template draws it, with a table behind."""
