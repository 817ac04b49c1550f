"""The mirror: rounds of the readiness diagnostic, whose answers no page shows for a person."""
