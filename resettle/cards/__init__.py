"""The contact card of a household: for each topic whom the family calls, and whom the group."""
