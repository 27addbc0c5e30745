"""A household's file on paper: the printed summary, and the hand-over pack as a PDF."""
