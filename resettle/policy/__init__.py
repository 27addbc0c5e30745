"""Access on three screens: grants (acts), scopes (rows), audiences (fields)."""
