"""Names in any script and spelling, and the index in which they are found."""
