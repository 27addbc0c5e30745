"""What a family says of its support and of its file, and what it is answered."""
