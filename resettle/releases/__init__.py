"""The one way in which figures leave the team: protected, frozen, kept in a ledger."""
