"""Complaints: said in one's own language, answered in time, never read by whom they are about."""
