"""Many cases put on hold, held on, or let go at once, after a look at what that changes."""
