"""How likely a promise that is still open will be broken, learnt from those that have ended."""
