"""Reminders: what became due in somebody's queue, told where and when that person wants it."""
