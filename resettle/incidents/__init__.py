"""Incidents: what went wrong or may harm somebody, and who looks after it."""
