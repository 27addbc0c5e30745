"""The daily work: contacts that were had, tasks that follow, incidents that are looked after."""
