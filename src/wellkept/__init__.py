"""Wellkept keeps the promises that a company makes after the sale."""

__version__ = "0.1.0"
