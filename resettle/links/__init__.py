"""One-time links that let a family see its own page without an account."""
