"""Sponsor groups: their members, vetting, training, deed, and what they owe in reports."""
