"""What sponsor groups and families write down for those who work with them, and for each other."""
