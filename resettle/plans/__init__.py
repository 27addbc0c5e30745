"""Settlement plans: a household's own goals, reviewed at set times, and how support is let go."""
