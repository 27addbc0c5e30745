"""Births, deaths, marriages, splits, joins and moves: told before they are done, and undone."""
