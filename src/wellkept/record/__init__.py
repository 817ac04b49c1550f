"""What happened: the rows, their rules, the verbs that write them."""
