"""An invented world to look around in: people, groups and staff who do not exist."""
