"""Measurements, run by hand; their figures stand in README.md beside them."""
