"""Configurations, and every way to get one wrong."""
