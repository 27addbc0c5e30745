"""The daily work: contacts that were had, and tasks that follow."""
