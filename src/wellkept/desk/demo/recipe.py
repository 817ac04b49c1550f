"""The demo company's recipe: only what its files cannot say themselves."""

RECIPE_NAME = "wellkept.toml"

RECIPE = """\
# What the exports do not say.
"""
