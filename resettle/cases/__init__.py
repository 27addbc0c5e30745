"""A household's way through a programme: stages, guards, holds, decisions, caseworkers."""
