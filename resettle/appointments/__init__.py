"""Appointments: with whom, when, who interprets, drives and goes along, what came of it."""
