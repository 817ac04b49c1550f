"""What stands at customers: products, assets, where they are, whose they are, who runs them."""
