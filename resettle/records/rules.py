"""How often somebody may take a copy of their own record. Pure."""

from datetime import timedelta

A_DAY_MOST = 6
"""Twice in each of its three forms."""

DAY = timedelta(days=1)
