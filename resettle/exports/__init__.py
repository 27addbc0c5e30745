"""Lists taken out of the service: chosen columns, for a purpose, kept for a day, on record."""
