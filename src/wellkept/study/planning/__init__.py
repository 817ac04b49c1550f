"""Planning of stock: what to hold where, for whom, and what it is worth."""
