"""The daily work: contacts that were had, and what follows from them."""
