"""Short updates of a sponsor group to the caseworker, and its shared thread with the family."""
