"""Saved views: filters and a sort of the caseload, kept by one reader under a name of their own."""
