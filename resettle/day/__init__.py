"""The caseworker's day: one ranked queue over all that waits, and the team leader's view of it."""
