"""Calendars: what is when, of all the households of a reader; and a private feed of it."""
