"""Consents: what each person agreed to have shared, with whom, and what they took back."""
