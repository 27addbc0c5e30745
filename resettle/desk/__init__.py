"""Each role's first page, and the pages that bring several chapters together."""
