"""The money of sponsor groups: promised, given, spent with two persons, and how long it lasts."""
