"""What people make of a run: steps on the board, taken back or kept, and decisions."""
