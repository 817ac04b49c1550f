"""What others recorded: reading files, recognising columns, recipes."""
