"""What somebody has begun to write and not sent: kept for its writer alone, until it is sent."""
