"""The rules of each way of resettling, read from config/programmes: data, and pure questions to it."""
