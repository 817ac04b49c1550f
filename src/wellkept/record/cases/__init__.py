"""What customers need of us, from report to confirmed end; who owns it; who was told what."""
