"""A sponsor group's week: what is due and who does it, over all households that it supports."""
