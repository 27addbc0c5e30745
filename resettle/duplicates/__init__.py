"""Duplicates: two records that may be of one person, and what a person decided about them."""
