"""Interchange: case files that others have made, checked, taken in, and told twice never."""
