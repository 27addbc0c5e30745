"""Tasks: what is to be done for a household, by whom and by when."""
