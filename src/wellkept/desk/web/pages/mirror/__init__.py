"""The mirror at the desk: opening a round, answering, and what it shows."""
