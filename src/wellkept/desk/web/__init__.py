"""The pages: a gate, one call, frozen rows, a template."""
