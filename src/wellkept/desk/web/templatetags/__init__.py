"""Tags for templates of the desk."""
