"""Users, roles, duties, sign-in, sessions, tokens. Flask-Login ends here: it yields an Actor."""
