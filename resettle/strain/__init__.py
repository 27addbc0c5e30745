"""Early signs of strain in a sponsor group, what its adviser notes, and messages to groups."""
