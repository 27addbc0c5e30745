"""Households: who lives together, since when, and what every chapter needs to know of them."""
