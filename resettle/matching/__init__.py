"""Which place for which household: as many people as possible, and then as well as possible."""
