"""How a house is to live in: its defects, its ratings, and what its power costs."""
