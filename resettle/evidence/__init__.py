"""Papers that show what a sponsor group says in its application. Nothing of police vetting."""
