"""Reports of sponsor groups: filled from what is on record, confirmed, read, and answered."""
