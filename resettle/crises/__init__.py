"""Crises that strike a place or a community: who is affected, and who has been asked."""
