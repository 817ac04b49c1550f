"""Settings: who works here, who answers for what, what is promised, when work is done."""
