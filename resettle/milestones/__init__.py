"""The steps of settling in: what is due when, for whom, and what has become of it."""
