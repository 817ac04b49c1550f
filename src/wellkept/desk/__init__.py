"""Who asks: command line, report, demo. Only the desk reads the clock."""
