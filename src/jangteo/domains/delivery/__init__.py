"""Bringing orders home: zones, waves, fees and the ways that couriers take."""
