"""The mirror: what is claimed, what the records show, and how sure everybody was."""
