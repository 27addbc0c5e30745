"""People: what is known of one person beyond the name: needs, relatives, photo, origin, contact."""
