"""What is held about somebody, given to that person: to look through, and to take away."""
