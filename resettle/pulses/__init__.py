"""The one-minute pulse of sponsor groups: how it goes, asked by a link, and only counted."""
