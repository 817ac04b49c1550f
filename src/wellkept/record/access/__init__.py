"""Who may sign in, who may do what, who may see which rows: accounts, verbs, the one gate."""
