"""Who depends on us: customers, their sites, the people there."""
