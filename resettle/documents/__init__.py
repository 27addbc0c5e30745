"""Papers of a household: checked by what they hold, sealed, kept apart from the database."""
