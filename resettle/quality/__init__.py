"""What of the records is missing, stale or contradictory, by team, with the way to mend it."""
