"""The rules of each way of resettling: data from config/programmes, and pure questions to it."""
