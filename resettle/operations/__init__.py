"""Running the service: the trail verified, keys turned, the database raised, jobs worked off."""
