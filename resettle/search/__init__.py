"""The search of caseworkers over their households: by name, reference, number or phone."""
