"""The room of charts: figures become places in a picture, drawn by a template, with a table behind."""
