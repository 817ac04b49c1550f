"""When work is done and when the customer needs the function: calendars as rows."""
