"""What is done while nobody waits: jobs in the database, one runner, what falls due by itself."""
