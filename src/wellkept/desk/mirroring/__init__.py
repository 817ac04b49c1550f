"""A round of the record, locked and laid beside the record's facts; pages and demo call this."""
