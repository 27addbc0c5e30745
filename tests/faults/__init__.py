"""What happens when machines and people fail: `make faults`. Nothing acknowledged may be lost."""
